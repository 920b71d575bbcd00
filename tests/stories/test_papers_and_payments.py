"""An order goes out to two addressees, each on its own ground, and is paid from three sides."""

import pytest

from laojian.procedure.clockwork import nightly

from . import cast
from .files import kept, scan

pytestmark = pytest.mark.django_db


def test_an_order_is_drafted_filled_approved_sealed_and_served_on_debtor_and_main_contractor(
    people, world, time, tmp_path
):
    file = cast.inquired(world, time, "2026-03-03", cast.employers())
    sealed = kept(tmp_path, "盖章件.pdf", scan())
    time("2026-03-06", 9)
    inspector = people(world.zhang)
    inspector.open("dossier", file).unfold("其他可办事项").follow("登记当事人")
    inspector.choose("主体类型", "施工总承包单位").choose("身份", "承担责任的其他主体").fill(
        "名称（姓名）", cast.CONTRACTOR
    )
    inspector.fill("信用代码（身份证号）", cast.CODES[cast.CONTRACTOR]).fill("住所", "示例路 12 号").press("登记当事人")

    inspector.sees(cast.CONTRACTOR).follow("责令改正")
    inspector.fill("查明的违法事实", "2025 年 10 月至 2026 年 1 月拖欠四名工人工资 56,000 元。").fill(
        "改正要求", "支付全部拖欠的工资。"
    )
    inspector.fill("改正期限", "7").press("再加一名受文人")
    second = inspector.within("第 2 名受文人")
    second.choose("受文人", cast.CONTRACTOR).choose("义务", "支付工资").fill("金额（元）", "60000").choose(
        "依据", "先行清偿"
    )
    second.fill("要求", "对分包单位拖欠的工资先行清偿").choose("原债务人（代他人清偿的填）", cast.DEBTOR)
    inspector.picture("order").press("责令改正").answered(422).sees("多于台账查明尚欠的 ¥56,000.00", "监察条例 26")
    inspector.within("第 2 名受文人").fill("金额（元）", "56000")
    inspector.press("责令改正").sees("已办理：", "限期改正指令书", "先行清偿")

    inspector.follow("劳动保障监察限期改正指令书").sees(cast.CONTRACTOR, "先行清偿", "草稿").picture("paper-draft")
    inspector.sees("尚未经监察机构负责人批准")
    paper = cast.papers_of(world.zhang, file)[-1]
    time("2026-03-06", 10)
    head = people(world.wang)
    head.open("paper", paper).follow("批准文书").fill("意见", "同意发出。").press("批准文书").sees(
        "同意发出。", "王队长"
    )
    time("2026-03-06", 11)
    inspector.open("paper", paper).follow("文书成文").press("文书成文").sees(
        "宝人社监改〔2026〕1号", "已成文", "2026-03-06"
    )
    assert inspector.downloads("PDF").startswith(b"%PDF")
    # Nothing counts as served without its seal.
    inspector.open("step", file, "serve_order").sees("没有盖章的文书，不能送达")
    inspector.open("paper", paper).follow("登记盖章签名").attach("盖章（签名）件扫描件", sealed).picture("seal")
    inspector.press("登记盖章签名").sees("已盖章")
    for name, receiver in ((cast.DEBTOR, "示海生"), (cast.CONTRACTOR, "津示强")):
        inspector.open("paper", paper).follow("送达责令改正").choose("受送达当事人", name).fill("签收人", receiver)
        inspector.attach("送达回证扫描件", sealed).picture("service").press("送达责令改正").sees("已送达", name)
    inspector.picture("paper-served")
    assert inspector.downloads("送达回证").startswith(b"%PDF") and inspector.downloads("盖章件") == scan()
    inspector.open("dossier", file).sees("责令改正期限", "2026-03-17")

    # Three payers: the main contractor for everybody, the landlord for one, the debtor for the rest.
    time("2026-03-10", 10)
    inspector.comes_back().open("step", file, "keep_party").choose("主体类型", "出租方").choose("身份", "代付人")
    inspector.fill("名称（姓名）", cast.LANDLORD).press("登记当事人")
    inspector.open("dossier", file).follow("登记付款").choose("付款人", cast.CONTRACTOR).fill(
        "金额（元）", "20000"
    ).press("登记付款")
    inspector.sees("36,000.00").follow("登记付款").choose("付款人", cast.LANDLORD).fill("金额（元）", "5000")
    inspector.within("第 1 名劳动者").choose("劳动者", "刘示玥").fill("分得金额（元）", "6000")
    inspector.press("登记付款").answered(422).sees("逐人金额之和与付款金额不一致")
    inspector.within("第 1 名劳动者").fill("分得金额（元）", "5000")
    inspector.picture("payment").press("登记付款").sees("31,000.00", "1,075.00")
    nightly(time("2026-03-18", 9))
    inspector.comes_back().open("dossier", file).follow("登记付款").fill("金额（元）", "31000").press("登记付款").sees(
        "已办理："
    )
    inspector.open("claims", file).sees("56,000.00", "王＊海").picture("ledger")
    inspector.follow("显示姓名（将记录）").sees("王示海", cast.LANDLORD, cast.CONTRACTOR)
    assert inspector.downloads("导出 Excel").startswith(b"PK")
