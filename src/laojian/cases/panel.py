"""What law/discussion.yaml, law/major.yaml and law/suspension.yaml say, read once.

When leaders must discuss a penalty, which decisions are major ones, why a case may be suspended.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import yaml

from laojian.lawbook import LawError, Set, Unset, law
from laojian.lawbook.book import folder
from laojian.procedure.step import File

BY = ("step", "mitigated", "amount", "judged")


@dataclass(frozen=True)
class Trigger:
    """A case in which a penalty must be discussed by the leaders together (apl-57), and how it is seen."""

    key: str
    label: str
    by: str
    basis: str
    steps: tuple[str, ...] = ()


def rows(name: str) -> dict[str, dict]:
    """A file of law/ whose rows each carry a label and an article. LawError when an article is not in the law."""
    found = yaml.safe_load((folder() / name).read_text(encoding="utf-8"))
    if unknown := [key for key, row in found.items() if row.get("basis") not in law().articles]:
        raise LawError(f"law/{name} 引用了没有的法条：{'、'.join(unknown)}")
    return found


@cache
def triggers() -> tuple[Trigger, ...]:
    """The cases of law/discussion.yaml. LawError when one says in no known way how it is seen."""
    found = rows("discussion.yaml")
    if unknown := [key for key, row in found.items() if row["by"] not in BY]:
        raise LawError(f"law/discussion.yaml 的 by 只能是 {'、'.join(BY)}：{'、'.join(unknown)}")
    return tuple(
        Trigger(key, row["label"], row["by"], row["basis"], tuple(row.get("steps", ()))) for key, row in found.items()
    )


@dataclass(frozen=True)
class Major:
    """A kind of major decision (apl-58), and how it is seen; `local`: of the sample, from which a bureau's catalogue chooses."""

    key: str
    label: str
    by: str
    basis: str
    steps: tuple[str, ...] = ()
    value: str = ""
    local: bool = False


@cache
def majors() -> tuple[Major, ...]:
    """The catalogue of law/major.yaml. LawError when a row says in no known way how it is seen."""
    found = rows("major.yaml")
    if unknown := [key for key, row in found.items() if row["by"] not in ("step", "amount", "judged")]:
        raise LawError(f"law/major.yaml 的 by 只能是 step、amount、judged：{'、'.join(unknown)}")
    return tuple(
        Major(key, row["label"], row["by"], row["basis"], tuple(row.get("steps", ())), row.get("value", ""), bool(row.get("local")))
        for key, row in found.items()
    )  # fmt: skip


def catalogue(file: File) -> list[Major]:
    """The rows that count for the bureau of a file: those of the law, and of the sample those that it chose, or all while it has not."""
    told = law().local("major_catalogue", file.bureau.get("options") or {}, file.on)
    chosen = None if isinstance(told, Unset) else {part.strip() for part in str(told.value).split("、")}
    return [row for row in majors() if not row.local or chosen is None or row.key in chosen]


def major_of(file: File, judged: str = "") -> list[Major]:
    """The kinds of major decision that the file's decision is one of; `judged` is the kind that its handler named in writing."""
    fine = Decimal(str(file.case["proposed_fine"] or 0))

    def holds(row: Major) -> bool:
        limit = law().local(row.value, file.bureau.get("options") or {}, file.on) if row.value else None
        if row.by == "step":
            return file.has_taken(*row.steps)
        return row.label == judged if row.by == "judged" else isinstance(limit, Set) and fine >= limit.value

    return [row for row in catalogue(file) if holds(row)]


@cache
def suspension_grounds() -> dict[str, str]:
    """The grounds of law/suspension.yaml: key → label."""
    return {key: row["label"] for key, row in rows("suspension.yaml").items()}


def limit_of(file: File) -> Set | Unset:
    """The fine from which on leaders discuss, as the bureau has set it (apl-57); while it has not, somebody judges in writing."""
    return law().local("discussion_amount", file.bureau["options"], file.on)


def must_discuss(file: File, fine: Decimal, judged: bool) -> list[Trigger]:
    """The cases that this penalty is one of."""
    limit = limit_of(file)
    holds = {
        "mitigated": any(Decimal(f["amount"]) < Decimal(f["lowest"]) for f in file.parts.get("findings", ())),
        "amount": isinstance(limit, Set) and fine >= limit.value,
        "judged": judged,
    }
    return [t for t in triggers() if (file.has_taken(*t.steps) if t.by == "step" else holds[t.by])]
