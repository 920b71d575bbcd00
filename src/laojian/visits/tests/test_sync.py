"""What phones send: taken exactly once, whatever is cut off, repeated, refused or sent by two at the same time."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.scans import photograph
from tests.visiting import VisitStory
from tests.world import at

from laojian.evidence.actions import keep_upload
from laojian.evidence.models import Evidence
from laojian.lawbook import law
from laojian.papers import numbers
from laojian.people.acting import acting
from laojian.procedure.step import Refused
from laojian.record.models import Entry

from .. import sync
from ..models import Batch, VisitLine
from ..sync import Sent, receive

pytestmark = pytest.mark.django_db
BEGUN = {"began_at": "2026-03-09T09:30", "shown": True, "handed": True, "present": "陈示东", "present_post": "经理"}

NONSENSE = [
    {}, {"lines": "x", "codes": 7, "read": {}, "began_at": [], "number": "x", "present": {}, "found": 1},
    {"lines": [{"item": [], "line": {}, "outcome": [], "evidence": "x", "photos": 1, "at": 4}]},
    {"ground": ["lsr-18"], "demand": ["x"], "facts": "没有台账", "violated": "第十一条", "length": 7, "unit": "day"},
]  # fmt: skip


class Phone:
    """One officer's phone at one visit."""

    def __init__(self, story, officer, device="phone-1"):
        self.story, self.officer, self.device = story, officer, device

    def sent(self, kind, key=None, files=(), told_at=None, **given) -> Sent:
        when = told_at or at("2026-03-09", 9, 40)
        return Sent(key or uuid.uuid4(), self.story.file.id, kind, given, self.device, when, -1500, files)

    def send(self, kind, now=("2026-03-09", 10), **more):
        return receive(self.sent(kind, **more), by=self.officer, at=at(*now))

    def photo(self, name="现场.png", nth=1):
        return keep_upload(SimpleUploadedFile(name, photograph(nth)), by=self.officer, at=at("2026-03-09", 9, 35))

    def lines(self, outcome="ok", **notes):
        found = []
        for each in self.story.fresh().visit["items"]:
            for line in law().item(each["item"]).version(self.story.now.date()).standard:
                text = notes.get(f"{each['item']}_{line.key}".replace("-", "_"), "")
                found.append({"item": each["item"], "line": line.key, "outcome": "problem" if text else outcome, "note": text,
                              "at": "2026-03-09T09:41:00+08:00"})  # fmt: skip
        return found


@pytest.fixture
def story(world):
    return VisitStory(world).ready()


@pytest.fixture
def phone(story, world):
    return Phone(story, world.zhang)


def entries(story) -> list[str]:
    with acting(story.world.zhang.pk):
        return list(
            Entry.objects.filter(dossier_id=story.file.id, kind="step").order_by("seq").values_list("verb", flat=True)
        )


def signed(phone, **more):
    rows = phone.lines(**more.pop("notes", {}))
    phone.send("lines", lines=rows)
    told = {"ended_at": "2026-03-09T10:00", "content": "逐条检查。", "found": "未发现问题。", "present": "陈示东", "comment": "没有异议",
            "read": [{name: row[name] for name in ("item", "line", "outcome")} for row in rows]}  # fmt: skip
    return phone.send("sign", files=[phone.photo("签名.png", 7)], **told | more)


def test_a_visit_made_on_a_phone_becomes_one_whole_record(phone, story):
    phone.send("begin", **BEGUN)
    picture = phone.send(
        "evidence",
        files=[phone.photo()],
        title="公示栏",
        proves="未公示",
        collected_on="2026-03-09",
    )
    answer = signed(phone)
    visit = story.visit()
    assert (story.file.state, visit["record_digest"]) == ("visit_recorded", answer["digest"])
    made = story.paper("inspection_record")
    assert (made["seals"][0]["way"], made["seals"][0]["file"]) == ("glass", answer["glass"])
    assert made["given"]["found"] == "未发现问题。" and len(picture["evidence"]) == 1
    with acting(phone.officer.pk):
        assert list(Evidence.objects.order_by("ordinal").values_list("title", flat=True)) == [
            "公示栏",
            "现场检查笔录（屏幕签名件）",
        ]
    phone.send("result", codes=["no_problem"], note="未发现问题。", ended_on="2026-03-09")
    assert story.fresh().state == "visit_ended"


