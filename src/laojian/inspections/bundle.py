"""What the public gets of a draw: the announcement before it, one bundle after it, as JSON, CSV and the pools as text. Pure.

The same draw gives the same bytes. What each field means: docs/protocol-draw.md; who redoes it: static/inspections/.
"""

import csv
import hmac
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from laojian.inspections.draw import (
    PROTOCOL,
    SALT,
    NotDrawable,
    Sample,
    Stratum,
    check_apart,
    check_number,
    pieces,
    seed,
    shown,
)
from laojian.inspections.pairing import Competence, Officer, Pairing, Terms, grounds, officer_pool
from laojian.inspections.randomness import Named

SEALED = ("pairing", "result")  # the other parts are held by the digests of the announcement
KINDS = {"drawn": "抽中", "added": "增补", "reserve": "候补"}
DANGEROUS = ("=", "+", "-", "@")  # how a cell begins that a spreadsheet would compute


@dataclass(frozen=True)
class Added:
    """A later entrant of a stratum: whose place it takes (empty: the draw was extended), and why. Its id is the next ticket's."""

    stratum: str
    instead_of: str
    reason: str


@dataclass(frozen=True)
class Opening:
    """What a masked id stands for (`real`), shown for those who were inspected; see `masked`."""

    id: str
    real: str
    nonce: str


