"""How a visit's part of the file is read: what a case's file holds (parties, evidence, orders), and the visit's own."""

from laojian.cases.reading import PARTS as SHARED
from laojian.procedure.statements import row

VISIT = row(
    "v",
    """employer_id ground mode items campaign_id draw_number object_rank document reason announced from_on until_on start_at place
    materials length unit cap_reason separate_reason began_at ended_on token signed_seq record_digest published_on published_where
    published withdrawn_on withdrawal past stands""",
)
LINE = row("l", "id seq item line outcome note evidence by_id at")
RESULT = row("r", "id seq code note noted_on")

PARTS = SHARED | {
    "visit": f"(SELECT {VISIT} FROM visits_visit v WHERE v.dossier_id = d.id)",
    "lines": f"""(SELECT coalesce(jsonb_agg({LINE} ORDER BY l.item, l.line), '[]') FROM (
        SELECT DISTINCT ON (item, line) * FROM visits_visitline WHERE visit_id = d.id ORDER BY item, line, at DESC, id DESC) l)""",
    "results": f"""(SELECT coalesce(jsonb_agg({RESULT} ORDER BY r.id), '[]')
        FROM visits_visitresult r WHERE r.visit_id = d.id AND r.ended_seq IS NULL)""",
    "attendance": """(SELECT coalesce(jsonb_agg(jsonb_build_object('officer', a.officer_id, 'name', a.name,
        'department', a.department) ORDER BY a.id), '[]') FROM visits_attendance a WHERE a.visit_id = d.id)""",
}
