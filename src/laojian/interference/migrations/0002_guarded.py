"""The register is append-only, and shown to recorder and discipline organ alone: never to the person recorded or who leads a bureau."""

from django.conf import settings
from django.db import migrations

SEALED = """
CREATE OR REPLACE FUNCTION my_sealed() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT a.dossier_id FROM interference_approach a WHERE a.recorder_id = my_id() AND a.subject_id IS DISTINCT FROM my_id()
  UNION ALL
  SELECT a.dossier_id FROM interference_approach a
  JOIN people_post p ON p.officer_id = my_id() AND p.bureau_id = a.organ_id AND p.role = 'discipline'
    AND p.since <= current_date AND (p.until IS NULL OR p.until >= current_date)
  JOIN people_officer o ON o.id = p.officer_id AND o.is_active
  WHERE a.subject_id IS DISTINCT FROM my_id() AND NOT EXISTS (
    SELECT FROM people_post l WHERE l.officer_id = my_id() AND l.role IN ('unit_head', 'deputy', 'chief')
      AND l.since <= current_date AND (l.until IS NULL OR l.until >= current_date))
$$;
ALTER TABLE interference_approach ENABLE ROW LEVEL SECURITY;
CREATE POLICY approach_readers ON interference_approach FOR SELECT USING (dossier_id IN (SELECT my_sealed()));
CREATE POLICY approach_recorder ON interference_approach FOR INSERT WITH CHECK (recorder_id = my_id());
ALTER TABLE interference_consequence ENABLE ROW LEVEL SECURITY;
CREATE POLICY consequence_readers ON interference_consequence
  USING (dossier_id IN (SELECT my_sealed())) WITH CHECK (dossier_id IN (SELECT my_sealed()));
"""
SEALED_BACK = """
DROP POLICY consequence_readers ON interference_consequence;
ALTER TABLE interference_consequence DISABLE ROW LEVEL SECURITY;
DROP POLICY approach_recorder ON interference_approach;
DROP POLICY approach_readers ON interference_approach;
ALTER TABLE interference_approach DISABLE ROW LEVEL SECURITY;
CREATE OR REPLACE FUNCTION my_sealed() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$ SELECT NULL::bigint WHERE false $$;
"""
GROWS = f"""
CREATE FUNCTION interference_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '干预过问登记只增不改：%% 被拒绝', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER approach_append_only BEFORE UPDATE OR DELETE ON interference_approach
  FOR EACH ROW EXECUTE FUNCTION interference_refuse();
CREATE TRIGGER approach_no_truncate BEFORE TRUNCATE ON interference_approach
  FOR EACH STATEMENT EXECUTE FUNCTION interference_refuse();
CREATE TRIGGER consequence_append_only BEFORE UPDATE OR DELETE ON interference_consequence
  FOR EACH ROW EXECUTE FUNCTION interference_refuse();
CREATE TRIGGER consequence_no_truncate BEFORE TRUNCATE ON interference_consequence
  FOR EACH STATEMENT EXECUTE FUNCTION interference_refuse();
REVOKE UPDATE, DELETE, TRUNCATE ON interference_approach, interference_consequence FROM {settings.APP_ROLE};
""".replace("%%", "%")
GROWS_BACK = f"""
DROP TRIGGER approach_append_only ON interference_approach;
DROP TRIGGER approach_no_truncate ON interference_approach;
DROP TRIGGER consequence_append_only ON interference_consequence;
DROP TRIGGER consequence_no_truncate ON interference_consequence;
DROP FUNCTION interference_refuse();
GRANT UPDATE, DELETE ON interference_approach, interference_consequence TO {settings.APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("interference", "0001_initial"), ("dossier", "0006_sealed"), ("people", "0004_discipline")]
    operations = [migrations.RunSQL(SEALED, SEALED_BACK), migrations.RunSQL(GROWS, GROWS_BACK)]
