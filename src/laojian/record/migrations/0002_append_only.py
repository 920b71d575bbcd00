"""The record only grows: the database itself refuses UPDATE, DELETE and TRUNCATE, by trigger to everyone and by grant to us."""

from django.conf import settings
from django.db import migrations

FORWARD = f"""
CREATE FUNCTION record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'record_entry 只增不改：%% 被拒绝', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER record_append_only BEFORE UPDATE OR DELETE ON record_entry
  FOR EACH ROW EXECUTE FUNCTION record_refuse();
CREATE TRIGGER record_no_truncate BEFORE TRUNCATE ON record_entry
  FOR EACH STATEMENT EXECUTE FUNCTION record_refuse();
REVOKE UPDATE, DELETE, TRUNCATE ON record_entry FROM {settings.APP_ROLE};
""".replace("%%", "%")
BACK = f"""
DROP TRIGGER record_append_only ON record_entry;
DROP TRIGGER record_no_truncate ON record_entry;
DROP FUNCTION record_refuse();
GRANT UPDATE, DELETE ON record_entry TO {settings.APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
