"""What a room shows of its own on the page of its files: cards beside those that every file has."""

from collections.abc import Callable
from typing import Any

from laojian.procedure.step import File

# Name of a flow → its template, and what that is filled with from the file and the request. A view of the room puts it in.
OWN: dict[str, tuple[str, Callable[[File, Any], dict]]] = {}


def own_cards(file: File, request) -> dict:
    """`template` and the context `card` of the room's own cards; empty where the room has none."""
    if file.flow.name not in OWN:
        return {}
    template, filled = OWN[file.flow.name]
    return {"template": template, "card": filled(file, request)}
