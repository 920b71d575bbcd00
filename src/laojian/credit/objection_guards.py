"""What must hold before an objection is lodged or examined."""

from collections.abc import Iterable, Mapping
from datetime import date

from laojian.procedure.step import File, Reason, Step

from .models import Exclusion, Objection
from .objection_forms import standing
from .records import facts_of, handlers_of


def fact_of(given: Mapping) -> tuple[int, str, date] | None:
    """The fact that an objection names: case, kind, day; None where it is not written so."""
    case, _, rest = given["fact"].partition("|")
    kind, _, on = rest.partition("|")
    try:
        return int(case), kind, date.fromisoformat(on)
    except ValueError:
        return None


def fact_counts(file: File, step: Step, given: Mapping | None) -> Iterable[Reason]:
    """The fact stands in the record against this very employer."""
    if given is None:
        return
    grade, fact = standing(int(given["grade"])), fact_of(given)
    told = [(each.case, each.kind, each.on) for each in facts_of(grade.employer_id)] if grade else []
    if fact is None or fact not in told:
        yield Reason("记录里没有这项事实", step.basis, "请从单位的等级页面上、该项事实旁边的“提出异议”进入", "fact")


def not_yet_objected(file: File, step: Step, given: Mapping | None) -> Iterable[Reason]:
    """One objection to one fact at a time."""
    if given is None or not (fact := fact_of(given)) or not (grade := standing(int(given["grade"]))):
        return
    case, kind, on = fact
    same = {"case_id": case, "kind": kind, "on": on}
    if Exclusion.objects.filter(employer=grade.employer_id, **same).exists():
        yield Reason("这项事实已经排除", step.basis, "不须再提出异议", "fact")
    elif Objection.objects.filter(grade__employer=grade.employer_id, wrong=None, **same).exists():
        yield Reason("对这项事实的异议正在复核", step.basis, "请等复核结束", "fact")


def another_officer(file: File, step: Step, given: Mapping | None) -> Iterable[Reason]:
    """Whoever handled the case of the fact does not judge the objection to it."""
    if file.actor["id"] in handlers_of(file.objection["case_id"]):
        yield Reason("您承办了这项事实所在的案件", step.basis, "请由没有办理该案的人员复核")
