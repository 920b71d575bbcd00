"""The outbox at the desk: lists cost the same, another bureau finds nothing, receipts by hand, files, the administrator's page."""

import io
import json

import openpyxl
import pytest
from django.urls import reverse
from tests.beside import decided_briefly
from tests.casework import COMPANY, Story
from tests.publicising import made_public
from tests.world import at, officer

from laojian.cases.models import Party
from laojian.exchange.actions import send
from laojian.exchange.keys import unlock
from laojian.exchange.models import Connection, Outgoing
from laojian.people.acting import acting
from laojian.record.models import Entry

pytestmark = pytest.mark.django_db
NUMBER = "11010119900307561X"


@pytest.fixture
def story(world):
    told = Story(world)
    decided_briefly(told)
    return told


def newest(platform="sharing") -> Outgoing:
    return Outgoing.objects.filter(platform=platform).latest("id")


def body(answer) -> str:
    return answer.content.decode()


def test_the_list_tells_what_waits_and_which_penalty_nobody_has_decided(story, client):
    client.force_login(story.world.wang)
    assert "还没有决定是否公示的处罚" in body(client.get(reverse("outbox")))
    made_public(story)
    page = body(client.get(reverse("outbox")))
    assert "还没有决定是否公示的处罚" not in page and COMPANY in page and "待送达" in page and "没有登记接口" in page


def test_the_list_costs_the_same_however_long_it_is(
    story, client, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(story.world.wang)
    made_public(story)
    client.get(reverse("outbox"))
    with django_assert_max_num_queries(20) as few:
        client.get(reverse("outbox"))
    with acting(story.world.wang.pk):
        for n in range(40):
            send(story.file.id, "listing", f"listing:{n}", {"name": f"示例{n}公司"}, at=at("2026-05-06"), due_on=None)
    with django_assert_num_queries(len(few)):
        first = body(client.get(reverse("outbox")))
    assert "下一页" in first


def test_another_bureau_finds_nothing(story, client):
    made_public(story)
    client.force_login(officer("all", "甄全权", story.world.elsewhere, ["clerk", "inspector", "unit_head"]))
    assert client.get(reverse("outgoing", args=[newest().pk])).status_code == 404
    assert client.post(reverse("outgoing", args=[newest().pk]), {"receipt": "R1"}).status_code == 404
    assert client.post(reverse("outgoing_push", args=[newest().pk])).status_code == 404
    assert COMPANY not in body(client.get(reverse("outbox") + "?all=1"))
    assert json.loads(client.get(reverse("outbox_file", args=["sharing", "json"])).content) == {"items": []}


def test_the_receipt_of_a_file_is_entered_once(story, client):
    made_public(story)
    client.force_login(story.world.zhou)
    url = reverse("outgoing", args=[newest().pk])
    assert client.post(url, {"receipt": ""}).status_code == 422
    assert client.post(url, {"receipt": "XY-2026-1"}).status_code == 302
    again = client.post(url, {"receipt": "XY-2026-2"})
    assert again.status_code == 422 and "不是待送达" in body(again)
    assert (newest().delivery, newest().receipt) == ("delivered", "XY-2026-1")
    page = body(client.get(url))
    assert "XY-2026-1" in page and "人工登记回执" in page and "周受理" in page
    client.force_login(story.world.cao)
    assert client.post(reverse("outgoing", args=[newest("company").pk]), {"receipt": "R"}).status_code == 422


def test_files_hold_what_waits_and_are_looked_at_in_the_record(story, client):
    Party.objects.filter(pk=story.party()).update(kind="person", name="陈示东", code=NUMBER)
    made_public(story)
    client.force_login(story.world.zhou)
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("outbox_file", args=["credit_china", "xlsx"])).content))
    heads, keys, row = (list(each) for each in book["行政处罚"].iter_rows(values_only=True))
    assert len(keys) == 35 and row[keys.index("CF_NR_FK")] == "0.800000" and "罚款金额（万元）" in heads
    assert NUMBER not in str(row) and NUMBER not in body(client.get(reverse("outgoing", args=[newest().pk])))
    told = json.loads(client.get(reverse("outbox_file", args=["sharing", "json"])).content)["items"]
    assert told[0]["payload"]["CF_XDR_ZJHM"] == NUMBER  # the platform that shows it to nobody asks for it
    assert Entry.objects.filter(verb="take_outbox", kind="look").count() == 2


def test_the_administrator_registers_a_platform_and_nobody_reads_the_key(story, client):
    made_public(story)
    client.force_login(story.world.admin)
    url, home = reverse("platforms"), story.world.district.pk
    given = {
        "bureau": home,
        "platform": "sharing",
        "url": "http://example.org",
        "secret": "示例密钥",
        "document": "示信办〔2026〕1号",
    }
    assert "https" in body(client.post(url, given))
    good = given | {"url": "https://example.org/api"}
    assert "须填写签名密钥" in body(client.post(url, good | {"secret": ""}))
    assert client.post(url, good).status_code == 302
    kept = Connection.objects.get()
    assert "示例密钥" not in kept.secret and unlock(kept.secret) == "示例密钥" and newest().next_at is not None
    page = body(client.get(url))
    assert "https://example.org/api" in page and "示例密钥" not in page and kept.secret not in page
    client.post(url, good | {"secret": "", "document": "示信办〔2026〕2号"})
    assert unlock(Connection.objects.get().secret) == "示例密钥"
    client.post(url, good | {"url": "", "secret": ""})
    assert Connection.objects.count() == 0 and newest().next_at is None
    assert set(Entry.objects.filter(kind="deed", verb__contains="platform").values_list("verb", flat=True)) == {
        "connect_platform", "disconnect_platform",
    }  # fmt: skip
