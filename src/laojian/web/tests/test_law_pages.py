"""The pages of the law: every item stands there as of any day, sums are those of `due()`, and a refusal is a sentence."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from openpyxl import load_workbook

from laojian.lawbook import law
from laojian.web.shelf import SECTIONS, shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, world):
    client.force_login(world.zhang)
    return client


def asked(client, **query) -> str:
    answer = client.get(reverse("law"), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.key)
def test_every_item_of_every_section_stands_on_its_page_for_anybody(client, db, section):
    page = asked(client, section=section.key)
    today = [item for item in shelf()[section.key] if item.at(localdate())]
    assert today and all(f'id="{section.key}-{item.key}"' in page for item in today)
    assert len(re.findall(r'<th scope="row">', page)) == len(today)


def test_every_article_that_an_item_names_is_linked(client, db):
    page = asked(client, section="clocks")
    assert reverse("article", args=["lsr-17"]) in page
    assert "60个工作日，行政机关负责人批准可延长30个工作日" in page


def test_the_law_is_read_as_it_stood_on_a_day(client, db):
    then, now = asked(client, section="clocks", on="2020-06-01"), asked(client, section="clocks", on="2022-06-01")
    told = {day: re.search(r'id="clocks-hearing_request".*?data-label="内容">(.*?)[；<]', page, re.S)[1] for day, page in
            (("then", then), ("now", now))}  # fmt: skip
    assert told == {"then": "3日", "now": "5个工作日"}
    assert 'id="articles-apl-64"' not in asked(client, section="articles", on="2020-06-01")


def test_what_changed_stands_side_by_side(client, db):
    page = asked(client, since="2021-07-14", on="2021-07-15")
    row = re.search(r'id="clocks-hearing_request".*?</tr>', page, re.S)[0]
    assert "修改" in row and "3日" in row and "5个工作日" in row
    assert "新增" in re.search(r'id="articles-apl-64".*?</tr>', page, re.S)[0]
    assert "终止" in re.search(r'id="articles-apl1996-42".*?</tr>', page, re.S)[0]
    assert 'id="clocks-investigate"' not in page, "what stays the same is not listed"
    assert "这段时间没有变化" in asked(client, since="2021-07-15", on="2021-07-15")


def test_two_characters_find_an_item_wherever_it_stands(client, db):
    page = asked(client, words="听证")
    assert 'id="clocks-hearing_request"' in page and 'id="articles-apl-64"' in page and "法条：" in page
    assert "请至少写两个字" in asked(client, words="听")
    assert "没有找到" in asked(client, words="没有这种规定")


def test_a_day_that_is_none_is_told_and_the_page_still_stands(client, db):
    page = asked(client, section="clocks", on="last week")
    assert "日期请按" in page and 'id="clocks-investigate"' in page


def test_every_item_tells_where_it_is_used(client, db):
    assert "步骤 申请延长调查" in re.search(r'id="articles-lsr-17".*?</tr>', asked(client, section="articles"), re.S)[0]
    links = re.findall(r'href="(/law\?section=[^"#]*)#([^"]+)"', asked(client, section="articles"))
    assert links
    for address, anchor in set(links[:400]):
        section = re.search(r"section=(\w+)", address)[1]
        assert anchor.removeprefix(f"{section}-") in {item.key for item in shelf()[section]}


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
def test_a_sum_or_the_reason_why_there_is_none(client, db, query, told):
    assert told in asked(client, **query)


def test_every_article_opens_for_anybody(client, db):
    def opened(key: str) -> bool:
        answer = client.get(reverse("article", args=[key]))
        return answer.status_code == 200 and law().article(key).says[:10] in answer.content.decode()

    assert law().articles
    assert [key for key in law().articles if not opened(key)] == []


def test_an_article_says_what_stands_on_it(client, db):
    page = client.get(reverse("article", args=["lsr-17"])).content.decode()
    assert "调查期限" in page and "申请延长调查" in page
    assert f'href="{reverse("law")}?clock=investigate' in page


def test_an_article_says_whether_it_was_in_force_on_a_day(client, db):
    def opened(on: str) -> str:
        return client.get(reverse("article", args=["apl-64"]), {"on": on}).content.decode()

    assert "<b>不施行</b>" in opened("2020-01-05") and "<b>不施行</b>" not in opened("2022-01-05")
    assert "section=articles&amp;on=2022-01-05#articles-apl-64" in opened("2022-01-05")
    assert "要点" in opened("some day")


def test_an_article_that_is_none_is_not_there(client, db):
    assert client.get(reverse("article", args=["lsr-999"])).status_code == 404


def test_what_is_shown_is_exported(client, db):
    def rows(**query) -> int:
        return load_workbook(BytesIO(client.get(reverse("law"), query | {"export": "xlsx"}).content)).active.max_row - 1

    assert rows(section="clocks") == sum(1 for item in shelf()["clocks"] if item.at(localdate()))
    assert 0 < rows(section="clocks", on="2020-06-01") < rows(section="clocks")
    assert rows(since="2021-07-14", on="2021-07-15") > 1


def test_the_pages_ask_the_database_for_nothing_of_their_own(desk, django_assert_max_num_queries):
    desk.get(reverse("account"))
    for query in (
        {"clock": "investigate", "start": "2026-01-05"},
        {"section": "articles"},
        {"since": "2020-01-01"},
        {"words": "工资"},
    ):
        with django_assert_max_num_queries(7):
            asked(desk, **query)


def test_a_reader_from_the_street_costs_one_question(client, db, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        asked(client, section="articles")
