"""The public randomness that an announcement names, read into the one text that enters the seed. Pure.

The canonical text is part of the protocol (docs/protocol-draw.md): the same result of a lottery, however it was printed or
typed, gives the same text, and what can be read in two ways is refused.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from laojian.inspections.draw import NotDrawable

THROWS = 20  # the least number of decimal digits thrown
BETWEEN = re.compile(r"[\s,，、.;；:：/-]+")
SPLIT = re.compile(r"[+|]|(?<=\d)\s*(?:蓝球|蓝|后区)|(?:蓝球|后区)(?=\D*\d)")
SPOKEN = re.compile(r"红球|红|前区|蓝球|蓝|后区|号码|开奖结果|开奖|结果|百位|十位|个位")
ISSUE = re.compile(r"^(?:第)?\s*(\d+)\s*期")


@dataclass(frozen=True)
class Named:
    """The randomness that is named before it exists: a word of `SOURCES`, which one, and the day on which it comes to be.

    `issue` is the number of the issue (lotteries), of the round (drand) or pulse (nist), of the minutes (dice).
    """

    source: str
    issue: str
    on: date


@dataclass(frozen=True)
class Lottery:
    """How a lottery's result is written: how many numbers from which range, before and after the plus."""

    main: tuple[int, int, int]  # how many, from, to
    extra: tuple[int, int, int] | None
    example: str


LOTTERIES = {
    "ssq": Lottery((6, 1, 33), (1, 1, 16), "01 05 09 17 22 33 + 07"),
    "dlt": Lottery((5, 1, 35), (2, 1, 12), "01 05 09 17 22 + 03 11"),
}
HEXADECIMAL = {"drand": 64, "nist": 128}  # digits of a beacon's value
SOURCES = {
    "ssq": "中国福利彩票双色球",
    "dlt": "中国体育彩票大乐透",
    "3d": "中国福利彩票3D",
    "drand": "drand 公共随机信标",
    "nist": "NIST 公共随机信标",
    "dice": "当众掷十面骰",
}


def check_named(named: Named, announced_on: date) -> Named:
    """The same, with its number in canonical form; raises `NotDrawable` where it could already be known, or is unclear."""
    if named.source not in SOURCES:
        raise NotDrawable(f"不认识的随机数来源 {named.source!r}：请从 {'、'.join(SOURCES.values())} 中选择。")
    if named.on < announced_on or (named.on == announced_on and named.source != "dice"):
        raise NotDrawable(
            f"{SOURCES[named.source]} {named.on} 的结果在公告（{announced_on}）时可能已经公布，"
            "先知道随机数再定名录就谈不上随机：请改用公告之后的一期。"
        )
    return replace(named, issue=issue(named))


def issue(named: Named) -> str:
    """The number of the issue, round or minutes in canonical form; lotteries have seven digits, the year first."""
    text, label = unicodedata.normalize("NFKC", named.issue).strip(), SOURCES[named.source]
    if named.source == "dice":
        if not text or re.search(r"[|:\s]", text):
            raise NotDrawable(f"掷骰笔录编号 {named.issue!r} 不能为空，也不能含有空格、“|”或者“:”：请按笔录填写。")
        return text
    digits = (found[1] if (found := ISSUE.match(text)) else text).lstrip("0")
    if not re.fullmatch(r"[0-9]+", digits):
        raise NotDrawable(f"{label}的期号（轮次）{named.issue!r} 不是数字：请按公布的期号填写，例如 2026123。")
    if named.source in HEXADECIMAL:
        return digits
    full = f"20{digits}" if len(digits) == 5 else digits
    if len(full) != 7:
        raise NotDrawable(f"{label}的期号 {named.issue!r} 看不懂：期号是四位年份加三位序号，例如 2026123。")
    if full[:4] != str(named.on.year):
        raise NotDrawable(f"{label}第 {full} 期与开奖日期 {named.on} 不是同一年：请核对期号和日期。")
    return full


