"""What another person's data look like in a copy for a party (ogi-16, apl-50): names, numbers and addresses masked. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from laojian.employers.identifiers import mask_identity_number, mask_name, mask_phone
from laojian.papers.blocks import Block, Blocks

PACKAGE = (
    "archivist",
    "inspector",
    "unit_head",
    "reviewer",
    "deputy",
    "chief",
    "supervision",
    "auditor",
)  # who may take it along
COPY = ("clerk", "inspector", "archivist")  # who prints a copy for a lawyer
IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
MOBILE = re.compile(r"(?<!\d)1\d{10}(?!\d)")


def hidden(people: Iterable[Mapping], own: Iterable[str]) -> dict[str, str]:
    """What stands in place of what: the names, numbers and addresses of these people, except what is the party's `own`."""
    kept, found = set(own), {}
    for each in people:
        masks = (
            ("name", mask_name), ("id_number", mask_identity_number), ("phone", mask_phone), ("address", lambda text: "＊＊＊"),
        )  # fmt: skip
        for key, mask in masks:
            value = str(each.get(key) or "").strip()
            if len(value) > 1 and value not in kept:
                found[value] = mask(value)
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def masked(text: str, instead: Mapping[str, str], own: Iterable[str] = ()) -> str:
    """The text with each of these replaced, and every number that looks like a person's, unless it is the party's own."""
    for value, mask in instead.items():
        text = text.replace(value, mask)
    kept = set(own)
    text = IDENTITY.sub(lambda found: found[0] if found[0] in kept else mask_identity_number(found[0]), text)
    return MOBILE.sub(lambda found: found[0] if found[0] in kept else mask_phone(found[0]), text)


def masked_blocks(blocks: Blocks, instead: Mapping[str, str], own: Iterable[str] = ()) -> Blocks:
    """A paper's body with the same replacements, in its tables too."""

    def one(block: Block) -> Block:
        rows = tuple(tuple(replace(cell, text=masked(cell.text, instead, own)) for cell in row) for row in block.rows)
        return replace(block, text=masked(block.text, instead, own), rows=rows)

    return tuple(one(block) for block in blocks)
