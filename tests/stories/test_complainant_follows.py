"""The complainant follows the complaint on a phone, with the number and the code of the receipt, and with nothing else."""

import pytest
from django.conf import settings

from laojian.intake.rules import query_code

from . import cast
from .files import photograph, upload

pytestmark = pytest.mark.django_db


def test_the_complainant_follows_by_number_and_code_adds_a_photograph_and_withdraws(people, world, time):
    file = cast.investigating(world, time, "2026-03-03", cast.employers())
    number = file.sources[0]["number"]
    code = query_code(settings.QUERY_KEY, number)
    time("2026-03-09", 20)
    somebody = people(phone=True)
    somebody.open("status").sees("查投诉进度")  # without a receipt there is no page
    somebody.open("home").sees("怎样投诉").picture("public-home").follow("查投诉进度")
    # Whether the number exists, the code fails the same way.
    told = []
    for tried, with_code in ((number, "AAAA2222"), ("宝人社监登〔2026〕999号", code), (number, code[:-1] + "X")):
        somebody.fill("回执号", tried).fill("查询码", with_code).press("查询").answered(200)
        told.append(somebody.page.locator(".errors").inner_text())
        somebody.does_not_see("宏示", "张监察", "王示海")
    assert len(set(told)) == 1 and "对不上" in told[0]

    somebody.fill("回执号", number.replace("〔", "[").replace("〕", "]")).fill("查询码", code.lower()).press("查询")
    somebody.sees("正在调查", "2026年5月29日", "劳动保障监察员", "1年内").picture("public-status")
    somebody.does_not_see("张监察", "李监察", "18600", "赵示堃", cast.CODES[cast.DEBTOR])
    somebody.press("大字版").follow("补充材料").fill("这是什么材料", "工资条").press("提交").answered(422)
    somebody.attach("照片或文件", upload("工资条.png", photograph(7))).press("提交").sees("正在调查")
    somebody.follow("修改联系电话").fill("新的联系电话", "1380").press("保存").answered(422).sees("电话")
    somebody.fill("新的联系电话", "13800000009").press("保存").sees("正在调查")
    somebody.open("withdraw").sees("仍须依法查处").fill("撤回的原因", "已经和单位谈妥").press("确认撤回").sees(
        "您的投诉已撤回"
    )
    somebody.does_not_see("补充材料").press("查完了，退出").sees("查投诉进度").open("status").sees("查投诉进度")

    # A withdrawal does not end what the bureau must pursue; what was added is evidence.
    inspector = people(world.zhang)
    inspector.open("dossier", file.id).sees("工资条", "已撤回", "调查中", "投诉人撤回")


def test_anybody_checks_the_certificate_of_an_officer_at_the_door(people, world, time):
    time("2026-03-09", 20)
    expired = cast.expired(world)
    somebody = people(phone=True)
    somebody.open("certificate").fill("证号", world.zhang.certificates.first().number).fill("姓名", "张监察").press(
        "核对"
    )
    somebody.sees("证件有效", "2028-03-31").fill("姓名", "李监察").press("核对").sees("没有查到")
    somebody.fill("证号", expired.certificates.first().number).fill("姓名", expired.name).press("核对").sees(
        "证件已失效"
    )
    somebody.open("accessibility").sees("大字版")
