"""Fills in what a step asks, by chance, from its form alone: the walk takes steps of which it knows nothing in advance."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from django import forms
from tests.world import World

from laojian.cases.models import Obligation
from laojian.enforcement.queries import fine_left
from laojian.evidence.store import keep_bytes
from laojian.papers.actions import lacking, templates
from laojian.papers.fill import described
from laojian.papers.models import Paper
from laojian.procedure import timing
from laojian.procedure.step import File, Step, local

CHECKED = {
    "code",
    "respondent_code",
    "id_number",
    "informant_id",
    "phone",
    "informant_phone",
    "months",
}  # optional, and verified


class Filler:
    """One by whom forms are filled in; the same seed fills them in the same way."""

    def __init__(self, rng: Random, world: World):
        self.rng, self.world = rng, world
        self.scan = keep_bytes(b"%PDF-1.7 scan")

    def fill(self, file: File, step: Step, at: datetime) -> dict:
        """What to give for a step: every required field, some of the others, nearly always something the form accepts."""
        self.file, self.at, given = file, at, {}
        form = step.given(None, file=file, on=local(at).date())
        for name, field in form.fields.items():
            if (special := getattr(self, f"for_{name}", None)) is not None:
                given[name] = special(step)
            elif field.required or (name not in CHECKED and self.rng.random() < 0.3):
                given[name] = self.by_kind(field)
        return {name: value for name, value in given.items() if value is not None}

    def by_kind(self, field: forms.Field):
        """A value for a field, by its kind."""
        rng = self.rng
        match field:
            case forms.TypedMultipleChoiceField():
                return [key for key, _ in field.choices if rng.random() < 0.5]
            case forms.ChoiceField():
                keys = [key for key, _ in field.choices if key not in ("", None)]
                return rng.choice(keys) if keys else None
            case forms.BooleanField():
                return True
            case forms.DateTimeField():
                return self.at - timedelta(minutes=1)
            case forms.DateField():
                return local(self.at).date()
            case forms.DecimalField():
                return Decimal(rng.randint(1, 900))
            case forms.IntegerField():
                return rng.randint(5, 20)
            case forms.CharField():
                return f"示例〈{rng.randint(1, 99)}〉"[: field.max_length]
        return None

    def for_late_reason(self, step: Step):
        return "当事人下落不明" if timing.late(self.file, step) else None

    def for_lead(self, step: Step):
        return self.world.zhang.pk

    def for_second(self, step: Step):
        return self.world.li.pk

    def for_officer(self, step: Step):
        return self.world.city_reviewer.pk

    def for_rows(self, step: Step):
        rows = range(self.rng.randint(1, 3))
        return [
            {"name": f"工示{n}", "amount": self.rng.randint(1000, 9000), "months": ["2025-10", "2025-12"]} for n in rows
        ]

    def for_addressees(self, step: Step):
        kinds = {"decide_penalty": "fine", "decide_treatment": "pay", "order_correction": "pay", "punish_on_spot": "fine",
                 "order_on_spot": "correct"}  # fmt: skip
        party = next((p["id"] for p in self.file.parties if p["role"] == "respondent"), None)
        kind = kinds.get(step.verb) or self.rng.choice(Obligation.Kind.values)
        return [
            {
                "party": party,
                "kind": kind,
                "ground": self.rng.choice(["lsr-18", "lsr-26"]),
                "demand": "支付",
                "amount": "2000" if kind == "fine" else "100",
            }
        ]

    def for_power(self, step: Step):
        """A power of the list where one is chosen; a reviewer's form has a line of the same name."""
        field = step.given(None, file=self.file, on=local(self.at).date()).fields["power"]
        usual = "obstruct-inspection"
        return usual if usual in dict(getattr(field, "choices", ())) else self.by_kind(field)

    def for_groups(self, step: Step):
        return None

    def for_sums(self, step: Step):
        return None

    def for_chosen(self, step: Step):
        return None

    def for_grounds(self, step: Step):
        return None

    def for_crossed(self, step: Step):
        field = step.given(None, file=self.file, on=local(self.at).date()).fields["crossed"]
        return [{"piece": key, "opinion": "无异议"} for key, _ in field.widget.columns[0][2]]

    def for_marks(self, step: Step):
        return [{"line": "E1", "points": "1", "demand": "说理不充分"}]

    def for_lifted(self, step: Step):
        return None

    def for_year(self, step: Step):
        return 2026

    def for_host(self, step: Step):
        return self.world.he.pk

    def for_recorder(self, step: Step):
        return self.rng.choice([self.world.zhou.pk, self.world.li.pk])

    def for_held_at(self, step: Step):
        return self.at + timedelta(days=20)

    def for_table(self, step: Step):
        due_on, left = local(self.at).date() + timedelta(days=self.rng.randint(1, 9)), fine_left(self.file)
        return [{"due_on": due_on.isoformat(), "amount": str(left)}] if left else None

    def for_shares(self, step: Step):
        return None

    def for_party(self, step: Step):
        parties = [p["id"] for p in self.file.parties if p["role"] == "respondent"]
        return self.rng.choice(parties) if parties and step.verb != "keep_party" else None

    def for_began_at(self, step: Step):
        return self.at - timedelta(minutes=30)

    def for_files(self, step: Step):
        return None

    def for_kind(self, step: Step):
        kinds = {
            "add_evidence": "document",
            "supply_evidence": "document",
            "keep_party": "person",
            "open_relief": "reconsideration",
            "note_police_longer": "clue",
            "add_source": "patrol",
        }
        return kinds.get(step.verb)

    def for_from_complainant(self, step: Step):
        return True

    def for_title(self, step: Step):
        return "考勤表"

    def for_sealed(self, step: Step):
        return None

    def for_file(self, step: Step):
        return self.scan

    def for_receipt(self, step: Step):
        return self.scan

    def for_no_inquiry(self, step: Step):
        return "当事人拒不到场"

    def for_fine(self, step: Step):
        return Decimal(2000)

    def for_refused(self, step: Step):
        return None

    def for_method(self, step: Step):
        return "direct"

    def for_receiver(self, step: Step):
        return "门卫"

    def for_opinions(self, step: Step):
        rows = ("孙局长", "钱局长", "周示局")
        return [{"name": name, "post": "负责人", "stance": "agree", "demand": "同意处理建议"} for name in rows]

    def for_major(self, step: Step):
        return "no"

    def for_major_reason(self, step: Step):
        return "情节不复杂"

    def for_followed(self, step: Step):
        return "all"

    def for_paper(self, step: Step):
        """A paper that the step can work on; of the drafts, one that still needs it."""
        field = step.given(None, file=self.file, on=local(self.at).date()).fields["paper"]
        keys = [key for key, _ in field.choices]
        self.paper = self.rng.choice(keys) if keys else None
        return self.paper

    def for_values(self, step: Step):
        """What the chosen draft still lacks and its step could have been asked."""
        paper = Paper.objects.filter(pk=self.paper).first()
        wanted = set(lacking(paper)) if paper else ()
        return (
            {name: "示例" for name, label in described(templates()[paper.code]).items() if label in wanted}
            if paper
            else {}
        )

    def for_body(self, step: Step):
        return Paper.objects.filter(pk=self.paper).values_list("body", flat=True).first()
