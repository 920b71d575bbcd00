"""The phases of a demo file, from the window to the archive: what is said, found, ordered, told, decided and paid."""

from decimal import Decimal

from laojian.cases.replay.wording import respondent

from .employers import person
from .journey import FACTS, PENAL, Journey

CENT = Decimal("0.01")
DAYS = 15  # what a correction order gives


def register(j: Journey) -> None:
    """The complaint, tip or lead comes in, with its workers."""
    given = {
        "kind": j.plan.kind, "matter": j.plan.matter, "employer": j.employer.pk, "summary": FACTS[j.plan.matter],
        "request": "依法查处", "began_on": "2026-05-01",
    }  # fmt: skip
    if j.plan.kind == "complaint":
        given |= {
            "name": person(j.rng),
            "phone": "13800000000",
            "address": "示例小区",
            "consent": "consent" in j.plan.more,
        }
    if j.plan.kind == "tip":
        given |= {"informant_name": person(j.rng), "informant_phone": "13900000000", "informant_note": "要求保密"}
    if j.plan.kind in ("referral", "transfer_in", "assigned"):
        given["document"] = f"示转〔2026〕{j.rng.randrange(1, 99)}号"
    j.go("register", **given)
    if j.plan.matter in ("wages", "minimum_wage") and j.plan.workers:
        source = j.file.sources[0]["id"] if j.plan.kind == "complaint" else None
        j.go("claim_workers", rows=j.worker_rows(), **({"source": source} if source else {}))
    if "more_sources" in j.plan.more:
        j.go(
            "add_source",
            kind="wage_platform",
            summary="平台反映同一单位欠薪",
            document=f"平台〔2026〕{j.rng.randrange(100, 999)}号",
        )
        j.go(
            "add_source",
            kind="tip",
            summary="工友来电反映",
            informant_name=person(j.rng),
            informant_phone="13900000001",
        )


def propose(j: Journey) -> None:
    """The three conditions are answered."""
    violation = {"matter": j.plan.matter, "began_on": "2026-05-01", "violation": "continuing"}
    j.go("propose_filing", 1, **violation, opinion="符合受理条件，拟予立案", in_competence=True)


def file(j: Journey) -> None:
    """The unit's head approves."""
    j.go("file", 1, opinion="同意立案")
    if "sent" in j.plan.more:
        j.send("acceptance_notice")


def assign(j: Journey) -> None:
    """Two inspectors, by turns; the contractors of the site come into the file."""
    inspectors = list(j.walk.cast.posts["inspector"])
    first = j.rng.randrange(len(inspectors))
    j.walk.cast.posts["inspector"] = inspectors[first:] + inspectors[:first]
    lead, second = j.walk.cast.posts["inspector"][:2]
    j.go("assign", lead=lead.pk, second=second.pk)
    if j.site:
        main = j.site.main_contractor
        j.go("keep_party", kind="main_contractor", role="liable", name=main.name, code=main.credit_code, address=main.address,
             legal_rep=main.legal_rep, post="负责人", phone=main.phone)  # fmt: skip


def look_in(j: Journey) -> None:
    """Letter, visit, inquiry, evidence."""
    if j.plan.tidy:
        j.go(
            "call_in",
            1,
            come_at=j.at(3),
            place="本局二楼",
            materials="职工名册、考勤记录、工资支付台账",
            reason=FACTS[j.plan.matter],
        )
        j.send("inquiry_letter")
    j.go(
        "record_inspection",
        2,
        place=j.employer.address,
        present=j.employer.legal_rep,
        content="查看现场和用工台账",
        found="现场有人作业，未见公示的工资台账",
    )
    questions = "问：是否存在所反映的情况？\n答：情况属实，资金周转困难。\n问：打算何时改正？\n答：尽快筹措。"
    j.go(
        "record_inquiry", 1, person=j.employer.legal_rep, standing="法定代表人", place="本局询问室", questions=questions
    )
    for title, proves in (("职工名册、考勤记录", "用工人数和出勤"), ("工资支付台账", "工资支付情况")):
        j.go("add_evidence", title=title, proves=proves, provider=j.employer.name)


