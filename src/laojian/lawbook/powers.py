"""Powers: what an authority may do about which violation, on which articles, with which measures, in which version."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from laojian.lawbook.reading import LawError

POWER_KINDS = {"inspection": "行政检查", "penalty": "行政处罚", "compulsion": "行政强制", "order": "责令（不是处罚）"}
KINDS = {
    "inspect": "检查",
    "correct": "责令改正",
    "pay": "责令支付",
    "compensate": "责令加付赔偿金",
    "refund": "责令退还",
    "warn": "警告",
    "fine": "罚款",
    "confiscate": "没收违法所得",
    "suspend": "责令停工、停业、停止招生",
    "close": "责令关闭、停止活动",
    "revoke": "吊销许可证件",
    "restrict": "限制从业、限制承接",
    "unnamed": "依法给予处罚（所引法条未定种类和数额）",
    "seal": "封存",
    "surcharge": "加处罚款",
    "transfer_funds": "划拨",
    "apply": "申请人民法院强制执行",
    "register": "先行登记保存",
}
SUMMED = {"fine", "compensate", "pay", "refund", "confiscate", "surcharge"}  # the measures that are counted in money
BASES = {
    "fixed": "每案",
    "per_worker": "每名受侵害劳动者",
    "per_worker_month": "每人每月（逐人逐段计算，不足一月的按一月）",
    "per_person": "每名责任人员",
    "multiple": "按倍数",
    "all": "全部",
    "unstated": "所引法条未定数额",
}
SUMS = {
    "unpaid": "应付未付的工资、经济补偿",
    "leave_pay": "年休假工资报酬",
    "double_wage": "应付的二倍工资、赔偿金",
    "probation": "超过法定期间的试用期满月工资",
    "illegal_income": "违法所得",
    "arrears": "欠缴的社会保险费",
    "payable": "应缴的社会保险费",
    "concealed": "瞒报的工资数额",
    "fraud": "骗取的金额",
    "taken": "收取的财物、扣押的证件物品",
    "fees": "所收费用",
    "fine": "未缴的罚款",
}
WHOM = {"employer": "当事人", "responsible": "直接负责的主管人员和其他直接责任人员等责任人员"}


@dataclass(frozen=True)
class Measure:
    """One measure that a power allows. Sums are yuan; where `basis` is "multiple" they are times of the sum named by `of`.

    `lowest` and `highest` are None where the law names no amount. `optional` is 可以: the measure need not be taken.
    `when` is the condition under which it may be taken, in our own words; empty: always. Measures with conditions that
    exclude one another (有违法所得 / 没有违法所得) stand beside each other.
    """

    kind: str  # a word of KINDS: warn, fine, confiscate, pay, …
    basis: str  # a word of BASES; empty for a measure that is not counted in money
    of: str  # for "multiple" and "all": which sum, a word of SUMS; otherwise empty
    lowest: Decimal | None
    highest: Decimal | None
    optional: bool
    whom: str  # employer: the party itself; responsible: the persons answerable for it
    when: str
    label: str = ""  # its name where the word of its kind is too broad: 责令项目停工
    by: str = ""  # the organ that takes it, where that is not ours; empty: ours
    cap: Decimal | None = None  # for "multiple": yuan above which it never goes
    at_least: Decimal | None = None  # for "multiple": a smaller sum counts as this many yuan

    @property
    def name(self) -> str:
        """As people call it."""
        return self.label or KINDS[self.kind]

    @property
    def amount(self) -> str:
        """How much, in words: 每名受侵害劳动者 100 元以上 500 元以下; empty for a measure without a sum."""
        if not self.basis:
            return ""
        if self.basis in ("all", "unstated"):
            return f"{BASES[self.basis]}{SUMS.get(self.of, '')}"
        unit = "倍" if self.basis == "multiple" else "元"
        head = f"{SUMS[self.of]}的" if self.basis == "multiple" else f"{BASES[self.basis]} "
        words = head + _span(self.lowest, self.highest, unit)
        words += f"，不足 {self.at_least:,f} 元的按 {self.at_least:,f} 元计" if self.at_least is not None else ""
        return words + (f"，最高 {self.cap:,f} 元" if self.cap is not None else "")

    def explain(self) -> str:
        """The measure in one line."""
        words = f"{'可以' if self.optional else ''}{self.name}"
        words += f"：{self.amount}" if self.amount else ""
        words += f"（对{WHOM[self.whom]}）" if self.whom != "employer" else ""
        words += f"；条件：{self.when}" if self.when else ""
        return words + (f"；由{self.by}实施，本机关提请或者移送" if self.by else "")


def _span(lowest: Decimal, highest: Decimal, unit: str) -> str:
    if lowest == highest:
        return f"{highest:,f} {unit}"
    return f"{highest:,f} {unit}以下" if not lowest else f"{lowest:,f} {unit}以上 {highest:,f} {unit}以下"


@dataclass(frozen=True)
class PowerVersion:
    """A power as it stood from a day to a day: provisions by their keys in law/articles.yaml."""

    valid_from: date
    valid_to: date | None
    violated: tuple[str, ...]
    penalised: tuple[str, ...]
    measures: tuple[Measure, ...]
    order_first: bool  # a fine presupposes an order to correct that was not obeyed in time
    confidence: str
    note: str
    empowered: tuple[str, ...] = ()  # what gives the power, where it is not a penalty

    @property
    def basis(self) -> tuple[str, ...]:
        """The provisions on which the act rests: the penalising ones, else those that give the power."""
        return self.penalised or self.empowered

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class Power:
    """One item of the list of powers and duties."""

    key: str
    label: str
    kind: str  # inspection, penalty, compulsion, order
    category: str
    subject: str
    discretion: bool  # whether the sum is a matter of discretion (a fixed sum is not)
    versions: tuple[PowerVersion, ...]
    offered: bool = True  # whether it is offered in a case against an employer
    alternate: bool = False  # one of the items that the published, unnamed item might be
    local: str = ""  # the place whose own law gives it; empty: everywhere

    def at(self, on: date) -> PowerVersion | None:
        """The version in force on the day; None when the law gave no such power then."""
        return next((version for version in self.versions if version.in_force(on)), None)

    def version(self, on: date) -> PowerVersion:
        """The version in force on the day, or LawError."""
        if found := self.at(on):
            return found
        first, last = self.versions[0], self.versions[-1]
        if on < first.valid_from:
            raise LawError(f"{on} 尚无“{self.label}”这一项：最早的规定自 {first.valid_from} 起施行。")
        raise LawError(f"{on} 已无“{self.label}”这一项：最后的规定施行至 {last.valid_to}。{last.note}")
