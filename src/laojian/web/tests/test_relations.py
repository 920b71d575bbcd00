"""What keeps an officer from an employer ends on a page: by the head, on a day that has come, with a deed in the record."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from tests.visiting import firm

from laojian.employers.models import Relation
from laojian.employers.queries import tied
from laojian.record.models import Entry

pytestmark = pytest.mark.django_db


def ending(row: Relation, day) -> dict:
    return {"kind": "end_relation", "end_relation-relation": str(row.pk), "end_relation-ended_on": str(day)}


def test_a_relation_ends_on_a_page_and_may_be_declared_again(client, world):
    employer, today = firm(), localdate()
    url = reverse("availability", args=[world.zhang.pk])
    row = Relation.objects.create(
        officer=world.zhang, employer=employer, kind="kin", declared_on=today - timedelta(days=9)
    )
    client.force_login(world.zhang)
    assert "登记关系终止" not in client.get(url).content.decode()
    assert client.post(url, ending(row, today)).status_code == 403  # nobody frees himself
    client.force_login(world.wang)
    for day in (today + timedelta(days=1), today - timedelta(days=10)):
        refused = client.post(url, ending(row, day))
        assert refused.status_code == 422 and "不晚于今天" in refused.content.decode()
    for wrong in ("", "x", "²", "99999999999999999999", str(row.pk + 1)):
        assert client.post(url, ending(row, today) | {"end_relation-relation": wrong}).status_code == 422
    assert tied([world.zhang.pk], employer.pk)
    assert client.post(url, ending(row, today)).status_code == 302
    assert not tied([world.zhang.pk], employer.pk)
    deed = Entry.objects.get(verb="end_relation")
    assert deed.given["employer"] == employer.name and deed.given["ended_on"] == today.isoformat()
    assert client.post(url, ending(row, today)).status_code == 422  # it has ended already
    client.force_login(world.zhang)
    again = {
        "kind": "relation",
        "relation-kind": "kin",
        "relation-declared_on": str(today),
        "relation-code": employer.credit_code,
    }
    assert client.post(url, again).status_code == 302
    assert client.post(url, again).status_code == 422 and tied([world.zhang.pk], employer.pk)
    assert Relation.objects.count() == 2


def test_who_must_withdraw_from_a_site_of_another_officer_is_not_touched(client, world):
    row = Relation.objects.create(officer=world.li, employer=firm(), kind="interest", declared_on=localdate())
    client.force_login(world.wang)
    url = reverse("availability", args=[world.zhang.pk])
    assert client.post(url, ending(row, localdate())).status_code == 422
    assert Relation.objects.get().ended_on is None
