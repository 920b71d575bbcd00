"""What was punished on the spot counts among earlier violations."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("laojian.cases.migrations.0002_earlier_violations").FORWARD.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
FORWARD = BEFORE.replace("'decide_no_penalty')", "'decide_no_penalty', 'punish_on_spot')")


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_discussed")]
    operations = [migrations.RunSQL(FORWARD, BEFORE)]
