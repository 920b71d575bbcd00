"""The list goes out: visits are opened once each, by whoever and however often; what two do at once, or a kill breaks off, is one truth."""

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from tests.visiting import publishing
from tests.world import at

from laojian.dossier.models import Dossier
from laojian.inspections.figures import figures
from laojian.inspections.models import Draw, Drawn, Plan
from laojian.inspections.sending import send_all
from laojian.inspections.tasks import open_visits
from laojian.people.acting import acting
from laojian.procedure.step import File, Refused
from laojian.procedure.take import take
from laojian.procedure.tests.test_crash import url, wait_for_the_server
from laojian.procedure.tests.test_races import together
from laojian.procedure.tests.whole import halves
from laojian.record.models import Entry
from laojian.visits.models import Visit, VisitResult

from . import drawing as d
from .planned import published, task

ROOT = Path(__file__).resolve().parents[4]
SENT = at("2026-05-30")


def sent(world, **more) -> File:
    """A draw whose list is about to go out."""
    publishing(world.district)
    file = d.through(world, items=["wage-payment"], others="", **more)
    return take(file.id, "send_list", by=world.wang, at=at("2026-05-29", 12), given={})


def visits(draw_id: int) -> list[int]:
    """The visits of a draw, as its rows have them."""
    return list(Drawn.objects.filter(draw=draw_id).order_by("pk").values_list("visit", flat=True))


@pytest.mark.django_db
def test_everybody_drawn_gets_one_visit_with_the_officers_that_were_paired(world):
    file = sent(world)
    send_all(file.id, world.wang, SENT)
    assert send_all(file.id, world.wang, SENT) == 0
    rows = list(Drawn.objects.filter(draw=file.id))
    assert len({row.visit_id for row in rows}) == 5 and None not in {row.visit_id for row in rows}
    for visit in Visit.objects.all():
        row = next(each for each in rows if each.visit_id == visit.pk)
        assert (visit.draw_number, visit.object_rank, visit.ground) == ("宝人社监抽〔2026〕1号", row.rank, "draw")
        assert [visit.dossier_id, visit.employer_id] == [row.visit_id, row.employer_id]
        with acting(world.wang.pk):
            dossier = Dossier.objects.get(pk=visit.pk)
        assert [dossier.lead_id, dossier.second_id, dossier.parent_id] == [*row.officers, file.id]
    assert halves(file.id) == []


@pytest.mark.django_db
def test_the_queue_opens_them_too_and_a_second_job_does_nothing(world):
    file = sent(world)
    open_visits(draw=file.id, by=world.wang.pk)
    before = visits(file.id)
    open_visits(draw=file.id, by=world.wang.pk)
    assert visits(file.id) == before and None not in before


@pytest.mark.django_db
def test_a_visit_that_its_own_guards_refuse_is_told_and_can_be_replaced(world):
    file = sent(world)
    world.district.options = {}
    world.district.save()
    send_all(file.id, world.wang, SENT)
    assert all("没有由" in row.refused for row in Drawn.objects.filter(draw=file.id))
    publishing(world.district)
    gone = Drawn.objects.filter(draw=file.id).first()
    file = take(
        file.id, "replace_drawn", by=world.wang, at=at("2026-05-30", 10), given={"drawn": gone.pk, "reason": "已注销"}
    )
    new = Drawn.objects.get(why="replacement")
    assert (new.stratum, new.rank) == (gone.stratum, 3) and Drawn.objects.get(pk=gone.pk).replaced_by == new
    send_all(file.id, world.wang, at("2026-05-30", 11))
    assert Drawn.objects.get(pk=new.pk).visit_id


@pytest.mark.django_db
def test_more_are_drawn_by_the_next_tickets_and_only_as_many_as_there_are(world):
    file = sent(world)
    with pytest.raises(Refused, match="这一层共 4 家，已用 2 家，不能再抽 3 家"):
        take(
            file.id, "extend_draw", by=world.sun, at=SENT, given={"stratum": "劳务派遣", "count": 3, "reason": "问题多"}
        )
    take(file.id, "extend_draw", by=world.sun, at=SENT, given={"stratum": "其他", "count": 2, "reason": "问题多"})
    found = Drawn.objects.filter(draw=file.id, stratum="其他").order_by("rank")
    tickets = [row.ticket for row in found]
    assert tickets == sorted(tickets) and [row.why for row in found] == ["drawn"] * 3 + ["extension"] * 2
    assert all(len(row.officers) == 2 for row in found)


def finished(world, file: File, code: str = "no_problem", count: int = 5) -> None:
    """So many of the draw's visits were made, with this result."""
    for key in [each for each in visits(file.id) if each][:count]:
        Visit.objects.filter(pk=key).update(ended_on="2026-06-10", published_on="2026-06-20")
        VisitResult.objects.create(visit_id=key, seq=2, code=code, noted_on="2026-06-10")


