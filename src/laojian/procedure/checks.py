"""The checks of every table against the law: its articles and periods exist, and whatever starts is ended by somebody."""

from collections.abc import Iterator

from django.core import checks

from laojian.lawbook import law

from .step import Flow
from .take import FLOWS


def tables_rest_on_the_law(**_) -> list[checks.Error]:
    """One error for each fault of a table, naming procedure, step and key."""
    found = [fault for flow in FLOWS.values() for fault in faults(flow)] + list(untold())
    return [checks.Error(fault, id="laojian.E002") for fault in found]


def untold() -> Iterator[str]:
    """Local values that name a step which no procedure has: while they are not set, nobody would be told."""
    verbs = {step.verb for flow in FLOWS.values() for step in flow.steps}
    for value in law().local_values.values():
        for verb in value.tells:
            if verb not in verbs:
                yield f"law/local/values.yaml：{value.key} 的“tells”写了“{verb}”，没有哪个程序有这一步骤"


def faults(flow: Flow) -> Iterator[str]:
    """What is wrong with a table, for people: unknown articles, unknown periods, periods that nobody ends."""
    book, ended = law(), {key for step in flow.steps for key in step.stops}
    for step in flow.steps:
        where = f"{flow.label}的步骤“{step.label}”（{step.verb}）"
        if step.basis not in book.articles:
            yield f"{where}引用的法条“{step.basis}”在 law/articles.yaml 中没有"
        for key in dict.fromkeys((*step.starts, *step.stops, *step.reopens)):
            if key not in book.clocks:
                yield f"{where}用到的期限“{key}”在 law/clocks 中没有"
        for key in step.starts:
            if key in book.clocks and key not in ended:
                yield (
                    f"{where}开始了“{book.clock(key).label}”（{key}），但没有任何步骤停止它，也没有期满的步骤："
                    "请在办结的步骤写明 stops"
                )
