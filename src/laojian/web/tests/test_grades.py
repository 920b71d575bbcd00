"""Grades on the pages: why each is what it is; a year as the city published it, under another scheme; a rule tried from a file."""

from collections import Counter
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now
from hypothesis import given
from hypothesis import strategies as st
from tests.casework import Story, investigated, opened, ordered
from tests.world import at

from laojian.credit.models import Grade, Trial
from laojian.credit.records import everybody, facts_sql
from laojian.credit.sample import facts_by
from laojian.credit.schemes import of_text, schemes, written
from laojian.credit.tasks import adjusted, moved
from laojian.credit.tests.city import REGION, founded, served
from laojian.credit.tests.registers import EMPLOYERS, GIVEN
from laojian.credit.tests.test_records import respondent
from laojian.credit.tests.test_runs import Run, settled
from laojian.credit.trials import begin, reckon
from laojian.dossier.models import Dossier
from laojian.lawbook import LawError
from laojian.papers.models import Paper
from laojian.people.acting import acting
from laojian.people.models import Bureau, Officer

ON = date(2021, 5, 1)


def text(client, officer, name, *args, **query) -> str:
    client.force_login(officer)
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
def test_a_finding_changes_nothing_an_order_makes_a_b_and_its_fall_an_a_again_and_the_page_says_why(client, world):
    story = Story(world)
    opened(story)
    employer = settled(respondent(story))
    run = Run(world, "2026-03-02").approved("2026-03-03")

    def page() -> str:
        return text(client, world.wang, "credit_employer", employer.pk)

    investigated(story)
    adjusted(run.file.id, at("2026-03-11"))
    assert "（国家）：A" in page() and "没有计入的事实。没有记录不等于已经核实守法。" in page()
    ordered(story)
    adjusted(run.file.id, at("2026-06-01"))
    told = page()
    assert "（国家）：B" in told and "动态下调" in told and "因违法被查处" in told
    assert f'<a href="{reverse("dossier", args=[story.file.id])}">责令改正</a>' in told
    with acting(world.zhang.pk):
        Paper.objects.filter(dossier_id=story.file.id, code="correction_order").update(voided="撤销")
    adjusted(run.file.id, at("2026-06-03"))
    assert "（国家）：A" in page() and "依据不再有效，恢复" in page()


@pytest.mark.django_db
def test_the_year_that_the_city_published_comes_out_of_its_records_and_the_pages_explain_it(client, world):
    Bureau.objects.filter(pk=world.district.pk).update(region=REGION)
    with acting(world.zhang.pk):
        ids = founded(world)
    run = Run(world, "2021-05-01")
    moved(run.file.id, "store_grades", at("2021-05-01", 20))
    assert Counter(Grade.objects.values_list("grade", flat=True)) == GIVEN
    page = text(client, world.wang, "dossier", run.file.id)
    assert "A 级 93027 家中，<b>93027</b> 家（100.00％）没有人检查过" in page.replace(",", "")

    trial = begin(Officer.objects.get(pk=world.wang.pk), now(), ON, written("national"), written("tianjin"))
    reckon(trial.pk)
    trial = Trial.objects.get(pk=trial.pk)
    other = Counter()
    for cell, n in trial.matrix.items():
        other[cell.partition(">")[2]] += n
    assert sum(other.values()) == EMPLOYERS and other["C"] > GIVEN["C"] and other["A"] != GIVEN["A"]
    page = text(client, world.wang, "trial", trial.pk)
    assert "差别从哪里来" in page and "受到行政处罚" in page and "没有人看过" in page
    some = text(client, world.wang, "trial", trial.pk, cell="B>C", why="b1>t1")
    assert (
        "因违法被查处" in some
        and "一年内被查处三次以上" not in some[some.index('id="who"') : some.index("两种规则的原文")]
    )

    with acting(world.zhang.pk):
        some = ids[1_030:1_080]
        found = facts_by(facts_sql(), some)
        assert found == facts_by(facts_sql(only=some), some) and len(found) > 20
        before = everybody(schemes()["national"], ON, None, REGION)
        clean = next(key for key in reversed(ids) if before[key] == ("A", ""))
        file = Dossier.objects.create(flow="general", state="archived", title="示例", bureau=world.district, opened_on=ON, open=False,
                                      district=world.district, employer_id=clean)  # fmt: skip
        served(file, 1, "penalty_decision", date(2020, 12, 31))
        after = everybody(schemes()["national"], ON, None, REGION)
    assert {key for key in ids if before[key] != after[key]} == {clean} and after[clean] == ("B", "b1")


def sent(client, officer, content: bytes, **more):
    client.force_login(officer)
    told = {"on": "2026-03-02", "before": written("national"), "after": ""} | more
    return client.post(reverse("trials"), told | {"file": SimpleUploadedFile("规则.yaml", content)})


@pytest.mark.django_db
def test_a_rule_is_tried_from_a_file_and_nothing_in_force_changes(client, world):
    Run(world, "2026-03-02").approved("2026-03-03")
    before = list(Grade.objects.values())
    new = written("national").replace("at_least: 3", "at_least: 1")
    answer = sent(client, world.sun, new.encode("utf-8-sig"), after=written("tianjin"))
    trial = Trial.objects.get()
    assert (
        answer.status_code == 302 and trial.after_rules == new and of_text(trial.before_rules) == schemes()["national"]
    )
    reckon(trial.pk)
    assert list(Grade.objects.values()) == before and schemes()["national"].rules[0].at_least == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (written("national").replace("at_least: 3", "at_least: 三").encode(), "第9行"),
        (b"national: [", "YAML"),
        (b"? [a]\n: b\n", "键应为一个词"),
        (b"national: 3\n", "键值表"),
        (written("national").replace("grade: C", "grade: 最差的一级").encode(), "不超过 4 个字"),
        (
            written("national").replace("label: 企业", 'label: "\\0').replace("（国家）", '（国家）"').encode(),
            "一行不超过 200 个字",
        ),
        (written("national").replace("at_least: 3", "at_least: 99999999999999999999").encode(), "不大于 1000"),
        (b"a: {}\nb: {}\n", "应只写一种办法"),
        ("规则".encode("gb18030"), "不是 UTF-8"),
        (b"x" * 20_001, "不超过 20,000 字节"),
        (b"\0\0", "不是文本"),
        (b"", "空"),
    ],
)
def test_a_file_that_is_wrong_is_told_by_line_and_nothing_is_tried(client, world, content, says):
    answer = sent(client, world.sun, content)
    assert answer.status_code == 422 and says in answer.content.decode() and not Trial.objects.exists()


@pytest.mark.django_db
def test_what_was_uploaded_stands_on_the_page_to_be_mended(client, world):
    page = sent(client, world.sun, b"national: {label: mend-me}").content.decode()
    assert "mend-me" in page


@given(st.data())
def test_whatever_is_uploaded_is_a_scheme_or_told_what_is_wrong(data):
    lines = written(data.draw(st.sampled_from(list(schemes())))).splitlines()
    n = data.draw(st.integers(0, len(lines) - 1))
    lines[n] = data.draw(
        st.sampled_from(["", "  rules: 3", "  rules: [1]", "  order: [1, A]", "- x", "  kinds: {a: b}", "  minor: 1"])
        | st.text(max_size=30)
    )
    try:
        assert of_text("\n".join(lines)).rules is not None
    except LawError as wrong:
        assert str(wrong)
