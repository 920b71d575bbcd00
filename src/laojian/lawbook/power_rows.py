"""Reads and checks law/powers/*.yaml: every fault with its file, line and reason. What a power is, is told in powers.py."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from laojian.lawbook.articles import CONFIDENCE, Article
from laojian.lawbook.powers import BASES, KINDS, POWER_KINDS, SUMMED, SUMS, WHOM, Measure, Power, PowerVersion
from laojian.lawbook.reading import Page, Table, day, one_of, rows, table, text


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool) else "应为 true 或者 false"


def _amount(value: Any) -> str:
    good = isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0
    return "" if good else "应为不小于零的数"


def _keys(value: Any) -> str:
    good = isinstance(value, list) and value and all(isinstance(each, str) for each in value)
    return "" if good else "应为非空的法条代号列表"


CHECKED = "VWMm"  # how well a text was checked, best first; what rests on several is as good as the worst of them
POWER_FIELDS = {"label": text, "kind": one_of(*POWER_KINDS), "category": text, "subject": text, "versions": table}
POWER_EXTRAS = {"offered": _flag, "alternate": _flag, "local": text}
VERSION_FIELDS = {"measures": rows, "confidence": one_of(*CONFIDENCE)}
VERSION_EXTRAS = {
    "to": day, "violated": _keys, "penalised": _keys, "empowered": _keys, "order_first": _flag, "note": text,
}  # fmt: skip
MEASURE_FIELDS = {"kind": one_of(*KINDS)}
MEASURE_EXTRAS = {
    "basis": one_of(*BASES), "of": one_of(*SUMS), "lowest": _amount, "highest": _amount, "optional": _flag,
    "whom": one_of(*WHOM), "when": text, "label": text, "by": text, "cap": _amount, "at_least": _amount,
}  # fmt: skip


def powers(pages: Iterable[Page], known: dict[str, Article]) -> dict[str, Power]:
    """The powers of all files by their key; faults go to the page on which they stand."""
    found: dict[str, Power] = {}
    seen: dict[str, str] = {}
    for page in pages:
        for key, row in page.content.items():
            line = page.content.at(key)
            if not isinstance(key, str) or not isinstance(row, Table):
                page.fault(line, f"{key} 应为一项权力的键值表")
            elif key in seen:
                page.fault(line, f"权力“{key}”写了两次，另一处在 {seen[key]}")
            else:
                seen[key] = f"{page.name} 第{line}行"
                if power := _power(page, key, row, known):
                    found[key] = power
    return found


def _power(page: Page, key: str, row: Table, known: dict[str, Article]) -> Power | None:
    before = len(page.faults)
    if not page.fits(row, key, POWER_FIELDS, POWER_EXTRAS):
        return None
    values: Table = row["versions"]
    for start, value in values.items():
        where = f"{key} 自 {start} 起的版本"
        if day(start) or not isinstance(value, Table):
            page.fault(values.at(start), f"{key} 的版本应写作“施行日期: 键值表”，现为“{start}”")
        elif page.fits(value, where, VERSION_FIELDS, VERSION_EXTRAS):
            _sound(page, where, value, row["kind"])
    if len(page.faults) > before:
        return None
    spans = _spans(page, key, values)
    for start, end in spans:
        _articles_in_force(page, f"{key} 自 {start} 起的版本", values[start], start, end, known)
    if len(page.faults) > before:
        return None
    versions = tuple(_version(start, end, values[start]) for start, end in spans)
    open_sum = any(m.kind == "fine" and m.lowest != m.highest for v in versions for m in v.measures)
    return Power(
        key, row["label"], row["kind"], row["category"], row["subject"], open_sum, versions,
        row.get("offered", True), row.get("alternate", False), row.get("local", ""),
    )  # fmt: skip


def _sound(page: Page, where: str, value: Table, kind: str) -> None:
    """What a version must say because of the kind of its power, and each measure in itself."""
    if kind == "penalty" and "penalised" not in value:
        page.fault(value.line, f"{where} 是行政处罚，必须写“penalised”（处罚所依据的条款）")
    if kind != "penalty" and "penalised" in value:
        page.fault(value.at("penalised"), f"{where} 不是行政处罚，依据请写在“empowered”")
    if kind != "penalty" and "empowered" not in value:
        page.fault(value.line, f"{where} 必须写“empowered”（职权所依据的条款）")
    if kind in ("penalty", "order") and "violated" not in value:
        page.fault(value.line, f"{where} 必须写“violated”（违反的条款）")
    for measure in value["measures"]:
        if page.fits(measure, f"{where} 的措施", MEASURE_FIELDS, MEASURE_EXTRAS):
            _measure_sound(page, f"{where} 的“{KINDS[measure['kind']]}”", measure)
    if value.get("order_first") and not any(m.get("kind") == "fine" for m in value["measures"]):
        page.fault(value.at("order_first"), f"{where} 没有罚款，不写“order_first”")


def _measure_sound(page: Page, where: str, row: Table) -> None:
    kind, basis = row["kind"], row.get("basis")
    amounts = [name for name in ("lowest", "highest") if name in row]
    if kind not in SUMMED:
        for name in ("basis", "of", *amounts):
            if name in row:
                page.fault(row.at(name), f"{where} 不以金额计，不写“{name}”")
        return
    if basis is None:
        page.fault(row.line, f"{where} 缺少“basis”：按什么计算（{'、'.join(BASES)}）")
        return
    if basis in ("multiple", "all") and "of" not in row:
        page.fault(row.at("basis"), f"{where} 缺少“of”：是什么金额的{'倍数' if basis == 'multiple' else '全部'}")
    if basis not in ("multiple", "all") and "of" in row:
        page.fault(row.at("of"), f"{where} 按“{basis}”计算，不写“of”")
    wanted = 0 if basis in ("all", "unstated") else 2
    if len(amounts) != wanted:
        says = "应写“lowest”和“highest”（没有下限的写 0）" if wanted else "不写“lowest”和“highest”"
        page.fault(row.at("basis"), f"{where} 按“{basis}”计算，{says}")
    elif wanted and row["lowest"] > row["highest"]:
        page.fault(row.at("lowest"), f"{where} 的下限 {row['lowest']} 高于上限 {row['highest']}")
    for name in ("cap", "at_least"):
        if name in row and basis != "multiple":
            page.fault(row.at(name), f"{where} 不按倍数计算，不写“{name}”")


def _spans(page: Page, key: str, values: Table) -> list[tuple[date, date | None]]:
    """The versions' periods in order; each that names no end lasts until the next begins."""
    starts = sorted(values)
    ends = [values[start].get("to") for start in starts]
    for start, end in zip(starts, ends, strict=True):
        if end and end < start:
            page.fault(values[start].at("to"), f"{key} 自 {start} 起的版本的“to”早于施行日期")
    for n, (earlier, later) in enumerate(pairwise(starts)):
        eve = later - timedelta(days=1)
        if ends[n] and ends[n] > eve:
            page.fault(values[earlier].at("to"), f"{key} 自 {earlier} 起的版本与自 {later} 起的版本期间重叠")
        elif ends[n] and ends[n] < eve:
            gap = f"{ends[n] + timedelta(days=1)} 至 {eve}"
            page.fault(values[earlier].at("to"), f"{key} 在 {gap} 没有规定，版本之间不能有空档")
        ends[n] = ends[n] or eve
    return list(zip(starts, ends, strict=True))


