"""How a version travels: one signed request, one answer. No redirect is followed, no answer longer than a page is read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from .rules import signature

SECONDS = 10
LONGEST = 256 * 1024  # bytes of an answer


@dataclass(frozen=True)
class Answer:
    """What came back; status 0: nothing did, and `words` say why."""

    status: int
    body: bytes = b""
    words: str = ""


class _Stay(HTTPRedirectHandler):
    """Signed content goes to the address that was registered and to no other."""

    def redirect_request(self, *_):
        return None


_opener = build_opener(_Stay)


def post(url: str, secret: str, told: Mapping, once: str, at: datetime) -> Answer:
    """Hand a version over; `once` is the same for every attempt at it."""
    body = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
    return _ask(
        Request(f"{url.rstrip('/')}/items", body, _signed(secret, body, at) | {"Idempotency-Key": once}, method="POST")
    )


def held(url: str, secret: str, sender: str, after: str, at: datetime) -> Answer:
    """A page of what the platform holds of a sender, after a key."""
    query = urlencode({"from": sender, "after": after})
    return _ask(Request(f"{url.rstrip('/')}/items?{query}", headers=_signed(secret, query.encode(), at)))


def _signed(secret: str, body: bytes, at: datetime) -> dict[str, str]:
    moment = at.isoformat()
    return {"Content-Type": "application/json", "X-Moment": moment, "X-Signature": signature(secret, moment, body)}


def _ask(request: Request) -> Answer:
    try:
        with _opener.open(request, timeout=SECONDS) as answer:
            return Answer(answer.status, answer.read(LONGEST))
    except HTTPError as answer:
        return Answer(answer.code, answer.read(LONGEST))
    except (OSError, HTTPException, ValueError) as wrong:
        return Answer(0, words=f"连不上：{type(wrong).__name__}")