def order(j: Journey) -> None:
    """The correction order, numbered, sealed and served."""
    party, wages = respondent(j.file), j.owed() > 0
    demand = "支付劳动者工资" if wages else "改正违法行为并报送书面材料"
    row = {"kind": "pay" if wages else "correct", "ground": "lsr-26" if wages else "lsr-18", "demand": demand}
    row |= {"amount": str(j.owed())} if wages else {}
    rows = [row | {"party": party}]
    if wages and (main := j.party("liable")):
        rows.append(
            row | {"party": main["id"], "ground": "mww-30", "debtor": party, "demand": "对分包单位拖欠的工资先行清偿"}
        )
    j.go("order_correction", 2, facts=FACTS[j.plan.matter], violated="劳动法第五十条" if wages else "有关劳动保障规定", demand=demand,
         addressees=rows, length=DAYS, unit="day", workers_ordered=wages)  # fmt: skip
    j.serve("serve_order")


def pay_part(j: Journey) -> None:
    """Somebody pays a part while the order runs: the debtor, then the main contractor or the landlord."""
    share = (j.owed() * j.plan.settled).quantize(CENT)
    if not share:
        return
    half = (share / 2).quantize(CENT)
    pay(j, 3, respondent(j.file), half, "ordered")
    other = j.party("liable")
    if not other:
        j.go("keep_party", kind="landlord", role="payer", name="宝示区示例园区物业（示例）有限公司")
        other = j.party("payer")
    pay(j, 2, other["id"], share - half, "ordered")


def pay(j: Journey, after: int, payer: int, amount: Decimal, way: str) -> None:
    """Wages arrive."""
    j.go("register_payment", after, payer=payer, amount=str(amount), way=way, voucher="银行回单（示例）")


def check(j: Journey) -> None:
    """The time is over: what was done is noted."""
    pay_part(j)
    j.wait_for("correct")
    met = "all" if j.plan.proposal in ("revocation", "no_penalty") else "part" if j.plan.settled else "none"
    if met == "all" and j.owed() > 0:
        pay(j, 0, respondent(j.file), j.owed(), "ordered")
    j.go("note_correction", result=met, note={"all": "已全部改正", "part": "部分支付", "none": "逾期未改正"}[met])


def conclude(j: Journey) -> None:
    """The end of investigation with its proposal."""
    p = j.plan.proposal
    fine = {"fine": "8000"} if p in ("penalty", "both") else {"fine": "0"} if p == "warning" else {}
    j.go("end_investigation", 2 + j.plan.slow, facts=FACTS[j.plan.matter], evidence="询问笔录、台账、考勤", statement="对事实无异议",
         violated="有关劳动保障规定", basis="劳动保障监察条例", discretion="综合情节", proposal=p, proposed="依法处理", **fine)  # fmt: skip


def ask_pre_review(j: Journey) -> None:
    j.go("ask_pre_review", 1, opinion="请审核")


def pass_pre_review(j: Journey) -> None:
    j.go("pass_pre_review", 2, opinion="同意告知")


def propose_notice(j: Journey) -> None:
    """What is intended is put before the deputy."""
    if j.plan.proposal in ("revocation", "no_penalty"):
        return
    fine = {"fine": "8000"} if j.plan.proposal in ("penalty", "both") else {}
    j.go("propose_notice", 1, facts=FACTS[j.plan.matter], violated="有关劳动保障规定", basis="劳动保障监察条例", intended="依法作出处罚（处理）",
         discretion="综合情节", **fine)  # fmt: skip


def approve_notice(j: Journey) -> None:
    if j.file.state == "notice_proposed":
        j.go("approve_notice", 1, opinion="同意告知")


def serve_notice(j: Journey) -> None:
    if j.file.state == "noticing":
        j.serve("serve_notice")


def hear(j: Journey) -> None:
    """The party speaks, and the time to speak runs out."""
    if j.file.state != "awaiting_statement":
        return
    if "spoke" in j.plan.more:
        j.go("hear_statement", 2, person=j.employer.legal_rep, way="oral", content="请求从轻处理，承诺尽快付清。")
    j.wait_for("defense")


