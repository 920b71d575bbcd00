"""The register against a real database: entering, altering, finding, and the chain of a site."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.template import engines
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from laojian.employers import queries
from laojian.employers.actions import add_subcontract, alter_employer, register_employer, register_site
from laojian.employers.forms import EmployerForm
from laojian.employers.identifiers import invented_credit_code
from laojian.employers.models import Employer, Site
from laojian.employers.rules import bigrams, folded

pytestmark = pytest.mark.django_db


def employer(name: str, **given) -> Employer:
    return register_employer({"name": name, "kind": "company", **given})


def found(text: str) -> list[str]:
    return [row.name for row in queries.search_employers(text).rows]


def test_registered_as_typed_with_its_number_tidied():
    code = invented_credit_code(7)
    typed = {"credit_code": f" {code[:8].lower()} {code[8:].lower()}", "legal_rep": "李𬭎喆", "phone": "138 0013 8000"}
    row = Employer.objects.get(pk=employer("<b>宏达</b>装饰（示例）有限公司", **typed).pk)
    assert (row.name, row.credit_code, row.legal_rep) == ("<b>宏达</b>装饰（示例）有限公司", code, "李𬭎喆")
    assert row.phone == "13800138000"


def test_html_in_a_name_is_shown_and_never_interpreted():
    row = employer("<script>alert(1)</script>公司")
    shown = engines["django"].from_string("{{ row }}").render({"row": row})
    assert shown == "&lt;script&gt;alert(1)&lt;/script&gt;公司"


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"name": ""}, "name", "请填写单位名称"),
        ({"name": "宏\u202e达"}, "name", "看不见的格式字符"),
        ({"kind": ""}, "kind", "请选择单位类型"),
        ({"credit_code": "9112O115DEM000013X"}, "credit_code", "第 5 位“O”"),
        ({"phone": "123"}, "phone", "手机号码应为 11 位"),
        ({"kind": "unlicensed", "credit_code": invented_credit_code(1)}, "kind", "无营业执照"),
    ],
)
def test_each_fault_has_its_sentence_and_what_was_typed_stays(typed, field, said):
    form = EmployerForm({"name": "宏达", "kind": "company", "address": "宝坻区示例路 1 号", **typed})
    assert said in "".join(form.errors[field])
    assert form["address"].value() == "宝坻区示例路 1 号" and form[field].value() == typed[field]
    with pytest.raises(ValidationError, match=said):
        register_employer(form.data)
    assert not Employer.objects.exists()


def test_all_faults_are_told_at_once():
    form = EmployerForm({"name": "", "kind": "", "credit_code": "1", "phone": "2"})
    assert set(form.errors) == {"name", "kind", "credit_code", "phone"}


def test_a_code_is_registered_once_and_the_holder_is_named():
    employer("甲公司（示例）", credit_code=invented_credit_code(1))
    with pytest.raises(ValidationError, match="已登记为“甲公司（示例）”"):
        employer("乙公司（示例）", credit_code=invented_credit_code(1))
    employer("无照作坊"), employer("无照作坊")


def test_only_a_branch_has_a_parent():
    head = employer("总公司（示例）")
    assert employer("宝坻分公司（示例）", kind="branch", parent=head.pk).parent == head
    with pytest.raises(ValidationError, match="只有分支机构"):
        employer("乙公司（示例）", parent=head.pk)
    branch = Employer.objects.get(kind="branch")
    with pytest.raises(ValidationError, match="不能是本单位自己"):
        alter_employer(branch.pk, {"parent": branch.pk})


def test_the_database_itself_refuses_what_the_forms_refuse():
    for wrong in ({"credit_code": "91I"}, {"name": ""}, {"parent": employer("总公司")}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Employer.objects.create(**{"name": "甲", "kind": "company", **wrong})


def test_altering_keeps_the_rest_and_the_former_name_is_still_found():
    row = employer("宏达装饰（示例）有限公司", address="宝坻区示例路 1 号", credit_code=invented_credit_code(2))
    changed = alter_employer(row.pk, {"name": "鸿运装饰（示例）有限公司", "phone": "13800138000"})
    assert changed == {
        "name": ("宏达装饰（示例）有限公司", "鸿运装饰（示例）有限公司"),
        "phone": ("", "13800138000"),
    }
    alter_employer(row.pk, {"name": "宏达新（示例）公司"})
    row.refresh_from_db()
    assert row.address == "宝坻区示例路 1 号" and row.credit_code == invented_credit_code(2)
    assert row.former_names == "鸿运装饰（示例）有限公司\n宏达装饰（示例）有限公司"
    assert found("鸿运") == found("宏达装饰") == found("宏达新") == ["宏达新（示例）公司"]
    with pytest.raises(ValidationError, match="手机号码"):
        alter_employer(row.pk, {"phone": "1"})
    row.refresh_from_db()
    assert row.phone == "13800138000"


def test_search():
    for name in (
        "宏达装饰工程（示例）有限公司",
        "鸿达建筑（示例）有限公司",
        "大宏达商贸（示例）有限公司",
        "100%_全达",
        "ABC Trading",
    ):
        employer(name)
    employer("镕𬭎堃（示例）", credit_code=invented_credit_code(3))
    assert found("宏达") == ["宏达装饰工程（示例）有限公司", "大宏达商贸（示例）有限公司"]
    assert found("有限 装饰") == ["宏达装饰工程（示例）有限公司"]
    assert found("(示例)有限") == found("（示例）有限") and len(found("示例")) == 4
    assert found("𬭎堃") == found("DEM"[:0] + invented_credit_code(3)[:6].lower()) == ["镕𬭎堃（示例）"]
    assert found("abc tr") == found("ＡＢＣ") == ["ABC Trading"]
    assert found("0%_全") == ["100%_全达"] and found("0_%") == found("达%") == found("%%") == found("__") == []
    assert found("宏") == found("") == found("  ") == found("达宏") == []
    assert found("宏达 %") == []


def test_search_says_when_there_is_more():
    for nth in range(5):
        employer(f"示例{nth}号公司")
    result = queries.search_employers("公司", limit=3)
    assert [row.name for row in result.rows] == ["示例0号公司", "示例1号公司", "示例2号公司"] and result.more
    assert not queries.search_employers("公司", limit=5).more


def test_search_costs_one_query(django_assert_num_queries):
    branch = employer("宏达分公司", kind="branch", parent=employer("宏达总公司").pk)
    with django_assert_num_queries(1):
        rows = queries.search_employers("宏达").rows
        assert [str(row.parent) for row in rows if row == branch] == ["宏达总公司"]


def test_pages_by_pinyin():
    for name in ("天津甲", "宝坻乙", "安平丙", "北辰丁"):
        employer(name, region="宝坻区")
    employer("阿里戊", region="武清区")
    first = queries.employers_page("宝坻区", size=3)
    assert [row.name for row in first] == ["安平丙", "宝坻乙", "北辰丁"]
    rest = queries.employers_page("宝坻区", after=(bytes(first[-1].sort_key), first[-1].pk))
    assert [row.name for row in rest] == ["天津甲"]
    assert [row.name for row in queries.employers_page(size=2)] == ["阿里戊", "安平丙"]


def test_employer_of_code():
    row = employer("甲公司", credit_code=invented_credit_code(4))
    assert queries.employer_of_code(f" {row.credit_code.lower()} ") == row
    assert queries.employer_of_code("91") is None


# Characters that Python and every PostgreSQL we run on know: a younger one has no folding in the older of the two.
@pytest.mark.django_db
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\x00"), max_size=40))
@example("ﬁ㈱Ⅷ①ﾊﾟ가가 \u3000\t\x0b\x0c\u2003\u00a0\u2028é\u0065\u0301")
@example("𬭎𠮷甲公司")
def test_python_and_sql_fold_alike(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT folded(%s), bigrams(%s)", [text, text])
        assert cursor.fetchone() == (folded(text), bigrams(text))


def test_a_site_and_its_chain(django_assert_num_queries):
    owner, main, labour, crew, other = (employer(name) for name in ("建设甲", "总包乙", "劳务丙", "班组丁", "戊"))
    site = register_site({"name": "示例花园一期", "developer": owner.pk, "main_contractor": main.pk})
    add_subcontract(site.pk, {"giver": main.pk, "taker": labour.pk, "kind": "labour", "work": "抹灰"})
    add_subcontract(site.pk, {"giver": labour.pk, "taker": crew.pk, "kind": "passed_on"})
    with django_assert_num_queries(2):
        links = queries.chain(site.pk, crew.pk)
    assert [(link.role, link.employer, link.kind) for link in links] == [
        ("建设单位", owner, ""),
        ("施工总承包单位", main, ""),
        ("分包单位", labour, "劳务分包"),
        ("分包单位", crew, "转包、挂靠"),
    ]
    assert [link.employer for link in queries.chain(site.pk, other.pk)] == [owner, main]
    for taker, giver in ((main, crew), (labour, crew), (owner, labour)):
        with pytest.raises(ValidationError, match="不能成环"):
            add_subcontract(site.pk, {"giver": giver.pk, "taker": taker.pk, "kind": "labour"})
    with pytest.raises(ValidationError, match="不能是同一个单位"):
        add_subcontract(site.pk, {"giver": crew.pk, "taker": crew.pk, "kind": "labour"})
    assert queries.search_sites("花园").rows == [site] and site.subcontracts.count() == 2


def test_a_site_needs_a_name():
    with pytest.raises(ValidationError, match="请填写工程名称"):
        register_site({"name": " "})
    assert not Site.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_clerks_register_one_code_at_once():
    results, ready = [], threading.Barrier(2)

    def clerk(nth: int) -> None:
        try:
            ready.wait()
            results.append(employer(f"甲公司{nth}", credit_code=invented_credit_code(9)).name)
        except ValidationError as refused:
            results.append("；".join(refused.messages))
        finally:
            connection.close()

    threads = [threading.Thread(target=clerk, args=[nth]) for nth in range(2)]
    [thread.start() for thread in threads], [thread.join() for thread in threads]
    assert Employer.objects.count() == 1
    assert sum("登记" in result for result in results) == 1
