"""How names are taken down, sorted and found. Pure; `folded` and `bigrams` have twins in SQL (migration 0001)."""

import unicodedata

from .identifiers import Checked

NAME_LENGTH = 120
# Only what is the same in every locale of every database: ASCII letters and ASCII blanks.
FOLD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", " \t\n\v\f\r")
INVISIBLE = {"Cc": "控制字符", "Cf": "看不见的格式字符", "Cs": "残缺字符", "Zl": "换行符", "Zp": "换行符"}


def check_name(text: str, what: str = "名称", longest: int = NAME_LENGTH) -> Checked:
    """A name as it will be stored: exactly as typed, without the blanks around it. Whatever can be read is allowed,
    rare characters and angle brackets too; characters that cannot be seen are refused with their place."""
    name = text.strip().strip("\ufeff\u200b")
    if not name:
        return Checked(name, (f"请填写{what}。",))
    for place, sign in enumerate(name, 1):
        if word := INVISIBLE.get(unicodedata.category(sign)):
            return Checked(name, (f"{what}第 {place} 个字是{word}，请删去后重新输入。",))
    if len(name) > longest:
        return Checked(name, (f"{what}最多 {longest} 个字，现为 {len(name)} 个字。",))
    return Checked(name)


def sort_key(name: str) -> bytes:
    """Bytes that sort common characters by pinyin in every database: GB 2312 lays out its 3,755 common characters so.

    Latin and digits come first, then common characters by pinyin, then less common ones by radical, then the rest. A
    character of two readings stands where GB 2312 put it (重 under zhong, 行 under xing).
    """
    return b"".join(gb2312(sign) for sign in folded(name))


def gb2312(sign: str) -> bytes:
    try:
        return sign.encode("gb2312")
    except UnicodeEncodeError:
        return b"\xff" + sign.encode("utf-8", "surrogatepass")


def folded(text: str) -> str:
    """The text as search sees it: compatibility forms unified, ASCII letters small, no blanks."""
    return unicodedata.normalize("NFKC", text).translate(FOLD)


def bigrams(text: str) -> list[str]:
    """Every pair of neighbouring characters of the folded text, each once, in order of code points."""
    text = folded(text)
    return sorted({text[place : place + 2] for place in range(len(text) - 1)})


def givers_above(links: list[tuple[int, int]], employer_id: int) -> list[int]:
    """Who stands above an employer on a site, nearest first; `links` are (giver, taker). Circles end the walk."""
    above, level = [], [employer_id]
    while level:
        level = [giver for giver, taker in links if taker in level and giver not in (employer_id, *above)]
        level = list(dict.fromkeys(level))
        above += level
    return above