def test_the_same_batch_is_taken_once_and_answers_the_same(phone, story):
    phone.send("begin", **BEGUN)
    key = uuid.uuid4()
    first = phone.send("lines", key=key, lines=phone.lines())
    before = entries(story)
    assert phone.send("lines", now=("2026-03-09", 11), key=key, lines=phone.lines()) == first
    assert entries(story) == before and VisitLine.objects.count() == len(phone.lines())


def test_a_process_that_dies_before_the_answer_leaves_nothing_half_done(phone, story, monkeypatch):
    phone.send("begin", **BEGUN)
    rows = phone.lines()
    phone.send("lines", lines=rows)
    key, glass = uuid.uuid4(), phone.photo("签名.png", 7)
    told = {"ended_at": "2026-03-09T10:00", "found": "未发现问题。", "present": "陈示东", "read": rows}
    before, carried = entries(story), sync.carry

    def dies(dossier_id, verb, **more):
        if verb == "sign_record":
            raise KeyboardInterrupt
        return carried(dossier_id, verb, **more)

    monkeypatch.setattr(sync, "carry", dies)
    with pytest.raises(KeyboardInterrupt):
        phone.send("sign", key=key, files=[glass], **told)
    assert entries(story) == before and not Batch.objects.filter(pk=key).exists()
    monkeypatch.setattr(sync, "carry", carried)
    phone.send("sign", key=key, files=[glass], **told)
    assert entries(story)[len(before) :] == ["make_record", "issue_paper", "seal_paper", "add_evidence", "sign_record"]


def test_two_phones_that_both_began_end_in_one_set_of_records(phone, story, world):
    other = Phone(story, world.li, "phone-2")
    phone.send("begin", **BEGUN)
    assert "已由张监察登记开始" in other.send("begin", **BEGUN | {"present": "乙示"})["text"]
    rows = phone.lines()
    phone.send("lines", lines=rows[:5])
    other.send(
        "lines", lines=[row | {"at": "2026-03-09T09:50:00+08:00", "outcome": "not_applicable"} for row in rows[4:]]
    )
    found = {(row["item"], row["line"]): row["outcome"] for row in story.fresh().lines}
    assert len(found) == len(rows) and found[rows[4]["item"], rows[4]["line"]] == "not_applicable"
    assert VisitLine.objects.count() == len(rows) + 1  # both answers of the fifth line are there
    assert entries(story).count("begin_visit") == 1 and Batch.objects.filter(kind="begin").count() == 2


def test_what_was_read_aloud_must_be_what_the_other_phone_knows_too(phone, story, world):
    phone.send("begin", **BEGUN)
    rows = phone.lines()
    phone.send("lines", lines=rows)
    Phone(story, world.li, "phone-2").send(
        "lines", lines=[rows[0] | {"outcome": "problem", "note": "欠一个月", "at": "2026-03-09T09:59:00+08:00"}]
    )
    told = {"ended_at": "2026-03-09T10:00", "found": "未发现问题。", "present": "陈示东", "read": rows}
    key = uuid.uuid4()
    with pytest.raises(Refused, match="李监察填“发现问题”"):
        phone.send("sign", key=key, files=[phone.photo("签名.png", 7)], **told)
    kept = Batch.objects.get(pk=key)
    assert (
        kept.seq is None
        and "不一致" in kept.answer["reasons"][0]
        and kept.told["found"] == "未发现问题。"
        and len(kept.answer["files"]) == 1
    )


def test_what_comes_after_signing_is_a_supplement_of_its_own(phone, story, world):
    phone.send("begin", **BEGUN)
    digest = signed(phone)["digest"]
    late = Phone(story, world.li, "phone-2").send(
        "lines",
        lines=[phone.lines()[0] | {"outcome": "problem", "note": "另见一处", "at": "2026-03-09T09:58:00+08:00"}],
    )
    assert "补充记录" in late["text"] and entries(story)[-1] == "supplement_record"
    assert story.visit()["record_digest"] == digest
    with acting(phone.officer.pk):
        assert "另见一处" in Entry.objects.get(dossier_id=story.file.id, seq=late["seq"]).given["content"]


