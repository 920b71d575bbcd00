"""Articles of law: which key stands for which article, what it says in our words, and when it is in force."""

import re
from dataclasses import dataclass
from datetime import date

from laojian.lawbook.reading import Page, day, one_of, text

CONFIDENCE = {
    "V": "已核对法条",
    "W": "有公开资料旁证，未核对法条原文",
    "M": "凭业务记忆，待核对",
    "m": "把握低，必须核实",
    "C": "本地规定，须由本局确认",
    "I": "法律解释意见",
}
_DIGITS = "零一二三四五六七八九"
_KEY = re.compile(r"(?P<law>[a-z]+\d*)(?:-(?P<number>\d+|[a-z]+))?")


def numeral(number: int) -> str:
    """A number from 1 to 999 as statutes write it: 17 is 十七, 110 is 一百一十, 201 is 二百零一."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        words += "零"
    return words + (_DIGITS[ones] if ones else "")


@dataclass(frozen=True)
class Law:
    """A statute, regulation or paper from which articles come."""

    key: str
    name: str
    title: str
    short: str
    number: str
    valid_from: date
    valid_to: date | None
    force: str = ""  # why it is not certain that the text is in force; empty: it is


@dataclass(frozen=True)
class Article:
    """One article: `says` is our own wording, never the text of the law; `valid_to` is the last day in force."""

    key: str
    law: str
    article: str
    says: str
    valid_from: date
    valid_to: date | None
    confidence: str
    title: str
    short_law: str

    @property
    def cite(self) -> str:
        """As a screen cites it: 《劳动保障监察条例》第十七条; a text no longer in force says until when it was."""
        until = f"（施行至{self.valid_to}的文本）" if self.valid_to else ""
        return self._cited(self.law) + until

    @property
    def cite_in_full(self) -> str:
        """As a paper cites it, by the law's official title: 《中华人民共和国行政处罚法》第六十条."""
        return self._cited(self.title)

    def _cited(self, law: str) -> str:
        if self.key.startswith("local-"):
            return f"{law}（{self.article}）"
        name = law.replace("《", "〈").replace("》", "〉")
        return f"《{name}》{self.article}" if self.article.startswith("第") else f"《{name}》（{self.article}）"

    @property
    def source(self) -> str:
        """The key of the law it stands in: lsr of lsr-17."""
        return self.key.partition("-")[0]

    @property
    def short(self) -> str:
        """As a badge shows it: 监察条例 17."""
        number = self.key.partition("-")[2]
        return f"{self.short_law} {number}" if number.isdigit() else self.short_law

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def explain(self) -> list[str]:
        """The article in Chinese, a line for each thing an officer asks."""
        until = f"至 {self.valid_to}" if self.valid_to else "，现行有效"
        return [
            f"{self.cite}（{self.key}）",
            f"要点（自述，非原文）：{self.says}",
            f"施行：自 {self.valid_from} 起{until}",
            f"核对：{CONFIDENCE[self.confidence]}（{self.confidence}）",
        ]


LAW_FIELDS = {"name": text, "short": text, "number": text, "from": day}
ARTICLE_FIELDS = {"law": text, "article": text, "says": text, "from": day, "confidence": one_of(*CONFIDENCE)}


def laws(page: Page) -> dict[str, Law]:
    """The statutes of law/laws.yaml by their key; faults go to the page."""
    found: dict[str, Law] = {}
    for key, row in page.content.items():
        if not isinstance(key, str) or not isinstance(row, dict):
            page.fault(page.content.at(key), f"{key} 应为一部法的键值表")
        elif page.fits(row, key, LAW_FIELDS, {"title": text, "to": day, "force": text}) and _in_order(page, key, row):
            name = row["name"]
            found[key] = Law(
                key, name, row.get("title", name), row["short"], row["number"], row["from"], row.get("to"),
                row.get("force", ""),
            )  # fmt: skip
    return found


def articles(page: Page, known: dict[str, Law]) -> dict[str, Article]:
    """The articles of law/articles.yaml by their key; faults go to the page."""
    found: dict[str, Article] = {}
    for key, row in page.content.items():
        line = page.content.at(key)
        match = _KEY.fullmatch(key) if isinstance(key, str) else None
        if match is None or not isinstance(row, dict):
            page.fault(line, f"{key} 应为“法的简称-条号”，其下是键值表")
            continue
        fits = page.fits(row, key, ARTICLE_FIELDS, {"to": day}) and _in_order(page, key, row)
        law = known.get(match["law"])
        if law is None:
            page.fault(line, f"{key} 的“{match['law']}”不在 laws.yaml 中")
        elif fits and _belongs(page, key, row, law, match["number"]):
            found[key] = Article(
                key,
                row["law"],
                row["article"],
                row["says"],
                row["from"],
                row.get("to"),
                row["confidence"],
                law.title,
                law.short,
            )
    return found


def _in_order(page: Page, key: str, row: dict) -> bool:
    if row.get("to") and row["to"] < row["from"]:
        page.fault(row.at("to"), f"{key} 的“to”早于“from”")
        return False
    return True


def _belongs(page: Page, key: str, row: dict, law: Law, number: str | None) -> bool:
    """Whether name, number and period agree with the law's entry: catches a row copied and not fully changed."""
    before = len(page.faults)
    if row["law"] != law.name:
        page.fault(row.at("law"), f"{key} 的“law”应为“{law.name}”，现为“{row['law']}”")
    if number and number.isdigit() and not re.match(f"第{numeral(int(number))}条", row["article"]):
        page.fault(row.at("article"), f"{key} 的“article”应以“第{numeral(int(number))}条”开头，现为“{row['article']}”")
    if row["from"] < law.valid_from or (law.valid_to and (row.get("to") or date.max) > law.valid_to):
        page.fault(row.at("from"), f"{key} 的施行期间超出《{law.name}》的施行期间")
    return len(page.faults) == before
