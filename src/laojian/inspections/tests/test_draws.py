"""The ceremony of a draw: what each step promises, and what is refused in words."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection
from tests.world import at, officer

from laojian.dossier.models import Dossier
from laojian.employers.models import Employer, Relation
from laojian.evidence.store import store
from laojian.inspections import ceremony, draw, pools
from laojian.inspections.models import Draw, Drawn
from laojian.inspections.salt import salt_of
from laojian.people.acting import acting
from laojian.people.models import Certificate, Leave, Officer, Secondment
from laojian.procedure.step import Refused
from laojian.procedure.take import take
from laojian.record.models import Entry

from . import drawing as d
from .planned import published, task

pytestmark = pytest.mark.django_db


def row(file) -> Draw:
    return Draw.objects.select_related("task__plan", "bureau", "targets", "officers").get(pk=file.id)


def rows(file) -> list[Drawn]:
    return list(Drawn.objects.filter(draw=file.id).order_by("pk"))


def test_a_draw_goes_from_pools_to_teams_and_says_the_same_again(world):
    file = d.through(world)
    found = rows(file)
    assert [(each.stratum, each.rank) for each in found] == [
        ("劳务派遣", 1),
        ("劳务派遣", 2),
        *(("其他", n) for n in (1, 2, 3)),
    ]
    assert all(len(set(each.officers)) == 2 and not each.short for each in found)
    again = draw.draw(ceremony.pools_of(row(file)), ceremony.seed_of(row(file)))
    assert [each.object for each in found] == [one.id for sample in again for one in sample.taken]
    assert row(file).randomness == "ssq:2026060:01.05.09.17.22.33+07"
    assert {each.employer.kind for each in found if each.stratum == "劳务派遣"} == {"dispatch"}


def test_draw_numbers_have_no_gap_and_an_aborted_draw_keeps_its_own(world):
    file = d.ordered(world)
    plan = file.dossier["parent_id"]
    take(file.id, "abort_draw", by=world.sun, at=at("2026-05-21"), given={"reason": "范围有误"})
    take(plan, "order_draw", by=world.wang, at=at("2026-05-22"), given={"task": file.task["id"]})
    kept = Draw.objects.order_by("pk").values_list("number", "ending", "reason")
    assert list(kept) == [("宝人社监抽〔2026〕1号", "aborted", "范围有误"), ("宝人社监抽〔2026〕2号", "", "")]


def test_what_was_published_before_holds_strata_digests_and_a_commitment_that_the_salt_opens(world):
    file = d.through(world, "draw_announced")
    with store().open(row(file).announcement) as content:
        told = json.loads(content.read())
    assert told["protocol"] == draw.PROTOCOL and told["draw_no"] == "宝人社监抽〔2026〕1号"
    assert [(s["key"], s["population"], s["size"]) for s in told["strata"]] == [
        ("劳务派遣", 4, 2),
        ("其他", 30, 3),
    ]
    assert told["commitment"] == draw.commitment(salt_of(row(file)), row(file).number)
    assert told["officers"]["count"] == 6 and told["terms"]["on"] == "2026-06-08"


@pytest.mark.parametrize("until", ["draw_announced", "officers_paired"])
def test_the_salt_stands_in_no_row_no_entry_and_no_published_text_before_its_time(world, until):
    file = d.through(world, until)
    salt = salt_of(row(file))
    seed = draw.sha256(f"{row(file).number}|{row(file).randomness}|{salt}".encode()).hexdigest()
    with acting(world.clock.pk), connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            looked = f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s OR t::text LIKE %s'
            cursor.execute(looked, [f"%{salt}%", f"%{seed}%"])
            assert cursor.fetchone()[0] == 0, table
    with store().open(row(file).announcement) as content:
        assert salt not in content.read().decode()


def test_before_the_randomness_nothing_is_drawn_and_nobody_can_draw(world):
    file = d.through(world, "draw_announced")
    assert rows(file) == []
    for by in (world.wang, world.zhang, world.sun, world.qian, world.admin, world.cao):
        with pytest.raises((Refused, Dossier.DoesNotExist)):
            take(file.id, "run_draw", by=by, at=at("2026-05-23"), given={"compared": True})
    with pytest.raises(Refused, match="2026-05-28 21:15 才产生"):
        d.entered(world, file, day="2026-05-23")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"random_at": "2026-05-22T08:59"}, "不在公布之后"),
        ({"random_at": "2026-05-22T21:15"}, "可能已经公布"),
        ({"issue": "六十"}, "看不懂|不是数字"),
        ({"issue": "2025060"}, "不是同一年"),
        ({"source": "dice", "issue": "笔录1", "random_at": "2026-05-22T15:00"}, "须有见证人"),
    ],
)
def test_the_randomness_must_be_named_before_it_exists(world, given, words):
    file = d.through(world, "pools_frozen")
    with pytest.raises(Refused, match=words):
        d.announced(world, file, **given)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"randomness": "第2026061期 01 05 09 17 22 33 + 07"}, "第 2026061 期，公告指定的是第 2026060 期"),
        ({"randomness": "01 05 09 17 22 34 + 07"}, "没有号码 34"),
        ({"randomness": "01 05 09 17 22 33 07"}, "分不清"),
        ({"randomness": "01 05 09 17 22 + 07"}, "应是 6 个不同的号码"),
    ],
)
def test_a_wrong_or_ambiguous_number_is_refused(world, given, words):
    file = d.through(world, "draw_announced")
    with pytest.raises(Refused, match=words):
        d.entered(world, file, **given)
    assert d.read_again(world, file.id, "2026-05-29").state == "draw_announced"


def test_a_source_that_is_late_leaves_the_draw_waiting_and_says_so(world):
    file = d.through(world, "draw_announced")
    file = take(file.id, "note_randomness_late", by=world.wang, at=at("2026-05-29"), given={"reason": "当期延期开奖"})
    assert file.state == "draw_announced" and file.draw["randomness"] == ""


def test_a_number_typed_wrong_is_taken_back_before_anything_is_drawn(world):
    file = d.through(world, "randomness_entered")
    file = take(file.id, "correct_randomness", by=world.zhang, at=at("2026-05-29", 10), given={"reason": "蓝球录错"})
    assert (file.state, file.draw["randomness"]) == ("draw_announced", "")
    assert Entry.objects.get(dossier_id=file.id, verb="correct_randomness").given["was"].startswith("ssq:2026060")


def test_who_entered_the_number_does_not_draw(world):
    file = d.through(world, "randomness_entered")
    with pytest.raises(Refused, match="您已办理本案“录入随机数”"):
        take(file.id, "run_draw", by=world.wang, at=at("2026-05-29", 10), given={"compared": True})


def test_dice_need_their_minutes(world):
    file = d.through(world, "pools_frozen")
    file = d.announced(
        world, file, source="dice", issue="笔录1", random_at="2026-05-25T15:00", witness="区司法局 示见证"
    )
    with pytest.raises(Refused, match="须附见证人签名的笔录"):
        d.entered(world, file, randomness="0123456789 0123456789")


def test_an_empty_stratum_is_refused_in_words(world):
    d.employers(3)
    d.hands(world)
    file = d.opened(world, published(world, 2026, task(strata=d.STRATA)))
    with pytest.raises(Refused, match="“劳务派遣”是空的，无从抽取"):
        d.frozen(world, file)


def test_a_task_by_grades_that_nobody_gave_is_refused_in_words(world):
    d.employers(3)
    d.hands(world)
    file = d.opened(world, published(world, 2026, task(strata=[{"label": "C级", "grade": "C", "ratio": "100"}])))
    with pytest.raises(Refused, match="“C级”是空的"):
        d.frozen(world, file)


def test_employers_of_other_districts_are_not_in_the_pool(world):
    file = d.ordered(world)
    Employer.objects.filter(pk__in=[each.pk for each in Employer.objects.order_by("-pk")[:5]]).update(region="武示区")
    file = d.frozen(world, file)
    assert file.pools["targets"]["size"] == 29


def test_six_officers_with_four_on_leave_end_in_a_truthful_refusal(world):
    file = d.ordered(world)
    for away in (world.zhang, world.li):
        Leave.objects.create(officer=away, since="2026-06-01", until="2026-06-30", reason="年休假")
    for away in Officer.objects.filter(username__in=["hand0", "hand1"]):
        Leave.objects.create(officer=away, since="2026-06-01", until="2026-06-30", reason="年休假")
    with pytest.raises(Refused, match="人手不足：2026-06-08 可以选派的只有 2 人") as refused:
        d.frozen(world, file)
    assert "不得指定人员" in str(refused.value)


def test_a_small_bureau_draws_from_its_towns_and_from_who_was_seconded_by_a_document(world):
    d.employers(4, kind="dispatch")
    d.employers(30, first=100)
    file = d.opened(world, published(world, 2026, task(strata=d.STRATA)))
    with pytest.raises(Refused, match="只有 2 人"):
        d.frozen(world, file)
    with pytest.raises(Refused, match="没有职权、赋权、委托或者借调文件"):
        d.frozen(world, file, neighbours=[world.elsewhere.pk])
    Secondment.objects.create(
        officer=world.outsider,
        bureau=world.district,
        document="示人社函〔2026〕3号",
        since="2026-06-01",
        until="2026-06-30",
    )
    file = d.frozen(world, file, neighbours=[world.elsewhere.pk, world.town.pk])
    file = d.paired(world, d.made(world, d.entered(world, d.announced(world, file))))
    sent = {pk for each in rows(file) for pk in each.officers}
    assert sent <= {world.zhang.pk, world.li.pk, world.outsider.pk, world.town_inspector.pk} and len(sent) >= 3


def test_nobody_is_sent_without_a_valid_certificate_to_kin_or_beyond_his_load(world):
    file = d.ordered(world)
    expired = officer("old", "旧监察", world.district, ["inspector"])
    Certificate.objects.filter(officer=expired).update(valid_to="2026-06-07")
    for employer in Employer.objects.all():
        Relation.objects.create(officer=world.li, employer=employer, kind="kin", declared_on="2026-01-01")
    file = d.paired(world, d.made(world, d.entered(world, d.announced(world, d.frozen(world, file, load_cap=3)))))
    for each in rows(file):
        assert not {expired.pk, world.li.pk} & set(each.officers)
    codes = {code for each in rows(file) for _, code in each.passed}
    assert codes >= {"AVOID_KIN"} and codes <= {"AVOID_KIN", "CERT_INVALID", "LOAD_CAP"}
    assert max(Counter(pk for each in rows(file) for pk in each.officers).values()) <= 3


def test_a_certificate_revoked_after_the_pools_were_frozen_sends_nobody(world):
    file = d.through(world, "draw_made")
    Certificate.objects.filter(officer=world.zhang).update(revoked_on="2026-05-28")
    file = d.paired(world, file)
    assert all(world.zhang.pk not in each.officers for each in rows(file))


def test_pools_that_were_changed_on_disk_are_not_drawn_from(world, monkeypatch):
    file = d.through(world, "randomness_entered")
    monkeypatch.setattr("laojian.inspections.pools.kept", lambda digest: b"91110000802100433B\n")
    with pytest.raises(Refused, match="从备份恢复"):
        d.made(world, file)


def test_a_salt_that_is_lost_stops_the_draw_truthfully(world, settings):
    file = d.through(world, "randomness_entered")
    settings.QUERY_KEY = "another"
    with pytest.raises(Refused, match="盐值与已公布的承诺不符"):
        d.made(world, file)
    file = take(file.id, "abort_draw", by=world.sun, at=at("2026-05-30"), given={"reason": "安装密钥更换"})
    assert file.state == "draw_aborted"


def test_two_draws_never_share_a_salt(world):
    file = d.ordered(world)
    other = d.opened(world, d.read_again(world, file.dossier["parent_id"], "2026-05-20"), task_id=file.task["id"])
    assert salt_of(row(file)) != salt_of(row(other))


def verified(path) -> tuple[int, str]:
    """What the stand-alone verifier says of a bundle."""
    program = Path(ceremony.__file__).parent / "static" / "inspections" / "verify_draw.py"
    said = subprocess.run([sys.executable, "-I", str(program), str(path)], capture_output=True, text=True, check=False)
    return said.returncode, said.stdout + said.stderr


def test_a_stranger_redoes_the_whole_draw_from_its_bundle_and_finds_what_was_changed(world, tmp_path):
    file = d.through(world)
    held = row(file)
    held.salt = salt_of(held)
    told = b"".join(ceremony.bundle.as_json(ceremony.published(held)))
    path = tmp_path / "bundle.json"
    path.write_bytes(told)
    assert verified(path)[0] == 0, verified(path)[1]
    changed = json.loads(told)
    changed["result"][0], changed["result"][1] = changed["result"][1], changed["result"][0]
    path.write_text(json.dumps(changed, ensure_ascii=False))
    code, said = verified(path)
    assert code and "抽取结果" in said


def test_leave_and_relations_that_came_up_later_can_still_be_verified(world, tmp_path):
    file = d.through(world, "draw_made")
    Certificate.objects.filter(officer=world.zhang).update(revoked_on="2026-05-28")
    Leave.objects.create(officer=world.li, since="2026-06-08", until="2026-06-09", reason="病假")
    file = d.paired(world, file)
    held = row(file)
    held.salt = salt_of(held)
    path = tmp_path / "bundle.json"
    path.write_bytes(b"".join(ceremony.bundle.as_json(ceremony.published(held))))
    assert verified(path)[0] == 0, verified(path)[1]


def test_a_credit_code_that_is_corrected_before_the_draw_changes_neither_ticket_nor_employer(world):
    file = d.through(world, "randomness_entered")
    known = dict(Employer.objects.values_list("credit_code", "pk"))
    codes, pks = list(known), list(known.values())
    Employer.objects.update(credit_code=None)
    for pk, code in zip(pks, [*codes[1:], codes[0]], strict=True):
        Employer.objects.filter(pk=pk).update(credit_code=code)
    file = d.paired(world, d.made(world, file))
    assert len(rows(file)) == 5 and all(each.employer_id == known[each.object] for each in rows(file))


def test_an_employer_that_the_register_lost_is_told_when_it_is_drawn(world):
    file = d.through(world, "randomness_entered")
    with acting(world.clock.pk):
        Employer.objects.all().delete()
    with pytest.raises(Refused, match="在登记中已经找不到：请恢复该单位的登记"):
        d.made(world, file)
    assert rows(file) == []


def test_a_pool_that_was_frozen_without_the_numbers_of_the_register_is_drawn_by_its_codes(world):
    file = d.through(world, "randomness_entered")
    pool = row(file).targets
    pool.strata = [{key: value for key, value in each.items() if key != "register"} for each in pool.strata]
    pool.save()
    file = d.made(world, file)
    assert all(each.employer.credit_code == each.object for each in rows(file)) and len(rows(file)) == 5


@pytest.mark.parametrize(("content", "words"), [(b"91110000802100433B\n", "文件已被改动"), (None, "存档找不到了")])
@pytest.mark.parametrize("verb", ["announce", "run_draw", "replace_drawn", "extend_draw", "reveal_salt"])
def test_every_step_that_reads_the_archive_says_when_it_is_gone_or_changed(world, monkeypatch, verb, content, words):
    states = {"announce": "pools_frozen", "run_draw": "randomness_entered"}
    file = d.through(world, states.get(verb, "officers_paired"))
    if verb not in states:
        file = take(file.id, "send_list", by=world.wang, at=at("2026-05-29", 12), given={})
    given = {
        "announce": d.ANNOUNCED, "run_draw": {"compared": True}, "extend_draw": {"stratum": "其他", "count": 1, "reason": "问题多"},
        "replace_drawn": {"drawn": getattr(Drawn.objects.filter(draw=file.id).first(), "pk", 0), "reason": "已注销"},
    }.get(verb, {})  # fmt: skip

    def read(digest):
        if content is None:
            raise FileNotFoundError(digest)
        return content

    monkeypatch.setattr("laojian.inspections.pools.kept", read)
    by = {"run_draw": world.zhang, "extend_draw": world.sun}.get(verb, world.wang)
    with pytest.raises(Refused, match=words):
        take(file.id, verb, by=by, at=at("2026-05-29", 13), given=given)


def test_a_district_draws_from_its_own_region_whatever_its_task_names(world):
    elsewhere = d.employers(3, first=900)
    Employer.objects.filter(pk__in=[each.pk for each in elsewhere]).update(region="武示区")
    file = d.frozen(world, d.ordered(world, regions="宝示区、武示区"))
    assert file.pools["targets"]["size"] == 34 and file.pools["targets"]["scope"]["region"] == ["宝示区"]
    assert pools.own_scope(world.city, {"region": ["武示区"]}) == {"region": ["武示区"]}
    assert pools.own_scope(world.town, {}) == {"region": ["宝示区"]}


def test_a_district_whose_task_names_only_other_regions_is_told(world):
    file = d.ordered(world, regions="武示区")
    with pytest.raises(Refused, match="任务的行政区是武示区，不在本机关的行政区宝示区以内"):
        d.frozen(world, file)
