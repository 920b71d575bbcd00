"""Which files lie in a dossier as evidence, told also to who may not see the sealed pieces: the number of the file and nothing else."""

from django.db import migrations

HELD = """
CREATE FUNCTION files_held(files bigint[]) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT file_id FROM evidence_evidence WHERE file_id = ANY(files)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("evidence", "0006_cameras")]
    operations = [migrations.RunSQL(HELD, "DROP FUNCTION files_held(bigint[])")]
