"""A platform that receives, for tests and the demo: a small WSGI app that keeps what it was sent in memory and can misbehave.

Each misbehaviour is used up by one request: `down` answers 503, `lost` takes the version and never answers, `double` takes it and
answers with two receipts at once, `wrong` with another digest, `unknown` with another key, `html` with a page, `no` refuses.
"""

import hmac
import json
from collections.abc import Iterable
from threading import Lock
from urllib.parse import parse_qs

from .rules import digest, signature

MANNERS = ("down", "lost", "double", "wrong", "unknown", "html", "no")
PAGE = 500


class Receiver:
    """What a platform holds, by key: only the newest version counts, and the same version is taken once."""

    def __init__(self, secret: str, manners: Iterable[str] = ()):
        self.secret, self.manners, self.lock = secret, list(manners), Lock()
        self.items: dict[str, dict] = {}
        self.receipts: dict[str, str] = {}
        self.asked: list[str] = []  # the key of idempotency of every version it was handed

    def __call__(self, environ, start_response):
        status, body, kind = self.answer(environ)
        start_response(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    def answer(self, environ) -> tuple[str, bytes, str]:
        """Status, body and its type."""
        if environ.get("PATH_INFO") != "/items":
            return told("404 Not Found", {"message": "没有这个地址"})
        posted = environ["REQUEST_METHOD"] == "POST"
        query = environ.get("QUERY_STRING", "")
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)) if posted else query.encode()
        right = signature(self.secret, environ.get("HTTP_X_MOMENT", ""), body)
        if not hmac.compare_digest(right, environ.get("HTTP_X_SIGNATURE", "")):
            return told("401 Unauthorized", {"message": "签名不对"})
        with self.lock:
            if posted:
                return self.take(json.loads(body), environ.get("HTTP_IDEMPOTENCY_KEY", ""))
            asked = parse_qs(query, keep_blank_values=True)
            return self.list(asked["from"][0], asked["after"][0])

    def take(self, item: dict, once: str) -> tuple[str, bytes, str]:
        """Take a version, unless it is older than what is held; misbehave as told."""
        manner = self.manners.pop(0) if self.manners else ""
        if manner == "down":
            return told("503 Service Unavailable", {"message": "系统维护"})
        if manner == "no":
            return told("422 Unprocessable Content", {"message": "行政相对人名称与登记不一致"})
        self.asked.append(once)
        if item["digest"] != digest(item["key"], item["version"], item["act"], item["payload"]):
            return told("422 Unprocessable Content", {"message": "摘要与内容不符"})
        receipt = self.receipts.setdefault(once, f"R{len(self.receipts) + 1:06d}")
        if item["version"] >= self.items.get(item["key"], {"version": 0})["version"]:
            self.items[item["key"]] = item | {"receipt": receipt}
        right = {"key": item["key"], "version": item["version"], "digest": item["digest"], "receipt": receipt}
        return misbehaved(manner, right)

    def list(self, sender: str, after: str) -> tuple[str, bytes, str]:
        """A page of what is held of a sender, withdrawals included."""
        found = sorted(key for key, each in self.items.items() if each["from"] == sender and key > after)[:PAGE]
        names = ("key", "version", "act", "digest", "receipt")
        return told("200 OK", {"items": [{name: self.items[key][name] for name in names} for key in found]})


def misbehaved(manner: str, right: dict) -> tuple[str, bytes, str]:
    """The answer to a version that was taken, as the manner has it."""
    if manner == "lost":
        return "504 Gateway Timeout", b"", "text/plain"
    if manner == "html":
        return "200 OK", "<html><body>系统繁忙</body></html>".encode(), "text/html"
    if manner == "double":
        once = json.dumps(right, ensure_ascii=False).encode()
        return "200 OK", once + once, "application/json"
    spoiled = {"wrong": {"digest": "0" * 64}, "unknown": {"key": "unknown"}}.get(manner, {})
    return told("200 OK", right | spoiled)


def told(status: str, content: dict) -> tuple[str, bytes, str]:
    """An answer in JSON."""
    return status, json.dumps(content, ensure_ascii=False).encode(), "application/json"
