"""The demo's evidence: some of those drawn at random are inspected, titles of harmony are held and revoked, one employer is talked to."""

from collections.abc import Mapping
from datetime import date, time, timedelta

from laojian.cases.replay.walk import Cast, moment, workday
from laojian.employers.models import Employer
from laojian.inspections.models import Drawn
from laojian.people.acting import acting
from laojian.procedure.take import open_file, read, take
from laojian.visits.models import Visit, VisitResult

from .visits import Trip, workdays_before

INSPECTED = ("approve", "begin", "check", "record", "results", "publish")
LEVELS = ("city", "city", "district", "city")  # of the titles; the last one is revoked


def write(casts: Mapping[str, Cast], employers: Mapping[str, list[Employer]], today: date) -> int:
    """Everything; how many new files."""
    cast = casts["district"]
    inspect_drawn(cast, today)
    return titles(cast, employers[cast.bureau.region], today) + interview(cast, today)


def inspect_drawn(cast: Cast, today: date) -> None:
    """Three quarters of the drawn employers are inspected; every third of them had a problem."""
    rows = list(Drawn.objects.exclude(visit=None).select_related("employer").order_by("pk"))
    for n, row in enumerate(rows[: len(rows) * 3 // 4]):
        trip = Trip(cast, row.employer, "draw", [], workdays_before(today, 9))
        with acting(cast.reader().pk):
            trip.walk.file = read(row.visit_id, cast.reader().pk, trip.at)
        trip.problem = n % 3 == 0
        for name in INSPECTED:
            getattr(trip, name)()


def titles(cast: Cast, known: list[Employer], today: date) -> int:
    """Titles of those who were inspected without a finding, and of one where nobody was."""
    clean = Visit.objects.filter(bureau=cast.bureau, ended_on__isnull=False, mode="onsite").exclude(
        pk__in=VisitResult.objects.exclude(code="no_problem").values("visit")
    )
    visited = list(clean.order_by("pk").values_list("employer", flat=True)[: len(LEVELS) - 1])
    held = [*visited, next(each.pk for each in known if each.pk not in visited)]
    clerk, head = cast.posts["clerk"][0], cast.posts["unit_head"][0]
    granted, at = today - timedelta(days=300), moment(workdays_before(today, 6), time(15))
    for n, (employer, level) in enumerate(zip(held, LEVELS, strict=False), 1):
        given = {"employer": employer, "level": level, "granted_on": granted, "document": f"示例和谐〔{granted.year}〕{n}号",
                 "valid_to": granted + timedelta(days=730)}  # fmt: skip
        file = open_file("title", "grant_title", by=clerk, at=at + timedelta(minutes=n), given=given)
    gone = {"on": at.date(), "document": f"示例和谐撤〔{at.year}〕1号", "reason": "复核发现不再符合创建条件（示例）。"}
    take(file.id, "revoke_title", by=head, at=at + timedelta(hours=1), given=gone)
    return len(held)


def interview(cast: Cast, today: date) -> int:
    """One employer with a finding was talked to."""
    found = VisitResult.objects.filter(visit__bureau=cast.bureau, code="pending", ended_seq=None).order_by("pk").first()
    if found is None:
        return 0
    at = moment(workday(workdays_before(today, 5)), time(10))
    firm = Employer.objects.get(pk=found.visit.employer_id)
    given = {
        "employer": firm.pk, "held_at": at - timedelta(minutes=40), "place": "本局二楼谈话室", "person": firm.legal_rep or "示负责",
        "post": "负责人", "officers": "张监察、李监察", "reason": "检查发现问题，督促整改。",
        "minutes": "说明检查发现的问题和法律后果，听取说明。",
        "commitments": "十个工作日内补签劳动合同并报送材料。", "done_by": at.date() + timedelta(days=14),
    }  # fmt: skip
    open_file("interview", "record_interview", by=cast.posts["inspector"][0], at=at, given=given)
    return 1
