"""The end of a case: told, heard, re-examined, reviewed by somebody else, decided, served, paid, answered, closed, archived, printed."""

import subprocess
import sys
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from laojian.archive import package as packing
from laojian.people.models import Certificate, Post
from laojian.procedure.clockwork import nightly
from tests import casework
from tests.casework import COMPANY, FACTS, Story, investigated, opened, ordered
from tests.world import SINCE

from .files import kept, scan

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(world, time, monkeypatch) -> Story:
    """The case of `tests/casework.py` up to the day on which its order has not been obeyed; its scans show no seal here."""
    for pen in ("sealed", "signed"):
        monkeypatch.setattr(casework, pen, lambda paper, *marks: paper)
    told = Story(world)
    for part in (opened, investigated, ordered):
        part(told)
    return told


def test_a_penalty_from_the_end_of_investigation_to_the_printed_file(people, world, time, story, tmp_path):
    file, receipt = story.file.id, kept(tmp_path, "回证.pdf", scan())

    def on(day: str, hour: int = 9, minute: int = 0) -> None:
        story.now = time(day, hour, minute)

    on("2026-04-01")
    inspector = people(world.zhang)
    # What is found is reckoned first: tried without being kept, refused outside the range, then kept with every step of the sum.
    inspector.open("dossier", file).follow("认定违法").choose(
        "违法事项", "对经责令改正拒不改正或拒不履行行政处理决定的处罚"
    )
    inspector.fill("违法行为开始", "2026-03-28").choose("改正情况", "没有改正").fill("拟罚款（元）", "20001")
    inspector.press("先试算，不办理").sees("试算结果", "2,000 元至 20,000 元", "高于法定最高", "监察条例 30").picture(
        "finding"
    )
    inspector.press("认定违法").answered(422).sees("罚款 20,001 元 高于法定最高的 20,000 元")
    inspector.fill("拟罚款（元）", "8000").press("认定违法").answered(422).sees("须写明偏离档次的理由")
    inspector.fill("书面理由", "责令后只支付了一小部分，其余拒不支付。").press("认定违法").sees(
        "已办理：", "法定幅度 2,000 元至 20,000 元"
    )
    inspector.open("dossier", file).follow("调查终结").picture("end-investigation").fill("查明事实", FACTS).fill(
        "主要证据", "询问笔录、台账、照片"
    )
    inspector.choose("处理建议", "行政处罚").fill("建议内容", "处罚款 8000 元。").fill(
        "处理依据", "《劳动保障监察条例》第三十条"
    )
    inspector.press("调查终结").answered(422).sees("建议处罚的，须写明拟罚款数额")
    inspector.fill("拟罚款（元）", "8000").press("调查终结").sees("调查终结", "决定期限")
    story.finish()

    on("2026-04-02")
    inspector.comes_back().open("dossier", file).follow("拟告知").picture("notice").press("拟告知").sees("告知待批准")
    deputy = people(world.sun)
    deputy.open("approvals").sees(COMPANY).open("dossier", file).follow("批准告知").sees("8000", FACTS)
    deputy.fill("意见", "同意告知。").press("批准告知").sees("已办理：")
    story.finish()
    on("2026-04-02", 15)
    inspector.open("dossier", file).follow("送达告知书").fill("签收人", "陈示东").attach("送达回证扫描件", receipt)
    inspector.press("送达告知书").sees("2026-04-10", "陈述申辩期限", "听证")
    inspector.sees("尚未届满")  # neither statement nor hearing can be cut short

    on("2026-04-07", 10)
    inspector.comes_back().open("dossier", file).follow("听取陈述申辩").fill("陈述申辩人", "陈示东").choose(
        "方式", "口头"
    )
    inspector.fill("内容", "公司正在催收工程款，请求从轻处罚。").press("听取陈述申辩").sees("已办理：")
    # What a draft lacks is filled in on its own page.
    inspector.follow("陈述申辩笔录").sees("还有 2 处待填", "还缺：地点").fill("地点", "本局 201 询问室").fill(
        "与当事人的关系", "法定代表人"
    )
    inspector.picture("paper-gaps").press("填入").sees("已填入。", "本局 201 询问室").does_not_see("待填")
    nightly(time("2026-04-14", 0, 10))
    on("2026-04-14")
    story.finish()
    on("2026-04-14", 11)
    inspector.comes_back().open("dossier", file).follow("结束陈述申辩").press("结束陈述申辩").sees("已办理：")
    inspector.follow("复核陈述申辩").choose("是否采纳", "不采纳").fill("复核情况和理由", "资金困难不是拖欠工资的理由。")
    inspector.fill("复核后拟罚款（元）", "9000").press("复核陈述申辩").answered(422).sees(
        "高于已告知的", "不得因陈述申辩加重"
    )
    inspector.fill("复核后拟罚款（元）", "8000").press("复核陈述申辩").sees("已办理：")
    inspector.follow("送决定前审核").fill("意见", "拟罚款 8000 元，请审核。").press("送决定前审核").sees(
        "决定前法制审核"
    )

    # Whoever investigated does not review, with whatever posts and certificates.
    Post.objects.create(officer=world.zhang, bureau=world.district, role="reviewer", since=SINCE)
    Certificate.objects.create(
        officer=world.zhang, kind="lawyer", number="FZ999999", valid_from=SINCE, valid_to=date(2099, 1, 1)
    )
    inspector.open("step", file, "pass_review").sees("现在还不能办这一步", "您是本案承办人，不能审核本案", "处罚法 58")
    reviewer = people(world.zhao)
    # The checklist is filled in from the file; whoever finds fault says where, and the handler answers.
    reviewer.open("workbench").follow("决定前法制审核", within="#approvals").follow("改后再审")
    reviewer.sees("承办人张监察", "认定", "卷内未见问题").choose("裁量基准", "须改正").fill(
        "审核意见", "裁量说理不充分。"
    )
    reviewer.press("改后再审").answered(422).sees("“裁量基准”没有写明哪里有问题")
    reviewer.fill("裁量基准：说明", "没有写明为何不从轻。").press("改后再审").sees("已办理：")
    inspector.open("dossier", file).follow("送决定前审核").fill("意见", "已补写理由，请审核。")
    inspector.press("送决定前审核").answered(422).sees("没有写明是否采纳审核意见")
    inspector.choose("对上次审核意见", "全部采纳").press("送决定前审核").sees("决定前法制审核")
    reviewer.open("workbench").follow("决定前法制审核", within="#approvals").follow("审核同意").picture(
        "review"
    ).choose("程序", "不通过")
    reviewer.fill("审核意见", "同意。").press("审核同意").answered(422).sees("程序不通过的，不能出具同意意见，请退回")
    reviewer.choose("程序", "通过").press("审核同意").sees("已办理：")
    story.finish()

    on("2026-04-20")
    deputy.comes_back().open("dossier", file).follow("决定行政处罚").picture("decision").fill(
        "裁量和说理", "属一般情节。"
    )
    deputy.within("第 1 名受文人").choose("依据", "罚款（拒不改正").fill("金额（元）", "9000")
    deputy.press("决定行政处罚").answered(422).sees("高于已告知的")
    deputy.within("第 1 名受文人").fill("金额（元）", "8000")
    # Nobody has set the sum from which on the leaders discuss a penalty: whoever decides says in writing that this is none.
    deputy.press("决定行政处罚").answered(422).sees("须集体讨论的数额尚未设定")
    deputy.choose("情节复杂或者违法行为重大", "不是").fill("判断的理由", "事实清楚，情节一般。")
    deputy.press("决定行政处罚").sees("已办理：")
    story.finish()
    on("2026-04-20", 15)
    inspector.comes_back().open("dossier", file).follow("送达决定").fill("签收人", "陈示东").attach(
        "送达回证扫描件", receipt
    )
    inspector.press("送达决定").sees("缴纳罚款期限", "申请行政复议期限", "2026-05-06")
    inspector.follow("报上一级备案").choose("报送方式", "平台").fill("报送机关", world.city.name)
    inspector.press("报上一级备案").sees("已办理：")
    story.finish()

    on("2026-04-28")
    inspector.comes_back().open("dossier", file).follow("登记付款").choose("款项", "罚款").choose(
        "履行的义务", "缴纳罚款"
    )
    inspector.fill("金额（元）", "8000").press("登记付款").sees("已办理：")
    # Nothing is closed while somebody waits for an answer.
    inspector.open("step", file, "propose_closing").sees("现在还不能办这一步", "尚未答复", "农民工工资条例 10")
    inspector.sees("2026-04-20 15:00").does_not_see("T15:00").picture("closing-refused")
    inspector.open("dossier", file).follow("答复来源").fill("答复内容", "已对该公司作出处罚决定，罚款已经缴纳。").press(
        "答复来源"
    )
    inspector.sees("已答复 1/1")
    story.finish()
    story.serve(
        "serve_paper", "reply_letter", addressee="王示海", receiver="王示海", relation="本人", place="本局接待窗口"
    )
    on("2026-04-29")
    inspector.comes_back().open("dossier", file).follow("拟结案").fill("处理结果", "罚款 8000 元。").fill(
        "执行情况", "已全部履行。"
    )
    inspector.press("拟结案").sees("待批准结案")
    people(world.wang).open("dossier", file).follow("批准结案").fill("意见", "同意结案。").press("批准结案").sees(
        "已结案"
    )
    archivist = people(world.zhou)
    archivist.open("step", file, "archive").sees("仍是草稿")
    story.finish(by=world.zhang)
    on("2026-05-12")
    archivist.comes_back().open("dossier", file).follow("归档").fill("正卷页数", "60").choose("保管期限", "30年").press(
        "归档"
    )
    archivist.sees("已归档", "打印全卷").picture("dossier-archived")
    printed = PdfReader(BytesIO(archivist.downloads("打印全卷")))
    assert len(printed.pages) > 20 and "卷宗封面" in [mark.title for mark in printed.outline]

    # The package goes along and is verified where there is no platform; a lawyer reads a copy in which the others are masked.
    archivist.open("dossier", file).sees("保管期限 30年", "2056-12-31")
    place = kept(tmp_path, "案卷包.zip", archivist.downloads("下载案卷包"))
    told = subprocess.run(
        [sys.executable, "-I", str(packing.SCRIPT), str(place)], capture_output=True, text=True, cwd="/"
    )
    assert told.returncode == 0 and "核验通过" in told.stdout, told.stdout + told.stderr
    archivist.open("step", file, "lend_copy").choose("委托的当事人", f"{COMPANY}（用人单位）").fill(
        "律师（代理人）姓名", "吴示律"
    )
    archivist.fill("执业证（身份证件）号", "示例 0001").fill("授权委托书", "2026-05-10 特别授权").picture("lend-copy")
    archivist.press("提供阅卷副本").sees("阅卷副本（2026-05-12）")
    copy = PdfReader(BytesIO(archivist.downloads("阅卷副本（2026-05-12）")))
    words = "".join("".join(page.extract_text().split()) for page in copy.pages)
    assert "行政处罚决定书" in words and "王示海" not in words and "吴示律" not in words
    # Nothing is destroyed before its time, and nobody destroys alone.
    archivist.open("step", file, "propose_destruction").sees("现在还不能办这一步", "至 2056-12-31，尚未届满")
    archivist.open("step", file, "hold_archive").choose("原因", "诉讼、复议").fill("文书或者通知", "示例法院应诉通知书")
    archivist.press("锁定档案").sees("已锁定")
