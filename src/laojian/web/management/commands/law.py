"""`laojian law`: asks the law data when a period ends, how long it was on a day, and what an article says."""

import json
from argparse import ArgumentParser
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils.timezone import localdate

from laojian.campaigns.violations import violations
from laojian.cases.grounds import grounds
from laojian.cases.matters import matters
from laojian.credit.levels import version_on
from laojian.credit.schemes import schemes
from laojian.exchange.platforms import platforms
from laojian.exchange.templates import templates as exchanged
from laojian.lawbook import LawError, Pause, due, law, surcharge
from laojian.lawbook.applicable import frozen, penalty
from laojian.lawbook.clocks import UNITS, amount
from laojian.lawbook.display import regimes
from laojian.lawbook.facts import facts
from laojian.lawbook.shelf import changes
from laojian.lawbook.wages import BY_KEY, CALCULATORS, Calculator, answer
from laojian.papers.actions import templates
from laojian.papers.template import TemplateError
from laojian.people.models import Bureau
from laojian.procedure.checks import faults, untold
from laojian.procedure.take import FLOWS
from laojian.publication.kinds import kinds
from laojian.visits.supervision import supervision
from laojian.web.shelf import LABELS, everything


class Command(BaseCommand):
    help = (
        "法规数据：law due 算期限，law surcharge 算加处罚款，law penalty 算罚款，law clock、article、power、local 看规定，"
        "law powers 看权责清单，law clocks 列期限，law changes 看法律的变化，law overtime、severance 等算工资和补偿，"
        "law check 检查全部数据。"
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        questions = parser.add_subparsers(dest="question", required=True)
        ends = questions.add_parser("due", help="期限何时届满，逐日说明")
        ends.add_argument("key", help="期限的键，如 investigate")
        ends.add_argument(
            "--from", dest="start", required=True, type=moment, help="起算日 2026-01-05；按小时的写 2026-01-05T09:30"
        )
        ends.add_argument("--extended", action="store_true", help="已批准延长")
        ends.add_argument("--length", type=int, help="由文书指定的长度")
        ends.add_argument("--unit", choices=UNITS, help="由文书指定的单位")
        period = questions.add_parser("clock", help="期限在某日是怎样规定的")
        period.add_argument("key", help="期限的键，如 hearing_request")
        period.add_argument("--on", required=True, type=date.fromisoformat, help="哪一日，如 2021-07-14")
        article = questions.add_parser("article", help="法条要点、施行期间和核对情况")
        article.add_argument("key", help="法条的键，如 lsr-17")
        power = questions.add_parser("power", help="一项权力在某日的依据、措施和核对情况")
        power.add_argument("key", help="权力的键，如 illegal-overtime")
        power.add_argument("--on", required=True, type=date.fromisoformat, help="哪一日，如 2020-12-31")
        more = questions.add_parser("surcharge", help="罚款逾期不缴的加处罚款")
        more.add_argument("principal", type=Decimal, help="罚款数额（元）")
        more.add_argument("--due", required=True, type=date.fromisoformat, help="缴款期限最后一天")
        more.add_argument("--paid", required=True, type=date.fromisoformat, help="缴清之日")
        more.add_argument(
            "--pause", action="append", default=[], type=pause, help="停止计算 reconsideration:2026-10-20:2026-11-02"
        )
        every = questions.add_parser("clocks", help="全部期限")
        every.add_argument("--unused", action="store_true", help="只列任何程序都还没有使用的")
        own = questions.add_parser("local", help="本地数值：本机关定了没有，没有定怎样办，外地怎样定")
        own.add_argument("key", nargs="?", help="只看一项，如 hearing_employer")
        own.add_argument("--bureau", help="机关名称或代字；不写的，按什么都没有登记")
        own.add_argument("--on", required=True, type=date.fromisoformat, help="哪一日，如 2026-01-05")
        held = questions.add_parser("powers", help="一个机关的权责清单在某日有哪些项")
        held.add_argument("--profile", required=True, help="清单的键，如 tianjin-2020")
        held.add_argument("--on", required=True, type=date.fromisoformat, help="哪一日，如 2020-12-31")
        between = questions.add_parser("changes", help="从某日到某日法律有哪些变化：新增、修改、终止")
        between.add_argument("--since", required=True, type=date.fromisoformat, help="前一日，如 2021-07-14")
        between.add_argument("--to", required=True, type=date.fromisoformat, help="后一日，如 2021-07-15")
        questions.add_parser("check", help="检查全部法规数据")
        ask_sums(questions)

    def handle(self, *args, question, **options):
        try:
            lines = worked_out(question, options) if question in BY_KEY else ANSWERS[question](options)
        except (LawError, TemplateError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(lines))


def ask_sums(questions) -> None:
    """What the reckoning of a penalty asks, and each calculator."""
    fined = questions.add_parser("penalty", help="一项处罚按事实算幅度、档次和数额，逐步说明")
    fined.add_argument("key", help="权力的键，如 illegal-overtime")
    fined.add_argument("--on", required=True, type=date.fromisoformat, help="处罚之日，如 2026-03-02")
    fined.add_argument("--facts", required=True, type=told, help="事实：JSON，或者 JSON 文件的路径")
    for calculator in CALCULATORS:
        ask(calculator, questions.add_parser(calculator.key, help=calculator.says))


def ask(calculator: Calculator, parser: ArgumentParser) -> None:
    """What a calculator asks, as options; several rows are parted by semicolons."""
    for field in calculator.fields:
        choices = "、".join(f"{key} {words}" for key, words in (field.choices or {}).items() if key)
        told = "；".join(filter(None, (field.label, field.help, choices))).replace("%", "%%")
        name = f"--{field.name.replace('_', '-')}"
        parser.add_argument(name, dest=field.name, default="", metavar=field.kind, help=told)


def worked_out(key: str, options: dict) -> list[str]:
    """A calculator's result with its steps."""
    return answer(key, {field.name: options[field.name] for field in BY_KEY[key].fields}).explain(law())


def moment(text: str) -> date:
    """A day, or a day and time where the text has one."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def pause(text: str) -> Pause:
    """A pause told as ground:first:last; without last it lasts until payment."""
    ground, first, *last = text.split(":")
    return Pause(date.fromisoformat(first), date.fromisoformat(last[0]) if last else None, ground)


def told(text: str) -> dict:
    """Facts as JSON, or from a file that holds them."""
    try:
        found = json.loads(text if text.lstrip().startswith("{") else Path(text).read_text(encoding="utf-8"))
    except OSError as wrong:
        raise ValueError(text) from wrong
    if not isinstance(found, dict):
        raise ValueError(text)
    return found


def penalty_lines(options: dict) -> list[str]:
    made, why = penalty(options["key"], facts(options["facts"], options["on"]))
    lines = ["　".join(filter(None, (line["text"], line["cite"]))) for line in frozen(made, why)]
    return [made.power.label, *lines, *(f"不能认定：{each.text}。{each.remedy}" for each in made.objections)]


def surcharge_lines(options: dict) -> list[str]:
    return surcharge(options["principal"], options["due"], options["paid"], options["pause"]).explain()


def clocks_lines(options: dict) -> list[str]:
    used = {key for flow in FLOWS.values() for step in flow.steps for key in step.starts}
    shown = [clock for key, clock in law().clocks.items() if not (options["unused"] and key in used)]
    return [
        f"{clock.key}\t{clock.label}\t{amount(clock.versions[-1].length, clock.versions[-1].unit)}" for clock in shown
    ]


def local_lines(options: dict) -> list[str]:
    """Each local value on a day; what other places have set stands behind it, and is in force nowhere here."""
    known = {}
    if options["bureau"]:
        bureau = Bureau.objects.filter(Q(name=options["bureau"]) | Q(short=options["bureau"])).first()
        if bureau is None:
            raise LawError(f"没有“{options['bureau']}”这个机关。")
        known = bureau.options
    lines = []
    for key in [options["key"]] if options["key"] else law().local_values:
        lines += law().explain_local(key, known, options["on"])
        value = law().local_value(key)
        lines += [
            f"参照（外地，对本机关不生效）：{each.place} {value.told(each.value)}，自 {each.valid_from} 起（{each.source}）"
            for each in law().local_examples
            if each.key == key
        ]
        lines.append("")
    return lines[:-1]


def due_lines(options: dict) -> list[str]:
    found = due(options["key"], options["start"], options["extended"], options["length"], options["unit"])
    return found.explain()


def changes_lines(options: dict) -> list[str]:
    lines = []
    for each in changes(everything(), options["since"], options["to"]):
        lines.append(f"{each.kind}　{LABELS[each.item.section]}　{each.item.label}（{each.item.key}）")
        sides = (("原", each.before), ("现", each.after))
        lines += [f"　　{word}：{side.text}（{side.span}）" for word, side in sides if side]
    return lines or [f"{options['since']} 与 {options['to']} 相比没有变化"]


def check_lines(options: dict) -> list[str]:
    book, papers = law(), templates()
    if wrong := [fault for flow in FLOWS.values() for fault in faults(flow)] + list(untold()):
        raise LawError("流程表与法规数据不符：\n" + "\n".join(wrong))
    rest = f"案由 {len(matters())} 个，专项行动违法情形 {len(violations())} 种，等级办法 {len(schemes())} 种，"
    rest += f"信用信息平台 {len(platforms())} 个，报送模板 {len(exchanged())} 种，"
    rest += f"社会公布情形 {len(kinds())} 种，公示办法 {len(regimes())} 种，"
    rest += f"核实程度 {len(version_on(localdate()).every)} 档，分级监管 {len(supervision().versions)} 版，"
    rest += f"义务依据 {len(grounds())} 条，文书 {len(papers)} 种"
    counts = (
        f"法源 {len(book.laws)} 部，法条 {len(book.articles)} 条，期限 {len(book.clocks)} 个，数字 {len(book.rates)} 项，"
        f"权力 {len(book.powers)} 项"
    )
    return [f"法规数据无误：{counts}，放假安排 {book.calendar.first_year}—{book.calendar.last_year} 年，{rest}"]


ANSWERS = {
    "due": due_lines,
    "clock": lambda options: law().explain_clock(options["key"], options["on"]),
    "article": lambda options: law().article(options["key"]).explain(),
    "power": lambda options: law().explain_power(options["key"], options["on"]),
    "penalty": penalty_lines,
    "surcharge": surcharge_lines,
    "clocks": clocks_lines,
    "local": local_lines,
    "powers": lambda options: law().profile(options["profile"]).explain(law().powers, options["on"]),
    "changes": changes_lines,
    "check": check_lines,
}
