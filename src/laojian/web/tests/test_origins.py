"""The page of every paper says where what it prints comes from: an entry, a register or a rule of the day."""

import re

import pytest
from django.urls import reverse
from tests.test_path import COMPLAINT
from tests.world import at

from laojian.papers.actions import templates
from laojian.papers.models import Paper
from laojian.procedure.take import FLOWS, open_file
from laojian.web.origins import KEPT, OWN

pytestmark = pytest.mark.django_db


def test_every_group_of_facts_that_a_paper_prints_has_an_origin():
    printed = {group for template in templates().values() for group, _ in template.fields}
    assert {"bureau", "given", "employer"} <= printed <= {*KEPT, *OWN}


def test_every_origin_names_steps_that_are():
    verbs = {step.verb for flow in FLOWS.values() for step in flow.steps}
    assert {verb for _, wrote in KEPT.values() for verb in wrote} <= verbs


def test_the_periods_that_a_paper_prints_are_known_to_it():
    notice = templates()["penalty_notice"]
    assert set(notice.periods) == {"defense", "hearing_request"}
    assert ("bureau", "联系电话") in notice.fields and ("given", "违法事实") in notice.fields


def test_the_page_names_entry_actor_and_rules(client, world):
    file = open_file("general", "register", by=world.zhou, at=at("2026-01-05"), given=COMPLAINT)
    paper = Paper.objects.filter(dossier_id=file.id).first()
    client.force_login(world.zhou)
    page = client.get(reverse("paper", args=[paper.pk])).content.decode()
    part = page[page.index('id="origins"') :]
    assert "起草本文书的步骤：2026-01-05" in part and "周受理" in part and "记录第 1 条" in part
    for key in templates()[paper.code].basis:
        assert f"{reverse('article', args=[key])}?on=2026-01-05" in part
    assert len(re.findall(r'<th scope="row">', part)) >= 3
