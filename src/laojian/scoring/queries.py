"""The facts of a file for its score, in a constant number of statements; counts of what is missing or late."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection

from laojian.lawbook import holds, law
from laojian.lawbook.scoring import ScoringScheme, Standard
from laojian.papers.actions import templates
from laojian.people.rules import list_of_powers
from laojian.procedure.statements import PARTS
from laojian.procedure.step import File, local
from laojian.procedure.take import FLOWS

from .facts import Did, Facts
from .faults import day_of, days_between
from .rules import Candidate, Judgement, Score, score

ASSESSMENT = "assessment"  # the flow by which files are reviewed

# Entries and papers of the file and of the tracks beside it, its open evidence, and who of the actors was a lawyer when acting.
TOLD = f"""
SELECT (SELECT coalesce(jsonb_agg(jsonb_build_object('of', e.dossier_id, 'seq', e.seq, 'verb', e.verb, 'label', e.label, 'at', e.at,
          'actor_id', e.actor_id, 'actor', e.actor_name, 'certificate', e.actor_certificate, 'given', e.given,
          'effects', e.effects) ORDER BY e.dossier_id, e.seq), '[]')
        FROM record_entry e WHERE e.kind = 'step' AND (e.dossier_id = %(id)s
          OR e.dossier_id IN (SELECT t.id FROM dossier_dossier t WHERE t.parent_id = %(id)s AND t.flow = ANY(%(tracks)s))))::text,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'flow', d.flow, 'clocks', {PARTS["clocks"]}, 'papers', {PARTS["papers"]},
          'drafts', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'nth', p.nth, 'code', p.code, 'label', p.label)
                     ORDER BY p.id), '[]') FROM papers_paper p
                     WHERE p.dossier_id = d.id AND p.issued_on IS NULL AND p.voided = '')) ORDER BY d.id), '[]')
        FROM dossier_dossier d WHERE d.parent_id = %(id)s AND d.flow = ANY(%(tracks)s))::text,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'ordinal', v.ordinal, 'title', v.title, 'kind', v.kind, 'form', v.form,
          'proves', v.proves, 'provider', v.provider, 'collected_on', v.collected_on, 'collectors', v.collectors,
          'extraction', v.extraction, 'from_complainant', v.from_complainant) ORDER BY v.ordinal), '[]')
        FROM evidence_evidence v WHERE v.dossier_id = %(id)s AND NOT v.sealed)::text,
       (SELECT coalesce(jsonb_agg(DISTINCT e.actor_id), '[]') FROM record_entry e JOIN people_certificate c
          ON c.officer_id = e.actor_id AND c.kind = 'lawyer' AND e.at::date BETWEEN c.valid_from AND c.valid_to
          AND (c.revoked_on IS NULL OR c.revoked_on > e.at::date)
        WHERE e.dossier_id = %(id)s)::text"""


def facts_of(file: File, tracks: tuple[str, ...]) -> Facts:
    """The facts of a file as it stands, with those of its tracks of these flows. One statement besides the reading of the file."""
    with connection.cursor() as cursor:
        cursor.execute(TOLD, {"id": file.id, "tracks": list(tracks)})
        entries, beside, evidence, lawyers = (json.loads(text) for text in cursor.fetchone())
    steps = [did(row) for row in entries]
    days = {each.seq: each.on for row, each in zip(entries, steps, strict=True) if row["of"] == file.id}
    return Facts(
        flow=file.flow.name, id=file.id, on=file.on, parts=file.parts, papers=sealable(file.papers), drafts=tuple(file.drafts),
        steps=tuple(each for row, each in zip(entries, steps, strict=True) if row["of"] == file.id),
        evidence=tuple(evidence), lawyers=frozenset(lawyers), powers=beyond(file, days), options=file.bureau.get("options") or {},
        labels={code: template.label for code, template in templates().items()},
        tracks=tuple(
            Facts(
                flow=row["flow"], id=row["id"], on=file.on, parts={"clocks": row["clocks"]}, papers=sealable(row["papers"]),
                drafts=tuple(row["drafts"]),
                steps=tuple(each for told, each in zip(entries, steps, strict=True) if told["of"] == row["id"]),
            )
            for row in beside
        ),
    )  # fmt: skip


def did(row: Mapping) -> Did:
    """An entry as a score reads it."""
    at, effects = datetime.fromisoformat(row["at"]), row["effects"]
    return Did(
        row["seq"], row["verb"], row["label"], at, local(at).date(), row["actor_id"], row["actor"], row["certificate"], row["given"],
        tuple(effects.get("late", ())), tuple(effects.get("drafted", ())),
    )  # fmt: skip


def sealable(papers: list[dict]) -> tuple[dict, ...]:
    """Fixed papers, each with whether its template wants a seal or a signature by hand."""
    known = templates()
    wants = {code: bool(template.seal or template.by_hand) for code, template in known.items()}
    return tuple(paper | {"wants_seal": wants.get(paper["code"], False)} for paper in papers)


def beyond(file: File, days: Mapping[int, date]) -> tuple[str, ...]:
    """The powers found in the file that its bureau did not hold on the day of the finding."""
    bureau, book = file.bureau, law()
    found = []
    for row in file.parts.get("findings") or ():
        on = days.get(row["seq"], file.on)
        profile = book.profiles.get(list_of_powers(bureau["level"], bureau["options"], on))
        if holds(profile, book.power(row["power"]), on, book.articles):
            found.append(row["power"])
    return tuple(found)


class Scored(NamedTuple):
    """A file with the standard that counts for it, its facts and what they come to."""

    scheme: ScoringScheme
    standard: Standard
    facts: Facts
    score: Score

    def again(self, *judged: Judgement) -> Score:
        """The score with what people found."""
        return score(self.standard, self.scheme.decisions, self.facts, judged)


def scored(file: File) -> Scored | None:
    """The score of a file as it stands; None where nobody scores its kind, or no standard was in force. One statement."""
    scheme = law().scheme_of(file.flow.name)
    if scheme is None:
        return None
    facts = facts_of(file, tuple(name for name, flow in FLOWS.items() if flow.joins and name != ASSESSMENT))
    standard = scheme.at(facts.day)
    return Scored(scheme, standard, facts, score(standard, scheme.decisions, facts)) if standard else None


OPENS = "open_assessment"  # the step of a case that opens its review

REVIEWING = """
SELECT coalesce(array_agg(DISTINCT p.bureau_id), '{}') FROM people_post p WHERE p.officer_id = %(officer)s
AND p.role IN ('supervision', 'reviewer') AND p.since <= %(on)s AND (p.until IS NULL OR p.until >= %(on)s)"""


def reviewing_for(officer_id: int, on: date) -> list[int]:
    """The bureaus whose files an officer may list for review: those in which the post is held."""
    with connection.cursor() as cursor:
        cursor.execute(REVIEWING, {"officer": officer_id, "on": on})
        return cursor.fetchone()[0]


def reviewed() -> list[ScoringScheme]:
    """The schemes by which files are reviewed once a year: those of flows that a review can be opened beside."""
    beside = {name for name, flow in FLOWS.items() if OPENS in flow.by_verb}
    return [scheme for scheme in law().scoring.values() if set(scheme.flows) & beside]


CLOSED = """
SELECT d.id, coalesce(nullif(d.number, ''), '登记 ' || d.id), coalesce(o.name, ''),
  (SELECT coalesce(array_agg(DISTINCT e.verb), '{}') FROM record_entry e WHERE e.dossier_id = d.id AND e.verb = ANY(%(always)s)),
  EXISTS (SELECT FROM record_entry e WHERE e.dossier_id = d.id AND e.verb = %(opens)s AND (e.given->>'year')::int = %(year)s)
