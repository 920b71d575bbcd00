"""The pages of visits: planned from an employer's page, ticked line by line, checked by anybody with the code, published, taken in."""

from datetime import date, timedelta
from io import BytesIO
from urllib.parse import urljoin

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from tests.scans import photograph
from tests.visiting import VisitStory, firm, publishing

from laojian.employers.models import Employer
from laojian.evidence.models import Evidence
from laojian.papers.actions import templates
from laojian.papers.blocks import from_json
from laojian.papers.models import Paper
from laojian.papers.pdf import to_pdf
from laojian.people.acting import acting
from laojian.record.models import Entry
from laojian.visits.models import Visit

pytestmark = pytest.mark.django_db


def planned(world, today=None):
    """What the page of a plan sends."""
    day = (today or localdate()).isoformat()
    return {"ground": "patrol", "mode": "onsite", "items": ["wage-payment"], "from_on": day, "until_on": day, "announced": "on",
            "lead": world.zhang.pk, "second": world.li.pk}  # fmt: skip


def test_a_visit_is_planned_from_the_employers_page(client, world):
    publishing(world.district)
    employer = firm()
    client.force_login(world.zhang)
    page = client.get(reverse("employer", args=[employer.pk])).content.decode()
    url = f"{reverse('visit_new')}?employer={employer.pk}"
    assert url in page and client.get(url).status_code == 200
    answer = client.post(url, planned(world) | {"employer": employer.pk})
    assert answer.status_code == 302, answer.content.decode()
    visit = Visit.objects.get()
    assert answer["Location"] == reverse("dossier", args=[visit.pk])
    page = client.get(answer["Location"]).content.decode()
    assert "工资支付情况检查" in page and "核验码" in page and "待批准检查" in page
    again = client.post(url, planned(world) | {"employer": employer.pk, "reason": "又来"})
    assert again.status_code == 422 and "并入检查事项" in again.content.decode() and "又来" in again.content.decode()


def test_without_an_employer_one_is_sent_to_find_it(client, world):
    client.force_login(world.zhang)
    for query in ("", "?employer=x", "?employer=999999999999999999999", "?employer=99999"):
        assert client.get(reverse("visit_new") + query)["Location"] == reverse("employers")


def test_the_list_costs_the_same_however_many_there_are(client, world):
    client.force_login(world.zhang)
    client.get(reverse("workbench"))
    costs = []
    for nth in (41, 42, 43):
        VisitStory(world, firm(nth)).plan()
        with CaptureQueriesContext(connection) as seen:
            page = client.get(reverse("visits")).content.decode()
        costs.append(len(seen))
    assert costs[0] == costs[2] <= 10 and f"第{43}示例商贸有限公司" in page
    assert "没有符合条件的检查" in client.get(reverse("visits"), {"ground": "draw"}).content.decode()
    client.force_login(world.outsider)
    assert "第41示例" not in client.get(reverse("visits")).content.decode()


def test_lines_are_ticked_on_a_page_and_go_in_as_one_entry(client, world):
    story = VisitStory(world)
    story.begun()
    client.force_login(world.zhang)
    url = reverse("visit_checklist", args=[story.file.id])
    assert client.get(reverse("step", args=[story.file.id, "fill_checklist"]))["Location"] == url
    sent = {"wage-payment:monthly:outcome": "ok", "wage-payment:ledger:outcome": "problem"}
    refused = client.post(url, sent)
    assert refused.status_code == 422 and "须写明具体情况" in refused.content.decode()
    assert client.post(url, sent | {"wage-payment:ledger:note": "没有台账"}).status_code == 302
    assert {(row["line"], row["outcome"]) for row in story.fresh().lines} == {("monthly", "ok"), ("ledger", "problem")}
    assert "没有台账" in client.get(reverse("dossier", args=[story.file.id])).content.decode()


