"""A small invented draw with everything in it: three strata, later entrants, reserve, neighbours, ties, one short of hands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from laojian.inspections import bundle as public
from laojian.inspections.draw import Sample, Stratum, commitment, draw, pool, seed
from laojian.inspections.pairing import Competence, Officer, Pairing, Terms, Tie, pair
from laojian.inspections.randomness import Named, canonical

SALT, DRAW_NO, ON = "5a" * 32, "示例区-2026-003", date(2026, 5, 18)
NAMED = Named("ssq", "2026050", date(2026, 5, 10))
VALUE = canonical(NAMED, "01 05 09 17 22 33 + 07")
SEED = seed(DRAW_NO, VALUE, SALT)
TERMS = Terms(on=ON, items=("wages", "agency"), size=2, specialities=frozenset({"账册"}))
COMPETENCES = [
    *(Competence("bureau", item, "own", date(2020, 1, 1)) for item in TERMS.items),
    *(Competence("street", item, "entrusted", date(2025, 1, 1), date(2026, 12, 31), "示例委〔2025〕1号") for item in TERMS.items),
    Competence("unnamed", "wages", "assigned", date(2020, 1, 1), document=" "),
]  # fmt: skip


def firms(letter: str, count: int) -> list[str]:
    return [f"91{letter}{number * 7919:015d}" for number in range(count)]


def strata() -> list[Stratum]:
    return [
        Stratum("A级", pool(firms("A", 40)), Decimal("0.01"), at_least=1),
        Stratum("B级", pool(firms("B", 37)), Decimal("0.05")),
        Stratum("C级", pool(firms("C", 7)), Decimal("0.5"), planned=5),
    ]


def officer(number: str, body: str = "bureau", **more: Any) -> Officer:
    return Officer(number, body, **({"valid_from": date(2024, 1, 1), "valid_to": date(2027, 1, 1)} | more))


def officers() -> list[Officer]:
    books = frozenset({"账册"})
    return [
        officer("120101", specialities=books, cap=4),
        officer("120102", may_lead=False),
        officer("120103", specialities=books, load=1, cap=3),
        officer("120104", leave=((date(2026, 5, 1), date(2026, 5, 31)),)),
        officer("120105", valid_to=date(2026, 5, 17)),
        officer("120106", body="unnamed", specialities=books),
        officer("120201", body="street", reach=1, specialities=books, cap=5),
        officer("120202", body="street", reach=1),
        officer("120203", body="street", reach=1, cap=0),
    ]


@dataclass(frozen=True)
class Whole:
    """The draw in its three stages: announced, drawn with salt kept, revealed."""

    announcement: dict[str, Any]
    samples: tuple[Sample, ...]
    pairings: tuple[Pairing, ...]
    revealed: dict[str, Any]
    kept: dict[str, Any]
    announced: dict[str, Any]


ADDED = (public.Added("B级", "", "扩大抽查"), public.Added("C级", firms("C", 7)[2], '已注销,"停业"'))


def whole(more: Sequence[public.Added] = ADDED) -> Whole:
    layers = strata()
    told = public.announcement(
        DRAW_NO, {"name": "示例抽查", "kind": "untargeted"}, layers, NAMED, commitment(SALT, DRAW_NO),
        officers=officers(), terms=TERMS, competences=COMPETENCES,
    )  # fmt: skip
    samples = draw(layers, SEED, after=4)
    objects = public.order_of_pairing(samples, more)
    ties = [Tie("120101", objects[0], "AVOID_KIN", "本人申报"), Tie("120202", objects[1], "USUAL_CONTACT")]
    paired = pair(objects, officers(), TERMS, SEED, competences=COMPETENCES, ties=ties)
    listed = public.facts(officers(), TERMS, COMPETENCES)
    drawn = {"samples": samples, "added": more, "pairings": paired}
    return Whole(
        told, samples, paired,
        revealed=public.bundle(told, layers, officers=listed, randomness=VALUE, salt=SALT, **drawn),
        kept=public.bundle(told, layers, officers=listed, randomness=VALUE, **drawn),
        announced=public.bundle(told, layers, officers=listed),
    )  # fmt: skip


def text(bundle: dict[str, Any]) -> bytes:
    return b"".join(public.as_json(bundle))
