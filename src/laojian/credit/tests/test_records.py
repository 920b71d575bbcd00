"""Grades from the records of cases: what was served counts, what was only found or has fallen does not."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from tests.casework import COMPANY, Story, decided, ended, heard, investigated, opened, ordered

from laojian.cases.models import Party
from laojian.credit.records import facts_of
from laojian.employers.actions import register_employer
from laojian.employers.identifiers import invented_credit_code
from laojian.employers.models import Employer
from laojian.papers.models import Paper
from laojian.people.acting import acting

pytestmark = pytest.mark.django_db


def told(*args: str) -> str:
    out = StringIO()
    call_command("grade", *args, stdout=out)
    return out.getvalue()


def respondent(story) -> Employer:
    """The case's respondent as one of the register, which the complaint did not know."""
    firm = register_employer({"name": COMPANY, "kind": "company", "credit_code": invented_credit_code(77)})
    with acting(story.world.zhang.pk):
        Party.objects.filter(dossier_id=story.file.id, name=COMPANY).update(employer=firm)
    return firm


def test_an_order_that_was_served_makes_a_b_and_its_fall_an_a_again(world):
    story = Story(world)
    for part in (opened, investigated, ordered):
        part(story)
    employer = respondent(story)
    year_end = f"{story.now.year + 1}-01-15"
    found = told("--employer", employer.credit_code, "--on", year_end)
    assert "：B（" in found and "责令改正" in found and f"卷宗 {story.file.id}" in found
    assert f"A {Employer.objects.count() - 1}" in told("--on", year_end)
    with acting(world.zhang.pk):
        Paper.objects.filter(dossier_id=story.file.id, code="correction_order").update(voided="撤销")
    assert "：A（" in told("--employer", employer.credit_code, "--on", year_end)


def test_a_penalty_counts_once_for_its_case_and_makes_a_c_in_tianjin(world):
    story = Story(world)
    for part in (opened, investigated, ordered, ended, heard, decided):
        part(story)
    employer = respondent(story)
    with acting(world.clock.pk):
        assert {fact.case for fact in facts_of(employer.pk)} == {story.file.id}
    found = told("--scheme", "national", "--against", "tianjin", "--on", f"{story.now.year + 1}-01-15")
    assert "等级不同的" in found


def test_a_code_that_is_not_there_is_told(world):
    with pytest.raises(CommandError, match="单位库没有统一社会信用代码"):
        told("--employer", "911201140000000000")