FROM dossier_dossier d LEFT JOIN people_officer o ON o.id = d.lead_id
WHERE d.flow = ANY(%(flows)s) AND d.bureau_id = ANY(%(bureaus)s) AND d.state = ANY(%(states)s)
  AND d.ended_on BETWEEN make_date(%(year)s, 1, 1) AND make_date(%(year)s, 12, 31) ORDER BY d.id"""


def assessable(bureaus: list[int], scheme: ScoringScheme, year: int) -> tuple[list[Candidate], set[int]]:
    """The files of these bureaus that were closed in a year, and the ids of those already listed for review. One statement."""
    states = {state for name in scheme.flows for state in FLOWS[name].by_verb[OPENS].sources}
    asked = {"bureaus": bureaus, "flows": list(scheme.flows), "always": list(scheme.sampling.always), "year": year,
             "states": list(states), "opens": OPENS}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(CLOSED, asked)
        rows = cursor.fetchall()
    found = [Candidate(key, number, handler, frozenset(verbs)) for key, number, handler, verbs, _ in rows]
    return found, {key for key, *_, listed in rows if listed}


# What is late or missing, file by file. A draft is missing when a later step has moved the file on.
COUNTED = """
SELECT d.id, coalesce(nullif(d.number, ''), '登记 ' || d.id) AS number, d.title, b.name AS bureau, coalesce(o.team, '') AS team,
  coalesce(o.name, '') AS handler,
  (SELECT count(*) FROM record_entry e WHERE e.dossier_id = d.id AND e.kind = 'step' AND e.effects ? 'late') AS late,
  (SELECT coalesce(jsonb_agg(jsonb_build_array(e.given->>f.name, e.at)), '[]') FROM record_entry e, unnest(%(fields)s::text[]) AS f(name)
   WHERE e.dossier_id = d.id AND e.kind = 'step' AND e.given ? f.name
     AND left(e.given->>f.name, 10) < to_char(e.at - interval '1 day', 'YYYY-MM-DD'))::text AS told,
  (SELECT count(*) FROM papers_paper p WHERE p.dossier_id = d.id AND p.issued_on IS NULL AND p.voided = ''
     AND EXISTS (SELECT FROM record_entry e
                 WHERE e.dossier_id = d.id AND e.kind = 'step' AND e.seq > p.nth AND e.from_state <> e.to_state)) AS unwritten,
  (SELECT count(*) FROM papers_paper p WHERE p.dossier_id = d.id AND p.issued_on IS NOT NULL AND p.voided = ''
     AND p.code = ANY(%(sealed)s) AND NOT EXISTS (SELECT FROM papers_seal s WHERE s.paper_id = p.id)) AS unsigned,
  (SELECT count(*) FROM papers_service v JOIN papers_paper p ON p.id = v.paper_id WHERE p.dossier_id = d.id AND v.receipt = ''
     AND p.voided = '' AND v.method NOT IN ('announced', 'post', 'electronic')) AS unreceipted,
  (SELECT count(*) FROM clocks_deadline c WHERE c.dossier_id = d.id AND c.ending = '' AND c.due_on < %(today)s
     AND NOT c.provisional AND c.key = ANY(%(ours)s)) AS overdue
