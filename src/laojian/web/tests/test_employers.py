"""The register's pages: finding, the facts of one employer with its files and earlier violations, entering and correcting."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils.timezone import now
from openpyxl import load_workbook
from tests.test_path import COMPLAINT
from tests.world import at

from laojian.employers.actions import register_employer
from laojian.employers.identifiers import invented_credit_code
from laojian.employers.models import Employer
from laojian.procedure.take import open_file
from laojian.record.models import Entry

pytestmark = pytest.mark.django_db
FIRM = {"name": "宏示装饰工程（示例）有限公司", "kind": "company", "credit_code": invented_credit_code(1), "region": "宝示区",
        "legal_rep": "陈示例", "phone": "13800000000"}  # fmt: skip


@pytest.fixture
def firm(db):
    return register_employer(FIRM)


@pytest.fixture
def desk(client, world):
    client.force_login(world.zhou)
    client.get(reverse("account"))  # the first request of a login writes its session
    return client


def found(client, **query) -> list[str]:
    page = client.get(reverse("employers"), query).content.decode()
    return re.findall(r'<th scope="row"><a href="/employers/\d+">([^<]+)</a>', page)


def against(firm, by, day="2026-01-05"):
    return open_file("general", "register", by=by, at=at(day), given=COMPLAINT | {"employer": str(firm.pk)})


@pytest.mark.parametrize("query", ["装饰", "宏示 工程", FIRM["credit_code"], FIRM["credit_code"][:17].lower()])
def test_an_employer_is_found_by_two_characters_or_its_code(desk, firm, query):
    register_employer(
        {"name": "达示餐饮（示例）有限公司", "kind": "company", "credit_code": invented_credit_code(500000)}
    )
    assert found(desk, q=query) == [firm.name]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("宏", "至少两个字"),
        ("911201150000000", "应为 18 位，现为 15 位"),
        (FIRM["credit_code"][:17] + "0", "校验不符"),
        ("无此单位", "没有找到"),
    ],
)
def test_what_finds_nothing_says_why(desk, query, sentence):
    assert sentence in desk.get(reverse("employers"), {"q": query}).content.decode()


def test_without_a_query_the_register_is_paged_by_pinyin(desk):
    for n in range(35):
        register_employer({"name": f"{'安白陈邓冯'[n % 5]}示例{n:02d}店", "kind": "individual"})
    first = desk.get(reverse("employers")).content.decode()
    following = re.search(r'href="(\?after=[^"]+)" rel="next"', first)[1].replace("&amp;", "&")
    page = desk.get(reverse("employers") + following).content.decode()
    both = re.findall(r">(.示例\d\d店)<", first) + re.findall(r">(.示例\d\d店)<", page)
    assert len(both) == len(set(both)) == 35
    assert [name[0] for name in both] == [sign for sign in "安白陈邓冯" for _ in range(7)]
    assert desk.get(reverse("employers"), {"after": "zz~x"}).status_code == 200


def test_the_list_counts_the_open_files_one_may_see_at_a_constant_cost(
    desk, world, firm, django_assert_max_num_queries
):
    def count() -> str:
        page = desk.get(reverse("employers"), {"q": "宏示"}).content.decode()
        return re.search(r'data-label="在办">(\d+) 件', page)[1]

    assert count() == "0"
    against(firm, world.zhou)
    against(firm, world.outsider)
    assert count() == "1"
    for n in range(10):
        register_employer({"name": f"宏示第{n}店", "kind": "individual"})
    with django_assert_max_num_queries(9):  # 7, and the savepoint that a test's transaction makes of the request's
        desk.get(reverse("employers"), {"q": "宏示"})


def test_one_employer_shows_the_viewers_files_and_no_others(desk, world, firm):
    mine, theirs = against(firm, world.zhou), against(firm, world.outsider)
    page = desk.get(reverse("employer", args=[firm.pk])).content.decode()
    assert reverse("dossier", args=[mine.id]) in page and reverse("dossier", args=[theirs.id]) not in page
    assert FIRM["credit_code"] in page and "陈示例" in page


def decided(file, by, verb="decide_penalty"):
    """A decision as the record holds it; how a file comes to one is told elsewhere."""
    first = Entry.objects.get(dossier_id=file.id, seq=1)
    Entry.objects.create(
        kind="step", dossier_id=file.id, bureau_id=first.bureau_id, seq=2, verb=verb, label="决定行政处罚", at=now() - timedelta(days=9),
        actor_id=by.pk, actor_name=by.name, actor_post="分管负责人", basis="apl-57", hash="x",
    )  # fmt: skip


def test_earlier_violations_of_every_bureau_are_told_as_facts_and_the_look_is_recorded(desk, world, firm):
    file = against(firm, world.outsider)
    decided(file, world.outsider_head)
    page = desk.get(reverse("employer", args=[firm.pk])).content.decode()
    assert world.elsewhere.name in page and "决定行政处罚" in page and "拖欠工资" in page
    assert reverse("dossier", args=[file.id]) not in page and COMPLAINT["name"] not in page and "马队长" not in page
    look = Entry.objects.get(kind="look")
    assert (look.verb, look.actor_id, look.bureau_id) == ("look_earlier", world.zhou.pk, world.district.pk)
    assert look.given == {"employer": firm.pk, "subject": firm.name, "found": 1}


def test_one_employer_costs_the_same_with_any_number_of_files(desk, world, firm, django_assert_max_num_queries):
    for n in range(4):
        against(firm, world.zhou, f"2026-01-0{5 + n}")
        with django_assert_max_num_queries(16):
            desk.get(reverse("employer", args=[firm.pk]))


def test_an_employer_that_is_none_is_not_there(desk):
    assert desk.get(reverse("employer", args=[999])).status_code == 404
    assert desk.get(reverse("employer_edit", args=[999])).status_code == 404


def test_an_employer_is_entered_and_the_deed_recorded(desk, world):
    answer = desk.post(reverse("employer_new"), FIRM)
    made = Employer.objects.get()
    assert answer.url == reverse("employer", args=[made.pk])
    entry = Entry.objects.get()
    assert (entry.kind, entry.verb, entry.given) == (
        "deed",
        "register_employer",
        {"employer": made.pk, "subject": FIRM["name"]},
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": " "}, "请填写单位名称"),
        ({"credit_code": FIRM["credit_code"][:17] + "0"}, "校验不符"),
        ({"credit_code": invented_credit_code(2)}, "已登记为“在册单位”"),
        ({"kind": "unlicensed"}, "不是“无营业执照的经营者”"),
        ({"phone": "123"}, "手机号码应为 11 位"),
        ({"kind": "branch", "parent_code": invented_credit_code(9)}, "没有这个代码的单位"),
        ({"parent_code": invented_credit_code(2)}, "只有分支机构才填所属单位"),
    ],
)
def test_an_entry_that_cannot_be_is_refused_in_a_sentence_and_the_input_kept(desk, change, sentence):
    register_employer({"name": "在册单位", "kind": "company", "credit_code": invented_credit_code(2)})
    answer = desk.post(reverse("employer_new"), FIRM | change)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page and 'value="陈示例"' in page
    assert Employer.objects.count() == 1 and not Entry.objects.exists()


def test_a_branch_is_entered_under_its_parent(desk, firm):
    branch = {
        "name": "宏示装饰宝示分公司",
        "kind": "branch",
        "credit_code": invented_credit_code(3),
        "parent_code": FIRM["credit_code"].lower(),
    }
    desk.post(reverse("employer_new"), branch)
    made = Employer.objects.get(kind="branch")
    assert made.parent == firm
    page = desk.get(reverse("employer_edit", args=[made.pk])).content.decode()
    assert f'name="parent_code" value="{FIRM["credit_code"]}"' in page
    desk.post(reverse("employer_edit", args=[made.pk]), branch | {"address": "示例路 8 号"})
    made.refresh_from_db()
    assert (made.parent, made.address) == (firm, "示例路 8 号")


def test_a_correction_keeps_the_former_name_findable_and_says_what_changed(desk, firm):
    url = reverse("employer_edit", args=[firm.pk])
    assert f'value="{FIRM["name"]}"' in desk.get(url).content.decode()
    assert desk.post(url, FIRM | {"name": "鸿示建设（示例）有限公司"}).url == reverse("employer", args=[firm.pk])
    assert found(desk, q="宏示装饰") == ["鸿示建设（示例）有限公司"]
    entry = Entry.objects.get(verb="alter_employer")
    assert entry.given["changed"] == {"name": [FIRM["name"], "鸿示建设（示例）有限公司"]}
    assert "宏示装饰工程" in desk.get(reverse("employer", args=[firm.pk])).content.decode()


def test_markup_in_a_name_stays_text(desk):
    made = register_employer({"name": "<b>粗</b>示例店", "kind": "individual"})
    for url in (
        reverse("employers") + "?q=示例",
        reverse("employer", args=[made.pk]),
        reverse("employer_edit", args=[made.pk]),
    ):
        page = desk.get(url).content.decode()
        assert "<b>粗</b>" not in page and "&lt;b&gt;粗" in page


def test_a_telephone_is_whole_only_for_those_who_must_call(client, world, firm):
    for viewer, shown in ((world.zhang, FIRM["phone"]), (world.zhao, "138****0000")):
        client.force_login(viewer)
        assert f"<dd>{shown}</dd>" in client.get(reverse("employer", args=[firm.pk])).content.decode()


def test_only_those_who_register_may_write(client, world, firm):
    client.force_login(world.wang)
    page = client.get(reverse("employer", args=[firm.pk])).content.decode()
    assert "更正" not in page and "登记投诉" not in page
    assert client.post(reverse("employer_new"), FIRM).status_code == 403
    assert client.post(reverse("employer_edit", args=[firm.pk]), FIRM).status_code == 403


def test_the_list_is_exported_as_shown(desk, firm):
    register_employer({"name": "达示餐饮店", "kind": "individual"})
    for query, many in (("", 2), ("宏示", 1)):
        answer = desk.get(reverse("employers"), {"q": query, "export": "xlsx"})
        assert load_workbook(BytesIO(answer.content)).active.max_row == 1 + many


def test_a_search_that_found_more_than_it_shows_says_so(desk):
    for n in range(31):
        register_employer({"name": f"宏示第{n}店", "kind": "individual"})
    assert "请多输几个字" in desk.get(reverse("employers"), {"q": "宏示"}).content.decode()
    assert "请多输几个字" not in desk.get(reverse("employers"), {"q": "宏示第1"}).content.decode()
