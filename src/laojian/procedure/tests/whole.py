"""Whether a file is whole: its record, state, clocks, desks and drafts tell one and the same story."""

from collections import Counter

from laojian.clocks.models import Deadline
from laojian.dossier.models import Desk, Dossier
from laojian.papers.models import Paper
from laojian.people.acting import acting
from laojian.people.models import Officer
from laojian.procedure.take import FLOWS
from laojian.record.models import Entry
from laojian.record.tests.chain import faults


def halves(dossier_id: int) -> list[str]:
    """Whatever of a file does not fit the rest of it; empty when it is whole."""
    with acting(Officer.objects.get(username="clock").pk):
        dossier = Dossier.objects.get(pk=dossier_id)
    entries = list(Entry.objects.filter(dossier_id=dossier_id, seq__isnull=False))
    clocks = list(Deadline.objects.filter(dossier_id=dossier_id))
    found = faults(dossier_id) + unlike_clocks(dossier, entries, clocks)
    drafted = Counter((e.seq, code) for e in entries for code in e.effects.get("drafted", []))
    if drafted != Counter(Paper.objects.filter(dossier_id=dossier_id).values_list("nth", "code")):
        found.append("the papers are not those that the record drafted")
    if set(Desk.objects.filter(dossier_id=dossier_id).values_list("due_on", flat=True)) - {dossier.due_on}:
        found.append("a desk shows another date than the file")
    return found


def unlike_clocks(dossier: Dossier, entries: list[Entry], clocks: list[Deadline]) -> list[str]:
    """How the clocks differ from the record, the file's next date from the clocks, and what would run for ever."""
    running = [clock for clock in clocks if not clock.ending]
    nearest = min(((clock.due_on, clock.key) for clock in running), default=(None, ""))
    started = Counter(key for entry in entries for key in entry.effects.get("started", {}))
    ended = {key for entry in entries for key in entry.effects.get("ended", {})}
    steps = [step for step in FLOWS[dossier.flow].steps if dossier.state in step.sources]
    checks = {
        "the clocks are not those that the record started": Counter(clock.key for clock in clocks) == started,
        "the ended clocks are not those that the record ended": {clock.key for clock in clocks if clock.ending}
        == ended,
        "an ended clock lacks its day, or a running one has one": all(
            bool(c.ending) == bool(c.ended_on) for c in clocks
        ),
        f"the next date is {dossier.due_on}, the nearest clock {nearest}": (dossier.due_on, dossier.due_clock)
        == nearest,
    }
    if FLOWS[dossier.flow].by_state[dossier.state].final:
        ends = {key for step in steps for key in step.stops}
        checks["a clock runs in a final state and no step there ends it"] = {clock.key for clock in running} <= ends
    return [fault for fault, holds in checks.items() if not holds]
