"""The look: vendored files are what they say, formats write what officers read, no template breaks the page's policy."""

import hashlib
import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.template.loader import get_template

from laojian.web.templatetags import laojian as formats

WEB = Path(__file__).resolve().parents[1]
ROOMS = WEB.parent
TEMPLATES = sorted(ROOMS.glob("*/templates/**/*.html"))
VENDOR = WEB / "static" / "vendor"


def test_the_vendored_files_are_the_published_ones():
    listed = dict(line.split("  ")[::-1] for line in (VENDOR / "SHA256SUMS").read_text().splitlines())
    there = {path.name for path in VENDOR.iterdir()} - {"README.md", "SHA256SUMS"}
    assert set(listed) == there
    for name, digest in listed.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest, name


@pytest.mark.parametrize(
    ("form", "value", "written"),
    [
        ("yuan", Decimal("15000"), "¥15,000.00"),
        ("yuan", None, "—"),
        ("amount", "612480.005", "612,480.00"),
        ("amount", 0, "0.00"),
        ("day", datetime(2026, 11, 21, 17, tzinfo=ZoneInfo("UTC")), "2026-11-22"),
        ("day", "2026-11-22", "2026-11-22"),
        ("day", "soon", "—"),
        ("long_day", date(2026, 1, 5), "2026年1月5日"),
        ("month_day", date(2026, 1, 5), "01-05"),
        ("weekday", date(2026, 11, 20), "星期五"),
        ("moment", datetime(2026, 11, 22, 7, 20, tzinfo=ZoneInfo("UTC")), "2026-11-22 15:20"),
        ("moment", date(2026, 11, 22), "2026-11-22"),
    ],
)
def test_a_value_is_written_as_officers_read_it(form, value, written):
    assert getattr(formats, form)(value) == written


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOMS)))
def test_a_template_parses_and_keeps_the_policy(path):
    name = path.relative_to(next(parent for parent in path.parents if parent.name == "templates"))
    get_template(str(name))
    text = path.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "inline script"
    assert not re.search(r"<style|\sstyle=|\son(?!ce=)[a-z]+=|\shx-on|javascript:", text), "inline style or handler"
    assert "|safe" not in text and "autoescape off" not in text, "unescaped output"
    assert not re.search(r"(src|href|action)=\"(https?:)?//", text), "an address outside the bureau's network"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOMS)))
def test_a_page_says_at_its_head_what_context_it_wants(path):
    assert re.match(r"(\{% (extends|load) [^%]+%\})*\{% comment %\}", path.read_text())


def test_markup_in_a_name_stays_text():
    row = {"number": "<i>1</i>", "title": "<script>x</script>", "state": "<b>办</b>", "due": None, "url": "/"}
    page = get_template("dossier/rows.html").render({"dossiers": [row]})
    assert "<script>" not in page and "<i>" not in page and "<b>" not in page
    assert "&lt;script&gt;x&lt;/script&gt;" in page and "&lt;b&gt;办&lt;/b&gt;" in page
