"""A visit as officers make it, told in parts: planned, approved and announced, begun, looked through, recorded, published."""

from laojian.employers.actions import register_employer
from laojian.employers.identifiers import invented_credit_code
from laojian.lawbook import law
from laojian.people.acting import acting
from laojian.people.models import Bureau
from laojian.procedure.take import read
from tests.casework import Story
from tests.world import at

PUBLISHED = "2025-01-03"  # from when the invented district's items are public
PROFILE = "example-district"


def publishing(bureau: Bureau) -> Bureau:
    """The bureau registers the list by which its inspection items are public."""
    bureau.options = {**bureau.options, "powers": {"2017-01-01": PROFILE}}
    bureau.save(update_fields=["options"])
    return bureau


def firm(nth: int = 21, **more):
    """An employer in the register."""
    told = {"name": f"第{nth}示例商贸有限公司", "kind": "company", "credit_code": invented_credit_code(nth), "region": "宝示区",
            "address": f"宝示区示例路 {nth} 号", "legal_rep": "陈示东", "legal_rep_post": "经理", "phone": "022-00000002"}  # fmt: skip
    return register_employer(told | more)


class VisitStory(Story):
    """A visit of an employer by 张监察 and 李监察, planned by 张监察, approved by 王队长."""

    def __init__(self, world, employer=None):
        super().__init__(world, "visit")
        publishing(world.district)
        self.employer = employer or firm()
        self.lead, self.day = world.zhang, "2026-03-09"

    @classmethod
    def of(cls, world, visit: int, lead, day: str):
        """A visit that is there already, which this officer leads on that day."""
        story = cls.__new__(cls)
        Story.__init__(story, world, "visit")
        story.lead, story.day, story.now = lead, day, at(day, 8)
        with acting(lead.pk):
            story.file = read(visit, lead.pk, story.now)
        return story

    def fresh(self):
        with acting(self.lead.pk):
            self.file = read(self.file.id, self.lead.pk, self.now)
        return self.file

    def plan(self, day="2026-03-02", by=None, **more):
        w = self.world
        given = {"employer": self.employer.pk, "ground": "patrol", "mode": "onsite", "items": ["wage-payment", "labour-contract"],
                 "from_on": "2026-03-09", "until_on": "2026-03-20", "start_at": "2026-03-09T09:30", "announced": True,
                 "materials": "工资支付台账\n劳动合同", "lead": w.zhang.pk, "second": w.li.pk}  # fmt: skip
        return self.do("plan_visit", by or w.zhang, day, **given | more)

    def ready(self, **more):
        self.plan(**more)
        self.do("approve_visit", self.world.wang, "2026-03-03", opinion="同意检查。")
        self.finish()
        return self

    def begun(self, **more):
        if self.file is None:
            self.ready()
        told = {
            "began_at": f"{self.day}T09:30",
            "shown": True,
            "handed": True,
            "present": "陈示东",
            "present_post": "经理",
        }
        self.now = at(self.day, 9, 30)
        return self.do("begin_visit", self.lead, **told | more)

    def rows(self, **notes):
        """Every line of the checklist; those named by `item_line=note`, with _ for -, have a problem."""
        found = []
        for each in self.file.visit["items"]:
            for line in law().item(each["item"]).version(self.now.date()).standard:
                note = notes.get(f"{each['item']}_{line.key}".replace("-", "_"), "")
                found.append(
                    {"item": each["item"], "line": line.key, "outcome": "problem" if note else "ok", "note": note}
                )
        return found

    def checked(self, **notes):
        if self.file is None or self.file.state == "visit_approved":
            self.begun()
        return self.do("fill_checklist", self.lead, lines=self.rows(**notes))

    def recorded(self, **notes):
        self.checked(**notes)
        self.do("make_record", self.lead, ended_at=self.now, present="陈示东", comment="没有异议。")
        self.finish("inspection_record", by=self.lead)
        return self.do("sign_record", self.lead, confirmed=True)

    def ended(self, codes=("no_problem",), **notes):
        self.recorded(**notes)
        self.do("conclude_visit", self.lead, codes=list(codes), note="检查情况属实。", ended_on=self.day)
        self.finish(by=self.lead)
        return self.file

    def published(self, **more):
        self.ended(**more)
        return self.do("publish_result", self.world.zhou, "2026-03-12", where="本机关公开页面")

    def asked(self):
        """A written review whose notice has been served."""
        self.plan(
            mode="written", ground="written", items=["wage-payment"], start_at=None, length=10, unit="working_day"
        )
        self.do("approve_visit", self.world.wang, "2026-03-03", opinion="同意。")
        self.finish()
        told = {"receiver": "陈示东", "relation": "经理", "place": "宝示区示例路 21 号"}
        self.serve("serve_review", "written_review_notice", self.file.parties[0]["id"], **told)
        return self

    def visit(self):
        return dict(self.fresh().visit)


def visited(world):
    """Visits that between them draft every paper of a visit; yields their stories."""
    made = VisitStory(world)
    made.published()
    made.do("supplement_record", world.zhang, content="事后收到考勤记录，与现场查阅的一致。")
    yield made
    asked = VisitStory(world, firm(31)).asked()
    asked.do(
        "remind_written", world.zhang, "2026-03-18", way="电话", length=5, unit="working_day", missing="工资支付台账"
    )
    asked.do("receive_written", world.zhang, "2026-03-20", received_on="2026-03-20", materials="工资支付台账")
    asked.do("fill_checklist", world.zhang, lines=asked.rows())
    asked.do("review_written", world.zhang, reviewed_on="2026-03-20", advice="继续按月支付。")
    yield asked


def campaigned(world):
    """A campaign from its plan to its report: the papers of a campaign; its story."""
    told = Story(world, "campaign")
    told.do("prepare", world.zhang, "2026-06-01", name="示例夏季专项行动", organiser=world.district.name, begins_on="2026-06-01",
            ends_on="2026-08-31", departments="人社部门", subject="在建项目工资支付制度")  # fmt: skip
    told.do("approve_plan", world.sun, opinion="同意。")
    told.do("launch", world.zhang, notice="宝人社监通〔2026〕1号", launched_on="2026-06-01")
    told.do("add_targets", world.zhang, rows=[{"kind": "employer", "name": "示单位（示例）"}])
    told.do("note_results", world.zhang, rows=[{"target": "示单位（示例）", "on": "2026-06-01", "what": "nothing"}])
    told.do("report_campaign", world.zhang, result="完成检查。", problems="没有。")
    told.do("complete", world.sun, opinion="同意。")
    return told
