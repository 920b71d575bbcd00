"""The table of calculators: what each asks, on which articles it stands, and the function that works it out.

Command, pages and worked examples all answer through `answer()`, so that they read and refuse alike.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace

from laojian.lawbook.book import Lawbook, law
from laojian.lawbook.reading import LawError
from laojian.lawbook.wages import given
from laojian.lawbook.wages.leave import leave
from laojian.lawbook.wages.leaving import ENDINGS, double, severance
from laojian.lawbook.wages.order import addition, crime
from laojian.lawbook.wages.overtime import overtime
from laojian.lawbook.wages.pay import deduction, hourly, owed, probation, shortfall
from laojian.lawbook.wages.result import NOTHING, Result

EVADING = {"": "尚未查明", "flight": "转移财产、逃匿等逃避支付", "able": "有能力支付而不支付"}
READERS: dict[str, Callable] = {
    "yuan": given.number, "wage": given.wage, "hours": given.number, "days": given.number, "day": given.whole_day,
    "month": given.whole_month, "year": given.whole_year, "by_month": given.by_month, "by_day": given.by_day, "pay": given.monthly_pay,
    "several": given.several, "unpaid": given.unpaid, "percent": given.percent, "region": str.strip, "choice": str.strip,
}  # fmt: skip
ROWS = ("by_month", "by_day", "pay", "unpaid", "several")
"""Kinds that take several lines."""


class Unreadable(LawError):
    """Some of what was given cannot be read or is missing: a sentence for each field."""

    def __init__(self, faults: dict[str, str], labelled: list[tuple[str, str]]) -> None:
        super().__init__("；".join(f"{label}：{fault}" for label, fault in labelled))
        self.faults = faults


@dataclass(frozen=True)
class Field:
    """One thing a calculator asks: `kind` is a word of READERS; not needed: `otherwise` stands for it."""

    name: str
    label: str
    kind: str
    needed: bool = True
    help: str = ""
    choices: Mapping[str, str] | None = None
    otherwise: object = None


@dataclass(frozen=True)
class Calculator:
    """One calculator: its word, what it is called, what it works out, its main articles, what it asks, and how."""

    key: str
    label: str
    says: str
    basis: tuple[str, ...]
    fields: tuple[Field, ...]
    work: Callable[[Lawbook, SimpleNamespace], Result]

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)


def maybe(name: str, label: str, kind: str, help: str = "", otherwise: object = None) -> Field:
    """A field that need not be filled."""
    return Field(name, label, kind, needed=False, help=help, otherwise=otherwise)


REGION = Field("region", "地区", "region", needed=False, help="按劳动合同履行地")
ON_LEAVING = "离职的填；不填的按整年计算"
LINES = "逐行写成 2026-05 3000 的样子"

CALCULATORS = (
    Calculator("owed", "欠付工资",
        "一段时间应付多少工资，扣去已付的还欠多少；不满整月的按计薪日折算。", ("lcl-30", "ll-50"), (
        Field("wage", "月工资（元）", "pay", help=f"各月相同的填一个数；不同的{LINES}"),
        Field("first", "起日", "day"), Field("last", "止日", "day"),
        maybe("paid", "已付工资", "by_month", f"{LINES}；没有付过的不填", {}),
    ), lambda book, a: owed(book, a.wage, a.first, a.last, a.paid)),
    Calculator("minimum", "最低工资差额",
        "逐月比较实得工资与当月最低工资标准，标准改动的月份分别适用。", ("ll-48", "minw-12", "lcl-85"), (
        REGION, Field("received", "各月实得（元）", "by_month", help=f"{LINES}；不含加班工资、特殊津贴和法定福利"),
        maybe("first", "入职日", "day", "当月入职的填，按计薪日折算"), maybe("last", "离职日", "day", "当月离职的填，按计薪日折算"),
    ), lambda book, a: shortfall(book, a.region, a.received, a.first, a.last)),
    Calculator("hourly", "小时最低工资差额",
        "非全日制用工当月的报酬是否低于小时最低工资。", ("lcl-72",), (
        REGION, Field("month", "月份", "month"), Field("hours", "工作小时", "hours"), Field("received", "实得（元）", "yuan"),
    ), lambda book, a: hourly(book, a.region, a.month, a.hours, a.received)),
    Calculator("overtime", "加班工资",
        "按工作日、休息日、法定休假日分别计算；填日期的由日历判断是什么日子。", ("ll-44", "wp-13", "ll-41"), (
        Field("wage", "月工资（计算基数，元）", "wage"),
        maybe("days", "按日期填写的加班小时", "by_day", "一行一天，写成 2026-05-01 8 的样子", {}),
        maybe("month", "分类小时数所属月份", "day", "按下面三类填写的，填该月任何一天"),
        maybe("weekday", "工作日延长小时", "hours", otherwise=NOTHING), maybe("rest", "休息日小时", "hours", otherwise=NOTHING),
        maybe("holiday", "法定休假日小时", "hours", otherwise=NOTHING),
        maybe("time_off", "已补休小时", "hours", "只抵休息日的加班", NOTHING),
        maybe("paid", "已付加班工资（元）", "yuan", otherwise=NOTHING), REGION,
    ), lambda book, a: overtime(
        book, a.wage, a.days, a.month, {"weekday": a.weekday, "rest": a.rest, "holiday": a.holiday}, a.time_off, a.paid, a.region)),
    Calculator("severance", "经济补偿、赔偿金",
        "解除或者终止时的经济补偿、违法解除的双倍和代通知金。", ("lcl-47", "lcl-87", "lclr-27"), (
        Field("started", "用工之日", "day"), Field("ended", "解除或者终止之日", "day", help="最后一个工作的日子，计入年限"),
        Field("wages", "解除前月平均应得工资（元）", "several", help="填一个平均数，或者逐月填写，用空格或换行隔开；含奖金、津贴、补贴"),
        Field("ending", "性质", "choice", choices=ENDINGS),
        maybe("notice", "代通知金：上月工资（元）", "yuan", "没有提前通知、以工资代替的才填"),
        maybe("average", "上年度职工月平均工资（元）", "wage", "填公布的数，用来核对封顶"), REGION,
    ), lambda book, a: severance(book, a.region, a.started, a.ended, a.wages, a.ending, a.notice, a.average)),
    Calculator("double", "未订书面合同二倍工资",
        "没有订立书面劳动合同期间每月另付的一倍工资，逐月计算。", ("lcl-82", "lclr-6", "lclr-7"), (
        Field("started", "用工之日", "day"), maybe("signed", "补订合同之日", "day", "没有补订的不填"),
        Field("until", "计算到哪一天", "day", help="仍未补订的填今天，已离职的填离职日"),
        Field("wage", "月工资（元）", "pay", help=f"各月相同的填一个数；不同的{LINES}"),
    ), lambda book, a: double(book, a.started, a.signed, a.until, a.wage)),
    Calculator("leave", "未休年休假报酬",
        "一个年度应休未休的天数和另应支付的报酬，当年入职、离职的按日历天数折算。", ("leave-3", "leave-5", "leaveimpl-12"), (
        Field("year", "年度", "year"), Field("since", "首次参加工作之日", "day", help="累计工作年限从这天算，包括在其他单位"),
        maybe("joined", "本单位入职日", "day", "当年入职的填"), maybe("left", "离职日", "day", ON_LEAVING),
        maybe("taken", "已休天数", "days", otherwise=NOTHING),
        Field("wage", "月平均工资（元）", "wage", help="之前剔除加班工资的月平均"),
    ), lambda book, a: leave(book, a.year, a.since, a.joined, a.left, a.taken, a.wage)),
    Calculator("addition", "逾期加付赔偿金",
        "责令限期支付逾期不付的，加付赔偿金的上下限；没有逾期的不能加付。", ("lcl-85", "lsr-26"), (
        Field("due", "责令支付的金额（元）", "wage"), maybe("paid", "期限内已付（元）", "yuan", otherwise=NOTHING),
        Field("deadline", "责令支付的最后一日", "day"), Field("day", "决定之日", "day"),
        maybe("share", "加付比例（%）", "percent", "不填的只算上下限"),
    ), lambda book, a: addition(book, a.due, a.paid, a.deadline, a.day, a.share)),
    Calculator("deduction", "扣除上限",
        "因劳动者原因造成损失的，当月工资最多可以扣多少。", ("wp-16",), (
        REGION, Field("day", "哪个月（任何一天）", "day"), Field("wage", "当月工资（元）", "wage"), Field("damage", "损失（元）", "wage"),
    ), lambda book, a: deduction(book, a.region, a.day, a.wage, a.damage)),
    Calculator("probation", "试用期工资下限",
        "试用期工资最低不得低于多少。", ("lcl-20", "lclr-15"), (
        REGION, Field("day", "哪个月（任何一天）", "day"), Field("wage", "约定月工资（元）", "wage"),
        maybe("lowest", "同岗位最低档工资（元）", "wage"), maybe("got", "实付月工资（元）", "yuan"),
    ), lambda book, a: probation(book, a.region, a.day, a.wage, a.lowest, a.got)),
    Calculator("crime", "拒不支付劳动报酬数额核对",
        "欠薪是否达到犯罪的数额，其他要件是否具备；最后由人决定。", ("spc2013-3", "spc2013-4", "crl-276"), (
        REGION, Field("day", "核对之日", "day"),
        Field("workers", "逐人欠薪", "unpaid", help="一行一人，写成“4 12000”的样子：欠薪月数、金额"),
        maybe("deadline", "责令支付的最后一日", "day", "还没有责令支付的不填"),
        Field("evading", "怎样不付", "choice", needed=False, choices=EVADING, otherwise=""),
    ), lambda book, a: crime(book, a.region, a.day, a.workers, a.deadline, a.evading)),
)  # fmt: skip
BY_KEY = {each.key: each for each in CALCULATORS}


def answer(key: str, told: Mapping[str, str], book: Lawbook | None = None) -> Result:
    """Work out the calculator of a key from texts as a person writes them. Unreadable: a sentence for each field; LawError: why not."""
    book = book or law()
    calculator = BY_KEY[key]
    values, faults = {}, {}
    for field in calculator.fields:
        try:
            values[field.name] = read(field, (told.get(field.name) or "").strip(), book)
        except LawError as wrong:
            faults[field.name] = str(wrong)
    if unknown := sorted(set(told) - {field.name for field in calculator.fields}):
        raise LawError(f"“{calculator.label}”没有“{'、'.join(unknown)}”这一项。")
    if faults:
        raise Unreadable(faults, [(calculator.field(name).label, fault) for name, fault in faults.items()])
    return calculator.work(book, SimpleNamespace(**values)).asked(inputs(calculator, told, book, values))


def read(field: Field, text: str, book: Lawbook) -> object:
    """The value of one field."""
    if field.kind == "region":
        text = text or next(iter(book.regions))
        return book.region(text).key
    if not text:
        if field.needed:
            raise LawError("请选择。" if field.kind == "choice" else "请填写。")
        return field.otherwise
    if field.choices is not None and text not in field.choices:
        raise LawError(f"没有“{text[:20]}”这一项，可选：{'、'.join(key for key in field.choices if key)}。")
    return READERS[field.kind](text)


def inputs(calculator: Calculator, told: Mapping[str, str], book: Lawbook, values: dict) -> tuple[tuple[str, str], ...]:
    """What was asked, in words."""
    found = []
    for field in calculator.fields:
        text = (told.get(field.name) or "").strip()
        if field.kind == "region":
            found.append((field.label, book.region(values[field.name]).label))
        elif text:
            words = field.choices[text] if field.choices else "；".join(text.splitlines())
            found.append((field.label, words))
    return tuple(found)
