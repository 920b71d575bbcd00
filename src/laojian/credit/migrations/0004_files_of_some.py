"""Whom the files of some employers are about, found by their index; and dropped cases among the steps that tell of a grade."""

from django.db import migrations, models

ONE = "WHERE verb IN ('note_judged', 'note_mass_event'"
FORWARD = f"""
CREATE FUNCTION credit_files_of(employers bigint[]) RETURNS TABLE (id bigint, employer_id bigint, parent_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH named AS (
    SELECT d.id FROM dossier_dossier d WHERE d.employer_id = ANY(employers)
    UNION SELECT p.dossier_id FROM cases_party p WHERE p.employer_id = ANY(employers)
    UNION SELECT d.id FROM cases_party p JOIN dossier_dossier d ON d.parent_id = p.dossier_id WHERE p.employer_id = ANY(employers))
  SELECT d.id, coalesce(d.employer_id, (SELECT p.employer_id FROM cases_party p WHERE p.dossier_id IN (d.id, d.parent_id)
    AND p.role = 'respondent' AND p.employer_id IS NOT NULL ORDER BY p.id LIMIT 1)), d.parent_id
  FROM named JOIN dossier_dossier d ON d.id = named.id WHERE NOT d.sealed
$$;
DROP INDEX record_of_credit;
CREATE INDEX record_of_credit ON record_entry (dossier_id) {ONE}, 'revoke_filing');
"""
BACK = f"""
DROP INDEX record_of_credit;
CREATE INDEX record_of_credit ON record_entry (dossier_id) {ONE});
DROP FUNCTION credit_files_of(bigint[]);
"""
BY = [("run", "年度评价"), ("downgrade", "动态下调"), ("restored", "依据不再有效，恢复"), ("corrected", "异议成立，更正")]


class Migration(migrations.Migration):
    dependencies = [("credit", "0003_facts_of_every_bureau")]
    operations = [
        migrations.RunSQL(FORWARD, BACK),
        migrations.AlterField("grade", "by", models.CharField("由来", max_length=10, choices=BY, default="run")),
        migrations.AlterField("grade", "ended_by", models.CharField("因何终止", max_length=10, choices=BY, blank=True)),
    ]
