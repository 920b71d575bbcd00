"""Earlier violations of an employer, across bureaus: a function that sees every file and tells facts only."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION earlier_violations(employer bigint, day date, years int)
RETURNS TABLE (dossier_id bigint, bureau text, decided_on date, matter text, decision text, article text, amount numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.id, b.name, (e.at AT TIME ZONE 'Asia/Shanghai')::date, k.matter, e.verb, e.basis,
    (SELECT sum(o.amount) FROM cases_obligation o WHERE o.dossier_id = d.id AND o.seq = e.seq AND o.kind = 'fine')
  FROM dossier_dossier d JOIN people_bureau b ON b.id = d.bureau_id JOIN cases_case k ON k.dossier_id = d.id
  JOIN record_entry e ON e.dossier_id = d.id AND e.kind = 'step'
    AND e.verb IN ('decide_penalty', 'decide_treatment', 'decide_no_penalty')
  WHERE d.employer_id = employer AND e.at >= day - make_interval(years => years)
  ORDER BY e.at DESC
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("record", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, "DROP FUNCTION earlier_violations(bigint, date, int)")]