def test_an_employer_sees_by_the_code_whether_the_visit_is_real_and_nothing_else(client, world):
    story = VisitStory(world)
    story.plan(reason="接到举报")
    token = story.file.visit["token"]
    url = reverse("check_visit", args=[token])
    assert "还没有批准" in client.get(url).content.decode()
    story.do("approve_visit", world.wang, "2026-03-03", opinion="同意检查。")
    story.finish()
    page = client.get(url).content.decode()
    number = story.paper("inspection_notice")["number"]
    card = story.fresh().hands[str(world.zhang.pk)][1]
    assert (
        all(text in page for text in (number, card, "工资支付情况检查", world.district.name)) and "张监察" not in page
    )
    assert story.employer.name not in page and "接到举报" not in page
    story.do("cancel_visit", world.wang, opinion="另行安排。")
    assert "已经取消" in client.get(url).content.decode()
    typed = client.post(reverse("check"), {"code": f"{token[:4]}-{token[4:8]}-{token[8:]}".upper()})
    assert typed["Location"] == url


def test_codes_cannot_be_tried_without_end(client, world):
    publishing(world.district)
    for _ in range(10):
        assert "没有这次检查" in client.get(reverse("check_visit", args=["aaaabbbbcccc"])).content.decode()
    assert "输错次数太多" in client.get(reverse("check_visit", args=["aaaabbbbcccc"])).content.decode()


def test_results_are_public_with_their_fields_until_they_are_taken_down(client, world):
    story = VisitStory(world)
    story.published()
    card = story.fresh().hands[str(world.zhang.pk)][1]
    page = client.get(reverse("public_inspections")).content.decode()
    told = (
        story.employer.name,
        story.employer.credit_code,
        "工资支付情况检查",
        "日常检查",
        world.district.name,
        card,
        "未发现问题",
    )
    assert all(text in page for text in told) and "张监察" not in page
    assert "没有查到" in client.get(reverse("public_inspections"), {"q": "别家"}).content.decode()
    story.do("withdraw_publication", world.wang, reason="登记有误")
    assert story.employer.name not in client.get(reverse("public_inspections")).content.decode()


def test_what_was_not_published_is_not_shown(client, world):
    VisitStory(world).ended()
    assert "还没有公示的检查结果" in client.get(reverse("public_inspections")).content.decode()


HEAD = "单位名称\t统一社会信用代码\t检查日期\t检查来源\t检查事项\t检查结果\t检查人员\n"


def test_past_visits_come_in_by_the_list_and_are_counted_by_ground(client, world):
    employer = firm(51)
    rows = [
        f"{employer.name}\t\t2021-05-06\t双随机抽查\t工资支付情况检查\t未发现问题\t甲示、乙示",
        f"{employer.name}\t\t2021年6月7日\t日常巡视检查\t工资支付情况检查；劳动合同订立和职工名册检查\t未发现问题\t甲示",
        f"{employer.name}\t\t2021-07-08\t上级交办、转办\t工资支付情况检查\t发现问题已责令改正\t",
        "没有这家\t\t2021-07-08\t专项检查\t工资支付情况检查\t未发现问题\t",
        f"{employer.name}\t\t二月三十\t瞎写\t工资支付情况检查\t未发现问题\t",
    ]
    client.force_login(world.zhou)
    page = client.post(reverse("visits_past"), {"text": HEAD + "\n".join(rows)}).content.decode()
    assert "5 行，已登记 3 次检查" in page
    assert "没有这个名称" in page and "检查来源没有“瞎写”" in page and "应写作 2021-05-06" in page
    made = Visit.objects.filter(bureau=world.district, stands=True, past=True, began_at__year=2021)
    assert sorted(made.values_list("ground", flat=True)) == ["assignment", "draw", "patrol"]
    assert sorted(made.values_list("results__code", flat=True)) == ["correction_ordered", "no_problem", "no_problem"]
    assert made.filter(attendance__isnull=False).values("attendance").count() == 3
    again = client.post(reverse("visits_past"), {"text": HEAD + rows[0]}).content.decode()
    assert "已经登记过" in again and Visit.objects.count() == 3 and Employer.objects.count() == 1


