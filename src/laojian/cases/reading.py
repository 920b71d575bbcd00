"""How a case's part of the file is read: SQL of jsonb values correlated with the dossier `d`, all in the step's one statement."""

from laojian.evidence.queries import PART as EVIDENCE
from laojian.evidence.queries import RECORDINGS
from laojian.procedure.statements import row

CASE = row("k", "dossier_id matter violation began_on ceased_on found_on facts proposal proposed_fine crime discussed")
PARTY = row("p", "id kind role employer_id name code address legal_rep post phone")
BINDING = (
    "correction_order",
    "penalty_decision",
    "treatment_decision",
    "spot_order",
    "spot_penalty",
)  # a draft of these that was voided binds nobody
OBLIGATION = row("o", "id paper_id seq kind addressee_id debtor_id ground demand amount met_on unmet_on note")
AVOIDANCE = row("a", "id seq officer_id name asked_by applicant grounds received_on granted decided_on")
KEEPING = row("g", "id seq party_id items reason place keeper evidence_id approved_on kept_on ended_on ending")
FINDING = row(
    "f",
    """id seq party_id whom power version acted_on facts tier lowest highest floor optional amount why reason same_as_id""",
)

PARTS = {
    "case": f"(SELECT {CASE} FROM cases_case k WHERE k.dossier_id = d.id)",
    "sources": """(SELECT coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'kind', s.kind, 'number', s.number, 'name', s.name,
        'received_at', s.received_at, 'summary', s.summary, 'request', s.request, 'document', s.document,
        'id_number', s.id_number, 'phone', s.phone, 'address', s.address, 'sealed', s.sealed,
        'consent_on', s.consent_on, 'withdrawn_on', s.withdrawn_on,
        'replied_on', s.replied_on) ORDER BY s.id), '[]') FROM intake_source s WHERE s.dossier_id = d.id)""",
    "parties": f"""(SELECT coalesce(jsonb_agg({PARTY} ORDER BY p.id), '[]')
        FROM cases_party p WHERE p.dossier_id = d.id)""",
    "claims": """(SELECT jsonb_build_object('workers', count(DISTINCT l.worker_id),
        'found', coalesce(sum(l.amount) FILTER (WHERE l.kind = 'found'), 0),
        'coordinated', coalesce(sum(l.amount) FILTER (WHERE l.kind = 'coordinated'), 0),
        'ordered', coalesce(sum(l.amount) FILTER (WHERE l.kind = 'ordered'), 0),
        'paid', coalesce(sum(l.amount) FILTER (WHERE l.kind = 'paid'), 0),
        'enforced', coalesce(sum(l.amount) FILTER (WHERE l.kind = 'enforced'), 0),
        'lines', md5(coalesce(string_agg(concat_ws('|', l.id, l.worker_id, l.on, l.kind, l.months, l.amount), ',' ORDER BY l.id), '')))
        FROM cases_ledgerline l WHERE l.dossier_id = d.id)""",
    "obligations": f"""(SELECT coalesce(jsonb_agg({OBLIGATION} || jsonb_build_object('addressee', a.name,
        'paid', (SELECT coalesce(sum(m.amount), 0) FROM cases_payment m WHERE m.obligation_id = o.id)) ORDER BY o.id), '[]')
        FROM cases_obligation o JOIN cases_party a ON a.id = o.addressee_id WHERE o.dossier_id = d.id AND NOT EXISTS (
          SELECT FROM papers_paper v WHERE v.dossier_id = d.id AND v.nth = o.seq AND v.voided <> '' AND v.code IN {BINDING}))""",
    "findings": f"""(SELECT coalesce(jsonb_agg({FINDING} || jsonb_build_object('party', b.name) ORDER BY f.id), '[]')
        FROM cases_finding f JOIN cases_party b ON b.id = f.party_id
        WHERE f.dossier_id = d.id AND f.dropped_seq IS NULL)""",
    "inquiries": """(SELECT coalesce(jsonb_agg(jsonb_build_object('id', q.id, 'person', q.person, 'party_id', q.party_id,
        'began_at', q.began_at, 'ended_at', q.ended_at, 'inspectors', q.inspectors) ORDER BY q.id), '[]')
        FROM cases_inquiry q WHERE q.dossier_id = d.id)""",
    "evidence": EVIDENCE,
    "recordings": RECORDINGS,
    "avoidances": f"""(SELECT coalesce(jsonb_agg({AVOIDANCE} ORDER BY a.id), '[]')
        FROM cases_avoidance a WHERE a.dossier_id = d.id)""",
    "keepings": f"""(SELECT coalesce(jsonb_agg({KEEPING} ORDER BY g.id), '[]')
        FROM cases_keeping g WHERE g.dossier_id = d.id)""",
}
