"""What waits for a platform as files, for those that take only files or are not connected: JSON, and Excel where there is a template."""

import io
import json
from collections.abc import Sequence
from datetime import date

import openpyxl

from .models import Kind, Outgoing
from .templates import template

HEAD = ("动作", "版次", "摘要", "撤回理由")


def as_json(rows: Sequence[Outgoing]) -> bytes:
    """The rows as they would be pushed."""
    told = [
        {"kind": row.kind, "key": row.key, "version": row.version, "act": row.act, "digest": row.digest, "reason": row.reason,
         "payload": row.payload}
        for row in rows
    ]  # fmt: skip
    return json.dumps({"items": told}, ensure_ascii=False, indent=1).encode()


def as_excel(rows: Sequence[Outgoing], on: date) -> bytes:
    """A sheet of each kind, its columns in the order of the template of the day; every cell is text, so that no number loses a digit."""
    book = openpyxl.Workbook(write_only=True)
    for kind in dict.fromkeys(row.kind for row in rows):
        of = [row for row in rows if row.kind == kind]
        told = template(kind, on)
        keys = list(told.columns) if told else sorted({key for row in of for key in row.payload})
        sheet = book.create_sheet(Kind(kind).label)
        sheet.append(["事项", *HEAD, *([told.columns[key].label for key in keys] if told else keys)])
        sheet.append(["key", "act", "version", "digest", "reason", *keys])
        for row in of:
            sheet.append([plain(each) for each in (row.key, row.get_act_display(), row.version, row.digest, row.reason,
                                                   *(row.payload.get(key, "") for key in keys))])  # fmt: skip
    if not rows:
        book.create_sheet("没有待报送的")
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def plain(value: object) -> str:
    """A value as text that no program takes for a formula."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", text)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