def canonical(named: Named, text: str) -> str:
    """The result as it enters the seed: source:issue:value. Raises `NotDrawable` for what is wrong, missing or ambiguous."""
    if named.source not in SOURCES:
        raise NotDrawable(f"不认识的随机数来源 {named.source!r}：请从 {'、'.join(SOURCES.values())} 中选择。")
    plain = unicodedata.normalize("NFKC", text).strip()
    number = issue(named)
    if (found := ISSUE.match(plain)) and named.source != "dice":
        other = issue(replace(named, issue=found[1]))
        if other != number:
            raise NotDrawable(f"录入的是第 {other} 期，公告指定的是第 {number} 期：只能用公告指定的那一期，请改录。")
        plain = plain[found.end() :].strip()
    return f"{named.source}:{number}:{READERS[named.source](named.source, plain)}"


def balls(source: str, text: str) -> str:
    """Numbers of a lottery with two ranges, each in ascending order; the order in which balls fell does not count."""
    rules, label = LOTTERIES[source], SOURCES[source]
    parts = [SPOKEN.sub(" ", part) for part in SPLIT.split(text)]
    parts = [part for part in parts if part.strip()]
    if len(parts) != 2:
        raise NotDrawable(f"{label}的号码分不清前后两部分：请用“+”隔开，例如 {rules.example}。")
    return "+".join(
        ".".join(f"{number:02d}" for number in sorted(drawn(part, kind, label, rules.example)))
        for part, kind in zip(parts, (rules.main, rules.extra), strict=True)
    )


def drawn(part: str, kind: tuple[int, int, int], label: str, example: str) -> list[int]:
    count, lowest, highest = kind
    words = [word for word in BETWEEN.split(part) if word]
    if not all(re.fullmatch(r"[0-9]{1,2}", word) for word in words):
        raise NotDrawable(f"{label}的号码 {part.strip()!r} 看不懂：每个号码单独写、中间用空格隔开，例如 {example}。")
    numbers = [int(word) for word in words]
    if len(numbers) != count or len(set(numbers)) != count:
        raise NotDrawable(
            f"{label}这一部分应是 {count} 个不同的号码，录入了 {len(set(numbers))} 个：请对照公布的结果，例如 {example}。"
        )
    if wrong := [number for number in numbers if not lowest <= number <= highest]:
        raise NotDrawable(f"{label}没有号码 {wrong[0]}（应在 {lowest} 至 {highest} 之间）：请对照公布的结果改正。")
    return numbers


def places(source: str, text: str) -> str:
    """Three digits in the order of their places."""
    words = [word for word in BETWEEN.split(SPOKEN.sub(" ", text)) if word]
    digits = "".join(words)
    if not re.fullmatch(r"[0-9]{3}", digits) or len(words) not in (1, 3):
        raise NotDrawable(f"{SOURCES[source]}的号码 {text!r} 看不懂：应是百位、十位、个位三个数字，例如 0 7 7。")
    return ".".join(digits)


def beacon(source: str, text: str) -> str:
    """A beacon's value in lower-case hexadecimal, whole."""
    digits = re.sub(r"\s", "", text).lower().removeprefix("0x")
    if len(digits) != HEXADECIMAL[source] or not re.fullmatch(r"[0-9a-f]+", digits):
        raise NotDrawable(
            f"{SOURCES[source]}的值应是 {HEXADECIMAL[source]} 位十六进制数，录入了 {len(digits)} 个字符"
            "（或者含有其他符号）：请完整复制公布的值。"
        )
    return digits


def dice(source: str, text: str) -> str:
    """Digits of ten-sided dice in the order of the minutes."""
    digits = re.sub(r"[\s,，、.;；-]", "", text)
    if not re.fullmatch(r"[0-9]*", digits):
        raise NotDrawable(f"掷骰结果 {text!r} 中有不是数字的符号：请按笔录依次录入每次掷出的 0 至 9。")
    if len(digits) < THROWS:
        raise NotDrawable(f"掷骰结果只有 {len(digits)} 位，至少要有 {THROWS} 位才难以预先算出：请当众继续掷满。")
    return digits


READERS: dict[str, Callable[[str, str], str]] = {
    "ssq": balls, "dlt": balls, "3d": places, "drand": beacon, "nist": beacon, "dice": dice,
}  # fmt: skip
