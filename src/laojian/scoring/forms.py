"""What the steps of a review of a file (案卷评查) ask."""

from decimal import Decimal

from laojian.cases.forms.fields import CaseGiven, Day, Prose, choice, tick
from laojian.cases.forms.rows import Rows
from laojian.procedure.step import File

from .queries import scored
from .rules import TENTH

ANSWERS = [("all", "全部同意"), ("part", "部分同意"), ("none", "不同意")]
RESULTS = [("mended", "已经整改"), ("part", "部分整改，其余不能补正"), ("explained", "承办人说明的理由成立")]


class Marks(Rows):
    """What a person found: on which line or veto, how many points it takes, in which document."""

    noun = "处"
    columns = [
        ("line", "评查项", []),
        ("points", "扣几分（否决项不填）", None),
        ("demand", "哪一份材料、什么问题", None),
    ]

    def row_problem(self, row: dict) -> str:
        known = {str(key) for key, _ in self.widget.columns[0][2] or ()}
        if row.get("line") not in known or not row.get("demand"):
            return "请选评查项，写明在哪一份材料、是什么问题"
        try:
            points = Decimal(str(row.get("points") or 0))
            fits = points.is_finite() and points >= 0 and points == points.quantize(TENTH)
        except ArithmeticError:
            return "扣分应为数字，如 1 或者 0.5"
        if not fits:
            return "扣分不能为负，最多一位小数"
        row["points"] = str(points)
        return ""


class Lifted(Rows):
    """A line on which the machine was wrong, and why."""

    noun = "项"
    columns = [("line", "评查项", []), ("demand", "系统扣分（否决）不成立的理由", None)]

    def row_problem(self, row: dict) -> str:
        known = {str(key) for key, _ in self.widget.columns[0][2] or ()}
        return "" if row.get("line") in known and row.get("demand") else "请选系统扣分的评查项，写明为什么不成立"


class Assessment(CaseGiven):
    """A person's judgement on the lines that need it, and on what the machine found; the whole becomes the review of the file."""

    marks = Marks(
        "人工评定", required=False, help_text="没有问题的不填。一处问题写一组；同一项可以写几组，扣完该项分数为止。"
    )
    lifted = Lifted("系统扣分不成立的", required=False, help_text="系统按记录自动扣分，确有理由不应扣的写在这里。")
    opinion = Prose("评查意见", max_length=4000)
    mend_by = Day("请于何日之前整改")

    def offer(self, file: File) -> None:
        found = file.main.once(scored)
        if found is None:
            return
        every = (*found.standard.vetoes, *found.standard.lines)
        people = [
            (line.key, f"{line.key} {line.label}" + ("（否决项）" if line.veto else f"（{line.points} 分）"))
            for line in every
        ]
        flawed = [
            (each.line.key, f"{each.line.key} {each.line.label}")
            for each in (*found.score.vetoes, *found.score.deductions)
        ]
        for name, rows in (("marks", people), ("lifted", flawed)):
            columns = self.fields[name].widget.columns
            self.fields[name].widget.columns = [("line", columns[0][1], rows), *columns[1:]]


class Passed(CaseGiven):
    """Nothing is wrong with the file."""

    judged = tick("须人工评定的各项都已评定，没有发现问题")
    opinion = Prose("评查意见", max_length=4000)


class Answered(CaseGiven):
    """What the handler says to the findings: mended, explained, or contested."""

    accepted = choice("是否同意评查意见", ANSWERS)
    answer = Prose("逐项的整改情况，或者不同意的理由", max_length=4000)


class SecondLook(CaseGiven):
    """What the second look found."""

    result = choice("复核结果", RESULTS)
    opinion = Prose("复核意见", max_length=4000)
