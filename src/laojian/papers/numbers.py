"""Numbers given out ahead to a device that will be without a network: allotted, bound to a paper, or voided with a reason.

They come from the one counter of `actions.next_number`; every number up to its last is on a paper, with a device, or void.
"""

from datetime import datetime

from .actions import next_number, templates
from .fill import numbered
from .models import Allotted, Counter, Paper

MOST = 10  # open numbers of one kind with one device: more than anybody writes in a day


class TooMany(ValueError):
    """The device holds as many open numbers as one may."""


def allot(
    code: str, *, bureau_id: int, year: int, count: int, device: str, officer_id: int, at: datetime
) -> list[Allotted]:
    """Give a device the next `count` numbers of a paper's kind. Raises TooMany; nothing is taken then."""
    word = templates()[code].number_word
    held = open_numbers(officer_id, device).filter(bureau_id=bureau_id, word=word, year=year)
    if count < 1 or held.select_for_update().count() + count > MOST:
        raise TooMany(MOST)
    first = next_number(bureau_id, word, year, count)
    return Allotted.objects.bulk_create(
        Allotted(bureau_id=bureau_id, word=word, year=year, number=first + nth, device=device, officer_id=officer_id, at=at)
        for nth in range(count)
    )  # fmt: skip


def open_numbers(officer_id: int, device: str = ""):
    """What an officer holds and neither used nor gave back, on one device or, without one named, on all."""
    rows = Allotted.objects.filter(officer_id=officer_id, paper=None, voided="").order_by("year", "word", "number")
    return rows.filter(device=device) if device else rows


def usable(number_id: int, code: str, bureau_id: int) -> Allotted | None:
    """The number, locked, when a paper of this code in this bureau may still bear it."""
    word = templates()[code].number_word
    rows = Allotted.objects.select_for_update().filter(bureau_id=bureau_id, word=word, paper=None, voided="")
    return rows.filter(pk=number_id).first()


def bind(number: Allotted, paper: Paper, at: datetime) -> None:
    """The paper bears the number; nobody else ever does."""
    number.paper, number.ended_at = paper, at
    number.save(update_fields=["paper", "ended_at"])


def give_back(officer_id: int, device: str, reason: str, at: datetime) -> list[Allotted]:
    """Void what the device did not use. Returns the voided numbers."""
    rows = list(open_numbers(officer_id, device).select_for_update())
    Allotted.objects.filter(pk__in=[row.pk for row in rows]).update(voided=reason, ended_at=at)
    return rows


def written(word: str, code: str, number: Allotted) -> str:
    """The number as it stands on the paper; `word` is the bureau's."""
    return numbered(word, templates()[code], number.year, number.number)


def missing(bureau_id: int, word: str, year: int, bureau_word: str) -> list[int]:
    """The numbers of a series of papers of which nobody can tell anything: neither on a paper nor with a device nor void."""
    last = Counter.objects.filter(bureau_id=bureau_id, word=word, year=year).values_list("last", flat=True).first() or 0
    told = set(Allotted.objects.filter(bureau_id=bureau_id, word=word, year=year).values_list("number", flat=True))
    head = f"{bureau_word}{word}〔{year}〕"
    papers = Paper.objects.filter(number__startswith=head).values_list("number", flat=True)
    told |= {int(each.removeprefix(head).removesuffix("号")) for each in papers}
    return [nth for nth in range(1, last + 1) if nth not in told]
