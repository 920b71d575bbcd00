"""The officer pool: who could be sent, in which bureau, with which certificate; what speaks against each on the day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime

from django.db.models import Q

from laojian.employers.models import Relation
from laojian.evidence.store import keep_bytes
from laojian.lawbook import law
from laojian.people.models import Bureau, Certificate, Leave, Officer, Role, Secondment, Speciality
from laojian.people.queries import valid_on
from laojian.people.rules import list_of_powers
from laojian.procedure.step import plain

from . import pairing
from .models import Drawn, Pool

TEAM, SPARE = 2, 1  # two go (lsr-16, apl-42), and of three at least chance decides
TIES = {"kin": "AVOID_KIN", "interest": "AVOID_INTEREST", "contact": "USUAL_CONTACT"}
INSPECTION = "inspection"  # the kind of power


def listed(bureau: Bureau, neighbours: Iterable[int], day: date) -> list[dict]:
    """Who is in the pool, as rows of `Pool.strata`: the certified inspectors of the bureau, then of the neighbours. Four statements.

    An officer without a certificate has no public number and cannot be in it; of several the one valid longest counts.
    """
    bodies = {bureau.pk: 0} | {pk: 1 for pk in neighbours if pk != bureau.pk}
    held = Officer.objects.filter(
        valid_on(day, "posts__since", "posts__until"), posts__bureau__in=bodies, posts__role=Role.INSPECTOR, is_active=True
    )  # fmt: skip
    homes: dict[int, int] = {}
    for officer, home in held.values_list("pk", "posts__bureau").order_by("pk", "posts__bureau"):
        homes[officer] = min(homes.get(officer, home), home, key=lambda pk: (bodies[pk], pk))
    cards = Certificate.objects.filter(officer__in=homes).exclude(kind=Certificate.Kind.LAWYER)
    cards = cards.filter(Q(revoked_on=None) | Q(revoked_on__gt=day)).order_by("officer", "valid_to", "kind")
    card = {each.officer_id: each for each in cards}
    fields: dict[int, list] = {}
    for pk, field in Speciality.objects.filter(officer__in=card).order_by("field").values_list("officer", "field"):
        fields.setdefault(pk, []).append(field)
    carried = load(list(card))
    return [
        {"number": card[pk].number, "officer": pk, "body": homes[pk], "reach": bodies[homes[pk]],
         "valid_from": card[pk].valid_from.isoformat(), "valid_to": ended(card[pk]).isoformat(),
         "specialities": fields.get(pk, []), "load": carried[pk]}
        for pk in sorted(card)
    ]  # fmt: skip


def freeze_officers(bureau: Bureau, terms: dict, at: datetime, rows: list[dict]) -> Pool:
    """The officer pool as it now stands, kept; `terms` are what a team must meet. Raises `draw.NotDrawable` when it is empty."""
    made = pairing.pool((row["number"] for row in rows), "检查人员库")
    keep_bytes(made.text)
    return Pool.objects.create(
        bureau=bureau, kind=Pool.Kind.OFFICERS, at=at, scope=terms, size=made.size, strata=rows, digest=made.digest
    )


def terms_of(scope: dict, items: list[str]) -> pairing.Terms:
    """What a team must meet, as it was announced with the pool."""
    return pairing.Terms(
        on=date.fromisoformat(scope["on"]), items=tuple(items), size=TEAM, spare=SPARE,
        specialities=frozenset([scope["field"]] if scope.get("field") else []),
    )  # fmt: skip


def candidates(rows: list[dict], scope: dict) -> list[pairing.Officer]:
    """The officers of the pool as they were frozen, with the leave that is known by now. One statement."""
    leave: dict[int, list] = {}
    away = Leave.objects.filter(officer__in=[row["officer"] for row in rows])
    for pk, since, until in away.values_list("officer", "since", "until"):
        leave.setdefault(pk, []).append((since, until))
    return [
        pairing.Officer(
            number=row["number"], body=str(row["body"]), valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]), reach=row["reach"], specialities=frozenset(row["specialities"]),
            load=row["load"], cap=scope.get("cap"), leave=tuple(leave.get(row["officer"], ())),
        )
        for row in rows
    ]  # fmt: skip


def ended(card: Certificate) -> date:
    """The last day of a certificate; one that was revoked does not count on that day any more."""
    return min(card.valid_to, date.fromordinal(card.revoked_on.toordinal() - 1)) if card.revoked_on else card.valid_to


def load(officers: list[int]) -> Counter:
    """How many drawn employers each officer still has to inspect. One statement."""
    rows = Drawn.objects.filter(
        Q(visit=None) | Q(visit__open=True), replaced_by=None, draw__ending="", officers__overlap=officers
    )
    return Counter(pk for team in rows.values_list("officers", flat=True) for pk in team)


def competences(bureau: Bureau, rows: list[dict], items: list[str], day: date) -> list[pairing.Competence]:
    """By what each body and each seconded officer may inspect these items in this bureau's name or territory.

    The bureau itself by its own powers; a town below it by what was assigned or entrusted to it; whoever else only when
    seconded by a document, because nobody inspects in another's territory (gbf54).
    """
    found = []
    for body in Bureau.objects.filter(pk__in={row["body"] for row in rows}):
        for item in items if related(bureau, body) else ():
            found += by_profile(body, item, day)
    seconded = Secondment.objects.filter(bureau=bureau, officer__in=[row["officer"] for row in rows])
    numbers = {row["officer"]: row["number"] for row in rows}
    for officer, document, since, until in seconded.values_list("officer", "document", "since", "until"):
        found += [pairing.Competence(numbers[officer], item, "seconded", since, until, document) for item in items]
    return found


def recalled(scope: dict) -> list[pairing.Competence]:
    """The grounds of competence as they were frozen with the pool."""
    return [
        pairing.Competence(
            row["holder"], row["item"], row["mode"], date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None, row["document"],
        )
        for row in scope["competences"]
    ]  # fmt: skip


def frozen(powers: list[pairing.Competence]) -> list[dict]:
    """Grounds of competence as JSON."""
    return [plain(asdict(each)) for each in powers]


def related(bureau: Bureau, body: Bureau) -> bool:
    """Whether a body acts in the bureau's territory by itself: the bureau, and its towns by a document."""
    return body.pk == bureau.pk or body.parent_id == bureau.pk


