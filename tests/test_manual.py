"""The officers' manual cannot rot: its buttons are steps of the tables, its words stand on pages, its pictures come from the stories."""

import re
from pathlib import Path

import pytest

from laojian.people.models import Role
from laojian.procedure.take import FLOWS

ROOT = Path(__file__).resolve().parents[1]
MANUAL = ROOT / "docs" / "manual"
PAGES = sorted(MANUAL.glob("*.md"))
PICTURES = MANUAL / "pictures"
MOST_BYTES = 4_000_000


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def pictures(page: Path) -> set[str]:
    """The pictures that a page shows."""
    return set(re.findall(r"!\[[^\]]+\]\(pictures/([a-z0-9-]+\.png)\)", text(page)))


def on_pages() -> str:
    """Everything that templates and code can put on a page."""
    files = [
        path for end in ("py", "html", "js") for path in (ROOT / "src").rglob(f"*.{end}") if "tests" not in path.parts
    ]
    return "\n".join(map(text, files))


def test_there_is_a_page_for_each_post():
    assert {
        "README.md",
        "clerk.md",
        "inspector.md",
        "phone.md",
        "complainant.md",
        "hearing.md",
        "enforcement.md",
        "transfer.md",
        "relief.md",
        "law.md",
    } <= {page.name for page in PAGES}
    index = text(MANUAL / "README.md")
    assert [page.name for page in PAGES if page.name != "README.md" and f"({page.name})" not in index] == []
    posts = {role.label for role in Role}
    assert [post for post in posts if post not in index and post.removesuffix("人员") not in index] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_buttons_named_are_steps_of_a_procedure(page):
    labels = {step.label for flow in FLOWS.values() for step in flow.steps}
    assert set(re.findall(r"【([^】]+)】", text(page))) - labels == set()


def test_the_words_quoted_from_pages_stand_on_pages():
    shown = on_pages()
    named = {word for page in PAGES for word in re.findall(r"「([^」]+)」", text(page))}
    assert named and {word for word in named if word not in shown} == set()


def test_what_the_manual_says_the_system_says_is_what_it_says():
    shown = on_pages()
    tables = [table for page in PAGES for table in text(page).split("| 系统说 | 怎么办 |\n|---|---|\n")[1:]]
    said = {row.split(" | ")[0].removeprefix("| ") for table in tables for row in table.split("\n\n")[0].splitlines()}
    assert said and {words for words in said if words not in shown} == set()


def test_every_picture_named_exists_and_every_picture_is_used():
    there = {path.name for path in PICTURES.iterdir()}
    assert set().union(*map(pictures, PAGES)) == there


def test_every_picture_is_taken_by_a_story():
    stories = "\n".join(text(path) for path in (ROOT / "tests" / "stories").glob("test_*.py"))
    taken = {f"{name}.png" for name in re.findall(r'\.picture\(\s*"([a-z0-9-]+)"', stories)}
    assert set().union(*map(pictures, PAGES)) - taken == set()


def test_the_pictures_are_small_enough_to_be_cloned_by_everybody():
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) <= MOST_BYTES


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_short(page):
    assert len(text(page)) <= 3000
