"""What holds on every page that a story opens: axe finds no fault, and nothing is wider than a phone."""

import hashlib

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PHONE = {"width": 390, "height": 844}
# A page's shape is the kinds of its parts, each with the part it stands in: one row or thirty of a kind have the same faults.
SHAPE = """() => {
  const marks = ['role', 'type', 'aria-invalid', 'aria-label', 'aria-describedby', 'disabled', 'open'];
  const kind = (e) => [e.tagName, e.className, e.hidden, ...marks.map((name) => e.hasAttribute(name))].join();
  const parts = [...document.querySelectorAll('body *')].map((e) => kind(e.parentElement) + ' > ' + kind(e));
  return [...new Set(parts)].sort().join();
}"""
WIDER = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > wide + 1)
    .map((e) => `${e.tagName} ${e.className} “${e.textContent.trim().slice(0, 30)}”`).slice(0, 5);
}"""
examined: set[str] = set()


def faults(page: Page, javascript: bool = True) -> list[str]:
    """What is wrong with the page as it stands, in words; a shape that was examined before in this run is not looked at again.

    Without JavaScript axe cannot look; the width is still measured.
    """
    size = page.viewport_size
    shape = hashlib.sha256(f"{size}{page.evaluate(SHAPE)}".encode()).hexdigest()
    if shape in examined:
        return []
    examined.add(shape)
    return (inaccessible(page) if javascript else []) + too_wide(page, size)


def inaccessible(page: Page) -> list[str]:
    """What axe finds, each rule with the first elements that break it."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{rule['id']}（{rule['help']}）{node['html'][:200]}" for rule in found for node in rule["nodes"][:3]]


def too_wide(page: Page, size: dict) -> list[str]:
    """What reaches beyond the screen of a phone."""
    page.set_viewport_size(PHONE)
    wide = page.evaluate(WIDER)
    page.set_viewport_size(size)
    return [f"wider than {PHONE['width']} pixels: {each}" for each in wide]
