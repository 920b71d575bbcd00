"""Custody only grows; a sealed piece shows itself to its readers only (lsr-9), yet is numbered and hashed for all."""

from django.conf import settings
from django.db import migrations

CUSTODY = f"""
CREATE FUNCTION custody_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'evidence_custody 只增不改：%% 被拒绝', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER custody_append_only BEFORE UPDATE OR DELETE ON evidence_custody
  FOR EACH ROW EXECUTE FUNCTION custody_refuse();
CREATE TRIGGER custody_no_truncate BEFORE TRUNCATE ON evidence_custody
  FOR EACH STATEMENT EXECUTE FUNCTION custody_refuse();
REVOKE UPDATE, DELETE, TRUNCATE ON evidence_custody FROM {settings.APP_ROLE};
""".replace("%%", "%")
CUSTODY_BACK = f"""
DROP TRIGGER custody_append_only ON evidence_custody;
DROP TRIGGER custody_no_truncate ON evidence_custody;
DROP FUNCTION custody_refuse();
GRANT UPDATE, DELETE ON evidence_custody TO {settings.APP_ROLE};
"""
SEALED = """
ALTER TABLE evidence_evidence ENABLE ROW LEVEL SECURITY;
CREATE POLICY evidence_readers ON evidence_evidence
  USING (NOT sealed OR my_id() = ANY(readers)) WITH CHECK (NOT sealed OR my_id() = ANY(readers));
CREATE FUNCTION last_evidence(dossier bigint, of_sealed boolean) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(max(ordinal), 0) FROM evidence_evidence WHERE dossier_id = dossier AND sealed = of_sealed
$$;
CREATE FUNCTION evidence_state(dossier bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT jsonb_build_object('count', count(*) FILTER (WHERE NOT e.sealed), 'digest', encode(sha256(convert_to(coalesce(
    string_agg(to_jsonb(e)::text || coalesce(f.sha256, ''), ',' ORDER BY e.id), ''), 'UTF8')), 'hex'))
  FROM evidence_evidence e LEFT JOIN evidence_file f ON f.id = e.file_id WHERE e.dossier_id = dossier
$$;
"""
SEALED_BACK = """
DROP FUNCTION evidence_state(bigint);
DROP FUNCTION last_evidence(bigint, boolean);
DROP POLICY evidence_readers ON evidence_evidence;
ALTER TABLE evidence_evidence DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial"), ("dossier", "0002_row_level_security")]
    operations = [migrations.RunSQL(CUSTODY, CUSTODY_BACK), migrations.RunSQL(SEALED, SEALED_BACK)]
