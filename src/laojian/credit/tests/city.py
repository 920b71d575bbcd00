"""The year of `registers` as records: employers, cases, papers that were served, findings, what was entered; never a grade."""

from datetime import date, datetime, time

from django.db import connection
from django.utils.timezone import make_aware

from laojian.cases.models import Finding, Party
from laojian.credit.schemes import grading
from laojian.dossier.models import Dossier
from laojian.papers.models import Paper, Service
from laojian.people.models import Officer
from laojian.record.models import Entry

from .registers import EMPLOYERS, of_the_year

REGION = "示例区"
PAPERS = {"order": "correction_order", "treatment": "treatment_decision", "penalty": "penalty_decision"}
ENTERED = {
    "mass_event": ("note_mass_event", lambda on: {"sort": "mass", "on": on, "ground": "示例"}),
    "criminal": (
        "note_judged",
        lambda on: {"received_on": on, "document": "示例刑初 1 号", "convicted": "yes", "fined": "no"},
    ),
}
REGISTER = """
INSERT INTO employers_employer (name, former_names, kind, region, address, legal_rep, legal_rep_post, phone, industry, sort_key)
SELECT '示例单位' || n, '', 'company', %s, '', '', '', '', (ARRAY['建筑业', '制造业', '住宿和餐饮业', '批发和零售业'])[1 + n %% 4], '\\x00'
FROM generate_series(1, %s) n ORDER BY n RETURNING id"""


def founded(world, employers: int = EMPLOYERS) -> list[int]:
    """The employers and the records of their year; the ids of the employers in the order of the facts."""
    with connection.cursor() as cursor:
        cursor.execute(REGISTER, [REGION, employers])
        ids = [key for (key,) in cursor.fetchall()]
    cases: dict[tuple[int, int], list] = {}
    for employer, fact in of_the_year(employers):
        cases.setdefault((employer, fact.case), []).append(fact)
    files = Dossier.objects.bulk_create(
        Dossier(flow="general", state="archived", title="示例", bureau=world.district, district=world.district, open=False,
                employer_id=ids[employer - 1], opened_on=facts[0].on, ended_on=facts[0].on)
        for (employer, _), facts in cases.items()
    )  # fmt: skip
    for file, facts in zip(files, cases.values(), strict=True):
        for nth, fact in enumerate(facts, 1):
            recorded(file, nth, fact, world.zhang)
    return ids


def recorded(file: Dossier, nth: int, fact, officer: Officer) -> None:
    """One fact as the record of a case has it."""
    if fact.kind in PAPERS:
        served(file, nth, PAPERS[fact.kind], fact.on, "已经撤销（示例）" if fact.reversed else "")
    elif fact.kind in ENTERED:
        verb, given = ENTERED[fact.kind]
        Entry.objects.create(
            kind="step", dossier_id=file.pk, bureau_id=file.bureau_id, seq=nth, verb=verb, label="示例", at=moment(fact.on),
            actor_id=officer.pk, actor_name=officer.name, actor_post="示例", given=given(fact.on.isoformat()), hash="0" * 64,
        )  # fmt: skip
    else:
        party = Party.objects.create(
            dossier=file, kind="employer", role="respondent", employer_id=file.employer_id, name="示例"
        )
        Finding.objects.create(
            dossier=file, seq=nth, party=party, whom="employer", power=grading()[0][fact.kind].powers[0], version=date(2016, 1, 1),
            acted_on=fact.on, facts={}, lowest=0, floor=0, optional=False, amount=0, why=[],
        )  # fmt: skip


def served(file: Dossier, nth: int, code: str, on: date, voided: str = "") -> None:
    """A paper of a case that took effect on a day."""
    paper = Paper.objects.create(dossier=file, nth=nth, code=code, label="示例", issued_on=on, voided=voided)
    Service.objects.create(paper=paper, addressee="示例", method="direct", done_at=moment(on), effective_on=on)


def moment(on: date) -> datetime:
    """Noon of a day."""
    return make_aware(datetime.combine(on, time(12)))
