"""A case told as data: what a file under law/examples/cases/ may say, read and checked, with the line's place in every complaint."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

from laojian.procedure.take import FLOWS

SILENT = "silent"
NOT_SAID = "〔公告未载明〕"
HEAD = {"case", "title", "place", "level", "powers", "published", "remarks", "people", "steps", "ends"}
WORDS = {"in", "day", "from", "hour", "do", "by", "expect", "article", "note", "others", "each"}


class StoryError(ValueError):
    """A story that cannot be read; the message names file and step and says what to write instead."""


@dataclass(frozen=True)
class Told:
    """One step as told. `given` is in the words of the form; `day` a date, a month "2021-11", or None where nothing is said."""

    nth: int
    verb: str
    day: date | str | None
    given: Mapping
    by: str = ""
    hour: str = ""
    not_before: date | None = (
        None  # of a day not told: an earlier one would make a later step unlawful; `note` says which
    )
    refused: bool = False
    articles: tuple[str, ...] = ()
    note: str = ""
    others: bool = False  # whatever else the step asks is not said
    unsaid: bool = False  # the step itself is not mentioned
    each: Mapping = field(default_factory=dict)  # a step for every worker: {field: sum to be shared}
    flow: str = "general"  # the track beside the case in which it is taken, else the case itself


@dataclass(frozen=True)
class Story:
    """A case: where, what was published, who acted, the steps, and how it ended."""

    path: Path
    case: str
    title: str
    place: str
    level: str
    powers: str  # key in law/profiles of the bureau's list; empty: as a bureau of its level has it
    published: tuple[str, ...]
    remarks: tuple[str, ...]
    people: Mapping[str, tuple[str, ...]]
    steps: tuple[Told, ...]
    ends: Mapping


def read_story(path: Path) -> Story:
    """The story in a file. Raises StoryError."""
    try:
        data = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as wrong:
        raise StoryError(f"{path}：读不出来（{wrong}）") from wrong
    if not isinstance(data, dict) or set(data) - HEAD or not {"case", "title", "steps", "ends"} <= set(data):
        raise StoryError(f"{path}：应写 {'、'.join(sorted(HEAD))}，其中 case、title、steps、ends 必写")
    steps: list[Told] = []
    for row in data["steps"]:
        steps += told(path, row, len(steps) + 1)
    return Story(
        Path(path), str(data["case"]), str(data["title"]), str(data.get("place", NOT_SAID)), data.get("level", "district"),
        data.get("powers", ""),
        tuple(data.get("published", ())), tuple(data.get("remarks", ())),
        {post: tuple(names) for post, names in data.get("people", {}).items()}, tuple(steps), data["ends"],
    )  # fmt: skip


def told(path: Path, row: object, nth: int) -> list[Told]:
    """The steps of one entry: one that is told, or several of which nothing is said but that the path goes through them."""
    place = f"{Path(path).name} 第 {nth} 步"
    if not isinstance(row, dict):
        raise StoryError(f"{place}：应写成“do: 步骤, day: 日期 …”或者“silent: [步骤, …]”")
    flow = flow_of(place, row.get("in"))
    if SILENT in row:
        verbs = [verb_of(place, name, flow) for name in row[SILENT]]
        return [Told(nth + i, verb, None, {}, others=True, unsaid=True, flow=flow) for i, verb in enumerate(verbs)]
    if "do" not in row or "day" not in row:
        raise StoryError(f"{place}：每一步都要写 do（步骤）和 day（日期；公告没有写的写 silent）")
    return [
        Told(
            nth,
            verb_of(place, row["do"], flow),
            day_of(place, row["day"]),
            {k: v for k, v in row.items() if k not in WORDS},
            by=str(row.get("by", "")),
            hour=str(row.get("hour", "")),
            not_before=row.get("from"),
            refused=expected(place, row),
            articles=articles(row.get("article", ())),
            note=str(row.get("note", "")),
            others=row.get("others") == SILENT,
            each=row.get("each", {}),
            flow=flow,
        )
    ]


def flow_of(place: str, name: str | None) -> str:
    """The case itself, or the kind of track by its word or label."""
    if name is None:
        return "general"
    tracks = {flow.name: flow.label for flow in FLOWS.values() if flow.joins}
    found = next((word for word, label in tracks.items() if name in (word, label)), None)
    if found is None:
        raise StoryError(f"{place}：没有“{name}”这种分卷，可写：{'、'.join(tracks.values())}")
    return found


def verb_of(place: str, name: str, flow: str) -> str:
    """The step by its word in the table or by the label on its button, where only one step has that label."""
    steps = FLOWS[flow].by_verb
    labelled = [verb for verb, step in steps.items() if step.label == name]
    if name in steps:
        return name
    if len(labelled) == 1:
        return labelled[0]
    hint = f"“{name}”有几个，请写其中之一：{'、'.join(labelled)}" if labelled else f"没有“{name}”这一步骤"
    raise StoryError(f"{place}：{hint}")


def day_of(place: str, value: object) -> date | str | None:
    """The day as told: a date, a month, or silent."""
    if value == SILENT:
        return None
    if isinstance(value, date) or (isinstance(value, str) and len(value) == 7 and value[4] == "-"):
        return value
    raise StoryError(f"{place}：日期“{value}”应写成 2021-11-02，只知道月份的写 2021-11，没有写的写 silent")


def expected(place: str, row: Mapping) -> bool:
    """Whether the step is expected to be refused; then it says on which article."""
    if "expect" not in row:
        return False
    if row["expect"] != "refused" or not row.get("article"):
        raise StoryError(f"{place}：预期被拒绝的写 expect: refused，并用 article 写明法条，如 lcl-85")
    return True


def articles(value: object) -> tuple[str, ...]:
    """One article or several."""
    return (value,) if isinstance(value, str) else tuple(value)
