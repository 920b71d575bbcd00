"""A list of past visits that is damaged or absurd is told in a sentence."""

import io
import zipfile
from datetime import date

import pytest

from laojian.visits.past import day_of, from_workbook


def truncated() -> bytes:
    """A workbook whose parts are there by name, and damaged within."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("[Content_Types].xml", "<Types/>" * 400)
        box.writestr("xl/workbook.xml", "<workbook/>" * 400)
    content = bytearray(made.getvalue())
    content[60:80] = bytes(20)
    return bytes(content)


@pytest.mark.parametrize("content", [b"", b"PK", b"no workbook", truncated()])
def test_a_damaged_workbook_is_told_in_a_sentence(content):
    lines, problem = from_workbook(content)
    assert lines == [] and problem.endswith("。")


@pytest.mark.parametrize("text", ["99999999999999999999-1-1", "2021-13-1", "²021-1-1", "2021", "", "-", "2021-02-30"])
def test_no_day_is_none(text):
    assert day_of(text) is None


def test_a_day_as_people_write_it():
    assert {day_of(text) for text in ("2021-05-06", "2021/5/6", "2021年5月6日", "2021.5.6")} == {date(2021, 5, 6)}