YEAR = {
    "draw": ("双随机抽查", 62),
    "patrol": ("日常巡视检查", 71),
    "assignment": ("上级交办、转办", 33),
    "campaign": ("专项检查", 21),
}


def a_year(employers) -> list[list[str]]:
    """187 inspections of four grounds in 2021, as an old register has them: no employer twice on one day and ground."""
    rows = []
    for label, n in YEAR.values():
        for k in range(n):
            employer = employers[k % len(employers)]
            day = date(2021, 3, 1) + timedelta(days=k)
            rows.append([employer.name, "", day.isoformat(), label, "工资支付情况检查", "未发现问题", "甲示、乙示"])
    return rows


def as_workbook(rows: list[list[str]]) -> ContentFile:
    """The register as an Excel file, its days as days."""
    book, target = openpyxl.Workbook(), BytesIO()
    book.active.append(HEAD.strip().split("\t"))
    for row in rows:
        book.active.append([*row[:2], date.fromisoformat(row[2]), *row[3:]])
    book.save(target)
    return ContentFile(target.getvalue(), name="检查登记.xlsx")


def test_a_years_187_inspections_come_in_and_each_figure_opens_its_records(client, world):
    rows = a_year([firm(nth) for nth in range(81, 85)])
    assert len(rows) == 187
    client.force_login(world.zhou)
    half = "\n".join("\t".join(row) for row in rows[:90])
    assert "90 行，已登记 90 次检查" in client.post(reverse("visits_past"), {"text": HEAD + half}).content.decode()
    sent = {"text": "", "workbook": as_workbook(rows[90:])}
    assert "97 行，已登记 97 次检查" in client.post(reverse("visits_past"), sent).content.decode()
    period = {"since": "2021-01-01", "until": "2021-12-31"}
    told = client.get(reverse("visit_figures"), period).context
    by_label = {row["label"]: row for row in told["rows"]}
    assert (told["drawn"]["n"], told["undrawn"]["n"]) == (62, 125)
    assert {label: row["n"] for label, row in by_label.items() if row["n"]} == dict(
        pair for key, pair in YEAR.items() if key != "draw"
    )
    for row in (told["drawn"], told["undrawn"], *told["rows"]):
        assert behind(client, row["url"]) == row["n"]
    assert (told["drawn"]["n"], told["undrawn"]["n"], Visit.objects.filter(past=True).count()) == (62, 125, 187)
    spring = client.get(reverse("visit_figures"), period | {"until": "2021-03-31"}).context
    assert (spring["drawn"]["n"], spring["undrawn"]["n"]) == (31, 31 + 31 + 21)
    assert behind(client, spring["undrawn"]["url"]) == 83


def test_a_citys_295_published_results_open_their_records(client, world):
    """The city of 2020 made 295 results public (section 一 of its report): so many rows, each a visit of its own."""
    rows, other = a_year([firm(nth) for nth in range(81, 86)]), firm(90).name
    for k in range(113):
        day = (date(2021, 1, 4) + timedelta(days=k)).isoformat()
        rows.append([other, "", day, "日常巡视检查", "工资支付情况检查", "未发现问题", "甲示、乙示"])
    client.force_login(world.zhou)
    client.post(reverse("visits_past"), {"text": "", "workbook": as_workbook(rows)})
    assert Visit.objects.count() == 300
    keys = list(Visit.objects.order_by("pk").values_list("pk", flat=True))
    Visit.objects.filter(pk__in=keys[:297]).update(published_on="2021-12-01")
    Visit.objects.filter(pk__in=keys[:2]).update(withdrawn_on="2021-12-20")
    Visit.objects.filter(pk__in=keys[297:]).update(published_on="2022-01-05")
    told = client.get(reverse("visit_figures"), {"since": "2021-01-01", "until": "2021-12-31"}).context
    assert told["public"]["n"] == 295 == behind(client, told["public"]["url"])


