"""The administrator keeps accounts, posts and certificates; supervision verifies the record; anybody looks up employers and law."""

import re

import pytest

from laojian.employers.identifiers import invented_credit_code

from . import cast

pytestmark = pytest.mark.django_db


def test_the_administrator_opens_an_account_with_post_and_certificate(people, world, time):
    time("2026-03-02", 9)
    admin = people(world.admin)
    admin.open("people").follow("新增人员").fill("姓名", "新示员").fill("账号", "Xin").press("新增").answered(422).sees(
        "小写字母开头"
    )
    admin.fill("账号", "xin").choose("单位", "宝示区人力").press("新增").sees("临时密码", "只显示这一次").follow(
        "去增设岗位、登记证件"
    )
    admin.sees("没有岗位，不能办理任何步骤").choose("岗位", "劳动保障监察员").press("增设").sees("已增设岗位")
    admin.press("登记").answered(422)
    admin.choose("种类", "行政执法证").fill("证号", "SL0000555").fill("有效期始", "2026-01-01").fill(
        "有效期止", "2030-12-31"
    )
    admin.press("登记").sees("已登记证件", "SL0000555").picture("officer")
    admin.press(re.compile("^终止")).sees("岗位已终止").press("停用").sees("已停用").press("恢复")
    # Whoever has no such post is told so, and sees neither buttons nor accounts.
    inspector = people(world.zhang)
    inspector.open("people").sees("李监察").follow("李监察").does_not_see("重置密码")
    inspector.open("officer_new").answered(403)


def test_the_administrator_enters_a_local_value_by_its_document(people, world, time):
    time("2026-03-02", 9)
    admin = people(world.admin)
    admin.open("people").follow("本地数值").sees("对每一笔罚款都告知听证权利").press("登记").answered(422).sees(
        "请填写文号"
    )
    admin.choose("数值", "听证“较大数额罚款”标准（法人、其他组织）（元）").fill("定为", "很多").fill(
        "施行日期", "2026-03-01"
    )
    admin.fill("文件名称和文号", "示例办发〔2026〕1号").fill("在哪里查到", "示例政府网").press("登记").answered(
        422
    ).sees("应为大于零的数")
    admin.fill("定为", "20000").press("登记").sees(
        "已登记，自施行日期起生效", "20000元，自 2026-03-01 起", "示例办发〔2026〕1号"
    ).picture("local-values")
    people(world.zhang).open("local_values").answered(403)


def test_supervision_reads_the_record_and_verifies_a_file(people, world, time):
    file = cast.investigating(world, time, "2026-03-03", cast.employers()).id
    time("2026-03-10", 9)
    supervision = people(world.cao)
    supervision.open("record").sees("指派承办", "王队长").picture("record").fill("何人", "周受理").press(
        "筛选"
    ).does_not_see("指派承办")
    assert supervision.downloads("导出 Excel").startswith(b"PK")
    supervision.open("record", dossier=file).press("核验").sees("核验一致").picture("record-verified")
    people(world.zhang).open("record").answered(403)


def test_an_officer_looks_up_employers_and_the_law(people, world, time):
    cast.investigating(world, time, "2026-03-03", cast.employers())
    time("2026-03-10", 9)
    clerk = people(world.zhou)
    clerk.open("employers").fill("名称或统一社会信用代码", "示").press("查找", nth=1).sees("请输入至少两个字")
    clerk.fill("名称或统一社会信用代码", "装饰").press("查找", nth=1).follow(cast.DEBTOR).sees(
        "拖欠工资案", "本次查看已记入办案记录"
    )
    clerk.follow("更正").fill("联系电话", "022-00000009").press("保存").sees("022-00000009").picture("employer")
    clerk.open("employer_new").fill("名称", "新示餐饮（示例）店").fill("统一社会信用代码", "91120115DEM0000B61").press(
        "保存"
    )
    clerk.answered(422).fill("统一社会信用代码", invented_credit_code(77)).press("保存").sees("新示餐饮（示例）店")
    clerk.open("law").follow("算期限").choose("期限", "调查期限").fill("起算（届期）之日", "2026-01-05").press(
        "计算到期日"
    ).sees("2026-04-03")
    clerk.open("article", "lsr-17").sees("六十个工作日")
    clerk.open("dossiers").sees(cast.DEBTOR).picture("dossiers")
    assert clerk.downloads("导出 Excel").startswith(b"PK")
    clerk.open("search", q="宏示").sees(cast.DEBTOR).open("approvals").answered(403)
    people(world.wang).open("approvals").answered(200)
    nobody = people()
    nobody.open("article", "lsr-17").sees("六十个工作日")
