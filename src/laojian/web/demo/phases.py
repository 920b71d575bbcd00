"""The phases of a demo file, from the window to the archive: what is said, found, ordered, told, decided and paid."""

from decimal import ROUND_UP, Decimal

from laojian.cases.matters import matters
from laojian.cases.replay.wording import respondent
from laojian.lawbook import law

from .employers import person
from .evidence import upload
from .journey import Journey

CENT = Decimal("0.01")
DAYS = 15  # what a correction order gives
FINE = Decimal(8000)
PENAL = {"wages": "lsr-30", "overtime": "lsr-25", "withheld": "lcl-84"}  # on which a fine is founded
POWERS = {  # by which power a matter is fined, and whom it wronged
    "wages": ("refuse-order", []), "overtime": ("illegal-overtime", [{"people": 40}]),
    "withheld": ("collect-property-withhold-items", [{"people": 8}]),
}  # fmt: skip
DEMANDS = {
    "overtime": "立即停止违法延长工作时间，报送当月考勤和工资记录",
    "no_contract": "与劳动者订立书面劳动合同，报送合同文本",
    "withheld": "退还收取的押金和扣押的证件，报送退还凭证",
    "wage_guarantee": "开设农民工工资专用账户，实行实名制管理，报送证明材料",
}


def cited(*keys: str) -> str:
    """Articles as a paper cites them."""
    return "、".join(law().article(key).cite for key in keys)


def violated(j: Journey) -> str:
    """The articles that the matter violates."""
    return cited(*matters()[j.plan.matter].violated)


def founded(j: Journey) -> str:
    """The articles on which the bureau acts."""
    keys = {"penalty": [PENAL.get(j.plan.matter, "lsr-30")], "treatment": ["lsr-26", "lcl-85"], "revocation": ["lsr-18", "impl-35"],
            "no_penalty": ["apl-33"]}  # fmt: skip
    return cited(*([*keys["penalty"], *keys["treatment"]] if j.plan.proposal == "both" else keys[j.plan.proposal]))


def intended(j: Journey) -> str:
    """What the bureau is going to do, in a sentence."""
    fine, wages = f"罚款人民币{FINE:,.0f}元", f"支付劳动者工资{j.owed():,.2f}元，并按应付金额百分之五十加付赔偿金"
    told = {
        "penalty": fine,
        "treatment": wages,
        "both": f"{fine}；{wages}",
        "revocation": "撤销立案",
        "no_penalty": "不予行政处罚",
    }
    return told[j.plan.proposal]


def fined(j: Journey) -> dict:
    """The fine where there is one."""
    return {"fine": str(FINE)} if j.plan.proposal in ("penalty", "both") else {}


def register(j: Journey) -> None:
    """The complaint, tip or lead comes in, with its workers."""
    given = {
        "kind": j.plan.kind, "matter": j.plan.matter, "employer": j.employer.pk, "summary": j.facts,
        "request": "依法查处", "began_on": j.since,
    }  # fmt: skip
    if j.plan.kind == "complaint":
        given |= {
            "name": person(j.rng),
            "phone": f"138{j.rng.randrange(10**8):08d}",
            "address": "示例小区 1 号楼",
            "consent": "consent" in j.plan.more,
        }
    if j.plan.kind == "tip":
        given |= {
            "informant_name": person(j.rng),
            "informant_phone": f"139{j.rng.randrange(10**8):08d}",
            "informant_note": "要求保密",
        }
    if j.plan.kind in ("referral", "transfer_in", "assigned"):
        given["document"] = f"示转〔{j.begins.year}〕{j.rng.randrange(1, 99)}号"
    j.go("register", **given)
    if j.plan.matter in ("wages", "minimum_wage") and j.plan.workers:
        source = j.file.sources[0]["id"] if j.plan.kind == "complaint" else None
        j.go("claim_workers", rows=j.worker_rows(), **({"source": source} if source else {}))
    if "more_sources" in j.plan.more:
        j.go(
            "add_source",
            kind="wage_platform",
            summary="平台反映同一单位欠薪",
            document=f"平台〔{j.begins.year}〕{j.rng.randrange(100, 999)}号",
        )
        j.go(
            "add_source",
            kind="tip",
            summary="工友来电反映",
            informant_name=person(j.rng),
            informant_phone=f"139{j.rng.randrange(10**8):08d}",
        )


def propose(j: Journey) -> None:
    """The three conditions are answered."""
    j.go("propose_filing", 1, violation="continuing", opinion="符合受理条件，拟予立案", in_competence=True)


def file(j: Journey) -> None:
    """The unit's head approves."""
    j.go("file", 1, opinion="同意立案")


def assign(j: Journey) -> None:
    """Two inspectors, by turns; the contractors of the site come into the file."""
    inspectors = list(j.walk.cast.posts["inspector"])
    # What has lain for long is on the first inspector's desk, so that whoever logs in first sees what late looks like.
    first = 0 if j.plan.left > 15 else j.rng.randrange(len(inspectors))
    j.walk.cast.posts["inspector"] = inspectors[first:] + inspectors[:first]
    lead, second = j.walk.cast.posts["inspector"][:2]
    j.go("assign", lead=lead.pk, second=second.pk)
    if "sent" in j.plan.more:
        j.send("acceptance_notice")
    if j.site:
        main = j.site.main_contractor
        j.go("keep_party", kind="main_contractor", role="liable", name=main.name, code=main.credit_code, address=main.address,
             legal_rep=main.legal_rep, post="经理", phone=main.phone)  # fmt: skip


