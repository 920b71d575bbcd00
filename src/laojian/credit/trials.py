"""Rules tried over the whole register against others (试算): who would change; nothing in force is touched."""

from collections import Counter
from datetime import date, datetime

from django.db.models import Count

from laojian.people.acting import acting
from laojian.people.models import Bureau, Officer
from laojian.queue import later

from .models import Trial, TrialChange
from .records import everybody
from .schemes import Scheme, of_text

BATCH = 5_000


def begin(officer: Officer, at: datetime, on: date, before: str, after: str) -> Trial:
    """Keep the two rules word for word and have the queue reckon them. LawError names every fault of the rules by line."""
    first, then = of_text(before), of_text(after)
    bureau = officer.bureau
    trial = Trial.objects.create(
        bureau=bureau, officer=officer, made_at=at, on=on, before=first.label, after=then.label, before_rules=before,
        after_rules=after, region="" if bureau.level == Bureau.Level.CITY else bureau.region,
    )  # fmt: skip
    later("try_rules", trial=trial.pk)
    return trial


def reckon(key: int) -> None:
    """Grade everybody by both rules and keep those that differ, with how many went from where to where."""
    trial = Trial.objects.get(pk=key)
    first, then = of_text(trial.before_rules), of_text(trial.after_rules)
    with acting(Officer.objects.get(username="clock", system=True).pk):
        before = everybody(first, trial.on, None, trial.region)
        after = everybody(then, trial.on, None, trial.region)
        rows = [
            TrialChange(trial=trial, employer_id=who, before=was, before_rule=rule, after=after[who][0], after_rule=after[who][1])
            for who, (was, rule) in before.items()
            if after[who][0] != was
        ]  # fmt: skip
        TrialChange.objects.filter(trial=trial).delete()
        TrialChange.objects.bulk_create(rows, BATCH)
        matrix = Counter(f"{was}>{after[who][0]}" for who, (was, _) in before.items())
        Trial.objects.filter(pk=key).update(matrix=dict(matrix))


def flows(trial: Trial) -> list[tuple[str, str, int]]:
    """From which grade to which, and how many, in the order of both rules."""
    first, then = of_text(trial.before_rules), of_text(trial.after_rules)
    cells = [(was, now, (trial.matrix or {}).get(f"{was}>{now}", 0)) for was in first.order for now in then.order]
    return [cell for cell in cells if cell[2]]


def reasons(trial: Trial) -> list[dict]:
    """What the changes come of: from which rule to which, and how many; most first. One statement."""
    pairs = TrialChange.objects.filter(trial=trial).values("before", "before_rule", "after", "after_rule")
    return list(pairs.annotate(n=Count("id")).order_by("-n", "before", "after", "before_rule", "after_rule"))


def rule_words(scheme: Scheme, key: str) -> str:
    """What a rule says; what holds where none does."""
    return next((rule.label for rule in scheme.rules if rule.key == key), scheme.otherwise[1])
