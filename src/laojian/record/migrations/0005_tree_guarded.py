"""The tree only grows, like the entries; salts go with an entry that is lawfully destroyed; entries from before get their leaves."""

import secrets

from django.conf import settings
from django.db import migrations

from laojian.record.merkle import DIGESTS
from laojian.record.streams import LINES

GROWING = ("leaf", "node", "head", "witness", "witnessed", "tombstone")
REFUSE = """
CREATE OR REPLACE FUNCTION record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND TG_TABLE_NAME IN ('record_entry', 'record_salt')
     AND current_setting('record.destroying', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% 只增不改：% 被拒绝', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
"""
# Only the owner may call it. What is destroyed leaves its leaf and a tombstone; an entry of the record, itself in the tree,
# tells by whom and on what ground, and must have been written before.
DESTROY = """
CREATE FUNCTION record_destroy(dossier bigint, telling bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE gone bigint;
BEGIN
  IF NOT EXISTS (SELECT FROM record_entry WHERE id = telling AND verb = 'destroy' AND (given->>'dossier')::bigint = dossier) THEN
    RAISE EXCEPTION '第 % 条不是销毁卷宗 % 的记录', telling, dossier;
  END IF;
  PERFORM set_config('record.destroying', 'on', true);
  INSERT INTO record_tombstone (entry_id, dossier_id, by_entry)
    SELECT id, dossier, telling FROM record_entry WHERE dossier_id = dossier;
  DELETE FROM record_salt s USING record_entry e WHERE s.entry_id = e.id AND e.dossier_id = dossier;
  DELETE FROM record_entry WHERE dossier_id = dossier;
  GET DIAGNOSTICS gone = ROW_COUNT;
  PERFORM set_config('record.destroying', '', true);
  RETURN gone;
END $$;
"""
GUARD = "".join(
    f"""
CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON record_{name} FOR EACH ROW EXECUTE FUNCTION record_refuse();
CREATE TRIGGER {name}_no_truncate BEFORE TRUNCATE ON record_{name} FOR EACH STATEMENT EXECUTE FUNCTION record_refuse();
REVOKE UPDATE, DELETE, TRUNCATE ON record_{name} FROM {settings.APP_ROLE};
"""
    for name in (*GROWING, "salt")
)
GRANTS = f"""
REVOKE UPDATE, TRUNCATE ON record_pending FROM {settings.APP_ROLE};
REVOKE ALL ON FUNCTION record_destroy(bigint, bigint) FROM PUBLIC, {settings.APP_ROLE};
ALTER TABLE record_pending SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
"""


def leaves_of_earlier_entries(apps, schema_editor) -> None:
    """A salt and a waiting leaf for each entry that has none."""
    digest = DIGESTS[settings.RECORD_DIGEST]
    with schema_editor.connection.cursor() as cursor:
        raw = cursor.connection.cursor()
        made = []
        with raw.copy(f"COPY (SELECT e.id, {LINES} FROM record_entry e ORDER BY e.id) TO STDOUT") as rows:
            for row in rows:
                key, _, line = bytes(row)[:-1].partition(b"\t")
                salt = secrets.token_bytes(32)
                made.append((int(key), salt, digest.leaf(salt + line)))
        with raw.copy("COPY record_salt (entry_id, salt) FROM STDIN") as into:
            for key, salt, _ in made:
                into.write_row((key, salt))
        with raw.copy("COPY record_pending (entry_id, leaf) FROM STDIN") as into:
            for key, _, leaf in made:
                into.write_row((key, leaf))


class Migration(migrations.Migration):
    dependencies = [("record", "0004_tree")]
    operations = [
        migrations.RunSQL(REFUSE, migrations.RunSQL.noop),
        migrations.RunSQL(DESTROY, "DROP FUNCTION record_destroy(bigint, bigint)"),
        migrations.RunPython(leaves_of_earlier_entries, migrations.RunPython.noop),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
    ]