def test_a_refused_batch_is_kept_and_taken_when_the_reason_is_gone(phone, story):
    key, rows = uuid.uuid4(), phone.lines()
    with pytest.raises(Refused, match="须先到“检查中"):
        phone.send("lines", key=key, lines=rows)
    kept = Batch.objects.get(pk=key)
    assert kept.seq is None and len(kept.told["lines"]) == len(rows)
    phone.send("begin", **BEGUN)
    assert phone.send("lines", key=key, lines=rows)["ok"] and Batch.objects.get(pk=key).seq


def test_a_photograph_is_bound_to_its_line_by_the_key_of_its_batch(phone, story):
    phone.send("begin", **BEGUN)
    key, row = uuid.uuid4(), phone.lines()[0]
    with pytest.raises(Refused, match="还没有收到"):
        phone.send("lines", lines=[row | {"photos": [str(key)]}])
    piece = phone.send(
        "evidence",
        key=key,
        files=[phone.photo()],
        title="台账",
        proves="台账",
        collected_on="2026-03-09",
    )
    phone.send("lines", lines=[row | {"photos": [str(key)]}])
    assert VisitLine.objects.get().evidence == piece["evidence"]


def test_a_key_stands_for_one_thing_only(phone, story, world):
    key = uuid.uuid4()
    phone.send("begin", key=key, **BEGUN)
    with pytest.raises(Refused, match="已经用于另一批"):
        Phone(story, world.li, "phone-2").send("begin", key=key, **BEGUN)
    assert Batch.objects.get().officer_id == world.zhang.pk


def test_an_order_bears_the_number_that_the_device_was_given(phone, story, world):
    phone.send("begin", **BEGUN)
    with acting(world.zhang.pk):
        held = numbers.allot("spot_order", bureau_id=world.district.pk, year=2026, count=3, device="phone-1",
                             officer_id=world.zhang.pk, at=at("2026-03-09"))  # fmt: skip
    told = {
        "facts": "没有工资台账",
        "violated": "《劳动保障监察条例》第十一条",
        "demand": "建立工资支付台账。",
        "length": 7,
        "unit": "day",
    }
    answer = phone.send("order", number=held[1].pk, **told)
    assert answer["text"].endswith("宝人社监当改〔2026〕2号")
    with pytest.raises(Refused, match="已经使用、作废"):
        phone.send("order", number=held[1].pk, **told)
    with acting(world.zhang.pk):
        assert [
            row.number for row in numbers.give_back(world.zhang.pk, "phone-1", "检查结束", at("2026-03-09", 17))
        ] == [1, 3]
        assert numbers.next_number(world.district.pk, "当改", 2026) == 4
        assert numbers.missing(world.district.pk, "当改", 2026, "宝人社监") == [4]  # the one just drawn has no paper
        with pytest.raises(numbers.TooMany):
            numbers.allot("spot_order", bureau_id=world.district.pk, year=2026, count=11, device="phone-1",
                          officer_id=world.zhang.pk, at=at("2026-03-09"))  # fmt: skip


@pytest.mark.parametrize("kind", list(sync.DEEDS))
@pytest.mark.parametrize("given", NONSENSE)
def test_nonsense_is_refused_in_words(phone, story, kind, given):
    with pytest.raises(Refused):
        phone.send(kind, **given)


def test_a_refusal_to_sign_stands_with_its_witness(phone, story):
    phone.send("begin", **BEGUN)
    with pytest.raises(Refused, match="见证人"):
        signed(phone, refused="在场人阅后拒绝签名")
    signed(phone, refused="在场人阅后拒绝签名", witness="乙示")
    seal = story.paper("inspection_record")["seals"][0]
    assert (seal["refused"], seal["witness"], story.file.state) == ("在场人阅后拒绝签名", "乙示", "visit_recorded")


def test_of_a_report_the_phone_is_told_nothing(client, world):
    story = VisitStory(world)
    story.plan(ground="report", document="宝人社监登〔2026〕9号", announced=False, reason="有人反映欠薪")
    story.do("approve_visit", world.wang, "2026-03-03", opinion="同意检查。")
    client.force_login(world.zhang)
    page = client.get(f"/site/{story.file.id}").content.decode()
    assert page.count("开始检查") and not any(word in page for word in ("投诉举报", "〔2026〕9号", "反映欠薪"))
