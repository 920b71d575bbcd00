"""The pages of the law: every period and article opens, sums are those of `due()`, and a refusal is a sentence."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from laojian.lawbook import law

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, world):
    client.force_login(world.zhang)
    return client


def asked(client, **query) -> str:
    answer = client.get(reverse("law"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_period_stands_on_the_page_with_its_article(desk):
    page = asked(desk)
    assert len(re.findall(r'<th scope="row">', page)) == len(law().clocks)
    assert "60个工作日，行政机关负责人批准可延长30个工作日" in page
    assert "1996-10-01 至 2021-07-14：3日" in page, "an older version"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"clock": "investigate", "start": "2026-01-06"}, "2026-04-07"),
        ({"clock": "investigate", "start": "2026-01-05", "extended": "on"}, "延长30个工作日"),
        ({"clock": "correct", "start": "2026-01-05", "length": "7", "unit": "day"}, "2026-01-12"),
        ({"clock": "transfer_hand", "start": "2026-01-05", "at": "10:30"}, "2026-01-06 10:30"),
        ({"clock": "investigate", "start": "2026-11-23"}, "暂定，年度安排未公布"),
        ({"clock": "correct", "start": "2026-01-05"}, "须给出长度和单位"),
        ({"clock": "conclude", "start": "2019-01-05"}, "尚无“行政处罚决定期限”这一期限"),
        ({"clock": "investigate", "start": "2012-01-05"}, "2012"),
        ({"clock": "investigate", "start": "yesterday"}, "起算之日不是一个日期"),
        ({"clock": "no such", "start": "2026-01-05"}, "没有这个期限"),
        ({"clock": "correct", "start": "2026-01-05", "length": "-3", "unit": "day"}, "长度须为 1 至 999"),
        ({"clock": "correct", "start": "2026-01-05", "length": "1000", "unit": "year"}, "长度须为 1 至 999"),
        ({"clock": "blacklist", "start": "9999-12-30"}, "须在 1990 年至 2200 年之间"),
    ],
)
def test_a_sum_or_the_reason_why_there_is_none(desk, query, told):
    assert told in asked(desk, **query)


def test_every_article_opens_for_anybody(client, db):
    def opened(key: str) -> bool:
        answer = client.get(reverse("article", args=[key]))
        return answer.status_code == 200 and law().article(key).says[:10] in answer.content.decode()

    assert law().articles
    assert [key for key in law().articles if not opened(key)] == []


def test_an_article_says_what_stands_on_it(desk):
    page = desk.get(reverse("article", args=["lsr-17"])).content.decode()
    assert "调查期限" in page and "申请延长调查" in page
    assert f'href="{reverse("law")}?clock=investigate' in page


def test_the_public_gets_no_link_to_the_desk(client, db):
    page = client.get(reverse("article", args=["lsr-17"])).content.decode()
    assert "调查期限" in page and reverse("law") + "?" not in page


def test_an_article_that_is_none_is_not_there(client, db):
    assert client.get(reverse("article", args=["lsr-999"])).status_code == 404


def test_the_list_is_exported(desk):
    sheet = load_workbook(BytesIO(desk.get(reverse("law"), {"export": "xlsx"}).content)).active
    assert sheet.max_row == 1 + len(law().clocks)


def test_the_pages_ask_the_database_for_nothing_of_their_own(desk, django_assert_max_num_queries):
    desk.get(reverse("account"))
    with django_assert_max_num_queries(7):
        asked(desk, clock="investigate", start="2026-01-05")