FROM dossier_dossier d JOIN people_bureau b ON b.id = d.bureau_id LEFT JOIN people_officer o ON o.id = d.lead_id
WHERE d.flow = ANY(%(flows)s) AND d.bureau_id = ANY(%(bureaus)s) AND d.opened_on BETWEEN %(since)s AND %(until)s
ORDER BY d.bureau_id, team, d.id"""


def completeness(bureaus: list[int], since: date, until: date, today: date) -> list[dict]:
    """How many entries and papers of each file opened between two days are late or missing (应录尽录). One statement.

    `late`: steps past their time; `after`: entered later than the standard allows; `unwritten`, `unsigned`, `unreceipted`: papers;
    `overdue`: periods of the authority that are over and still run.
    """
    looks = [
        look for scheme in law().scoring.values() for v in scheme.versions for line in v.lines for look in line.looks
    ]
    within = [look for look in looks if look.rule == "recorded_late"]
    ours = [key for key, clock in law().clocks.items() if clock.holder == "authority"]
    asked = {
        "bureaus": bureaus, "since": since, "until": until, "today": today, "ours": ours,
        "flows": [flow for scheme in law().scoring.values() for flow in scheme.flows],
        "fields": list(dict.fromkeys(name for look in within for name, _ in look.fields)),
        "sealed": [code for code, template in templates().items() if template.seal or template.by_hand],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, asked)
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    look = within[0] if within else None
    for row in rows:
        told = json.loads(row.pop("told"))
        row["after"] = sum(
            days_between(day_of(a), day_of(b), look.unit) > look.within for a, b in told if day_of(a) < day_of(b)
        )
    return rows
