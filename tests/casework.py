"""A case as officers work on it, told in parts: from an oral complaint to the archive, every paper issued, sealed, served, scanned."""

from datetime import timedelta

from django.core.files.base import ContentFile

from laojian.dossier.models import Dossier
from laojian.employers.identifiers import invented_credit_code, invented_identity_number
from laojian.evidence.actions import keep_upload
from laojian.evidence.models import Evidence
from laojian.evidence.store import keep_bytes, store
from laojian.papers.actions import lacking, templates
from laojian.papers.models import Paper
from laojian.papers.queries import receipt
from laojian.people.acting import acting
from laojian.procedure.take import open_file, read, take
from tests.scans import photograph, sealed, signed
from tests.world import at

COMPANY = "宏示装饰工程（示例）有限公司"
COMPLAINT = {
    "kind": "complaint", "matter": "wages", "respondent": COMPANY, "respondent_kind": "employer",
    "respondent_code": invented_credit_code(7), "respondent_address": "宝示区示例工业园 8 号", "respondent_head": "陈示东",
    "respondent_post": "总经理", "received_at": "2026-03-02T09:00", "began_on": "2025-12-01", "employed_on": "2025-09-01",
    "summary": "我和两名工友 2025 年 9 月起在宏示公司承揽的示例商场改造工地做工，2025 年 12 月至 2026 年 2 月的工资一直没有发。",
    "request": "要求支付三个月工资。", "name": "王示海", "id_number": invented_identity_number(7), "phone": "13800000000",
    "address": "示例省示例县示例村 3 号",
    "consent": True, "oral": True, "gender": "male", "age": 46, "occupation": "瓦工", "workplace": COMPANY,
    "began_at": "2026-03-02T09:00", "ended_at": "2026-03-02T09:35", "place": "本局接待窗口",
}  # fmt: skip
WORKERS = [
    {"name": "王示海", "trade": "瓦工", "months": ["2025-12", "2026-01", "2026-02"], "amount": "18600.50"},
    {"name": "李镕喆", "trade": "木工", "months": ["2025-12", "2026-02"], "amount": "12400"},
    {"name": "周堃玥", "trade": "普工", "months": ["2026-01"], "amount": "5200"},
]
TWO = {"张": "张监察", "李": "李监察"}
HANDS = {
    "complaint_record": {"投诉人": "王示海", "接待人": "周受理"},
    "inquiry_record": {"被询问人：": "陈示东", "被询问人（": "陈示东", "询问人：": "张、李"},
    "inspection_record": {"被检查人：": "陈示东", "被检查人或": "陈示东", "检查人：": "张、李"},
    "address_confirmation": {"签名（盖章）": "陈示东", "承办人签名": "张监察　李监察"},
    "hearing_application": {"申请人": "陈示东"},
    "hearing_record": {"当事人或者": "陈示东", "主持人": "何听证", "记录员": "周受理"},
    "crime_items": {"移送人": "张监察", "接收人": "钱示警"},
    "extraction_record": {"持有人": "陈示东", "提取人": "张、李"},
    "statement_record": {"陈述申辩人：": "陈示东", "陈述申辩人（": "陈示东", "承办人：": "张、李"},
}
BOTH = {
    f"{who} {first}": name for who in ("询问人", "检查人", "承办人", "主办人", "协办人") for first, name in TWO.items()
}
BOTH |= {"记录人": "李监察"}


def hands(code: str) -> dict[str, str]:
    """Who signs such a paper, by the words under which they sign."""
    return BOTH | HANDS.get(code, {})


FACTS = f"{COMPANY}拖欠王示海等三名劳动者 2025 年 12 月至 2026 年 2 月工资共计 36200.50 元。"
VIOLATED = "《劳动法》第五十条"