def look_in(j: Journey) -> None:
    """Letter, visit, inquiry, evidence."""
    if j.plan.tidy:
        j.go(
            "call_in",
            1,
            come_at=j.at(3),
            place="本局二楼",
            materials="职工名册、考勤记录、工资支付台账",
            reason=j.facts,
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
        files = {"files": [upload(j, title)]} if "files" in j.plan.more else {}
        j.go("add_evidence", title=title, proves=proves, provider=j.employer.name, **files)


def order(j: Journey) -> None:
    """The correction order, numbered, sealed and served."""
    party, wages = respondent(j.file), j.owed() > 0
    demand = f"付清{j.file.claims['workers']}名劳动者的工资" if wages else DEMANDS[j.plan.matter]
    row = {"kind": "pay" if wages else "correct", "ground": "lsr-26" if wages else "lsr-18", "demand": demand}
    row |= {"amount": str(j.owed())} if wages else {}
    rows = [row | {"party": party}]
    if wages and (main := j.party("liable")):
        rows.append(
            row | {"party": main["id"], "ground": "mww-30", "debtor": party, "demand": "对分包单位拖欠的工资先行清偿"}
        )
    j.go("order_correction", 2, facts=j.facts, violated=violated(j), demand=demand, addressees=rows, length=DAYS, unit="day")  # fmt: skip
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


def find(j: Journey) -> None:
    """The violation for which there is to be a fine is found, and its range reckoned."""
    power, groups = POWERS.get(j.plan.matter, POWERS["wages"])
    j.go("find_violation", 2, party=respondent(j.file), power=power, began_on=j.since, corrected="none", groups=groups,
         amount=str(FINE), reason="责令改正后没有改正，综合人数、持续时间和改正情况确定")  # fmt: skip


def conclude(j: Journey) -> None:
    """The end of investigation with its proposal, not before its day."""
    j.rest_until(j.concludes)
    after = 2
    if fined(j):
        find(j)
        after = 0
    j.go("end_investigation", after, facts=j.facts, evidence="询问笔录、现场检查笔录、工资支付台账、考勤记录", statement="对事实没有异议",
         violated=violated(j), basis=founded(j), discretion="违法情节一般，依照裁量基准处理", proposal=j.plan.proposal,
         proposed=intended(j), **fined(j))  # fmt: skip


def ask_pre_review(j: Journey) -> None:
    j.go("ask_pre_review", 1, opinion="请审核")


def pass_pre_review(j: Journey) -> None:
    j.go("pass_pre_review", 2, opinion="同意告知")


def propose_notice(j: Journey) -> None:
    """What is intended is put before the deputy."""
    if j.plan.proposal in ("revocation", "no_penalty"):
        return
    j.go("propose_notice", 1, facts=j.facts, violated=violated(j), basis=founded(j), intended=intended(j),
         discretion="违法情节一般，依照裁量基准处理", **fined(j))  # fmt: skip


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
        j.go(
            "hear_statement",
            2,
            person=j.employer.legal_rep,
            way="oral",
            content="请求从轻处理，承诺尽快付清。",
            place="本局询问室",
            standing="法定代表人",
        )
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
        told = {"reason": "情节轻微，已经改正，没有造成危害后果", "education": "已当面教育并提出合规建议"}
        j.go(verb, 1, facts=j.facts, basis=founded(j), **told)
        return
    kinds = {"treatment": ["treatment"], "penalty": ["penalty"], "both": ["penalty", "treatment"]}[j.plan.proposal]
    for nth, kind in enumerate(kinds):
        decided(j, kind, 1 if nth == 0 else 0)


def decided(j: Journey, kind: str, after: int) -> None:
    """One decision with what it demands."""
    party, owed = respondent(j.file), j.owed()
    fine = {"kind": "fine", "ground": PENAL.get(j.plan.matter, "lsr-30"), "demand": "缴纳罚款", "amount": str(FINE)}
    wages = {"kind": "pay", "ground": "lsr-26", "demand": "付清拖欠的工资", "amount": str(owed)}
    extra = {
        "kind": "compensate",
        "ground": "lcl-85",
        "demand": "按应付金额百分之五十加付赔偿金",
        "amount": str((owed / 2).quantize(CENT, ROUND_UP)),
    }
    if kind == "penalty":
        verb, rows, basis, what, more = "decide_penalty", [fine], cited(fine["ground"]), f"罚款人民币{FINE:,.0f}元", {}
    else:
        what = f"支付劳动者工资{owed:,.2f}元，加付赔偿金{Decimal(extra['amount']):,.2f}元"
        verb, rows, basis = "decide_treatment", [wages, extra], cited("lsr-26", "lcl-85")
        more = {"length": DAYS, "unit": "day"}
    j.go(verb, after, facts=j.facts, violated=violated(j), basis=basis, decided=what, discretion="违法情节一般，依照裁量基准处理",
         addressees=[row | {"party": party} for row in rows], **more)  # fmt: skip


def heard(j: Journey) -> str:
    """What became of the party's statement."""
    return (
        "当事人请求从轻，经复核，所提意见不影响事实认定，不予采纳"
        if "spoke" in j.plan.more
        else "当事人在规定期限内没有提出意见"
    )


def serve_decision(j: Journey) -> None:
    j.serve("serve_decision")
    if j.file.has_taken("decide_penalty"):
        j.go("report_superior")


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
