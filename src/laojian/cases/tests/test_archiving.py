"""When an archived file may be destroyed: its class run out, no hold, nothing open beside it, and two posts."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from laojian.cases import archive_guards as guards
from laojian.cases.flow import GENERAL
from laojian.cases.rules import FOREVER, kept_until, retention_classes
from laojian.lawbook.words import years_of

DAY = date(2026, 5, 12)


def file(on: date, *steps: str):
    """A file archived on `DAY`, with these steps since."""
    took = [[seq, verb, verb, 1, "某", f"{DAY}T09:00:00+08:00"] for seq, verb in enumerate(("archive", *steps), 1)]
    return SimpleNamespace(
        on=on, took=took, last=lambda *verbs: next((row for row in reversed(took) if row[1] in verbs), None),
        has_taken=lambda *verbs: any(row[1] in verbs for row in took),
    )  # fmt: skip


def over(monkeypatch, on: date, retention: str) -> list[str]:
    monkeypatch.setattr(guards, "said_last", lambda *_: {"retention": retention})
    return [reason.text for reason in guards.retention_over(file(on), GENERAL["propose_destruction"], None)]


@pytest.mark.parametrize("told", list(retention_classes(DAY)))
def test_a_file_is_kept_to_the_end_of_the_last_year_of_its_class(monkeypatch, told):
    last = kept_until(DAY, retention_classes(DAY)[told])
    assert (last.month, last.day) == (12, 31) and "尚未届满" in over(monkeypatch, last, told)[0]
    assert over(monkeypatch, date(last.year + 1, 1, 1), told) == []


def test_what_is_kept_for_ever_or_in_words_nobody_can_count_is_never_destroyed(monkeypatch):
    assert "永久" in over(monkeypatch, date(2200, 1, 1), FOREVER)[0]
    assert "算不出" in over(monkeypatch, date(2200, 1, 1), "长期")[0]


@given(some.dates(date(2005, 2, 1), date(2090, 12, 31)))
def test_no_class_is_shorter_than_the_law(on):
    assert all(years >= years_of("retain_least", on) for years in retention_classes(on).values())


def test_a_hold_stops_destruction_until_it_is_lifted(monkeypatch):
    monkeypatch.setattr(guards, "said_last", lambda *_: {"document": "应诉通知书"})
    step = GENERAL["approve_destruction"]

    def against(*steps):
        return [reason.text for reason in guards.not_held(file(DAY, *steps), step, None)]

    assert "已锁定（应诉通知书）" in against("hold_archive")[0]
    assert against("hold_archive", "release_archive") == [] and against(
        "hold_archive", "release_archive", "hold_archive"
    )
    assert "还没有办结" in against("open_relief")[0]


def test_whoever_proposes_or_archived_does_not_approve():
    step = GENERAL["approve_destruction"]
    assert {"propose_destruction", "archive"} <= set(step.barred) and not set(step.roles) & set(
        GENERAL["propose_destruction"].roles
    )
    assert {"destruction_proposed", "retention_over", "not_held"} <= set(step.needs)


def test_an_appraisal_is_answered_once():
    def against(guard, *steps):
        return [
            reason.text for reason in getattr(guards, guard)(file(DAY, *steps), GENERAL["approve_destruction"], None)
        ]

    assert against("destruction_proposed") == ["档案员还没有提出销毁鉴定意见"]
    assert against("destruction_proposed", "propose_destruction") == []
    assert against("destruction_proposed", "propose_destruction", "approve_destruction") == ["这次鉴定意见已经批准"]
    assert against("not_pending") == [] == against("not_pending", "propose_destruction", "refuse_destruction")
    assert against("not_pending", "propose_destruction") == ["已经提出销毁鉴定意见，没有被退回"]
    assert "not_pending" in GENERAL["propose_destruction"].needs