class Story:
    """The case as it is worked on: `do` takes a step, a few minutes after the one before unless a day is told."""

    def __init__(self, world, flow="general"):
        self.world, self.flow, self.file, self.now = world, flow, None, at("2026-03-02", 9, 40)
        self.lacked = {}

    def do(self, verb, by, day=None, **given):
        self.now = at(day) if day else self.now + timedelta(minutes=7)
        if self.file is None:
            self.file = open_file(self.flow, verb, by=by, at=self.now, given=given)
        else:
            self.file = take(self.file.id, verb, by=by, at=self.now, given=given)
        self.note()
        return self.file

    def note(self):
        """Keep what each new draft lacks at birth: the names of its open places, by code."""
        with acting(self.world.zhang.pk):
            for paper in Paper.objects.filter(dossier_id=self.file.id, nth=self.file.seq):
                self.lacked[paper.code] = lacking(paper)

    def fresh(self):
        with acting(self.world.zhang.pk):
            self.file = read(self.file.id, self.world.zhang.pk, self.now)
        return self.file

    def beside(self, flow):
        """The story of the newest track of this flow beside the file; what its papers lack is kept with the file's."""
        track = Story(self.world)
        track.now, track.lacked = self.now, self.lacked
        with acting(self.world.zhang.pk):
            newest = Dossier.objects.filter(parent_id=self.file.id, flow=flow).latest("pk")
            track.file = read(newest.pk, self.world.zhang.pk, self.now)
        track.note()
        return track

    def party(self, name=COMPANY):
        return next(p["id"] for p in self.file.parties if p["name"] == name)

    def paper(self, code):
        return next(p for p in reversed(self.fresh().papers) if p["code"] == code)

    def finish(self, *codes, by=None):
        """Approve, number, seal or sign the drafts of these codes (all when none is named); the scan is kept."""
        for draft in [d for d in self.fresh().drafts if not codes or d["code"] in codes]:
            template, hand = templates()[draft["code"]], by or self.world.zhang
            if template.approver and not self.approved(draft["id"]):
                boss = {"deputy": self.world.sun, "chief": self.world.qian}.get(template.approver, self.world.wang)
                self.do("approve_paper", boss, paper=draft["id"], opinion="同意。")
            self.do("issue_paper", hand, paper=draft["id"])
            made = next(p for p in self.file.papers if p["id"] == draft["id"])
            if template.seal or template.by_hand:
                blank = self.pdf(made["pdf"])
                scan = (
                    sealed(blank, self.world.district.name)
                    if template.seal
                    else signed(blank, hands(draft["code"]), self.now.date())
                )
                self.do(
                    "seal_paper",
                    hand,
                    paper=draft["id"],
                    way="scan" if template.seal else "signed",
                    file=keep_bytes(scan),
                )

    def approved(self, paper):
        with acting(self.world.zhang.pk):
            return bool(Paper.objects.get(pk=paper).approval)

    def body(self, paper):
        """The text of a draft as one string."""
        with acting(self.world.zhang.pk):
            return str(Paper.objects.get(pk=paper).body)

    def pdf(self, digest):
        with store().open(digest) as content:
            return content.read()

    def serve(self, verb, code, party=None, by=None, **who):
        """Bring a paper to somebody; the receipt is made out, signed, scanned."""
        paper, file = self.paper(code), self.fresh()
        done = self.now + timedelta(minutes=5)
        about = {"addressee": who.get("addressee") or COMPANY, "method": "direct", "done_at": done.isoformat(),
                 "place": who["place"], "servers": ["张监察", "李监察"]}  # fmt: skip
        with acting(self.world.zhang.pk):
            facts = file.flow.facts(file, {}) | {"step": {"on": file.on.isoformat()}}
            out = receipt(facts, paper, about)
        hands = {
            "受送达人签名": f"{who['receiver']}　{done:%Y.%m.%d %H:%M}",
            "送达人签名": f"张监察　李监察　{done:%Y.%m.%d}",
        }
        told = {
            "method": "direct",
            "done_at": done,
            "second_server": "李监察",
            "receipt": keep_bytes(signed(out, hands)),
        }
        self.now = done
        return self.do(
            verb, by or self.world.zhang, paper=paper["id"], **({"party": party} if party else {}), **told, **who
        )


