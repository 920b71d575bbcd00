"""Articles are cited as documents cite them, and every key that code relies on exists."""

from itertools import pairwise

import pytest

from laojian.lawbook import counting, law
from laojian.lawbook.articles import numeral

NEEDED = {
    "lsr": "9 12 13 14 15 16 17 18 19 20 21 26 30",
    "impl": "10 11 12 13 14 15 16 18 19 25 31 33 34 35 36 37 38 39 40 46",
    "apl": "25 28 33 36 37 38 39 40 41 42 43 44 45 46 47 48 52 54 55 56 57 58 59 60 61 62 63 64 66 67 72 85",
    "acl": "39 45 53 54 69",
    "mww": "10 29 30 36 37 40 41 42 50",
    "lcl": "79 85 93 94",
    "ll": "43 50 91 101",
    "laml": "27",
    "arl": "20 23 24 32",
    "all": "45 46",
    "cpl": "85 87 88 89 90 91 92 93 94 95",
    "cc": "201 202 203",
    "spc2013": "3 4",
    "hear": "3 5",
    "xfer": "5",
    "gbf118": "",
    "gbf54": "",
    "ogi": "16 26",
    "local": "supplement defense review close archive reply",
}
"""The articles on which the steps of the procedure rest, by law."""


def test_the_procedures_articles_exist():
    keys = [f"{short}-{number}".rstrip("-") for short, numbers in NEEDED.items() for number in numbers.split(" ")]
    assert len(keys) > 100 and [key for key in keys if key not in law().articles] == []


def test_counting_cites_an_article_in_force_whenever_a_period_can_start():
    first = min(version.valid_from for clock in law().clocks.values() for version in clock.versions)
    for keys in (counting.FIRST_DAY, counting.ROLL):
        articles = sorted((law().article(key) for key in keys), key=lambda article: article.valid_from)
        assert articles[0].valid_from <= first and articles[-1].valid_to is None
        for earlier, later in pairwise(articles):
            assert earlier.valid_to.toordinal() + 1 == later.valid_from.toordinal()


@pytest.mark.parametrize(
    ("key", "cite", "short"),
    [
        ("lsr-17", "《劳动保障监察条例》第十七条", "监察条例 17"),
        ("impl-18", "《关于实施〈劳动保障监察条例〉若干规定》第十八条", "实施规定 18"),
        ("apl1996-42", "《行政处罚法》第四十二条（施行至2021-07-14的文本）", "处罚法（旧） 42"),
        ("local-review", "本局规定（法制审核期限）", "本局规定"),
    ],
)
def test_citations(key, cite, short):
    assert (law().article(key).cite, law().article(key).short) == (cite, short)


def test_papers_cite_the_official_title():
    assert law().article("apl-60").cite_in_full == "《中华人民共和国行政处罚法》第六十条"
    assert law().article("gbf54").cite_in_full.endswith("（国办发〔2024〕54号）")


@pytest.mark.parametrize(
    ("number", "words"),
    [(9, "九"), (10, "十"), (17, "十七"), (20, "二十"), (101, "一百零一"), (110, "一百一十"), (203, "二百零三")],
)
def test_article_numbers_in_words(number, words):
    assert numeral(number) == words


def test_versions_follow_one_another():
    hearing = law().clock("hearing_request")
    assert [(v.length, v.unit) for v in hearing.versions] == [(3, "day"), (5, "working_day")]
    assert hearing.versions[0].valid_to.isoformat() == "2021-07-14" and hearing.versions[1].valid_to is None
    for clock in law().clocks.values():
        assert all(a.valid_to < b.valid_from for a, b in pairwise(clock.versions))


def test_local_periods_say_where_they_come_from_and_none_is_without_a_unit():
    versions = [version for clock in law().clocks.values() for version in clock.versions]
    assert all(version.source for version in versions if version.confidence == "C")
    assert all(version.unit for version in versions)
