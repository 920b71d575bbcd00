"""Files are for those who hold a post that deals with them: not for an account without one, nor for the system's administrator."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION my_bureaus() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  WITH RECURSIVE me AS (
    SELECT * FROM people_officer o WHERE id = my_id() AND is_active AND (system OR EXISTS (
      SELECT FROM people_post p WHERE p.officer_id = o.id AND p.role <> 'admin'))),
  mine AS (
    SELECT b.id FROM people_bureau b, me WHERE b.id = me.bureau_id OR (me.system AND me.username = 'clock')
    UNION SELECT c.id FROM people_bureau c JOIN mine ON c.parent_id = mine.id)
  SELECT coalesce(array_agg(id), '{}') FROM mine
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("dossier", "0004_access_ends"), ("people", "0002_nobody")]
    operations = [migrations.RunSQL(FUNCTION, migrations.RunSQL.noop)]
