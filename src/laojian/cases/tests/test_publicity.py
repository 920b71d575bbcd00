"""A penalty is made public by a written decision, column by column, and is taken back with the step that fells or changes it."""

from datetime import date
from decimal import Decimal

import pytest
from tests.beside import decided_briefly
from tests.casework import COMPANY, Story
from tests.publicising import PUBLIC, coded, made_public

from laojian.cases.models import Party
from laojian.cases.publicity import still_shown, undecided
from laojian.exchange.models import Outgoing
from laojian.exchange.platforms import taking
from laojian.papers.models import Paper
from laojian.people.acting import acting
from laojian.procedure.step import Refused
from laojian.procedure.tests.whole import halves

from .spots import deliver, punished

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(world):
    told = Story(world)
    decided_briefly(told)
    return told


def sent(act="put") -> list[Outgoing]:
    return list(Outgoing.objects.filter(act=act, kind="penalty").order_by("platform", "version"))


def waiting(world):
    with acting(world.wang.pk):
        return undecided(world.district.pk)


def test_a_penalty_goes_to_every_platform_that_takes_penalties_with_its_thirty_columns(story):
    assert [each.dossier for each in waiting(story.world)] == [story.file.id]
    made_public(story)
    assert [row.platform for row in sent()] == sorted(p.key for p in taking("penalty"))
    told = sent()[0].payload
    assert (told["CF_XDR_MC"], told["CF_XDR_LB"]) == (COMPANY, "法人及非法人组织")
    assert (told["CF_CFLB"], told["CF_NR_FK"], told["CF_JDRQ"]) == ("罚款", "0.800000", "2026/04/20")
    assert told["CF_GSJZQ"] == "2027/04/20"  # 令36: one year for a plain one
    assert (
        told["CF_CFJG"] == "示例市宝示区人力资源和社会保障局"
        and told["CF_WSH"] == story.paper("penalty_decision")["number"]
    )
    assert {row.due_on for row in sent()} == {date(2026, 4, 29)}  # seven working days from 20 April
    assert (
        {row.delivery for row in sent()} == {"waiting"} and waiting(story.world) == [] and halves(story.file.id) == []
    )


def refused(story, **given) -> str:
    with pytest.raises(Refused) as found:
        story.do(
            "decide_publication",
            story.world.wang,
            "2026-04-22",
            decision=story.paper("penalty_decision")["id"],
            **PUBLIC | given,
        )
    return str(found.value)


def test_everything_that_does_not_fit_is_told_at_once_and_nothing_is_sent(story):
    told = refused(story, facts="拒不提供台账，联系电话 13900000000。")
    assert "处罚机关统一社会信用代码：没有填写" in told and "系统管理员" in told and "违法事实：含有疑似电话" in told
    assert sent() == []


def test_what_is_not_made_public_has_a_reason_and_what_was_is_taken_back(story):
    coded(story.world.district)
    decision = story.paper("penalty_decision")["id"]
    story.do(
        "decide_publication", story.world.wang, "2026-04-22", decision=decision, publish="no", reason="没有社会影响。"
    )
    assert sent() == [] and waiting(story.world) == []
    made_public(story)
    story.do(
        "decide_publication",
        story.world.sun,
        "2026-04-23",
        decision=decision,
        publish="no",
        reason="重新判断：没有社会影响。",
    )
    assert {row.reason for row in sent("withdraw")} == {"不予公示：重新判断：没有社会影响。"}


def test_no_class_of_another_regime_and_only_leaders_decide(story):
    coded(story.world.district)
    assert "失信程度" in refused(story, severity="special") and "失信程度" in refused(story, severity="")
    with pytest.raises(Refused):
        story.do("decide_publication", story.world.zhang, decision=story.paper("penalty_decision")["id"], **PUBLIC)


@pytest.mark.parametrize("way", ["revoke", "change"])
def test_the_step_that_fells_or_changes_the_decision_takes_it_back_within_three_working_days(story, way):
    made_public(story)
    more = {"content": "罚款减为 6000 元。", "fine": "6000"} if way == "change" else {}
    decision = story.paper("penalty_decision")["id"]
    story.do(
        "correct_decision", story.world.qian, "2026-05-11", decision=decision, way=way, reason="裁量有误。", **more
    )
    gone = sent("withdraw")
    assert [row.platform for row in gone] == sorted(p.key for p in taking("penalty"))
    assert {row.due_on for row in gone} == {date(2026, 5, 14)} and all("裁量有误" in row.reason for row in gone)
    assert still_shown() == []
    if way == "change":  # as changed it may be made public anew
        made_public(story, "2026-05-12", content="罚款 6000 元。")
        newest = sent()[-1]
        assert newest.version == 3 and Decimal(newest.payload["CF_NR_FK"]) == Decimal("0.6")


def test_the_nightly_look_finds_what_was_not_withdrawn(story):
    made_public(story)
    assert still_shown() == []
    decision = story.paper("penalty_decision")["id"]
    Paper.objects.filter(pk=decision).update(voided="示例")
    assert len(set(still_shown())) == 1


def test_the_identity_number_of_a_person_reaches_no_platform_that_shows_it(story):
    number = "11010119900307561X"
    Party.objects.filter(pk=story.party()).update(kind="person", name="陈示东", code=number)
    made_public(story)
    for row in sent():
        assert (number in str(row.payload)) == (row.platform == "sharing")


def test_a_penalty_on_the_spot_is_decided_on_too_and_is_minor_by_its_day(world):
    """The summary procedure's penalties are minor (credit36): shown by exception, for no longer than three months."""
    story = punished(world, day="2026-05-06", respondent_head="陈示东")
    deliver(story, "deliver_penalty", "spot_penalty")
    coded(world.district)
    number = story.paper("spot_penalty")["number"]
    with acting(world.wang.pk):
        assert [each.number for each in undecided(world.district.pk)] == [number]
    given = PUBLIC | {"severity": "minor", "decision": story.paper("spot_penalty")["id"]}
    story.do("decide_publication", world.wang, "2026-05-07", **given)
    row = Outgoing.objects.get(platform="credit_china")
    assert not row.faults and row.payload["CF_GSJZQ"] == "2026/08/06" and row.payload["CF_NR_FK"] == "0.200000"
    assert row.due_on.isoformat() == "2026-05-14"  # 9 May is a working day