def _articles_in_force(
    page: Page, where: str, value: Table, start: date, end: date | None, known: dict[str, Article]
) -> None:
    for name in ("violated", "penalised", "empowered"):
        for key in value.get(name, ()):
            article = known.get(key)
            if article is None:
                page.fault(value.at(name), f"{where} 的“{name}”在 articles.yaml 中没有：{key}")
            elif not article.in_force(start):
                page.fault(value.at(name), f"{where} 引用的 {key} 在 {start} 不施行")
            elif article.valid_to and (end or date.max) > article.valid_to:
                page.fault(value.at(name), f"{where} 引用的 {key} 只施行到 {article.valid_to}")
            elif article.confidence in CHECKED.partition(value["confidence"])[2]:
                says = f"标“{value['confidence']}”，引用的 {key} 只是“{article.confidence}”，取较低者"
                page.fault(value.at("confidence"), f"{where} {says}")


def _version(start: date, end: date | None, value: Table) -> PowerVersion:
    cited = {name: tuple(value.get(name, ())) for name in ("violated", "penalised", "empowered")}
    measures = tuple(_measure(row) for row in value["measures"])
    return PowerVersion(
        start, end, cited["violated"], cited["penalised"], measures, value.get("order_first", False),
        value["confidence"], value.get("note", ""), cited["empowered"],
    )  # fmt: skip


def _measure(row: Table) -> Measure:
    def sum_of(name: str) -> Decimal | None:
        return Decimal(str(row[name])) if name in row else None

    return Measure(
        row["kind"], row.get("basis", ""), row.get("of", ""), sum_of("lowest"), sum_of("highest"),
        row.get("optional", False), row.get("whom", "employer"), row.get("when", ""), row.get("label", ""),
        row.get("by", ""), sum_of("cap"), sum_of("at_least"),
    )  # fmt: skip