def opened(story):
    w = story.world
    story.do("register", w.zhou, **COMPLAINT)
    story.do("claim_workers", w.zhou, rows=WORKERS, source=story.file.sources[0]["id"])
    story.do(
        "fill_paper",
        w.zhou,
        paper=next(d["id"] for d in story.fresh().drafts if d["code"] == "registration"),
        values={},
    )
    story.finish("complaint_record", "registration", by=w.zhou)
    story.do("propose_filing", w.zhou, "2026-03-03", matter="wages", began_on="2025-12-01", violation="continuing",
             opinion="符合受理条件，拟予立案。", in_competence=True)  # fmt: skip
    story.do("file", w.wang, "2026-03-04", opinion="同意立案。")
    story.do("assign", w.wang, lead=w.zhang.pk, second=w.li.pk)
    story.finish()
    story.serve(
        "serve_paper", "acceptance_notice", addressee="王示海", receiver="王示海", relation="本人", place="本局接待窗口"
    )


def investigated(story):
    w, party = story.world, story.party()
    story.do("call_in", w.zhang, "2026-03-05", party=party, come_at="2026-03-09T09:00", place="本局 201 询问室",
             materials="工资支付台账\n考勤记录\n劳动合同", reason="是否拖欠劳动者工资")  # fmt: skip
    story.finish()
    story.serve(
        "serve_paper",
        "inquiry_letter",
        party,
        receiver="陈示东",
        relation="法定代表人",
        place=COMPLAINT["respondent_address"],
    )
    story.do("plan_inspection", w.zhang, party=party, matters="工资支付和考勤情况", method="查看现场、查阅台账",
             start_at="2026-03-09T10:10", place="示例商场改造工地", materials="考勤记录")  # fmt: skip
    story.finish()
    story.serve(
        "serve_paper",
        "inspection_notice",
        party,
        receiver="陈示东",
        relation="法定代表人",
        place=COMPLAINT["respondent_address"],
    )
    story.now = at("2026-03-09", 10, 50)
    story.do("record_inquiry", w.zhang, person="陈示东", standing="法定代表人", party=party, began_at="2026-03-09T09:10",
             ended_at="2026-03-09T10:02", place="本局 201 询问室", shown=True, gender="male", code=invented_identity_number(8),
             phone="13900000000",
             address="宝示区示例路 9 号", workplace=COMPANY, post="总经理", recorder="李监察", avoidance="听明白了，不申请回避。",
             added="属实，没有补充。", questions="问：工地上的工资由谁发放？\n答：由我公司发放。\n问：王示海等三人的工资发了没有？\n"
             "答：2025 年 12 月以后的没有发，因为工程款没有收到。\n"
             "问：拖欠数额是多少？\n答：以考勤和台账为准，共 36200.50 元。")  # fmt: skip
    story.do("record_inspection", w.zhang, party=party, began_at="2026-03-09T10:10", ended_at="2026-03-09T10:40",
             place="示例商场改造工地", present="陈示东", present_post="总经理", shown=True, content="查看现场，核对考勤和工资公示栏",
             found="现场有六名工人作业，公示栏没有公示 2025 年 12 月以后的工资支付情况。", taken="拍摄公示栏照片一张。",
             comment="对以上记录没有异议。", recorder="李监察")  # fmt: skip
    story.do("confirm_address", w.zhang, party=party, relation="当事人", address=COMPLAINT["respondent_address"], phone="13900000000",
             receiver="陈示东", postcode="300000", electronic="agreed", account="示例@example.invalid")  # fmt: skip
    story.finish()
    story.do("add_evidence", w.zhang, kind="party", title="陈示东身份证复印件", proves="被询问人身份", provider="陈示东",
             form="checked_copy", pages=1, collected_on="2026-03-09", collectors=[w.zhang.pk, w.li.pk],
             place="本局 201 询问室")  # fmt: skip
    copy = signed(story.pdf(story.paper("registration")["pdf"]), {"提供": "与原件核对无异　陈示东"})
    ledger = keep_upload(named(copy, "台账.pdf"), by=w.zhang, at=story.now)
    photo = keep_upload(named(photograph(), "公示栏.png"), by=w.zhang, at=story.now)
    common = {"collected_on": "2026-03-09", "collectors": [w.zhang.pk, w.li.pk], "place": "示例商场改造工地"}
    story.do("add_evidence", w.zhang, kind="document", title="工资支付台账", proves="三人应发、已发工资", provider=COMPANY,
             form="checked_copy", pages=3, files=[ledger.pk], **common)  # fmt: skip
    story.do("add_evidence", w.zhang, kind="audio_visual", title="公示栏照片", proves="没有公示工资支付情况", provider="现场拍摄",
             form="original", files=[photo.pk], **common)  # fmt: skip
    story.do("record_extraction", w.zhang, pieces=[str(Evidence.objects.get(title="公示栏照片", dossier_id=story.file.id).pk)],
             source="示例牌执法记录仪 07", holder="陈示东", began_at="2026-03-09T10:20", ended_at="2026-03-09T10:40",
             place="示例商场改造工地", method="当场拍摄，从记录仪导出原始文件，没有编辑。", reason="固定现场情况",
             carrier="原始存储卡封存在本局", comment="没有异议。", recorder="李监察")  # fmt: skip
    story.do("list_evidence", w.zhang)
    story.finish()


