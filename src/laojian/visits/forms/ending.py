"""What the end of a visit asks: results, their publication and correction, a case that grows out of it; past visits."""

from django import forms

from laojian.cases.forms.fields import CaseGiven, Day, Line, Prose, choice, pick, several
from laojian.cases.matters import matters
from laojian.lawbook import law
from laojian.procedure.step import File

from ..rules import checklist, problems
from .doing import People


class Codes(CaseGiven):
    """Codes of results with what they mean here."""

    codes = several("检查结果", required=True)
    note = Prose("结果说明", max_length=4000)

    def offer(self, file: File) -> None:
        self.fields["codes"].choices = [
            (key, each.label) for key, each in law().results.items() if each.in_force(file.on)
        ]


class ResultsNoted(Codes):
    """The results of the visit, and the day on which it ended: publication runs from it (ogi-26)."""

    ended_on = Day("检查结束之日", past=True, now=True)
    follow = Prose("后续处理", required=False, max_length=2000, help_text="随结果公示。")


class PendingResolved(Codes):
    """What became of a result that was left for later; the note stays in the file, what is public is written for it."""

    result = pick("待后续处理的结果")
    follow = Prose("后续处理", required=False, max_length=2000, help_text="结果已经公示的，随结果公示；说明不公示。")

    def offer(self, file: File) -> None:
        super().offer(file)
        open_ = [(row["id"], row["note"][:40] or law().result(row["code"]).label) for row in waiting(file)]
        self.fields["result"].choices = open_
        self.fields["codes"].choices = [
            row for row in self.fields["codes"].choices if law().result(row[0]).follow != "later"
        ]


def waiting(file: File) -> list[dict]:
    """The results that a later entry must resolve."""
    return [row for row in file.results if law().result(row["code"]).follow == "later"]


class ResultsCorrected(Codes):
    """The results were wrong: others take their place, and what was public is taken down."""

    reason = Prose("更正的理由", max_length=2000)


class ResultsPublished(CaseGiven):
    """Where the results were made public."""

    where = Line("公示平台", max_length=200, help_text="本系统的公开页面同时公示；上传其他平台的写明平台名称。")


class Withdrawn(CaseGiven):
    """What was public is taken down."""

    reason = Prose("撤回公示的理由", max_length=2000)


class CaseOpened(CaseGiven):
    """A case grows out of the visit: about which matter, on which findings."""

    matter = choice("案由", ())
    lines = several("转立案的发现")
    summary = Prose("发现的违法线索", required=False, help_text="不填的，由所选的发现写出。")
    began_on = Day("违法行为开始", required=False, past=True)

    def offer(self, file: File) -> None:
        self.fields["matter"].choices = [(m.key, m.label) for m in matters().values()]
        rows = problems(checklist(file.visit["items"], file.lines, law()))
        self.fields["lines"].choices = [(f"{row.item}:{row.standard.key}", told(row)) for row in rows]

    def clean(self):
        given = super().clean()
        if not given.get("lines") and not given.get("summary"):
            self.add_error("summary", "请选择转立案的发现，或者写明发现的违法线索（如拒不配合检查的经过）")
        return given


def told(row) -> str:
    """A finding of the checklist in words."""
    return f"{row.label}：{row.standard.text}——{row.found['note']}"


class PastVisit(CaseGiven):
    """A visit of earlier times as it was: when, what came out, on the strength of which paper."""

    visited_on = Day("检查之日", past=True)
    codes = forms.MultipleChoiceField(label="检查结果", choices=(), widget=forms.CheckboxSelectMultiple)
    note = Prose("检查情况", required=False, max_length=4000)
    document = Line("原始记录", max_length=200, help_text="原来的登记簿、笔录、报表名称和编号。")
    people = People("参加人员", required=False)

    def offer(self, file: File) -> None:
        # Codes of today tell what was found then.
        self.fields["codes"].choices = [(key, each.label) for key, each in law().results.items()]
