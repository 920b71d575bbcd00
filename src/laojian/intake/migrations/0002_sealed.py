"""Who reported somebody is shown by the database to the named readers only (lsr-9, lsr-12)."""

from django.db import migrations

FORWARD = """
ALTER TABLE intake_informant ENABLE ROW LEVEL SECURITY;
CREATE POLICY informant_readers ON intake_informant FOR SELECT USING (my_id() = ANY(readers));
CREATE POLICY informant_sealed ON intake_informant FOR INSERT WITH CHECK (my_id() = ANY(readers));
"""
BACK = """
DROP POLICY informant_readers ON intake_informant;
DROP POLICY informant_sealed ON intake_informant;
ALTER TABLE intake_informant DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial"), ("dossier", "0002_row_level_security")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
