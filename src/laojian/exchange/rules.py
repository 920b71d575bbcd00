"""What is the same for the same content: its digest and signature, whether it fits its template, what an answer proves."""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from laojian.employers.identifiers import check_credit_code

from .templates import ALWAYS, Column

TEN_THOUSAND = Decimal(10_000)
WAN, DAY = re.compile(r"\d{1,14}\.\d{6}"), re.compile(r"\d{4}/\d{2}/\d{2}")
NO_CODE = "0" * 18  # for whoever has none
PRIVATE = re.compile(r"(?<!\d)(\d{17}[\dXx]|1[3-9]\d{9})(?![\dXx])")  # an identity number, a mobile telephone
PAUSES = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 180, 360, 720))


@dataclass(frozen=True)
class Fault:
    """Why a column does not fit, and what to do."""

    column: str
    label: str
    text: str

    def __str__(self) -> str:
        return f"{self.label}：{self.text}"


def digest(key: str, version: int, act: str, payload: Mapping) -> str:
    """The SHA-256 of a version, over JSON with sorted keys and no spaces, so that both sides count the same."""
    told = {"key": key, "version": version, "act": act, "payload": payload}
    return hashlib.sha256(
        json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    ).hexdigest()


def signature(secret: str, moment: str, body: bytes) -> str:
    """The HMAC-SHA256 of a message with the moment at which it was sent."""
    return hmac.new(secret.encode(), moment.encode() + b"\n" + body, hashlib.sha256).hexdigest()


def wan(yuan: Decimal) -> str:
    """Yuan in ten thousands with six decimals, exactly."""
    return f"{Decimal(yuan) / TEN_THOUSAND:.6f}"


def slashed(day: date) -> str:
    """A day as the templates write it."""
    return f"{day:%Y/%m/%d}"


def faults(columns: Mapping[str, Column], payload: Mapping[str, Any]) -> list[Fault]:
    """Every reason why a payload does not fit the columns, in their order; a column that the template does not have is one."""
    found = [Fault(key, key, "模板里没有这一列，请删去") for key in payload if key not in columns]
    for column in columns.values():
        value = payload.get(column.key, "")
        said = wrong(column, value, payload)
        if said:
            found.append(Fault(column.key, column.label, f"{said}{'。' + column.says if column.says else ''}"))
    return found


def wrong(column: Column, value: Any, payload: Mapping[str, Any]) -> str:
    """What is wrong with one value; empty when nothing is."""
    if not isinstance(value, str):
        return "应为文字"
    if not value.strip():
        return "没有填写" if needed(column, payload) else ""
    if column.length and len(value) > column.length:
        return f"有 {len(value)} 个字，不能超过 {column.length} 个"
    if not column.sealed and (found := PRIVATE.search(value)) and column.type == "text":
        return f"含有疑似电话或者证件号码“{found[0][:3]}……”，公开的内容不得有，请删去"
    return CHECKS[column.type](column, value)


def needed(column: Column, payload: Mapping[str, Any]) -> bool:
    """Whether the column must be filled here."""
    if isinstance(column.needed, str):
        return column.needed == ALWAYS
    other, values = column.needed
    return not set(values).isdisjoint(str(payload.get(other, "")).split(";"))


def _choices(column: Column, value: str) -> str:
    unknown = [each for each in value.split(";") if each not in column.choices]
    return f"没有“{'、'.join(unknown)}”这一项，应为{'、'.join(column.choices)}" if unknown else ""


def _choice(column: Column, value: str) -> str:
    return "" if value in column.choices else f"没有“{value}”这一项，应为{'、'.join(column.choices)}"


def _code(column: Column, value: str) -> str:
    return "" if value == NO_CODE or not check_credit_code(value).errors else f"“{value}”不是有效的统一社会信用代码"


def _wan(column: Column, value: str) -> str:
    return "" if WAN.fullmatch(value) else f"应为万元、六位小数，如 0.800000，现为“{value}”"


def _day(column: Column, value: str) -> str:
    try:
        good = bool(DAY.fullmatch(value)) and bool(date.fromisoformat(value.replace("/", "-")))
    except ValueError:
        good = False
    return "" if good else f"应写作 2026/05/06，现为“{value}”"


CHECKS = {"text": lambda column, value: "", "choices": _choices, "choice": _choice, "code": _code, "wan": _wan, "day": _day}  # fmt: skip


def judged(status: int, body: bytes, sent: Mapping) -> tuple[str, str, str]:
    """What an answer proves of a version sent: (outcome, receipt, words). Only a receipt with our key, version and digest is one."""
    try:
        told = json.loads(body)
    except ValueError:
        told = None
    if status >= 500:
        return "down", "", f"平台出错（{status}）"
    if not isinstance(told, dict):
        return "wrong", "", f"答复不是约定的格式（{status}）"
    if status in (409, 422) and isinstance(told.get("message"), str):
        return "refused", "", told["message"][:400]
    if status not in (200, 201):
        return "wrong", "", f"答复的状态是 {status}"
    off = [name for name in ("key", "version", "digest") if told.get(name) != sent[name]]
    if off:
        return "wrong", "", f"回执与报送的不一致：{'、'.join(NAMES[name] for name in off)}"
    receipt = told.get("receipt")
    if not isinstance(receipt, str) or not 0 < len(receipt) <= 80:
        return "wrong", "", "没有回执号"
    return "accepted", receipt, "已收到"


NAMES = {"key": "事项", "version": "版次", "digest": "摘要"}


def pause(tries: int) -> timedelta:
    """How long to wait after so many attempts that failed."""
    return PAUSES[min(max(tries, 1), len(PAUSES)) - 1]