def by_profile(body: Bureau, item: str, day: date) -> list[pairing.Competence]:
    """What the body's list of powers says of the item; one that stands in no list needs any power of inspection."""
    profile = law().profiles.get(list_of_powers(body.level, body.options, day))
    entry = law().items.get(item)
    version = entry.at(day) if entry else None
    powers = [version.power] if version else [key for key, power in law().powers.items() if power.kind == INSPECTION]
    holding = next((held for key in powers if profile and (held := profile.held(key, day))), None)
    if holding is None:
        return []
    return [
        pairing.Competence(str(body.pk), item, holding.mode, holding.valid_from, holding.valid_to, holding.document)
    ]


def ties(rows: list[dict], objects: dict[str, int], day: date) -> list[pairing.Tie]:
    """Who of the pool may not go to whom: declared relations; and to nobody who has left, or lost the certificate, meanwhile."""
    numbers = {row["officer"]: row["number"] for row in rows}
    names = {pk: each for each, pk in objects.items()}
    found = Relation.objects.filter(officer__in=numbers, employer__in=names, ended_on=None)
    told = [
        pairing.Tie(numbers[officer], names[employer], TIES[kind], f"{declared} 申报")
        for officer, employer, kind, declared in found.values_list("officer", "employer", "kind", "declared_on")
    ]
    gone = Certificate.objects.filter(number__in=numbers.values()).filter(
        Q(revoked_on__lte=day) | Q(officer__is_active=False)
    )
    lost = list(gone.values_list("number", flat=True))
    return told + [
        pairing.Tie(number, each, "LEGAL_OTHER", "已离岗或者证件已注销") for number in lost for each in objects
    ]


def able(bureau: Bureau, rows: list[dict], scope: dict, items: list[str]) -> tuple[int, list[pairing.Passed]]:
    """How many of the pool could go on the day, and why the others cannot."""
    terms = terms_of(scope, items)
    powers = competences(bureau, rows, items, terms.on)
    found = [pairing.standing(officer, terms, powers) for officer in candidates(rows, scope)]
    return sum(1 for each in found if each is None), [each for each in found if each]


def lent(row, team: list[int]) -> list[dict]:
    """Of a team those who are not of the bureau, each with the document on which they come."""
    powers = recalled(row.officers.scope)
    others = [each for each in row.officers.strata if each["officer"] in team and each["reach"]]
    return [{"officer": each["officer"], "document": document_of(each, powers)} for each in others]


def document_of(row: dict, powers: list[pairing.Competence]) -> str:
    """The document on which an officer of the pool may act here."""
    held = (each for each in powers if each.holder in (row["number"], str(row["body"])) and each.document)
    return next((each.document for each in held), "")