def behind(client, url: str) -> int:
    """How many files the list shows under an address, over all its pages."""
    shown = 0
    while url:
        told = client.get(url).context
        shown, url = shown + len(told["rows"]), told["next_url"] and urljoin(url, told["next_url"])
    return shown


def test_a_period_that_ends_before_it_begins_is_told(client, world):
    client.force_login(world.zhang)
    answer = client.get(reverse("visit_figures"), {"since": "2021-05-01", "until": "2021-04-01"})
    assert answer.status_code == 422 and "止日早于起日" in answer.content.decode()
    assert client.get(reverse("visit_figures")).status_code == 200


def test_the_employer_hands_in_with_the_code_what_a_written_review_asks_for(client, world):
    story = VisitStory(world).asked()
    url = reverse("hand_in", args=[story.file.visit["token"]])
    assert url in client.get(reverse("check_visit", args=[story.file.visit["token"]])).content.decode()
    page = client.get(url).content.decode()
    assert "工资支付台账" in page and "劳动合同" in page and story.employer.name not in page and "张监察" not in page
    assert client.post(url, {"title": "三月台账"}).status_code == 422
    sent = {"title": "三月台账", "files": ContentFile(photograph(), name="台账.png")}
    assert client.post(url, sent)["Location"] == url
    assert "三月台账" in client.get(url).content.decode()
    with acting(world.zhang.pk):
        piece = Evidence.objects.get(dossier_id=story.file.id, title="三月台账")
        entry = Entry.objects.get(dossier_id=story.file.id, verb="hand_in")
    assert (piece.provider, piece.file.name) == (story.employer.name, "台账.png")
    assert entry.actor_name == "用人单位（凭核验码）"
    again = client.post(url, {"title": "又来", "files": ContentFile(photograph(), name="台账.png")})
    assert again.status_code == 422 and "完全相同" in again.content.decode() and "又来" in again.content.decode()


def test_the_page_reminds_of_what_is_missing_and_says_when_the_time_is_over(client, world):
    story = VisitStory(world).asked()
    url = reverse("hand_in", args=[story.file.visit["token"]])
    told = {"way": "电话", "length": 5, "unit": "working_day", "missing": "二月考勤记录"}
    story.do("remind_written", world.zhang, "2026-03-24", **told)
    page = client.get(url).content.decode()
    assert "催报" in page and "二月考勤记录" in page and "2026-03-31" in page and "已过报送期限" in page


def test_the_printed_notice_carries_the_address_as_a_picture(world):
    story = VisitStory(world)
    world.district.options |= {"query_url": "https://jiancha.example"}
    world.district.save()
    story.plan()
    story.do("approve_visit", world.wang, "2026-03-03", opinion="同意。")
    with acting(world.zhang.pk):
        notice = Paper.objects.get(dossier_id=story.file.id, code="inspection_notice")
    (picture,) = [block for block in notice.body if block["kind"] == "qr"]
    assert picture["text"] == f"https://jiancha.example/check/{story.file.visit['token']}"
    plain = [block for block in notice.body if block["kind"] != "qr"]
    made, without = (to_pdf(from_json(body), templates()["inspection_notice"]) for body in (notice.body, plain))
    assert len(made) > len(without)


def test_without_the_code_or_when_nothing_is_asked_no_page_takes_anything(client, world):
    story = VisitStory(world)
    story.begun()
    token = story.file.visit["token"]
    assert client.get(reverse("hand_in", args=[token]))["Location"] == reverse("check_visit", args=[token])
    wrong = reverse("hand_in", args=["aaaabbbbcccc"])
    for _ in range(10):
        assert client.post(wrong, {"title": "x"})["Location"] == reverse("check_visit", args=["aaaabbbbcccc"])
    assert "输错次数太多" in client.get(reverse("check_visit", args=[token])).content.decode()


def test_a_list_without_headings_says_which_are_missing(client, world):
    client.force_login(world.zhou)
    answer = client.post(reverse("visits_past"), {"text": "甲\t乙\n1\t2"})
    assert answer.status_code == 422 and "缺少：单位名称、检查日期" in answer.content.decode()
