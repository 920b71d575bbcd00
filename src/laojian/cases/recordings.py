"""What of the procedure must or may be recorded in sound and picture: law/recordings.yaml, read once (apl-47)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from laojian.lawbook import LawError, law
from laojian.lawbook.book import folder
from laojian.lawbook.dated import dated
from laojian.lawbook.reading import Page, Table, one_of, read, table, text, texts


@dataclass(frozen=True)
class Duty:
    """One version: whether it must be recorded, whether a written reason may stand instead, on which article."""

    first: date
    last: date | None
    must: bool
    excuse: bool
    basis: str


@dataclass(frozen=True)
class Subject:
    """Something that is recorded: the steps it is of, by which method of service, and the steps that wait for it."""

    key: str
    label: str
    of: tuple[str, ...]
    method: str
    before: tuple[str, ...]
    duties: tuple[Duty, ...]

    def duty(self, on: date) -> Duty | None:
        """The duty in force on a day."""
        return next((each for each in self.duties if each.first <= on and (each.last is None or on <= each.last)), None)


def flag(value: Any) -> str:
    return "" if isinstance(value, bool) else "应为 true 或者 false"


def words(value: Any) -> str:
    return "" if value == [] else texts(value)


NEEDED = {"label": text, "of": texts, "before": words, "values": table}
VERSION = {"duty": one_of("must", "may"), "excuse": flag, "basis": text, "confidence": one_of(*"VWMmCI")}


@cache
def subjects() -> dict[str, Subject]:
    """All subjects by key. LawError when the file is wrong."""
    page = read(folder() / "recordings.yaml", folder())
    found = {key: subject for key, row in page.content.items() if (subject := one(page, key, row))}
    if page.faults:
        raise LawError("音像记录的规定有误：\n" + "\n".join(page.faults))
    return found


def one(page: Page, key: str, row: Any) -> Subject | None:
    """One subject; what is wrong with it goes to the page."""
    if not isinstance(row, Table):
        page.fault(page.content.at(key), f"{key} 应为一种情形的键值表")
    elif page.fits(row, key, NEEDED, {"method": text}):
        versions = dated(page, key, row["values"], law().articles, VERSION, {"source": text, "to": lambda value: ""})
        duties = tuple(Duty(first, last, v["duty"] == "must", v["excuse"], v["basis"]) for first, last, v in versions)
        return Subject(key, row["label"], tuple(row["of"]), row.get("method", ""), tuple(row["before"]), duties)
    return None


def subject_of(verb: str, method: str, on: date) -> tuple[Subject, Duty] | None:
    """What a step of this verb (a service by this method) is recorded as on that day, and the duty."""
    for subject in subjects().values():
        if verb in subject.of and subject.method in ("", method) and (duty := subject.duty(on)):
            return subject, duty
    return None


def untold(verbs: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """What the file names that the table lacks: steps that are not there, and gates that do not ask (`needs`)."""
    for subject in subjects().values():
        for verb in (*subject.of, *subject.before):
            if verb not in verbs:
                yield f"law/recordings.yaml：{subject.key} 写了“{verb}”，普通程序没有这一步骤"
        for verb in subject.before:
            if verb in verbs and "recorded" not in verbs[verb]:
                yield f"law/recordings.yaml：{subject.key} 的“before”写了“{verb}”，这一步骤不核对音像记录"