def named(content, name):
    upload = ContentFile(content)
    upload.name = name
    return upload


def ordered(story):
    w, party = story.world, story.party()
    row = {"party": party, "kind": "pay", "ground": "lsr-26", "demand": "支付三名劳动者工资", "amount": "36200.50"}
    story.do("suggest", w.zhang, "2026-03-11", party=party, problems="没有逐月编制工资支付台账。", advice="按月编制并由劳动者签字确认。",
             reply_on="2026-04-10")  # fmt: skip
    story.finish()
    story.serve(
        "serve_paper",
        "suggestion_letter",
        party,
        receiver="陈示东",
        relation="法定代表人",
        place=COMPLAINT["respondent_address"],
    )
    story.do("order_correction", w.zhang, "2026-03-12", facts=FACTS, violated=VIOLATED, demand="支付拖欠的工资。", addressees=[row],
             length=15, unit="day", materials="工资支付凭证\n劳动者签收的明细表")  # fmt: skip
    story.finish()
    story.serve(
        "serve_order",
        "correction_order",
        party,
        receiver="陈示东",
        relation="法定代表人",
        place=COMPLAINT["respondent_address"],
    )
    story.do("register_payment", w.zhang, "2026-03-20", on="2026-03-20", of="wages", way="ordered", payer=party, amount="5200",
             voucher="示例银行 0001 号回单")  # fmt: skip
    story.do("note_correction", w.zhang, "2026-03-31", result="part", note="只支付了 5200 元，其余没有支付。")
    story.finish()


def ended(story):
    w = story.world
    story.do("find_violation", w.zhang, "2026-04-01", party=story.party(), power="refuse-order", began_on="2026-03-28",
             corrected="none", amount="8000", reason="责令后只支付了一小部分，其余拒不支付，故在“轻微”档以上处罚。")  # fmt: skip
    story.do("end_investigation", w.zhang, facts=FACTS, evidence="询问笔录、工资支付台账、现场检查笔录、照片",
             statement="承认拖欠，称工程款没有收到。", violated=VIOLATED, basis="《劳动保障监察条例》第二十六条、第三十条",
             discretion="经责令后支付了一部分，拒不支付其余部分，属一般情节。", proposal="both",
             proposed="责令支付其余工资，并处罚款 8000 元。", fine="8000")  # fmt: skip
    story.finish()


def notified(story):
    """The notices are served: the time to speak and to ask for a hearing runs."""
    w, party = story.world, story.party()
    story.do("propose_notice", w.zhang, "2026-04-02", facts=FACTS, violated=VIOLATED, basis="《劳动保障监察条例》第二十六条、第三十条",
             intended="罚款 8000 元。", intended_treatment="责令支付尚欠的工资。", fine="8000", discretion="属一般情节。")  # fmt: skip
    story.do("approve_notice", w.sun, opinion="同意告知。")
    story.finish()
    for code in ("penalty_notice", "treatment_notice"):
        story.serve(
            "serve_notice", code, party, receiver="陈示东", relation="法定代表人", place=COMPLAINT["respondent_address"]
        )


