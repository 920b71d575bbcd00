"""What the visit itself asks: its beginning, the checklist, the record and its signing; a written review; who took part."""

import re
from datetime import UTC, datetime

from django import forms
from django.db.models import BigIntegerField

from laojian.cases.forms import PaperChosen  # noqa: F401  (the rows of papers ask with it)
from laojian.cases.forms.fields import CaseGiven, Day, Line, Moment, Prose, choice, tick
from laojian.cases.forms.inquiry import UNITS
from laojian.cases.forms.paper import Serving
from laojian.cases.forms.rows import Rows
from laojian.evidence.forms import IdsField
from laojian.procedure.step import File, local

from ..models import VisitLine

UNKEPT = re.compile(r"[\x00\ud800-\udfff]")  # what the database cannot hold
EARLIEST = datetime.fromtimestamp(0, UTC)  # no device's clock tells of a moment before


def kept(value: object) -> bool:
    """Whether this is a text that can be kept."""
    return isinstance(value, str) and not UNKEPT.search(value)


class People(Rows):
    """Those who took part: a name and a department each. Who is an officer of the bureau is not for the sender to say."""

    noun = "名参加人员"
    columns = [("name", "姓名", None), ("department", "部门", None)]

    def clean(self, value):
        return [{name: row[name].strip() for name, _, _ in self.columns} for row in super().clean(value)]

    def row_problem(self, row: dict) -> str:
        told = [row.get(name) for name, _, _ in self.columns]
        return "" if all(kept(text) and text.strip() for text in told) else "请写明姓名和部门"


class VisitBegun(CaseGiven):
    """The visit begins: two officers show their certificates and hand over the notice (lsr-16, apl-55)."""

    began_at = Moment("开始时间", now=True)
    place = Line("检查地点", required=False, max_length=200)
    shown = tick("已出示执法证件，告知检查事项、依据和权利义务")
    handed = tick("已当场出具行政检查通知书", required=False, help_text="事先已经送达的不必勾选。")
    present = Line("在场人", max_length=120)
    present_post = Line("在场人职务", required=False, max_length=60)
    people = People("一同参加的人员", required=False)


class AttendanceNoted(CaseGiven):
    """Somebody else took part."""

    people = People("参加人员")


class LinesField(forms.JSONField):
    """Several lines of the checklist at once: [{item, line, outcome, note, at, evidence}], `at` the moment on the device."""

    widget = forms.HiddenInput

    def clean(self, value):
        rows = super().clean(value) or []
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise forms.ValidationError("检查情况应为逐条填写的内容")
        for row in rows:
            told = [row.get(name) for name in ("item", "line", "outcome")]
            if not all(text and kept(text) for text in told) or row["outcome"] not in VisitLine.Outcome.values:
                raise forms.ValidationError("每条须写明检查事项、检查标准和检查情况")
            if not kept(row.get("note") or ""):
                raise forms.ValidationError("检查情况的说明应为文字，不能有不可见的控制字符")
            if row["outcome"] == VisitLine.Outcome.PROBLEM and not (row.get("note") or "").strip():
                raise forms.ValidationError("发现问题的，须写明具体情况")
            if row.get("at"):
                self.moment(row["at"])
            self.pieces(row.get("evidence") or [])
        return rows

    def moment(self, value):
        try:
            found = datetime.fromisoformat(str(value))
        except ValueError:
            found = None
        if not (found and found.tzinfo and found >= EARLIEST):
            raise forms.ValidationError("检查时间应为带时区的时间")

    def pieces(self, value):
        """Ids of evidence; that each is of this file is for the step to say."""
        ids = value if isinstance(value, list) else [None]
        if not all(type(each) is int and 0 < each <= BigIntegerField.MAX_BIGINT for each in ids):
            raise forms.ValidationError("证据应为本卷证据的编号")


class ChecklistFilled(CaseGiven):
    """Lines of the checklist, any number at once: what was found on a phone without a network comes as one batch.

    `key` is the device's own word for the batch: the same one is taken once.
    """

    lines = LinesField(label="检查情况")
    key = Line("批次号", required=False, max_length=64, widget=forms.HiddenInput)


class RecordMade(CaseGiven):
    """The record of inspection (检查笔录), drafted from the checklist."""

    folded = ("taken", "comment", "recorder")

    ended_at = Moment("结束时间", now=True)
    present = Line("在场人", required=False, max_length=120)
    present_post = Line("在场人职务", required=False, max_length=60)
    content = Prose("检查内容和方法", required=False, help_text="不填的，由检查表写出。")
    found = Prose("检查所见", required=False, rows=6, help_text="客观记录，不作评价；不填的，由检查表写出。")
    taken = Prose("提取的证据和编号", required=False, max_length=4000)
    comment = Line("当事人阅后意见", required=False)
    recorder = Line("记录人", required=False, max_length=60)

    def offer(self, file: File) -> None:
        began = file.last("begin_visit")
        if began:
            self.fields[
                "ended_at"
            ].help_text = f"{local(datetime.fromisoformat(file.visit['began_at'])):%Y-%m-%d %H:%M} 开始检查。"


class RecordSigned(CaseGiven):
    """All have signed: the record is frozen."""

    confirmed = tick("检查人员、记录人和被检查单位在场人都已签名，或者注明了拒签情况并有见证人签名")


class Supplemented(CaseGiven):
    """What came to light after the record was signed: a supplement of its own, never a change of the record."""

    lines = LinesField(label="补充的检查情况", required=False)
    content = Prose("补充情况", max_length=4000)
    key = Line("批次号", required=False, max_length=64, widget=forms.HiddenInput)


class BrokenOff(CaseGiven):
    """The visit could not be carried out: nobody there, refused, gone."""

    why = choice("未能实施的情形", [
        ("unreachable", "在登记的住所、经营场所无法联系"), ("refused", "拒绝、阻挠检查或者不报送材料"), ("gone", "已停业、注销或者迁出"),
    ])  # fmt: skip
    tried = Prose("经过和证据", max_length=4000, help_text="何时、何地、以什么方式，谁在场；无法联系的写明至少两次。")


class ReviewServed(Serving):
    """Service of the notice of a written review: the time to hand in runs from it."""

    CODES = ("written_review_notice",)


class Reminded(CaseGiven):
    """The employer did not hand in what was asked: reminded once more, with a new last day."""

    way = Line("催报方式", max_length=60, help_text="电话、邮寄、网络等，对方何人。")
    length = forms.IntegerField(label="报送期限", min_value=1, max_value=365)
    unit = choice("期限单位", UNITS)
    missing = Prose("尚未报送的材料", max_length=2000)


class HandedIn(CaseGiven):
    """What the employer uploads on the public page."""

    title = Line("这是什么材料", max_length=100)
    files = IdsField(label="文件", required=False)


class MaterialsReceived(CaseGiven):
    """What the employer handed in."""

    received_on = Day("收到之日", past=True, now=True)
    materials = Prose("报送的材料", max_length=4000, help_text="每行一项；文件另在“补充证据”上传。")
    by = Line("报送人", required=False, max_length=60)


class WrittenReviewed(CaseGiven):
    """What the review of the papers came to."""

    reviewed_on = Day("审查之日", past=True, now=True)
    found = Prose("审查情况", required=False, rows=6, help_text="不填的，由检查表写出。")
    advice = Prose("对单位的意见", required=False, max_length=2000)
