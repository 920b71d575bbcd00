"""Every paper that the general procedure drafts is complete as soon as its step was told everything; what is changed is approved anew."""

import io

import pytest
from pypdf import PdfReader
from tests.beside import BESIDE
from tests.casework import COMPANY, COMPLAINT, FACTS, PARTS, VIOLATED, Story, investigated, opened
from tests.grading import graded
from tests.listing import every_paper
from tests.publishing import publicised
from tests.repairing import penalty, repaired
from tests.visiting import campaigned, visited
from tests.world import at

from laojian.cases.facts import wages
from laojian.cases.queries import claim_table
from laojian.papers.actions import lacking, templates
from laojian.papers.models import Paper
from laojian.papers.queries import MADE, places, receipts
from laojian.people.acting import acting
from laojian.procedure.step import Refused
from laojian.procedure.take import FLOWS, open_file, take

from .asides import told
from .spots import SPOTS

pytestmark = pytest.mark.django_db

ELSEWHERE = {"receipt", "interference_summary"}  # handed out at the counter with number and code, and kept nowhere


def registered(story):
    story.do("register", story.world.zhou, **COMPLAINT)


def early_ends(world):
    """A file for each way in which it ends before filing; yields them."""
    refused = {
        "reason": "所反映的事项不符合受理条件",
        "office": "示例区劳动人事争议仲裁委员会",
        "office_address": "示例路 2 号",
    }
    ends = {
        "ask_supplement": {"items": "工资欠条\n考勤记录", "reason": "没有写明被拖欠的数额"},
        "decline": refused, "redirect": refused, "out_of_scope": refused, "transfer_venue": refused,
        "settle": {"result": "单位当场付清。", "no_violation": True, "reason": "经核查已付清。", "began_at": "2026-03-02T14:00",
                   "ended_at": "2026-03-02T14:40", "place": "本局调解室", "present": "王示海、陈示东", "amount": "18600.50",
                   "due_on": "2026-03-02", "recorder": "周受理"},
    }  # fmt: skip
    for verb, given in ends.items():
        story = Story(world)
        registered(story)
        story.do(verb, world.zhou, "2026-03-03", **given)
        yield story
    story = Story(world)
    registered(story)
    story.do("withdraw", world.zhou, source=story.file.sources[0]["id"], reason="单位已经付清")
    story.do("reply", world.zhou, source=story.file.sources[0]["id"], content="已登记撤回。", way="phone")
    yield story


def without_burden(world, proposal, verb):
    """A file that ends without a burden, its investigation extended and looked over before the notice."""
    story = Story(world)
    for part in (opened, investigated):
        part(story)
    story.do("ask_extension", world.zhang, "2026-03-10", reason="须等待审计结果", remaining="核对台账")
    story.do("extend_investigation", world.sun, opinion="情况复杂，同意延长。")
    story.do("end_investigation", world.zhang, "2026-03-11", facts=FACTS, evidence="台账", violated=VIOLATED,
             basis="《行政处罚法》第三十三条", proposal=proposal, proposed="情节轻微并已改正。")  # fmt: skip
    story.do("ask_pre_review", world.zhang, opinion="请审核")
    story.do("pass_pre_review", world.zhao, opinion="同意")
    story.do("ask_review", world.zhang, opinion="请审核")
    story.do("pass_review", world.zhao, opinion="同意")
    story.do(verb, world.sun, facts=FACTS, basis="《行政处罚法》第三十三条", reason="情节轻微并及时改正，没有造成危害后果。",
             education="今后按月足额支付工资。")  # fmt: skip
    code = FLOWS["general"][verb].paper
    story.finish(code)
    story.do("announce", world.zhang, paper=story.paper(code)["id"], party=story.party(), reasons="下落不明",
             course="两次上门无人，邮寄被退回。", content="决定的主要内容。")  # fmt: skip
    return story