def heard(story):
    w, party = story.world, story.party()
    notified(story)
    story.now = at("2026-04-07", 10)
    story.do("hear_statement", w.zhang, party=party, person="陈示东", made_at="2026-04-07T09:20", ended_at="2026-04-07T09:50",
             place="本局 201 询问室", way="oral", standing="法定代表人", phone="13900000000", recorder="李监察",
             content="公司正在催收工程款，请求从轻处罚。")  # fmt: skip
    story.finish()
    story.do("lapse_statement", w.clock, "2026-04-14")
    story.do("close_statement", w.zhang)
    story.do(
        "reexamine", w.zhang, adopted="none", reasons="资金困难不是拖欠工资的法定理由，所提意见不影响事实认定和裁量。"
    )
    story.finish()
    story.do("ask_review", w.zhang, "2026-04-15", opinion="事实清楚，拟作出处罚和处理决定，请审核。")
    story.finish()
    story.do("pass_review", w.zhao, "2026-04-17", opinion="主体适格，事实清楚，证据充分，程序合法，同意。")
    story.finish()


def decided(story):
    w, party = story.world, story.party()
    common = {"facts": FACTS, "violated": VIOLATED, "discretion": "属一般情节，按照裁量基准的中间幅度处理"}
    fine = {"party": party, "kind": "fine", "ground": "lsr-30", "demand": "缴纳罚款", "amount": "8000"}
    story.do("decide_penalty", w.sun, "2026-04-20", basis="《劳动保障监察条例》第三十条第一款第三项", decided="罚款 8000 元。",
             addressees=[fine], major="no", major_reason="事实清楚，情节一般，罚款数额不大。", **common)  # fmt: skip
    pay = {"party": party, "kind": "pay", "ground": "lsr-26", "demand": "支付尚欠的工资", "amount": "31000.50"}
    story.do("decide_treatment", w.sun, basis="《劳动保障监察条例》第十八条、第二十六条", decided="责令支付尚欠劳动者的工资。",
             addressees=[pay], length=15, unit="day", **common)  # fmt: skip
    story.finish()
    for code in ("penalty_decision", "treatment_decision"):
        story.serve(
            "serve_decision",
            code,
            party,
            receiver="陈示东",
            relation="法定代表人",
            place=COMPLAINT["respondent_address"],
        )


def archived(story):
    w, party = story.world, story.party()
    wages, fine = (
        next(o["id"] for o in reversed(story.file.obligations) if o["kind"] == kind) for kind in ("pay", "fine")
    )
    story.do("register_payment", w.zhang, "2026-04-28", on="2026-04-28", of="wages", way="ordered", payer=party, amount="31000.50",
             obligation=wages, voucher="示例银行 0002 号回单")  # fmt: skip
    story.do("register_payment", w.zhang, on="2026-04-28", of="fine", way="ordered", payer=party, amount="8000",
             obligation=fine, voucher="财政票据 0000001")  # fmt: skip
    story.do("reply", w.zhang, "2026-04-29", source=story.file.sources[0]["id"], way="letter",
             content="宏示公司拖欠你和工友的工资 36200.50 元已经全部支付，本机关已对该公司作出行政处罚和行政处理决定。")  # fmt: skip
    story.finish()
    story.serve(
        "serve_paper", "reply_letter", addressee="王示海", receiver="王示海", relation="本人", place="本局接待窗口"
    )
    story.do("report_superior", w.zhang, sent_on="2026-04-29", way="letter", office=w.city.name)
    story.finish()
    story.do("propose_closing", w.zhang, "2026-04-30", result="罚款 8000 元；责令支付工资 31000.50 元。", performance="已全部履行。",
             ground="performed")  # fmt: skip
    story.do("close", w.wang, opinion="同意结案。")
    story.finish()
    story.do("archive", w.zhou, "2026-05-12", pages=60, retention="30年", note="")


PARTS = (opened, investigated, ordered, ended, heard, decided, archived)
