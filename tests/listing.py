"""A listing as officers make it, told in parts beside the case of `casework` whose order was not obeyed."""

from laojian.evidence.store import keep_bytes
from laojian.listing.queries import disobeyed
from laojian.people.acting import acting
from laojian.people.models import Certificate, Post
from tests.casework import COMPANY, COMPLAINT, WORKERS, Story, investigated, opened, ordered
from tests.scans import photograph
from tests.world import at

HEAD = "陈示东"
REASONS = {"condition": "amount", "facts": "承揽示例商场改造工地，拖欠三名农民工工资，经责令限期支付逾期未付清。"}
PLACE = COMPLAINT["respondent_address"]


def disobeyed_case(world):
    """The case: 36,200.50 yuan ordered by 27 March 2026, 5,200 paid, the rest not."""
    story = Story(world)
    for part in (opened, investigated, ordered):
        part(story)
    return story


def order_of(world, story):
    """The one order that its addressee did not obey in time."""
    with acting(world.zhang.pk):
        return disobeyed(world.district.pk, story.now.date())[0]


def proposed(world, story, day="2026-04-01", flow="listing", **given):
    """The listing is proposed of that order."""
    told = Story(world, flow)
    told.do("propose_listing", world.zhang, day, order=order_of(world, story).key, **REASONS | given)
    return told


def everybody(told, verb, code):
    """A paper reaches everybody whom the listing names."""
    told.finish(code)
    told.do(verb, told.world.zhang, paper=told.paper(code)["id"], method="direct", addressee=COMPANY, receiver=HEAD,
            done_at=told.now.isoformat(), place=PLACE, receipt=keep_bytes(photograph(4)))  # fmt: skip
    for each in told.fresh().persons:
        told.do(verb, told.world.zhang, paper=told.paper(code)["id"], method="direct", addressee=each["name"],
                receiver=each["name"], done_at=told.now.isoformat(), place=PLACE, receipt=keep_bytes(photograph(5)))  # fmt: skip


def notified(told):
    """The sum is judged by a leader, the notice reaches everybody."""
    told.do("judge_amount", told.world.sun, reached="yes", reason="一人三个月 18600.50 元，参照外省标准均已达到。")
    told.do("draft_listing_notice", told.world.zhang, opinion="请告知。")
    everybody(told, "serve_listing_notice", "listing_notice")
    return told


def decided(told, day="2026-04-13"):
    """Nobody objected; the listing is decided and reaches everybody."""
    told.do("propose_decision", told.world.zhang, day, opinion="请批准列入。")
    told.do("decide_listing", told.world.sun, opinion="同意列入。")
    everybody(told, "serve_listing", "listing_decision")
    return told


def listed(world, story, day="2026-04-01"):
    """Everybody reads of it."""
    told = decided(notified(proposed(world, story, day)))
    told.do("publish_listing", world.zhang, on=told.now.date().isoformat(), places="本局门户网站")
    return told


def old_case(world):
    """A case of 2021: 36,200.50 yuan ordered by 28 October 2021, nothing paid."""
    Certificate.objects.update(valid_from="2017-01-01", valid_to="2030-12-31")
    Post.objects.update(since="2017-01-01")
    story, w = Story(world), world
    told = COMPLAINT | {"received_at": "2021-10-08T09:00", "began_at": "2021-10-08T09:00", "ended_at": "2021-10-08T09:35",
                        "began_on": "2021-07-01", "employed_on": "2021-03-01"}  # fmt: skip
    story.do("register", w.zhou, "2021-10-08", **told)
    story.do("propose_filing", w.zhou, "2021-10-09", matter="wages", began_on="2021-07-01", violation="continuing", opinion="拟立案",
             in_competence=True)  # fmt: skip
    story.do("file", w.wang, opinion="同意")
    story.do("assign", w.wang, lead=w.zhang.pk, second=w.li.pk)
    party = story.party()
    months = [each | {"months": ["2021-07", "2021-08", "2021-09"]} for each in WORKERS]
    story.do("claim_workers", w.zhou, rows=months, source=story.file.sources[0]["id"])
    story.do("add_evidence", w.zhang, kind="document", title="工资支付台账", proves="拖欠工资", provider=COMPANY, form="copy",
             collected_on="2021-10-09", collectors=[w.zhang.pk, w.li.pk])  # fmt: skip
    row = {"party": party, "kind": "pay", "ground": "lsr-26", "demand": "支付三名劳动者工资", "amount": "36200.50"}
    story.do("order_correction", w.zhang, "2021-10-13", facts="拖欠工资。", violated="《劳动法》第五十条", demand="支付拖欠的工资。",
             addressees=[row], length=15, unit="day", evidence="台账")  # fmt: skip
    story.finish("correction_order")
    story.serve("serve_order", "correction_order", party, receiver=HEAD, relation="法定代表人", place=PLACE)
    story.now = at("2021-11-01")
    return story


def every_paper(world):
    """A listing that comes to every paper there is: an objection, a refusal, an early removal taken back, a revocation."""
    told = notified(proposed(world, disobeyed_case(world)))
    told.do(
        "note_listing_objection",
        world.zhou,
        "2026-04-03",
        who=COMPANY,
        received_on="2026-04-03",
        content="工程款没有收到。",
    )
    told.do("answer_listing_objection", world.li, who=COMPANY, found="wrong", reason="没有收到工程款不是拖欠的理由。")
    decided(told)
    told.do("publish_listing", world.zhang, on="2026-04-13", places="本局门户网站")
    told.do(
        "note_listing_correction", world.zhang, "2026-05-20", corrected_on="2026-05-20", proof="银行回单", verified=True
    )
    for day, verb, words in (
        ("2026-11-02", "refuse_early", {"reason": "没有满期。"}),
        ("2026-11-20", "grant_early", {"opinion": "已改正。"}),
    ):
        told.do(
            "apply_early", world.zhou, day, received_on=day, statement="已经付清。", promise=keep_bytes(photograph(9))
        )
        told.do(verb, world.sun, **words)
    told.do("remove_listing", world.zhang, "2026-11-23", on="2026-11-23", places="信用中国（示例）")
    told.do("restore_listing", world.sun, "2027-01-11", facts="回单系伪造，情节严重。", document="示例银行证明")
    told.do("revoke_listing", world.sun, why="relief", document="宝政复决〔2027〕1号", reason="复议撤销列入决定。")
    return told
