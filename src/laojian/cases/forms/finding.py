"""What the finding of a violation asks: against whom, by which power, since when, whom it wronged and how, and what was found about it."""

from collections.abc import Collection
from dataclasses import replace

from django import forms

from laojian.lawbook import LawError, law
from laojian.lawbook.discretion import NEEDS
from laojian.lawbook.facts import CORRECTED, ORDERS, count, money, stretches
from laojian.lawbook.powers import SUMS
from laojian.procedure.step import File

from ..matters import matters
from ..models import Finding as Found
from .fields import CaseGiven, Day, Prose, Yuan, choice, parties, pick
from .rows import Rows

SAYABLE = (
    "slight",
    "harmless",
    "minor_harm",
    "first",
)  # what an officer finds; whether it was corrected is asked by itself


class Groups(Rows):
    """Groups of people to whom one rate applies, with their stretches of time where the fine counts months."""

    noun = "组劳动者"
    columns = [("people", "人数", None), ("per_head", "每人（每月）罚款（元）", None), ("label", "这一组的情形", None),
               ("stretches", "每人的时间段", None)]  # fmt: skip

    def row_problem(self, row: dict) -> str:
        try:
            count(row.get("people"), "人数", least=1)
            if row.get("per_head") not in (None, ""):
                money(row["per_head"], "每人罚款")
            stretches(str(row.get("stretches") or ""))
        except LawError as wrong:
            return str(wrong)
        return ""


class Sums(Rows):
    """Sums by which a penalty is counted: illegal income, contributions unpaid."""

    noun = "项金额"
    columns = [("of", "是什么金额", list(SUMS.items())), ("amount", "金额（元）", None)]

    def row_problem(self, row: dict) -> str:
        try:
            money(row.get("amount"), "金额")
        except LawError as wrong:
            return str(wrong)
        return "" if row.get("of") in SUMS else "请选是什么金额"


class Measures(forms.CheckboxSelectMultiple):
    """The measures that stand under a condition, power by power; the page shows those of the power that is chosen."""

    template_name = "cases/measures.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        groups = [
            {"power": options[0]["value"].partition(":")[0], "label": label, "options": options}
            for label, options, _ in context["widget"]["optgroups"]
        ]
        return context | {"groups": groups}


def several(label: str, choices=(), **kwargs) -> forms.MultipleChoiceField:
    """Any number of several, by ticking."""
    return forms.MultipleChoiceField(
        label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple, **kwargs
    )


class Finding(CaseGiven):
    """The finding of a violation (认定): the range and every step of the sum follow from it and are kept (apl-37, apl-40)."""

    folded = ("sums", "whom", "same_as")

    party = pick("当事人")
    power = choice("违法事项", ())
    began_on = Day("违法行为开始", past=True)
    ceased_on = Day("违法行为终了", required=False, past=True, help_text="仍在继续的不填。适用哪一天的规定由此确定。")
    chosen = forms.MultipleChoiceField(
        label="选用的附条件措施", required=False, widget=Measures, help_text="查明符合条件的才选；没有查明的不选。"
    )
    groups = Groups(
        "受侵害劳动者", required=False,
        help_text="按人数罚款的填；情形不同、标准不同的分组填。每人罚款不填的，按裁量档次建议。"
        "时间段只在按人按月罚款时填，写月数（2+5，两段分开算）或者起止日期（2024-03-14至2024-06-19）。",
    )  # fmt: skip
    corrected = choice("改正情况", [("", "请选择"), *((key, label) for key, label in CORRECTED.items() if key)])
    said = several("查明的情形", [(key, NEEDS[key]) for key in SAYABLE])
    factors = several("加重的情形")
    grounds = several("裁量情节", help_text="从轻、从重在法定幅度以内；只有减轻可以低于法定最低数额。")
    amount = Yuan("拟罚款（元）", required=False, help_text="不填的，由系统按所属档次建议；不罚款的填 0。")
    reason = Prose("书面理由", required=False, max_length=4000,
                   help_text="减轻处罚、偏离裁量档次、决定前已经改正仍按上限的，必须写明。")  # fmt: skip
    sums = Sums("计算罚款所依据的金额", required=False)
    whom = choice("处罚对象", Found.Whom.choices, required=False)
    same_as = pick("与哪项认定属于同一行为", required=False)

    def offer_law(self) -> None:
        """The powers, factors and grounds that the law knows."""
        factors = law().discretion.scheme.factors.values()
        self.fields["power"].choices = powers_offered()
        self.fields["factors"].choices = [(each.key, each.label) for each in factors if not each.steps]
        self.fields["grounds"].choices = grounds_offered()
        self.fields["chosen"].choices = measures_offered()
        self.fields["chosen"].when = f"power={','.join(conditioned())}"

    def offer(self, file: File) -> None:
        self.offer_law()
        self.fields["party"].choices = parties(file)
        self.fields["power"].choices = powers_offered(matters()[file.case["matter"]].powers)
        kept = [(each["id"], f"{each['party']}：{law().power(each['power']).label}") for each in file.findings]
        self.fields["same_as"].choices = [("", "没有，是单独的行为"), *kept]

    def clean_chosen(self) -> list[int]:
        """The numbers of the measures, as the reckoning counts them."""
        picked = [each.partition(":") for each in self.cleaned_data["chosen"]]
        if any(power != self.cleaned_data.get("power") for power, _, _ in picked):
            raise forms.ValidationError("所选的措施不属于这一违法事项，请重新选择")
        return [int(number) for _, _, number in picked]

    def clean_whom(self) -> str:
        return self.cleaned_data["whom"] or Found.Whom.EMPLOYER

    def clean(self):
        given = super().clean()
        if given.get("began_on") and given.get("ceased_on") and given["ceased_on"] < given["began_on"]:
            self.add_error("ceased_on", "终了之日早于开始之日，请核对")
        return given


