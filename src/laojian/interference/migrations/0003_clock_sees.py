"""The clock sees the register, as it sees every file: in its name the record is verified, which tells digests alone."""

from django.db import migrations

CLOCK = """
  UNION ALL SELECT a.dossier_id FROM interference_approach a WHERE my_id() = (
    SELECT id FROM people_officer WHERE system AND username = 'clock')
"""
SEALED = """
CREATE OR REPLACE FUNCTION my_sealed() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT a.dossier_id FROM interference_approach a WHERE a.recorder_id = my_id() AND a.subject_id IS DISTINCT FROM my_id()
  UNION ALL
  SELECT a.dossier_id FROM interference_approach a
  JOIN people_post p ON p.officer_id = my_id() AND p.bureau_id = a.organ_id AND p.role = 'discipline'
    AND p.since <= current_date AND (p.until IS NULL OR p.until >= current_date)
  JOIN people_officer o ON o.id = p.officer_id AND o.is_active
  WHERE a.subject_id IS DISTINCT FROM my_id() AND NOT EXISTS (
    SELECT FROM people_post l WHERE l.officer_id = my_id() AND l.role IN ('unit_head', 'deputy', 'chief')
      AND l.since <= current_date AND (l.until IS NULL OR l.until >= current_date))
{more}$$;
"""


class Migration(migrations.Migration):
    dependencies = [("interference", "0002_guarded")]
    operations = [migrations.RunSQL(SEALED.format(more=CLOCK), SEALED.format(more=""))]
