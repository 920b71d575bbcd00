"""A file opened to one officer alone closes again on the day that was set, and with the officer's account."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION my_files() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT nullif(current_setting('app.dossier', true), '')::bigint
  UNION ALL SELECT a.dossier_id FROM dossier_access a JOIN people_officer o ON o.id = a.officer_id AND o.is_active
  WHERE a.officer_id = my_id() AND (a.until IS NULL OR a.until >= (now() AT TIME ZONE 'Asia/Shanghai')::date)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("dossier", "0003_lean_indexes")]
    operations = [migrations.RunSQL(FUNCTION, migrations.RunSQL.noop)]
