"""A person before a browser: opens pages, fills fields by their labels, presses buttons by their words, and reads what is there.

Every page that comes up is examined before the next deed (`examined.py`), and whatever the browser says in its console is a fault.
"""

import os
import re
import shutil
import subprocess
from copy import copy
from pathlib import Path

from django.urls import Resolver404, resolve, reverse
from playwright.sync_api import BrowserContext, Locator, expect

from .examined import faults

MARKS = r"(必填|必选|两个字即可)?"
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
CLEARED = re.compile(
    r"Clear-Site-Data header on '\S+/logout': Cleared data types"
)  # logging out empties the device, and Chromium says so
PATIENCE = 10_000  # milliseconds
SHOTS = Path(os.environ["LAOJIAN_SHOTS"]) if os.environ.get("LAOJIAN_SHOTS") else None
CAMERA = bool(os.environ.get("LAOJIAN_MANUAL"))
MANUAL = Path(__file__).resolve().parents[2] / "docs/manual"
PICTURES = MANUAL / "pictures"


class Visitor:
    """One person with one browser. `site` is the address of the platform."""

    def __init__(self, context: BrowserContext, site: str, name: str, opened: set[str], javascript: bool, sign_in):
        self.context, self.site, self.name, self.opened = context, site, name, opened
        self.javascript, self.sign_in = javascript, sign_in
        context.set_default_timeout(PATIENCE)
        self.page = self.place = context.new_page()
        self.said: list[str] = []
        self.status = 200
        self.looked_at: str | None = None
        self.turn = 0
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.said.append(f"{self.page.url}：{error}"))
        self.page.on("response", self._answered)

    def _heard(self, message) -> None:
        # Chromium notes every refusal (404, 422) in the console; that one is the answer which the story reads.
        if not REFUSED.match(message.text) and not CLEARED.match(message.text):
            self.said.append(f"{self.page.url}：{message.type} {message.text}")

    def _answered(self, response) -> None:
        request = response.request
        if not response.url.startswith(self.site):
            self.said.append(f"asked for {response.url}, which is not ours")
            return
        if response.status >= 500:
            self.said.append(f"{request.method} {response.url}: {response.status}")
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self.status = response.status
            self.turn += 1
        if request.method == "GET" and response.status < 400:
            self.opened.update(name_of(response.url.removeprefix(self.site)))

    def look(self) -> None:
        """Examine the page that is up, once."""
        if self.looked_at != self.turn and self.page.url.startswith(self.site):
            self.looked_at = self.turn
            found = faults(self.page, self.javascript)
            if SHOTS:
                self.shoot()
            assert not found, f"{self.name}, {self.page.url}:\n" + "\n".join(found)
        assert not self.said, f"{self.name}:\n" + "\n".join(self.said)

    def shoot(self) -> None:
        """Every page of a story in a folder (LAOJIAN_SHOTS), at the desk and on a phone, to be looked at."""
        size, name = self.page.viewport_size, "".join(name_of(self.page.url.removeprefix(self.site))) or "page"
        nth = len(list(SHOTS.iterdir())) // 2
        for width in (1440, 390):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.screenshot(path=SHOTS / f"{nth:03d}-{name}-{self.name}-{width}.png", full_page=True)
        self.page.set_viewport_size(size)

    def close(self) -> None:
        """The last page is examined too."""
        self.look()
        self.context.close()

    # ── going ──

    def comes_back(self) -> "Visitor":
        """Another day: the login of the day before has ended, a new one begins."""
        self.look()
        self.context.add_cookies([self.sign_in()])
        return self

    def open(self, name: str, *args, **query) -> "Visitor":
        """Open a page by the name of its address."""
        self.look()
        query_text = "&".join(f"{key}={value}" for key, value in query.items())
        self.page.goto(self.site + reverse(name, args=args) + (f"?{query_text}" if query_text else ""))
        return self

    def follow(self, text: str, within: str = "#content", nth: int = 0) -> "Visitor":
        """Follow a link by its words."""
        self.look()
        self.page.locator(within).get_by_role("link", name=text, exact=True).nth(nth).click()
        self.page.wait_for_load_state()
        return self

    def press(self, text: str | re.Pattern, nth: int = 0) -> "Visitor":
        """Press a button by its words."""
        self.look()
        self.page.get_by_role("button", name=text, exact=True).nth(nth).click()
        self.page.wait_for_load_state()
        return self

    def downloads(self, text: str) -> bytes:
        """What a link gives when it gives a file."""
        self.look()
        url = self.page.get_by_role("link", name=text, exact=True).first.evaluate("(link) => link.href")
        answer = self.context.request.get(url)
        assert answer.ok, f"{self.name}: {url} answered {answer.status}"
        self.opened.update(name_of(url.removeprefix(self.site)))
        return answer.body()

    # ── filling in ──

    def field(self, label: str) -> Locator:
        """The field under a label."""
        found = self.place.get_by_label(re.compile(f"^{re.escape(label)}{MARKS}$"))
        return found.and_(self.page.locator("input, select, textarea"))

    def fill(self, label: str, value: str) -> "Visitor":
        """Type into a field."""
        self.field(label).fill(value)
        return self

    def paste(self, label: str, text: str) -> "Visitor":
        """Put a long text into a field at once."""
        self.field(label).evaluate("(field, text) => { field.value = text; }", text)
        return self

    def choose(self, label: str, option: str) -> "Visitor":
        """Choose from a list, by the words of the option or their beginning."""
        field = self.field(label)
        words = field.locator("option").all_inner_texts()
        found = next((each for each in words if each == option), None) or next(each for each in words if option in each)
        field.select_option(label=found)
        return self

    def tick(self, *labels: str) -> "Visitor":
        """Tick boxes."""
        for label in labels:
            self.field(label).check()
        return self

    def pick(self, beginning: str) -> "Visitor":
        """Pick one of several, by the first words beside it."""
        self.page.get_by_role("radio", name=re.compile(f"^{re.escape(beginning)}")).check()
        return self

    def attach(self, label: str, *files) -> "Visitor":
        """Choose files: paths, or {name, mimeType, buffer}."""
        self.field(label).set_input_files(list(files))
        return self

    def unfold(self, summary: str) -> "Visitor":
        """Open a folded part of the page."""
        self.look()
        self.page.locator("summary", has_text=summary).first.click()
        return self

    def within(self, legend: str) -> "Visitor":
        """The same visitor filling in one group of fields, such as one row of several."""
        part = copy(self)
        part.place = self.page.get_by_role("group", name=legend, exact=True)
        return part

    # ── reading ──

    def sees(self, *texts: str) -> "Visitor":
        """Every text stands on the page, or comes up within moments; folded parts count."""
        self.look()
        for each in texts:
            try:
                expect(self.page.locator("body")).to_contain_text(each)
            except AssertionError:
                raise AssertionError(f"{self.name} does not see “{each}” on {self.page.url}") from None
        return self

    def does_not_see(self, *texts: str) -> "Visitor":
        """None of the texts stands anywhere in the page's source."""
        source = self.page.content()
        for each in texts:
            assert each not in source, f"{self.name} sees “{each}” on {self.page.url}"
        return self

    def answered(self, status: int) -> "Visitor":
        """The page came with this status."""
        assert self.status == status, f"{self.name}: {self.page.url} answered {self.status}"
        return self

    def picture(self, name: str, of: str | None = None) -> "Visitor":
        """For the officers' manual: the screen, or one part of it. Only when the manual is being made, and shows it."""
        if CAMERA and f"(pictures/{name}.png)" in told():
            self.look()
            PICTURES.mkdir(exist_ok=True)
            part = self.page.locator(of) if of else self.page
            taken = part.screenshot(animations="disabled")
            (PICTURES / f"{name}.png").write_bytes(fewer_colours(taken))
        return self


def told() -> str:
    """The whole manual as it stands."""
    return "".join(page.read_text(encoding="utf-8") for page in MANUAL.glob("*.md"))


def fewer_colours(png: bytes) -> bytes:
    """The picture with a palette, a third as large, where pngquant is at hand; else as it is."""
    if not shutil.which("pngquant"):
        return png
    return subprocess.run(
        ["pngquant", "--speed", "1", "--strip", "-"], input=png, stdout=subprocess.PIPE, check=True
    ).stdout


def name_of(path: str) -> set[str]:
    """The name of an address of ours; none for files of style."""
    try:
        return {resolve(path.partition("?")[0]).url_name}
    except Resolver404:
        return set()