def announcement(
    draw_no: str, task: Mapping[str, Any], strata: Sequence[Stratum], named: Named, commitment: str, *,
    officers: Sequence[Officer] = (), terms: Terms | None = None, competences: Sequence[Competence] = (),
    masked: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """What is published before the randomness exists, as a JSON object.

    `task` are texts, whole numbers and lists of them. Raises `NotDrawable` for what could not be drawn: an id in two strata,
    a planned size that does not fit, an empty list of officers.
    """
    check_number(draw_no)
    check_apart(strata)
    if (terms is None) != (not officers):
        raise NotDrawable("检查人员名录是空的，或者没有派员条件：两者要一并公告，请补全。")
    return {
        "commitment": commitment,
        "draw_no": draw_no,
        "masked": masked,
        "officers": committed(officers, terms, competences) if terms else None,
        "protocol": PROTOCOL,
        "randomness": {"issue": named.issue, "on": named.on.isoformat(), "source": named.source},
        "strata": [told(stratum) for stratum in strata],
        "task": dict(task),
        "terms": conditions(terms) if terms else None,
    }


def told(stratum: Stratum) -> dict[str, Any]:
    return {
        "at_least": stratum.at_least,
        "digest": stratum.pool.digest,
        "key": stratum.key,
        "planned": stratum.planned,
        "population": stratum.pool.size,
        "ratio": format(Decimal(stratum.ratio), "f"),
        "size": stratum.size,
    }


def committed(officers: Sequence[Officer], terms: Terms, competences: Sequence[Competence]) -> dict[str, Any]:
    listed = officer_pool(officers)
    return {"count": listed.size, "digest": listed.digest, "facts": digest(facts(officers, terms, competences))}


def conditions(terms: Terms) -> dict[str, Any]:
    return {
        "items": list(terms.items),
        "on": terms.on.isoformat(),
        "size": terms.size,
        "spare": terms.spare,
        "specialities": sorted(terms.specialities),
    }


def facts(officers: Sequence[Officer], terms: Terms, competences: Sequence[Competence]) -> list[dict[str, Any]]:
    """What the public sees of the officers: numbers and what counts for this draw, no name, no leave, no relation."""
    return [
        {
            "cap": officer.cap,
            "grounds": list(grounds(officer, terms, competences)),
            "load": officer.load,
            "may_lead": officer.may_lead,
            "number": officer.number,
            "reach": officer.reach,
            "specialities": sorted(officer.specialities & terms.specialities),
            "valid_from": officer.valid_from.isoformat(),
            "valid_to": officer.valid_to.isoformat() if officer.valid_to else None,
        }
        for officer in sorted(officers, key=lambda officer: officer.number)
    ]


def bundle(
    announcement: Mapping[str, Any], strata: Sequence[Stratum], *, officers: Sequence[Mapping[str, Any]] = (),
    randomness: str = "", salt: str = "", samples: Sequence[Sample] | None = None, added: Sequence[Added] = (),
    pairings: Sequence[Pairing] | None = None, openings: Sequence[Opening] = (),
) -> dict[str, Any]:  # fmt: skip
    """Everything a stranger needs to redo the draw; what is not known or not to be told yet is left out by the caller.

    `officers` are the `facts` that were committed. Of each sample's `after` the first are the later entrants of `added`,
    in their order; the rest is told as the reserve. With `salt` the seed is told.
    """
    parts: dict[str, Any] = {
        "pairing": [paired(each) for each in pairings] if pairings is not None else None,
        "result": ranked(samples, added, openings) if samples is not None else None,
    }
    return {
        **parts,
        "announced": digest(announcement),
        "announcement": dict(announcement),
        "officers": [dict(row) for row in officers],
        "pools": [{"ids": stratum.pool, "key": stratum.key} for stratum in strata],
        "randomness": randomness or None,
        "salt": salt or None,
        "seals": {part: digest(parts[part]) for part in SEALED},
        "seed": seed(announcement["draw_no"], randomness, salt) if salt else None,
    }


def ranked(samples: Sequence[Sample], added: Sequence[Added], openings: Sequence[Opening] = ()) -> list[dict[str, Any]]:
    """All who have a place: drawn, stratum by stratum; the later entrants in their order; the reserve told."""
    waiting = {sample.stratum: list(sample.after) for sample in samples}
    rows = [("drawn", sample.stratum, each, "", "") for sample in samples for each in sample.taken]
    for each in added:
        if not waiting.get(each.stratum):
            raise NotDrawable(f"{each.stratum}没有后续票号可用：名录已经抽完，或者没有取出足够的候补，请重新取候补。")
        rows.append(("added", each.stratum, waiting[each.stratum].pop(0), each.instead_of, each.reason))
    rows += [("reserve", stratum, each, "", "") for stratum, rest in waiting.items() for each in rest]
    opened = {each.id: {"id": each.real, "nonce": each.nonce} for each in openings}
    return [
        {
            "as": kind,
            "for": instead_of or None,
            "id": each.id,
            "opened": opened.get(each.id),
            "reason": reason,
            "stratum": stratum,
            "ticket": shown(each.ticket),
        }
        for kind, stratum, each, instead_of, reason in rows
    ]


def paired(each: Pairing) -> dict[str, Any]:
    return {
        "id": each.object,
        "lead": each.lead or None,
        "passed": [{"code": passed.code, "number": passed.number} for passed in each.passed],
        "reach": each.reach,
        "team": [{"number": member.id, "ticket": shown(member.ticket)} for member in each.team],
    }


def order_of_pairing(samples: Sequence[Sample], added: Sequence[Added] = ()) -> list[str]:
    """The objects in the order in which officers are paired: the drawn stratum by stratum, then the later entrants."""
    return [row["id"] for row in ranked(samples, added) if row["as"] != "reserve"]


def plain(value: Any) -> str:
    """JSON in the one form that is hashed: keys sorted, no blanks, signs as themselves; no fractions occur."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: Any) -> str:
    return sha256(plain(value).encode()).hexdigest()


def as_json(bundle: Mapping[str, Any]) -> Iterator[bytes]:
    """The bundle's bytes, in pieces, so that a pool of millions is never all objects."""
    start = "{"
    for key in sorted(bundle):
        yield f'{start}"{key}":'.encode()
        yield from pools_as_json(bundle[key]) if key == "pools" else (plain(bundle[key]).encode(),)
        start = ","
    yield b"}\n"


def pools_as_json(pools: Sequence[Mapping[str, Any]]) -> Iterator[bytes]:
    for place, each in enumerate(pools):
        yield b'[{"ids":[' if place == 0 else b',{"ids":['
        for turn, lines in enumerate(pieces(each["ids"].text)):
            yield (("," if turn else "") + plain([line.decode() for line in lines])[1:-1]).encode()
        yield f'],"key":{plain(each["key"])}}}'.encode()
    yield b"]"


def as_csv(bundle: Mapping[str, Any]) -> bytes:
    """The result with its officers as a table for a spreadsheet (UTF-8 with its mark, CRLF)."""
    pairing = {each["id"]: each for each in bundle["pairing"] or ()}
    page = io.StringIO()
    table = csv.writer(page)
    table.writerow(["序号", "类别", "层", "编号", "票号", "检查人员证号", "主检证号", "被跳过的人员", "替换", "理由"])
    for place, row in enumerate(bundle["result"] or (), 1):
        sent = pairing.get(row["id"], {"team": [], "lead": None, "passed": []})
        cells = [
            KINDS[row["as"]],
            row["stratum"],
            row["id"],
            row["ticket"],
            " ".join(each["number"] for each in sent["team"]),
        ]
        cells += [sent["lead"] or "", " ".join(f"{each['number']}:{each['code']}" for each in sent["passed"])]
        cells += [row["for"] or "", row["reason"]]
        table.writerow([place, *(f"'{cell}" if cell.startswith(DANGEROUS) else cell for cell in cells)])
    return b"\xef\xbb\xbf" + page.getvalue().encode()


def pool_texts(bundle: Mapping[str, Any]) -> dict[str, bytes]:
    """The pools as text files, whose SHA-256 is the announced digest: pool-1.txt and so on by stratum."""
    return {f"pool-{place}.txt": each["ids"].text for place, each in enumerate(bundle["pools"], 1)}


def nonce(mask: str, each: str) -> str:
    """What opens one masked id and no other; `mask` is 64 hexadecimal digits that the bureau never publishes."""
    if not SALT.fullmatch(mask):
        raise NotDrawable("名录的遮蔽密钥必须是 64 位小写十六进制数：请由系统生成，不要手填。")
    return hmac.new(bytes.fromhex(mask), each.encode(), sha256).hexdigest()


def masked(mask: str, each: str) -> str:
    """The id under which a target stands in the pool when the list is sensitive: H(nonce | id). Drawn is from these."""
    return sha256(f"{nonce(mask, each)}|{each}".encode()).hexdigest()


def opening(mask: str, each: str) -> Opening:
    """What is published of an inspected target so that its masked id can be checked; `each` is its real id."""
    return Opening(masked(mask, each), each, nonce(mask, each))