class FreeReckoning(Finding):
    """The same sum without a file: somebody tries what a violation would come to, and nothing is kept."""

    folded = ("sums", "persons", "whom", "reason")

    on = Day("处罚之日", now=True, help_text="决定时的规定较轻的，适用决定时的规定。")
    order = choice("责令改正", list(ORDERS.items()), required=False)
    persons = forms.IntegerField(label="责任人员人数", required=False, min_value=0, max_value=1000)

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        for name in ("party", "same_as", "late_reason"):
            del self.fields[name]
        self.fields["whom"].choices = [("", "都算"), *Found.Whom.choices]
        self.order_fields(["power", "began_on", "ceased_on", "on", "chosen", "groups", "corrected", "order"])
        self.offer_law()

    def clean_whom(self) -> str:
        return self.cleaned_data["whom"]


class FindingsTakenOver(CaseGiven):
    """The file in which it was found on the spot."""

    of = forms.IntegerField(label="当场查处的卷宗")


class FindingDropped(CaseGiven):
    """A finding that no longer stands, and why."""

    finding = pick("认定")
    reason = Prose("理由", max_length=2000)

    def offer(self, file: File) -> None:
        kept = [(each["id"], f"{each['party']}：{law().power(each['power']).label}") for each in file.findings]
        self.fields["finding"].choices = kept


def powers_offered(usual: Collection[str] = ()) -> list:
    """The penalties that a case against an employer may rest on: first those its matter usually comes to, then the others by category.

    One that has ended stays, for what was done under it; one that the bureau does not hold is refused with that reason.
    """
    offered = {key: power for key, power in law().powers.items() if power.kind == "penalty" and power.offered}
    first = [(key, offered[key].label) for key in usual if key in offered]
    found: dict[str, list] = {"本案由常用": first} if first else {}
    for key, power in offered.items():
        if key not in usual:
            found.setdefault(power.category, []).append((key, power.label))
    return [("", "请选择"), *found.items()]


def conditioned() -> dict[str, dict[int, str]]:
    """The measures that stand under a condition, by power and number, in words; where versions differ, each since its day."""
    found: dict[str, dict[int, str]] = {}
    for key, power in law().powers.items():
        told: dict[int, dict[str, str]] = {}  # number → words → since when
        for version in power.versions:
            for number, measure in enumerate(version.measures, 1):
                if measure.when:
                    words = f"{measure.when}：{replace(measure, when='').explain()}"
                    told.setdefault(number, {}).setdefault(words, version.valid_from.isoformat())
        if power.kind == "penalty" and power.offered and told:
            found[key] = {number: worded_since(words) for number, words in told.items()}
    return found


def worded_since(words: dict[str, str]) -> str:
    """One wording as it is; of several, each with the day from which it holds."""
    if len(words) == 1:
        return next(iter(words))
    return "；".join(f"自 {since} 起，{text}" for text, since in words.items())


def measures_offered() -> list:
    """The measures to choose among, by power; each is called by its power and number."""
    return [
        (law().power(key).label, [(f"{key}:{number}", words) for number, words in rows.items()])
        for key, rows in conditioned().items()
    ]


def grounds_offered() -> list[tuple[str, str]]:
    """The grounds with their articles; one that is not in force on the day is refused with that reason."""
    known = law().discretion.grounds.values()
    return [(each.key, f"{each.label}（{law().article(each.versions[-1].basis).short}）") for each in known]
