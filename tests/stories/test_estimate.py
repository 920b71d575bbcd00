"""A head reads how many of those whom nobody has examined probably offend; an inspector's visit on site raises one to E3."""

import pytest

from laojian.employers.models import Employer
from laojian.inspections.sending import send_all
from laojian.inspections.tests.test_sending import SENT, finished, sent
from laojian.visits.models import Visit, VisitResult
from tests.visiting import VisitStory, firm

pytestmark = pytest.mark.django_db


def test_a_head_reads_the_estimate_and_a_visit_on_site_raises_its_employer(people, world, time):
    time("2026-03-09", 10)
    story = VisitStory(world, firm(81))
    inspector = people(world.zhang)
    inspector.open("employer", story.employer.pk).sees("E0", "没有检查过")
    story.ended()
    time("2026-03-10", 10)
    inspector.comes_back().open("employer", story.employer.pk).sees("E3", "现场核实", "2028-03-09").follow(
        "2026-03-09 现场检查，没有发现问题"
    )
    inspector.sees(story.file.dossier["number"])
    inspector.open("employers").sees("E3")
    file = sent(world)
    send_all(file.id, world.wang, SENT)
    finished(world, file)
    VisitResult.objects.filter(code="no_problem", visit__ground="draw").first().delete()
    VisitResult.objects.create(visit_id=first_drawn(), seq=2, code="correction_ordered", noted_on="2026-06-10")
    for nth, row in enumerate(Employer.objects.order_by("pk")):
        Employer.objects.filter(pk=row.pk).update(
            industry=("建筑业", "制造业", "住宿和餐饮业")[nth % 3], workers=(8, 60, 400)[nth % 2]
        )
    time("2026-07-01", 10)
    head = people(world.wang)
    head.open("credit_estimate").sees("没有检查过的单位", "不知道", "接下来查哪里最有用", "的把握").unfold("怎么算的")
    head.sees("Clopper–Pearson", "Bonferroni").picture("estimate")
    numbers = head.page.locator("#strata tbody tr td.num a")
    numbers.first.click()
    head.sees("没有检查过的A级单位").open("credit_estimate").follow("抽查计划").sees("年度双随机抽查计划")


def first_drawn() -> int:
    """A drawn visit whose result was taken away."""
    return (
        Visit.objects.filter(ground="draw", results=None, ended_on__isnull=False).values_list("pk", flat=True).first()
    )
