"""What was sent stays as it was sent: of a version only how far its delivery has come changes, attempts and comparisons only grow."""

from django.conf import settings
from django.db import migrations

FORWARD = f"""
CREATE FUNCTION exchange_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '报送的内容和全过程只增不改：%% 被拒绝', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER outgoing_as_sent BEFORE UPDATE ON exchange_outgoing FOR EACH ROW
  WHEN ((OLD.dossier_id, OLD.bureau_id, OLD.platform, OLD.kind, OLD.key, OLD.version, OLD.act, OLD.payload, OLD.digest, OLD.reason,
         OLD.due_on, OLD.made_at)
        IS DISTINCT FROM (NEW.dossier_id, NEW.bureau_id, NEW.platform, NEW.kind, NEW.key, NEW.version, NEW.act, NEW.payload,
                          NEW.digest, NEW.reason, NEW.due_on, NEW.made_at))
  EXECUTE FUNCTION exchange_refuse();
CREATE TRIGGER outgoing_stays BEFORE DELETE ON exchange_outgoing FOR EACH ROW EXECUTE FUNCTION exchange_refuse();
CREATE TRIGGER attempt_append_only BEFORE UPDATE OR DELETE ON exchange_attempt FOR EACH ROW EXECUTE FUNCTION exchange_refuse();
CREATE TRIGGER comparison_append_only BEFORE UPDATE OR DELETE ON exchange_comparison FOR EACH ROW EXECUTE FUNCTION exchange_refuse();
REVOKE DELETE ON exchange_outgoing FROM {settings.APP_ROLE};
REVOKE UPDATE, DELETE ON exchange_attempt, exchange_comparison FROM {settings.APP_ROLE};
""".replace("%%", "%")
BACK = f"""
DROP TRIGGER outgoing_as_sent ON exchange_outgoing;
DROP TRIGGER outgoing_stays ON exchange_outgoing;
DROP TRIGGER attempt_append_only ON exchange_attempt;
DROP TRIGGER comparison_append_only ON exchange_comparison;
DROP FUNCTION exchange_refuse();
GRANT DELETE ON exchange_outgoing TO {settings.APP_ROLE};
GRANT UPDATE, DELETE ON exchange_attempt, exchange_comparison TO {settings.APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0003_why")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
