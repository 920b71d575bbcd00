"""What the steps of an annual plan ask."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from laojian.cases.forms.fields import CaseGiven, Day, Line, Prose, choice, pick, several
from laojian.cases.forms.rows import Rows
from laojian.employers.models import Employer
from laojian.lawbook import law
from laojian.lawbook.inspection import MODES_OF
from laojian.procedure.step import File
from laojian.visits.supervision import measures

TARGETED = [("no", "不定向：全部对象随机"), ("yes", "定向：某一类对象随机")]
NAMED = 40  # signs of a stratum's name
LEVELS = ("E0", "E1", "E2", "E3", "E4")  # law/levels.yaml
COUNTS = ("least", "number", "size")


class Strata(Rows):
    """The strata of a task: whom each takes in, its share and numbers. The first that fits takes an employer."""

    noun = "层"
    columns = [
        ("label", "名称", None), ("kind", "单位类型", [("", "不限"), *Employer.Kind.choices]), ("region", "行政区", None),
        ("industry", "行业", None), ("grade", "诚信等级", None), ("evidence", "核实程度", None),
        ("ratio", "比例不低于（％）", None), ("least", "至少几家", None),
        ("number", "计划抽几家", None), ("size", "预计总数", None),
    ]  # fmt: skip

    def row_problem(self, row: dict) -> str:
        if not row.get("label"):
            return "请写明这一层的名称"
        if len(row["label"]) > NAMED or "|" in row["label"]:
            return f"名称最多 {NAMED} 个字，不能含有竖线"
        if wrong := [each for each in words(row.get("evidence") or "") if each not in LEVELS]:
            return f"没有“{wrong[0]}”这一档核实程度，应为 {'、'.join(LEVELS)}"
        if row.get("kind") and row["kind"] not in Employer.Kind.values:
            return "没有这种单位类型"
        try:
            ratio = Decimal(str(row.get("ratio") or 0))
            counts = {key: int(str(row[key])) for key in COUNTS if row.get(key) not in (None, "")}
        except (InvalidOperation, ValueError):
            return "比例写数字，如 5；数量写整数"
        if not (ratio.is_finite() and 0 <= ratio <= 100) or any(count < 0 for count in counts.values()):
            return "比例应在零与一百之间，数量不能为负"
        if not ratio and not counts.get("least") and not counts.get("number"):
            return "请写明比例，或者至少几家，或者计划抽几家"
        row |= counts | {"ratio": str(ratio.normalize().quantize(1)) if ratio == ratio.to_integral() else str(ratio)}
        return ""

    def clean(self, value):
        rows = super().clean(value)
        if not rows:
            raise forms.ValidationError("至少分一层：不分层的，写“全部”一层")
        if len({row["label"] for row in rows}) < len(rows):
            raise forms.ValidationError("有两层同名，请改用不同的名称")
        return rows


class PlanDrafted(CaseGiven):
    """The plan of a year is begun."""

    year = forms.IntegerField(label="年度", min_value=2015, max_value=2100)
    title = Line("计划名称", required=False, max_length=120, help_text="不填的，为本机关该年度抽查计划。")


class TaskAdded(CaseGiven):
    """One task of the plan."""

    folded = (
        "others",
        "kinds",
        "regions",
        "industries",
        "street",
        "workers_from",
        "workers_to",
        "grade",
        "evidence",
        "lead",
        "partners",
        "note",
    )

    label = Line("任务名称", max_length=120)
    items = several("检查事项（公布的清单）")
    others = Prose(
        "清单以外的事项", required=False, max_length=2000, help_text="每行一项；没有公布的事项不得实施检查。"
    )
    mode = choice("检查方式", list(MODES_OF.items()))
    targeted = choice("抽查类型", TARGETED)
    kinds = several("单位类型（不选为不限）")
    regions = Line("行政区", required=False, max_length=200, help_text="几个的用顿号隔开；不填为不限。")
    industries = Line("行业", required=False, max_length=200, help_text="几个的用顿号隔开；不填为不限。")
    street = Line("街镇（住所中的文字）", required=False, max_length=60)
    workers_from = forms.IntegerField(label="职工人数不少于", required=False, min_value=0)
    workers_to = forms.IntegerField(label="职工人数不多于", required=False, min_value=0)
    grade = Line("诚信等级", required=False, max_length=20)
    evidence = Line("核实程度", required=False, max_length=20, help_text="几档的用顿号隔开，如 E0、E1；不填为不限。")
    strata = Strata("分层")
    since = Day("检查期间自")
    until = Day("至")
    lead = Line("牵头部门", required=False, max_length=80, help_text="联合抽查填写。")
    partners = Prose("联合部门", required=False, max_length=400, help_text="每行一个部门。")
    note = Prose("说明", required=False, max_length=1000)

    def offer(self, file: File) -> None:
        super().offer(file)
        self.fields["kinds"].choices = Employer.Kind.choices
        self.fields["strata"].help_text = suggestion(file)
        self.fields["items"].choices = [(key, item.label) for key, item in law().items.items() if item.at(file.on)]

    def clean(self) -> dict:
        given = super().clean()
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", "检查期间的末日早于首日，请核对")
        if not given.get("items") and not given.get("others"):
            self.add_error("items", "请选择检查事项")
        if wrong := [each for each in words(given.get("evidence") or "") if each not in LEVELS]:
            self.add_error("evidence", f"没有“{wrong[0]}”这一档，应为 {'、'.join(LEVELS)}")
        if given.get("partners") and not given.get("lead"):
            self.add_error("lead", "联合抽查须写明牵头部门")
        low, high = given.get("workers_from"), given.get("workers_to")
        if low is not None and high is not None and high < low:
            self.add_error("workers_to", "人数的上限小于下限，请核对")
        return given


def suggestion(file: File) -> str:
    """What graded supervision asks of each grade and level, row by row, for whoever parts a task by them (law/supervision.yaml)."""
    rows = [row for row in measures(file.bureau.get("options") or {}, file.on) if row.ratio is not None]
    told = [f"{row.label} {row.ratio}％{f'，至少 {row.least} 家' if row.least else ''}" for row in rows]
    return f"自上而下，先符合的一层收入。按等级、核实程度分层的，分级监管建议：{'；'.join(told)}。" if told else ""


class TaskDropped(CaseGiven):
    """A task is struck out of the draft."""

    task = pick("任务")
    reason = Prose("理由", max_length=400)

    def offer(self, file: File) -> None:
        super().offer(file)
        self.fields["task"].choices = tasks(file)


class Published(CaseGiven):
    """The plan was published: where else than on this site."""

    where = Line("公布的网站和地址", required=False, max_length=200, help_text="同时在本平台公开页面公布。")


class Changed(CaseGiven):
    """Why a published plan is changed."""

    reason = Prose("调整理由", max_length=1000, help_text="随新版本一并公布。")


class Told(CaseGiven):
    """What there is to say."""

    reason = Prose("情况说明", max_length=2000)


class DrawOrdered(CaseGiven):
    """A draw for one task is opened."""

    task = pick("任务")

    def offer(self, file: File) -> None:
        super().offer(file)
        self.fields["task"].choices = tasks(file)


def tasks(file: File) -> list[tuple[int, str]]:
    """The tasks of the plan's version as choices."""
    return [(task["id"], f"{task['ordinal']}. {task['label']}") for task in file.tasks]


def words(text: str) -> list[str]:
    """What stands between separators or line ends."""
    for sign in "，,;；\n":
        text = text.replace(sign, "、")
    return [word.strip() for word in text.split("、") if word.strip()]


def scope_of(given: Mapping) -> dict[str, Any]:
    """The scope of a task as its row keeps it; what is not restricted is left out."""
    scope = {
        "kind": list(given.get("kinds") or ()), "region": words(given.get("regions") or ""),
        "industry": words(given.get("industries") or ""), "street": given.get("street") or "",
        "workers_from": given.get("workers_from"), "workers_to": given.get("workers_to"), "grade": words(given.get("grade") or ""),
        "evidence": words(given.get("evidence") or ""),
    }  # fmt: skip
    return {key: value for key, value in scope.items() if value not in ([], "", None)}


def strata_of(rows: list[dict]) -> list[dict]:
    """The strata as the task's row keeps them."""
    found = []
    for row in rows:
        scope = {key: words(row[key]) for key in ("kind", "region", "industry", "grade", "evidence") if row.get(key)}
        counts = {key: int(row[key]) for key in COUNTS if row.get(key) not in (None, "")}
        found.append({"key": row["label"], "scope": scope, "ratio": row["ratio"], **counts})
    return found
