"""The pages of the calculators: every one opens for anybody, answers as the lawbook does, refuses in sentences, keeps nothing."""

import pytest
import yaml
from django.contrib.sessions.models import Session
from django.urls import reverse

from laojian.lawbook import folder
from laojian.lawbook.wages import CALCULATORS, answer
from laojian.record.models import Entry
from laojian.web.templatetags.laojian import yuan

pytestmark = pytest.mark.django_db
EXAMPLES = yaml.safe_load((folder() / "examples/wages.yaml").read_text(encoding="utf-8"))
FIRST = {example["ask"]: example for example in reversed(EXAMPLES) if "refused" not in example}
OVERTIME = {"wage": "4350", "days": "2021-05-01 8", "region": "tianjin"}


def told(example: dict) -> dict[str, str]:
    return {name: str(value) for name, value in example["given"].items()}


def sent(client, key: str, given: dict, query: str = ""):
    return client.post(reverse("calculator", args=[key]) + query, given)


def test_all_calculators_are_found_from_the_public_page_and_from_the_law(client, db, world):
    assert reverse("calculators") in client.get(reverse("home")).content.decode()
    assert reverse("calculators") in client.get(reverse("law")).content.decode()
    page = client.get(reverse("calculators")).content.decode()
    assert all(reverse("calculator", args=[each.key]) in page and each.label in page for each in CALCULATORS)


@pytest.mark.parametrize("each", CALCULATORS, ids=lambda each: each.key)
def test_every_calculator_opens_and_answers_anybody(client, db, each):
    url = reverse("calculator", args=[each.key])
    assert client.get(url).status_code == 200
    example = FIRST[each.key]
    page = sent(client, each.key, {"region": "tianjin"} | told(example))
    text = page.content.decode()
    found = answer(each.key, told(example))
    assert page.status_code == 200
    assert all(yuan(amount) in text for _, amount in found.sums) and found.verdict in text
    assert all(reverse("article", args=[line.basis]) in text for line in found.steps if line.basis)


@pytest.mark.parametrize("example", [e for e in EXAMPLES if "refused" in e], ids=lambda e: e["says"])
def test_what_the_lawbook_refuses_the_page_refuses_and_keeps_the_input(client, db, example):
    page = sent(client, example["ask"], {"region": "tianjin"} | told(example))
    assert page.status_code == 422 and example["refused"] in page.content.decode()
    assert all(value in page.content.decode() for value in told(example).values())


def test_all_that_is_wrong_is_told_beside_its_field(client, db):
    page = sent(client, "overtime", {"wage": "", "days": "2021-05-41 8", "time_off": "-4"}).content.decode()
    assert "请填写。" in page and "没有“2021-05-41”这一天" in page and "不是不为负的数" in page
    assert "有 3 处需要更正" in page


def test_nothing_that_is_asked_is_kept(client, db):
    before = (Entry.objects.count(), Session.objects.count())
    sent(client, "overtime", OVERTIME)
    assert (Entry.objects.count(), Session.objects.count()) == before


def test_an_officers_result_leads_to_the_ledger_step_filled_in(client, world):
    client.force_login(world.zhou)
    page = sent(client, "overtime", OVERTIME, "?dossier=12").content.decode()
    assert "/dossiers/12/steps/change_ledger?amount=600.00" in page
    assert "/dossiers/" not in sent(client, "overtime", OVERTIME).content.decode().partition("<main")[2]


@pytest.mark.parametrize("dossier", ["12", "x", "1/steps/close", "１２"])
def test_the_public_gets_no_way_into_a_dossier(client, db, dossier):
    assert "/dossiers/" not in sent(client, "overtime", OVERTIME, f"?dossier={dossier}").content.decode()


def test_a_calculator_that_is_none_is_not_there(client, db):
    assert client.get(reverse("calculator", args=["nothing"])).status_code == 404


def test_a_page_can_begin_filled_in(client, db):
    assert 'value="4350"' in client.get(reverse("calculator", args=["overtime"]) + "?wage=4350").content.decode()
