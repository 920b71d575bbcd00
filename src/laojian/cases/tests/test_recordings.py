"""What must be recorded in sound and picture is expected when its step is taken, and asked for before the steps that need it."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from tests.casework import Story, investigated, opened

from laojian.cases import recordings
from laojian.cases.recordings import subject_of, subjects, untold
from laojian.evidence.actions import keep_upload
from laojian.evidence.models import Custody, Evidence, Moment, Recording
from laojian.evidence.tests.files import sound
from laojian.lawbook import LawError
from laojian.people.acting import acting
from laojian.procedure.step import Refused
from laojian.procedure.take import FLOWS
from laojian.record.models import Entry

from .asides import kept

ON = date(2026, 3, 10)


def test_the_law_of_recordings_rests_on_the_table():
    asked = {step.verb: step.needs for step in FLOWS["general"].steps}
    assert subjects() and list(untold(asked)) == []
    told = list(untold(asked | {"end_investigation": ()}))
    assert told and all("不核对音像记录" in each for each in told)
    assert any("没有这一步骤" in each for each in untold({}))


@pytest.mark.parametrize(
    ("verb", "method", "on", "key", "must"),
    [("serve_order", "left", ON, "left_service", True), ("serve_order", "announced", ON, "announced_service", False),
     ("serve_order", "direct", ON, None, False), ("keep", "", ON, "keeping", True), ("record_inquiry", "", ON, "inquiry", False),
     ("keep", "", date(2018, 12, 4), None, False), ("decide_penalty", "", ON, None, False)],
)  # fmt: skip
def test_what_is_recorded_as_what(verb, method, on, key, must):
    found = subject_of(verb, method, on)
    assert (found and found[0].key, bool(found and found[1].must)) == (key, must)


@pytest.mark.parametrize(
    ("change", "said"),
    [(("duty: must", "duty: always"), "duty"), (("basis: gbf118", "basis: no-1"), "articles.yaml"), 
     (("excuse: true", "excuse: maybe"), "true 或者 false"),
     (("  label: 留置送达\n", ""), "缺少“label”"), (("2018-12-05", "2001-01-01"), "不施行")],
)  # fmt: skip
def test_a_wrong_file_is_told_by_line(tmp_path, monkeypatch, change, said):
    text = (recordings.folder() / "recordings.yaml").read_text()
    (tmp_path / "recordings.yaml").write_text(text.replace(*change, 1))
    monkeypatch.setattr(recordings, "folder", lambda: tmp_path)
    with pytest.raises(LawError, match=r"recordings.yaml 第\d+行") as wrong:
        recordings.subjects.__wrapped__()
    assert said in str(wrong.value)


pytestmark = pytest.mark.django_db


def heard_tape(story, **more) -> int:
    """A sound file that the inspector uploaded, as evidence."""
    row = keep_upload(ContentFile(sound(), name="登记保存.wav"), by=story.world.zhang, at=story.now)
    told = {"kind": "audio_visual", "title": "登记保存录像", "proves": "登记保存的全过程", "provider": "执法记录仪", "form": "original",
            "collected_on": story.now.date(), "collectors": [story.world.zhang.pk, story.world.li.pk]}  # fmt: skip
    story.do("add_evidence", story.world.zhang, files=[row.pk], **told | more)
    return Evidence.objects.get(title="登记保存录像").pk


def against(story) -> str:
    """What stands against the end of the investigation."""
    with pytest.raises(Refused) as refused:
        story.do("end_investigation", story.world.zhang)
    return str(refused.value)


def expected(story) -> dict:
    return next(r for r in story.fresh().recordings if r["must"])


def test_the_recording_of_a_keeping_is_asked_for_until_it_is_there(world):
    story = kept(world)
    assert "实施先行登记保存应当录音录像，卷内没有" in against(story) and "说明未录音像" in against(story)
    row = expected(story)
    piece = heard_tape(
        story, recorded=row["id"], began_at="2026-03-10T09:10", ended_at="2026-03-10T09:40", device="记录仪 07（示例）"
    )
    assert "应当录音录像" not in against(story) and expected(story)["evidence_id"] == piece
    assert Recording.objects.get(pk=row["id"]).device == "记录仪 07（示例）"
    with pytest.raises(Refused, match="没有应当录而没有录的步骤"):
        story.do("excuse_recording", world.zhang, recording=row["id"], reason="没有设备")


def test_a_written_reason_stands_where_the_law_lets_it(world):
    story = kept(world)
    with pytest.raises(Refused, match="没有录音像的原因"):
        story.do("excuse_recording", world.zhang, recording=expected(story)["id"], reason="")
    story.do(
        "excuse_recording", world.zhang, recording=expected(story)["id"], reason="记录仪当场故障，由社区干部见证。"
    )
    assert "应当录音录像" not in against(story)
    # It may still turn up.
    piece = heard_tape(story, recorded=expected(story)["id"])
    assert (expected(story)["evidence_id"], expected(story)["reason"]) == (piece, "")


@pytest.mark.parametrize(
    ("more", "said"),
    [({"kind": "document"}, "证据种类是视听资料"), ({"recorded": 999_999}, "不在本卷可选的范围内"),
     ({"began_at": "2026-03-10T10:00", "ended_at": "2026-03-10T09:00"}, "结束时间须晚于开始时间")],
)  # fmt: skip
def test_a_recording_that_cannot_be_one_is_refused(world, more, said):
    story = kept(world)
    with pytest.raises(Refused, match=said):
        heard_tape(story, **{"recorded": expected(story)["id"]} | more)
    assert expected(story)["evidence_id"] is None


def test_moments_only_grow_and_are_of_a_recording(world):
    story = Story(world)
    opened(story), investigated(story)
    piece = heard_tape(story)
    step = story.file.took[-2]
    story.do("mark_moment", world.zhang, piece=piece, seconds=75, note="负责人承认", step=step[0])
    moment = Moment.objects.get()
    assert (moment.seconds, moment.step_label, moment.by_name) == (75, step[2], "张监察")
    other = Evidence.objects.exclude(pk=piece).first()
    for wrong in ({"piece": other.pk}, {"seconds": -1}, {"step": 9999}):
        with pytest.raises(Refused):
            story.do("mark_moment", world.zhang, **{"piece": piece, "seconds": 1, "note": "再看"} | wrong)
    for change in (lambda: Moment.objects.update(note="改"), lambda: Moment.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_whoever_has_a_piece_in_hand_is_written_down(world):
    story = Story(world)
    opened(story), investigated(story)
    piece = Evidence.objects.filter(dossier_id=story.file.id, sealed=False).first()
    with pytest.raises(Refused, match="请写明交给谁"):
        story.do("hand_on_evidence", world.zhang, piece=piece.pk, act="handed_over")
    story.do("hand_on_evidence", world.zhang, piece=piece.pk, act="handed_over", to="示例鉴定所", note="原件一份")
    link = Custody.objects.filter(evidence=piece).latest("pk")
    assert (link.act, link.to, link.by_name, link.at) == ("handed_over", "示例鉴定所", "张监察", story.now)


def test_what_is_said_of_a_sealed_piece_stays_out_of_the_record(world):
    story = Story(world)
    opened(story), investigated(story)
    for sealed, words in ((False, "示例甲取回"), (True, "＊＊＊")):
        piece = Evidence.objects.filter(dossier_id=story.file.id, sealed=False).first()
        if sealed:
            with acting(world.zhang.pk):
                Evidence.objects.filter(pk=piece.pk).update(sealed=True, readers=[world.zhang.pk])
        story.do("hand_on_evidence", world.zhang, piece=piece.pk, act="returned", to="示例甲", note="示例甲取回")
        entry = Entry.objects.filter(dossier_id=story.file.id, verb="hand_on_evidence").latest("pk")
        assert (entry.given["note"], entry.given["act"], entry.given.get("sealed", False)) == (
            words,
            "returned",
            sealed,
        )
