"""What the documents name exists: files they link to, rooms, make targets, the demo's accounts."""

import re
from pathlib import Path

import pytest

from laojian.web.demo import accounts
from tests.test_house import ROOMS, SOURCE

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("law/**/README.md"), *ROOT.glob("bench/*.md")]
)
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document):
    links = re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
    ours = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in ours if not (document.parent / link).exists()] == []


def test_the_map_shows_every_room_in_its_order():
    shown = re.findall(r"^\| `(\w+)/` \|", (ROOT / "docs" / "map.md").read_text(encoding="utf-8"), re.M)
    assert shown == [room for room in ROOMS if (SOURCE / room / "__init__.py").exists()]


def test_every_make_target_that_is_told_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    told = {name for each in DOCUMENTS for name in re.findall(r"`make ([a-z]+)", each.read_text(encoding="utf-8"))}
    assert {"demo", "test"} <= told <= targets


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_tour_names_accounts_of_the_demo_and_misses_no_post(readme):
    rows = re.findall(r"^\| (`\w+`(?:[,、] ?`\w+`)*) \|", readme.read_text(encoding="utf-8"), re.M)
    named = {name for row in rows for name in re.findall(r"\w+", row)}
    known = {username for _, username, _ in accounts()}
    assert named == known