@pytest.mark.django_db
def test_the_salt_is_revealed_when_nobody_can_be_warned_any_more_and_then_all_is_public(world, client):
    file = sent(world)
    send_all(file.id, world.wang, SENT)
    finished(world, file, count=4)
    with pytest.raises(Refused, match="还有 1 家没有检查完毕"):
        take(file.id, "reveal_salt", by=world.wang, at=at("2026-06-11"), given={})
    page = f"/draws/{file.id}"
    assert client.get(f"{page}/bundle.json").status_code == 404
    assert b"91" not in client.get(page).content.split(b"SHA-256")[0]
    finished(world, file)
    file = take(file.id, "reveal_salt", by=world.wang, at=at("2026-06-11"), given={})
    row = Draw.objects.get(pk=file.id)
    assert row.salt and row.bundle
    told = client.get(f"{page}/bundle.json")
    assert told.status_code == 200 and row.salt in b"".join(told.streaming_content).decode()
    table = client.get(f"{page}/result.csv").content.decode("utf-8-sig")
    assert all(each.object in table for each in Drawn.objects.filter(draw=file.id))
    assert client.get(f"{page}/pool-1.txt").status_code == 200


@pytest.mark.django_db
def test_a_salt_that_is_refused_is_a_failed_draw_and_says_so(world, client):
    file = sent(world)
    with pytest.raises(Refused):
        take(file.id, "refuse_reveal", by=world.wang, at=SENT, given={"reason": "无"})
    file = take(file.id, "refuse_reveal", by=world.qian, at=SENT, given={"reason": "名单已经外泄"})
    assert file.state == "draw_failed"
    page = client.get(f"/draws/{file.id}").content.decode()
    assert "盐值没有公开" in page and "名单已经外泄" in page


@pytest.mark.django_db
def test_every_figure_of_a_plan_is_a_count_of_rows(world):
    file = sent(world)
    send_all(file.id, world.wang, SENT)
    finished(world, file, "no_problem", 2)
    VisitResult.objects.filter(pk=VisitResult.objects.first().pk).update(code="correction_ordered")
    first, second = figures(Plan.objects.get(pk=file.dossier["parent_id"]))
    assert [(row.stratum, row.population, row.planned) for row in (first, second)] == [
        ("劳务派遣", 4, 2),
        ("其他", 30, 3),
    ]
    assert [first.count(word) for word in ("drawn", "sent", "inspected", "found", "published")] == [2, 2, 2, 1, 2]
    assert [second.count(word) for word in ("drawn", "sent", "inspected", "found")] == [3, 3, 0, 0]
    assert (first.estimate.found, first.estimate.of) == (1, 2)


@pytest.mark.django_db
def test_an_employer_that_was_visited_as_often_as_it_may_be_is_not_in_the_pool(world):
    publishing(world.district)
    local = {"visits_a_year": {"2026-01-01": {"value": "1", "document": "示例文件", "source": "示例"}}}
    world.district.options = {**world.district.options, "local": local}
    world.district.save()
    file = sent_once(world)
    send_all(file.id, world.wang, SENT)
    again = d.opened(world, d.read_again(world, file.dossier["parent_id"], "2026-05-31"), "2026-05-31", file.task["id"])
    again = d.frozen(world, again, "2026-06-01")
    assert again.pools["targets"]["size"] == 34 - 5 and again.pools["targets"]["scope"]["over_cap"] == 5


def replaced(world, file: File, gone: Drawn, hour: int = 11) -> File:
    """Another takes the place of one drawn."""
    given = {"drawn": gone.pk, "reason": "已注销"}
    return take(file.id, "replace_drawn", by=world.wang, at=at("2026-05-30", hour), given=given)


def on_offer(world, file: File) -> set[int]:
    """Whom the page offers to replace."""
    return {key for key, _ in file.flow["replace_drawn"].given(file=file, on=file.on).fields["drawn"].widget.choices}


@pytest.mark.django_db
@pytest.mark.parametrize("visited", [{"began_at": SENT}, {"ended_on": "2026-05-30"}])
def test_nobody_who_was_visited_is_replaced_and_drops_from_the_figures(world, visited):
    file = sent(world)
    send_all(file.id, world.wang, SENT)
    gone, other = Drawn.objects.filter(draw=file.id).order_by("pk")[:2]
    Visit.objects.filter(pk=gone.visit_id).update(**visited)
    with pytest.raises(Refused, match=f"{gone.employer.name}的检查已经开始或者结束，不能递补") as refused:
        replaced(world, file, gone)
    assert [reason.basis for reason in refused.value.reasons] == ["gf5"]
    everybody = set(Drawn.objects.filter(draw=file.id).values_list("pk", flat=True))
    assert on_offer(world, file) == everybody - {gone.pk} and other.pk in on_offer(world, file)
    with pytest.raises(Refused, match="没有这一家"):
        take(file.id, "replace_drawn", by=world.wang, at=at("2026-05-30", 11), given={"drawn": 0, "reason": "无"})