def close_statement(j: Journey) -> None:
    if j.file.state == "awaiting_statement":
        j.go("close_statement")


def reexamine(j: Journey) -> None:
    if j.file.state == "statement_closed":
        j.go(
            "reexamine",
            1,
            adopted="none" if "spoke" in j.plan.more else "silent",
            reasons="所提意见不影响事实认定" if "spoke" in j.plan.more else "没有提出意见",
        )


def ask_review(j: Journey) -> None:
    j.go("ask_review", 1, opinion="请审核")


def pass_review(j: Journey) -> None:
    j.go("pass_review", 2, opinion="事实清楚，程序合法，同意")


def decide(j: Journey) -> None:
    """The decision that was proposed."""
    if j.plan.proposal in ("revocation", "no_penalty"):
        verb = "revoke_filing" if j.plan.proposal == "revocation" else "decide_no_penalty"
        j.go(
            verb,
            1,
            facts=FACTS[j.plan.matter],
            basis="劳动保障监察条例第十八条",
            reason="情节轻微，已经改正",
            education="已当面教育",
        )
        return
    kinds = {"treatment": ["treatment"], "penalty": ["penalty"], "both": ["penalty", "treatment"]}[j.plan.proposal]
    for nth, kind in enumerate(kinds):
        decided(j, kind, 1 if nth == 0 else 0)


def decided(j: Journey, kind: str, after: int) -> None:
    """One decision with what it demands."""
    party = respondent(j.file)
    if kind == "penalty":
        rows = [
            {
                "party": party,
                "kind": "fine",
                "ground": PENAL.get(j.plan.matter, "lsr-30"),
                "demand": "缴纳罚款8000元",
                "amount": "8000",
            }
        ]
        verb, what, more = "decide_penalty", "罚款8000元", {}
    else:
        half = (j.owed() / 2).quantize(CENT)
        rows = [{"party": party, "kind": "pay", "ground": "lsr-26", "demand": "支付拖欠的工资", "amount": str(j.owed())},
                {"party": party, "kind": "compensate", "ground": "lcl-85", "demand": "加付赔偿金", "amount": str(half)}]  # fmt: skip
        verb, what, more = "decide_treatment", "支付工资并加付赔偿金", {"length": DAYS, "unit": "day"}
    j.go(verb, after, facts=FACTS[j.plan.matter], violated="有关劳动保障规定", basis="劳动保障监察条例", decided=what, discretion="综合情节",
         adopted="当事人的意见已复核", addressees=rows, **more)  # fmt: skip


def serve_decision(j: Journey) -> None:
    j.serve("serve_decision")


def perform(j: Journey) -> None:
    """Everything demanded is paid; every source has its answer."""
    if j.owed() > 0:
        pay(j, 4, respondent(j.file), j.owed(), "ordered")
    for o in [o for o in j.file.obligations if o["kind"] in ("fine", "compensate") and not o["met_on"]]:
        of = "fine" if o["kind"] == "fine" else "compensation"
        j.go(
            "register_payment",
            1,
            of=of,
            payer=o["addressee_id"],
            obligation=o["id"],
            amount=str(o["amount"]),
            way="ordered",
            voucher="缴款回单（示例）",
        )
    for source in list(j.file.sources):
        if source["kind"] not in ("patrol", "special", "random", "self_found") and not source["replied_on"]:
            j.go("reply", source=source["id"], content="已依法作出处理，处理结果已告知当事人。", way="letter")


def propose_closing(j: Journey) -> None:
    j.go("propose_closing", 1, result="已作出处理并执行完毕", performance="当事人已履行")


def close(j: Journey) -> None:
    j.go("close", 1, opinion="同意结案")


def archive(j: Journey) -> None:
    """No draft is left; the letters of reply are brought; the archivist takes the file over."""
    j.finish()
    for code in ("reply_letter", "acceptance_notice", "inquiry_letter"):
        j.send(code)
    j.go("archive", 3, pages=86, retention="10年", note="无")
