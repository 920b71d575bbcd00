"""Writers of a visit's plan: opened by hand, by a draw or by a campaign; revised, joined by more items, approved."""

from collections.abc import Mapping
from datetime import date
from secrets import choice

from laojian.cases.actions.opening import named_party
from laojian.dossier.models import Access
from laojian.lawbook import GROUNDS, law
from laojian.papers.actions import next_number
from laojian.papers.models import Paper
from laojian.people.rules import PLAIN_SIGNS
from laojian.procedure.step import Effects, File

from ..models import Attendance, Visit
from ..queries import visits_this_year
from ..rules import planned

WORD = "检查"  # in the number of a visit
SIGNS = 12
PLAN = ("mode", "from_on", "until_on", "start_at", "place", "materials", "length", "unit", "document", "reason", "cap_reason",
        "separate_reason")  # fmt: skip


def plan(file: File, given: Mapping) -> Effects:
    """A visit with its number, its code to be checked by, its employer as it stands in the register, its two officers."""
    party = named_party(file, given)
    for row in given.get("lent") or ():
        Access.objects.create(
            dossier_id=file.id, officer_id=row["officer"], role="inspector", document=row["document"][:80], since=file.on
        )  # fmt: skip
    Visit.objects.create(
        dossier_id=file.id, employer_id=party.employer_id, bureau_id=file.dossier["bureau_id"], ground=given["ground"],
        items=pinned(given["items"], file.on), campaign_id=given.get("campaign"), draw_number=given.get("draw_number") or "",
        object_rank=given.get("rank"), announced=bool(given.get("announced")), past=bool(given.get("past")), token=drawn_token(),
        **columns(given),
    )  # fmt: skip
    number = (
        f"{file.bureau['short']}{WORD}〔{file.on.year}〕{next_number(file.dossier['bureau_id'], WORD, file.on.year)}号"
    )
    title = f"{party.name} {GROUNDS[given['ground']]}"
    return Effects(
        dossier={"title": title, "number": number, "employer_id": party.employer_id, "lead_id": given.get("lead"),
                 "second_id": given.get("second")},
        words=f"{title}|{number}",
    )  # fmt: skip


def drawn_token() -> str:
    """A code that nobody can guess, of signs that can be read out: by it a visit is checked."""
    return "".join(choice(PLAIN_SIGNS) for _ in range(SIGNS))


def columns(given: Mapping) -> dict:
    """The plan as columns of the visit."""
    empty = {"start_at": None, "length": None}
    return {name: given.get(name) or empty.get(name, "") for name in PLAN}


def pinned(keys: list[str], on: date) -> list[dict]:
    """The items with the version of the day, or the first one for what lies before it."""
    versions = ((key, law().item(key)) for key in keys)
    return [
        {"item": key, "version": (item.at(on) or item.versions[0]).valid_from.isoformat()} for key, item in versions
    ]


def revise(file: File, given: Mapping) -> Effects:
    """The plan anew; what was drafted for the old one is void."""
    Visit.objects.filter(pk=file.id).update(items=pinned(given["items"], file.on), **columns(given))
    return Effects(given={"voided": outdated(file)})


def add_items(file: File, given: Mapping) -> Effects:
    """More items join; approval is asked for anew."""
    Visit.objects.filter(pk=file.id).update(items=[*file.visit["items"], *pinned(given["items"], file.on)])
    return Effects(given={"voided": outdated(file)})


def outdated(file: File) -> list[int]:
    """The drafts of the plan that no longer say what is planned: void from now on."""
    drafts = [row["id"] for row in file.drafts if row["code"] in ("inspection_approval", *NOTICES.values())]
    Paper.objects.filter(pk__in=drafts).update(voided="检查计划已变更，重新起草")
    return drafts


NOTICES = {"onsite": "inspection_notice", "online": "inspection_notice", "written": "written_review_notice"}


def approve(file: File, given: Mapping) -> Effects:
    """The sheet of approval and the notice are drafted; a check on a report goes without notice."""
    visit = file.visit
    if given.get("cap_reason"):
        Visit.objects.filter(pk=file.id).update(cap_reason=given["cap_reason"])
    party = next(p for p in file.parties if p["role"] == "respondent")
    told = {
        "party": party["id"], "matters": matters(visit["items"]), "method": Visit.Mode(visit["mode"]).label,
        "place": visit["place"] or party["address"], "start_at": visit["start_at"] or f"{visit['from_on']}T09:00:00+08:00",
        "materials": visit["materials"], "frequency": frequency(file), "length": visit["length"], "unit": visit["unit"],
    }  # fmt: skip
    notice = [] if visit["ground"] == Visit.Ground.REPORT else [(NOTICES[visit["mode"]], {})]
    return Effects(given={name: value for name, value in told.items() if value}, papers=notice)


def matters(items: list[Mapping]) -> str:
    """The items in words."""
    return "；".join(f"{label}（{version.content}）" for _, label, version in planned(items, law()))


def frequency(file: File) -> str:
    """How often the employer is visited in the year of the plan, and on what this visit rests, for the sheet of approval."""
    day = date.fromisoformat(file.visit["from_on"])
    had = visits_this_year([file.dossier["employer_id"]], day, file.id)
    told = f"{GROUNDS[file.visit['ground']]}；{day.year} 年另有检查 {len(had)} 次"
    return f"{told}；超过上限的理由：{file.visit['cap_reason']}" if file.visit["cap_reason"] else told


def cancel(file: File, given: Mapping) -> Effects:
    """The visit will not be made, and counts for nothing."""
    Visit.objects.filter(pk=file.id).update(stands=False)
    return Effects(dossier={"ended_on": file.on, "open": False}, given={"voided": outdated(file)})


def reassign(file: File, given: Mapping) -> Effects:
    """The two officers of the visit."""
    return Effects(dossier={"lead_id": given["lead"], "second_id": given["second"]})


def take_part(file: File, people: list[Mapping]) -> None:
    """Those who took part; whoever stands there already is not counted twice."""
    rows = [Attendance(visit_id=file.id, seq=file.seq + 1, name=row["name"][:60], department=row["department"][:120],
                       officer_id=row.get("officer")) for row in people]  # fmt: skip
    Attendance.objects.bulk_create(rows, ignore_conflicts=True)