def test_no_paper_of_the_flow_lacks_anything_once_its_step_was_told_all(world):
    whole = Story(world)
    for part in PARTS:
        part(whole)
    stories = [
        whole,
        *(part(Story(world)) for part in BESIDE),
        *early_ends(world),
        without_burden(world, "no_penalty", "decide_no_penalty"),
        without_burden(world, "revocation", "revoke_filing"),
        *told(world),
        *(part(world) for part in SPOTS),
        *visited(world),
        campaigned(world),
        publicised(world),
        graded(world),
        every_paper(world),
        repaired(world, penalty(world)),
    ]
    lacked = {code: names for story in stories for code, names in story.lacked.items()}
    assert set(lacked) == set(templates()) - set(MADE) - ELSEWHERE
    assert {code: names for code, names in lacked.items() if names} == {}


def test_every_kind_of_paper_has_its_place_in_the_file():
    assert set(places()) == set(templates()) - set(MADE) | {"evidence"}


def test_the_steps_that_sign_and_approve_exist():
    verbs = {verb for template in templates().values() for _, signing in template.sign for verb in signing}
    assert verbs <= {verb for flow in FLOWS.values() for verb in flow.by_verb}


def test_every_number_word_belongs_to_one_kind():
    words = [template.number_word for template in templates().values() if template.number_word]
    assert len(words) == len(set(words)) and not {"立", "登"} & set(words)


@pytest.fixture
def order(world):
    """A correction order in draft."""
    story = Story(world)
    opened(story)
    party = story.party()
    story.do("order_correction", world.zhang, "2026-03-12", facts=FACTS, violated=VIOLATED, demand="支付工资", length=15, unit="day",
             addressees=[{"party": party, "kind": "pay", "ground": "lsr-26", "demand": "支付工资", "amount": "36200.50"}],
             evidence="台账")  # fmt: skip
    return story


def draft_of(story, code):
    with acting(story.world.zhang.pk):
        return Paper.objects.get(dossier_id=story.file.id, code=code, issued_on=None)


def test_an_order_is_numbered_only_after_approval_and_a_change_takes_it_back(order):
    world, paper = order.world, draft_of(order, "correction_order")
    with pytest.raises(Refused, match="尚未经监察机构负责人批准"):
        order.do("issue_paper", world.zhang, paper=paper.pk)
    order.do("approve_paper", world.wang, paper=paper.pk, opinion="同意")
    body = [block | {"text": "另行改动。"} if "支付工资" in block.get("text", "") else block for block in paper.body]
    order.do("edit_paper", world.zhang, paper=paper.pk, body=body)
    with pytest.raises(Refused, match="批准"):
        order.do("issue_paper", world.zhang, paper=paper.pk)
    with pytest.raises(Refused, match="Word"):
        order.do("fill_paper", world.zhang, paper=paper.pk, values={})
    order.do("approve_paper", world.sun, paper=paper.pk)
    order.do("issue_paper", world.zhang, paper=paper.pk)
    assert order.paper("correction_order")["number"] == "宝人社监改〔2026〕1号"
    for verb, more in (
        ("edit_paper", {"body": body}),
        ("fill_paper", {"values": {}}),
        ("void_paper", {"reason": "写错"}),
    ):
        with pytest.raises(Refused, match="已经成文编号或者作废的文书不能再改"):
            order.do(verb, world.zhang, paper=paper.pk, **more)


def test_what_the_step_said_cannot_be_filled_otherwise(order):
    paper = draft_of(order, "correction_order")
    with pytest.raises(Refused, match="已由“责令改正”写明"):
        order.do("fill_paper", order.world.zhang, paper=paper.pk, values={"facts": "另有事实"})
    with pytest.raises(Refused, match="没有“nothing”这一项"):
        order.do("fill_paper", order.world.zhang, paper=paper.pk, values={"nothing": "x"})


def test_a_word_file_without_the_seals_place_is_refused(order):
    paper = draft_of(order, "correction_order")
    with pytest.raises(Refused, match="落款印章"):
        order.do("edit_paper", order.world.zhang, paper=paper.pk, body=[b for b in paper.body if b["kind"] != "seal"])


def test_the_case_report_shows_the_head_who_approved_it(world):
    story = Story(world)
    for part in PARTS[:4]:
        part(story)
    with acting(world.zhang.pk):
        report = Paper.objects.get(dossier_id=story.file.id, code="case_report")
    cells = [cell for block in report.body for row in block.get("rows", ()) for cell, _ in row]
    assert any("签名：王队长（监察机构负责人）　　2026年4月1日" in cell for cell in cells)
    assert lacking(report) == []


