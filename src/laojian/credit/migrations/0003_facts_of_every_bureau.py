"""A grade rests on the cases of every bureau: whom a file is about, and nothing else of it, is seen wherever one grades."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION credit_files() RETURNS TABLE (id bigint, employer_id bigint, parent_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.id, coalesce(d.employer_id, (SELECT p.employer_id FROM cases_party p WHERE p.dossier_id IN (d.id, d.parent_id)
    AND p.role = 'respondent' AND p.employer_id IS NOT NULL ORDER BY p.id LIMIT 1)), d.parent_id
  FROM dossier_dossier d WHERE NOT d.sealed
$$;
CREATE INDEX record_of_credit ON record_entry (dossier_id) WHERE verb IN ('note_judged', 'note_mass_event');
"""
BACK = "DROP INDEX record_of_credit; DROP FUNCTION credit_files();"


class Migration(migrations.Migration):
    dependencies = [("credit", "0002_titles"), ("dossier", "0006_sealed"), ("record", "0001_initial"),
        ("cases", "0001_initial")]
    operations = [migrations.DeleteModel(name="MassEvent"), migrations.RunSQL(FORWARD, BACK)]
