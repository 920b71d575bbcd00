"""A decision that fell, or whose draft was given up, is no earlier violation."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("laojian.cases.migrations.0007_earlier_on_the_spot").FORWARD
FORWARD = BEFORE.replace(
    "  WHERE d.employer_id = employer",
    """  WHERE NOT EXISTS (SELECT FROM papers_paper p WHERE p.dossier_id = d.id AND p.nth = e.seq AND p.voided <> '')
    AND d.employer_id = employer""",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_earlier_on_the_spot"), ("papers", "0002_paper_approval")]
    operations = [migrations.RunSQL(FORWARD, BEFORE)]