def test_a_date_beyond_the_known_calendar_is_not_printed_as_final(world):
    """A case filed on 2026-11-23 goes on; its notice tells how the period runs, and no day of 2027."""
    story = Story(world)
    story.now = at("2026-11-20")
    later = {"received_at": "2026-11-20T09:00", "began_at": "2026-11-20T09:00", "ended_at": "2026-11-20T09:05"}
    story.do("register", world.zhou, **COMPLAINT | later)
    story.do("propose_filing", world.zhou, matter="wages", began_on="2026-08-01", violation="continuing", opinion="拟立案",
             in_competence=True)  # fmt: skip
    story.do("file", world.wang, "2026-11-23", opinion="同意")
    story.do("assign", world.wang, lead=world.zhang.pk, second=world.li.pk)
    said = str(draft_of(story, "acceptance_notice").body)
    assert "第60个工作日（《劳动保障监察条例》第十七条）" in said and "另行告知" in said and "2027年" not in said


def test_an_informant_stands_in_no_paper(world):
    story = Story(world)
    tip = {key: COMPLAINT[key] for key in ("matter", "respondent", "respondent_kind", "summary", "request")}
    story.do(
        "register",
        world.zhou,
        kind="tip",
        informant_name="密示报",
        informant_phone="13911112222",
        **tip,
    )
    story.do("out_of_scope", world.zhou, "2026-03-03", reason="不属于监察职权", office="示例局")
    with acting(world.zhou.pk):
        papers = list(Paper.objects.filter(dossier_id=story.file.id))
    assert {paper.code for paper in papers} == {"registration", "out_of_scope_notice"}
    said = str([paper.body for paper in papers]) + str([paper.given for paper in papers])
    assert not any(secret in said for secret in ("密示报", "13911112222"))


def test_receipts_are_made_out_for_each_who_is_still_to_be_served(order):
    """Two addressees, each a receipt with the paper's number; whoever was served has none any more."""
    world, story = order.world, order
    story.do("keep_party", world.zhang, kind="main_contractor", role="liable", name="示例总承包（示例）有限公司")
    draft = draft_of(story, "correction_order")
    story.do("void_paper", world.zhang, paper=draft.pk, reason="补列总承包单位")
    rows = [{"party": story.party(name), "kind": "pay", "ground": "mww-30", "demand": "支付工资", "amount": "36200.50"}
            for name in (COMPANY, "示例总承包（示例）有限公司")]  # fmt: skip
    story.do("order_correction", world.zhang, facts=FACTS, violated=VIOLATED, demand="支付工资", length=15, unit="day", addressees=rows,
             evidence="台账")  # fmt: skip
    story.finish("correction_order")
    assert [COMPANY in page or "示例总承包" in page for page in receipts_of(story)] == [True, True]
    story.serve(
        "serve_order", "correction_order", story.party(), receiver="陈示东", relation="法定代表人", place="示例工地"
    )
    (left,) = receipts_of(story)
    assert "待填" not in left
    assert "示例总承包" in left and "宝人社监改〔2026〕1号" in left


def receipts_of(story):
    paper = story.paper("correction_order")
    with acting(story.world.zhang.pk):
        made = receipts(story.file, paper)
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(made)).pages]


SILENT = {
    "kind": "complaint", "matter": "wages", "respondent": "示例甲公司", "respondent_kind": "employer", "summary": "拖欠工资",
    "request": "支付工资", "name": "王示海", "phone": "13800000000",
}  # fmt: skip


def test_a_complainant_who_did_not_agree_stands_masked_in_what_the_employer_reads(world):
    file = open_file("general", "register", by=world.zhou, at=at("2026-01-05"), given=SILENT)
    rows = [{"name": "王示海", "months": ["2025-10"], "amount": "1000.00"}]
    given = {"rows": rows, "source": file.sources[0]["id"]}
    file = take(file.id, "claim_workers", by=world.zhou, at=at("2026-01-05", 10), given=given)
    assert [row["name"] for row in wages(file, claim_table(file.id))["workers"]] == ["王＊海"]
    agreed = [source | {"consent_on": "2026-01-05"} for source in file.sources]
    file.parts["sources"] = agreed
    assert [row["name"] for row in wages(file, claim_table(file.id))["workers"]] == ["王示海"]