@pytest.mark.django_db
def test_the_visit_of_a_replaced_that_nobody_began_is_cancelled_with_it(world):
    file = sent(world)
    send_all(file.id, world.wang, SENT)
    gone, cancelled = Drawn.objects.filter(draw=file.id).order_by("pk")[:2]
    take(cancelled.visit_id, "cancel_visit", by=world.wang, at=at("2026-05-30", 10), given={"opinion": "已注销。"})
    for each, hour in ((gone, 11), (cancelled, 12)):
        replaced(world, file, each, hour)
    assert list(Visit.objects.filter(pk__in=[gone.visit_id, cancelled.visit_id]).values_list("stands", flat=True)) == [
        False,
        False,
    ]
    entry = Entry.objects.filter(dossier_id=gone.visit_id).order_by("-seq").first()
    assert entry.verb == "cancel_visit" and "由递补对象代替：已注销" in entry.given["opinion"]
    assert halves(file.id) == [] and halves(gone.visit_id) == []
    with pytest.raises(Refused, match="已经由别家递补"):
        replaced(world, file, gone, 13)


@pytest.mark.django_db
def test_the_cap_of_visits_is_counted_in_the_year_of_the_inspections_not_of_the_draw(world):
    publishing(world.district)
    local = {"visits_a_year": {"2026-01-01": {"value": "1", "document": "示例文件", "source": "示例"}}}
    world.district.options = {**world.district.options, "local": local}
    world.district.save()
    send_all(sent_once(world).id, world.wang, SENT)
    plan = published(world, 2027, task(year=2027, strata=d.STRATA, items=["wage-payment"], others=""), day="2026-12-28")
    ahead = d.frozen(world, d.opened(world, plan, "2026-12-29"), "2026-12-30", on="2027-04-08")
    assert (ahead.pools["targets"]["size"], ahead.pools["targets"]["scope"]["over_cap"]) == (34, 0)


def sent_once(world) -> File:
    """As `sent`, where the bureau has told its options already."""
    file = d.through(world, items=["wage-payment"], others="")
    return take(file.id, "send_list", by=world.wang, at=at("2026-05-29", 12), given={})


# ── two at once, and a kill ──


@pytest.mark.django_db(transaction=True)
def test_two_press_draw_at_once_and_one_list_results(world):
    file = d.through(world, "randomness_entered")
    press = [
        partial(take, file.id, "run_draw", by=by, at=at("2026-05-29", 10), given={"compared": True})
        for by in (world.zhang, world.li)
    ]
    first, second = sorted(together(*press), key=lambda result: isinstance(result, Refused))
    assert first.state == "draw_made" and f"由{first.actor['name']}办理" in str(second)
    assert Drawn.objects.filter(draw=file.id).count() == 5
    assert Entry.objects.filter(dossier_id=file.id, verb="run_draw").count() == 1


@pytest.mark.django_db(transaction=True)
def test_numbers_of_draws_opened_at_once_have_no_gap(world):
    file = d.ordered(world)
    plan, task = file.dossier["parent_id"], file.task["id"]
    press = partial(take, plan, "order_draw", by=world.wang, at=at("2026-05-21"), given={"task": task})
    assert all(isinstance(result, File) for result in together(*[press] * 4))
    assert sorted(Draw.objects.values_list("number", flat=True)) == [f"宝人社监抽〔2026〕{n}号" for n in range(1, 6)]


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_visit_once(world):
    file = sent(world)
    together(*[partial(send_all, file.id, world.wang, SENT)] * 3)
    assert len(set(visits(file.id))) == 5 and None not in visits(file.id)
    assert Visit.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_leaves_whole_visits_and_another_goes_on(world, tmp_path):
    file = sent(world)
    us = {"DATABASE_URL": url(), "DJANGO_SETTINGS_MODULE": "tests.settings", "TMPDIR": str(tmp_path),
          "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}  # fmt: skip
    command = [sys.executable, "-m", "laojian.inspections.tests.sending", str(file.id), str(world.wang.pk)]
    program = subprocess.Popen(command, env=os.environ | us, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert [program.stdout.readline().strip() for _ in range(2)] == ["begun", "2"]
    program.send_signal(signal.SIGKILL)
    assert program.wait(30) == -signal.SIGKILL
    wait_for_the_server()
    made = [each for each in visits(file.id) if each]
    assert len(made) in (2, 4) and Visit.objects.count() == len(made)
    send_all(file.id, world.wang, at("2026-05-30", 10))
    assert len(set(visits(file.id))) == Visit.objects.count() == 5 and set(made) <= set(visits(file.id))
    assert halves(file.id) == []
