"""The demo's random inspections: a published plan, a draw that was broken off, one whose visits are open, one that waits for chance."""

from datetime import date, time, timedelta

from laojian.cases.replay.walk import Cast, moment, workday
from laojian.employers.models import Employer
from laojian.inspections.models import Draw, Drawn
from laojian.inspections.sending import send_all
from laojian.people.models import Speciality
from laojian.procedure.take import open_file, take

PROFILE, SINCE = "example-district", "2017-01-01"
AGO = 45  # days before today on which the first draw was opened
STRATA = [
    {"label": "劳务派遣单位", "kind": "dispatch", "ratio": "20", "least": "3"},
    {"label": "其他单位", "ratio": "1", "least": "2"},
]
NUMBERS = "02 11 18 19 27 31 + 05"


class Told:
    """A plan of one bureau and its draws, told step by step."""

    def __init__(self, cast: Cast, year: int):
        self.head, self.deputy = cast.posts["unit_head"][0], cast.posts["deputy"][0]
        self.hand = cast.posts["inspector"][0]
        self.begins = workday(date(year, 1, 6))
        self.at = moment(self.begins, time(9))
        self.plan = open_file("plan", "draft_plan", by=self.head, at=self.at, given={"year": year})

    def on(self, day: date, hour: int) -> "Told":
        """Go on at this hour of the day or of the next working day."""
        self.at = moment(workday(day), time(hour))
        return self

    def go(self, file_id: int, verb: str, by=None, **given):
        """Take a step, a minute after the last one."""
        self.at += timedelta(minutes=1)
        return take(file_id, verb, by=by or self.head, at=self.at, given=given)

    def publish(self, year: int) -> None:
        """Two tasks, approved and published."""
        more = {"mode": "onsite", "since": f"{year}-01-12", "until": f"{year}-12-31", "partners": ""}
        self.go(self.plan.id, "add_task", label="工资支付和劳动合同抽查", items=["wage-payment", "labour-contract"], targeted="no",
                strata=[dict(row) for row in STRATA], **more)  # fmt: skip
        self.go(self.plan.id, "add_task", label="人力资源服务机构定向抽查", others="许可事项和收费公示", targeted="yes",
                lead="示例区人力资源和社会保障局", strata=[{"label": "建筑业单位", "industry": "建筑业", "ratio": "2", "least": "2"}],
                **more | {"partners": "示例区市场监督管理局"})  # fmt: skip
        for verb, by in (("submit_plan", self.head), ("approve_plan", self.deputy)):
            self.go(self.plan.id, verb, by, opinion="同意。")
        self.plan = self.go(self.plan.id, "publish_plan")

    def draw(self, nth: int = 0) -> int:
        """A draw of a task is opened."""
        self.go(self.plan.id, "order_draw", task=self.plan.tasks[nth]["id"])
        return Draw.objects.order_by("-pk").first().pk

    def commit(self, draw: int, on: date, random_on: date) -> None:
        """Pools are frozen and the commitment is published."""
        self.go(draw, "freeze_pools", on=on, neighbours=[])
        issue = f"{random_on.year}{random_on.timetuple().tm_yday // 3 + 1:03d}"
        self.go(draw, "announce", source="ssq", issue=issue, random_at=moment(random_on, time(21, 15)))

    def finish(self, draw: int) -> None:
        """Number, draw, officers, visits."""
        self.go(draw, "enter_randomness", randomness=NUMBERS, seen_at="官方网站")
        self.go(draw, "run_draw", self.hand, compared=True)
        self.go(draw, "pair_officers")
        self.go(draw, "send_list")
        send_all(draw, self.head, self.at + timedelta(minutes=1))


def write(casts: dict[str, Cast], employers: dict[str, list[Employer]], today: date) -> int:
    """The plan and its draws; how many files. None in the first weeks of a year, when nothing could have been drawn yet."""
    first = workday(today - timedelta(days=AGO))
    if first < date(first.year, 1, 20) or today.year != first.year:
        return 0
    cast = casts["district"]
    public(cast)
    for n, officer in enumerate(cast.posts["inspector"]):
        Speciality.objects.create(officer=officer, field=("wages", "contracts")[n % 2])
    told = Told(cast, first.year)
    told.publish(first.year)
    broken = told.on(first, 9).draw()
    told.go(broken, "abort_draw", told.deputy, reason="名录库固定以前发现登记的住所大量过期，先更新名录再抽（示例）。")
    sent = told.on(first + timedelta(days=2), 9).draw()
    told.commit(sent, on=workday(first + timedelta(days=14)), random_on=first + timedelta(days=5))
    told.on(first + timedelta(days=6), 9).finish(sent)
    waiting = told.on(today - timedelta(days=1), 9).draw(1) if workday(today - timedelta(days=1)) < today else 0
    if waiting:
        last = date(today.year, 12, 31)
        told.commit(waiting, on=min(workday(today + timedelta(days=15)), last), random_on=today + timedelta(days=2))
    return 1 + Draw.objects.count() + Drawn.objects.filter(visit__isnull=False).count()


def public(cast: Cast) -> None:
    """The bureau's list of powers tells which inspection items are public; without it no visit could be opened."""
    options = cast.bureau.options
    if "powers" not in options:
        cast.bureau.options = {**options, "powers": {SINCE: PROFILE}}
        cast.bureau.save(update_fields=["options"])
