"""What the record of a case tells its papers: who approved what, orders and notices with their service, statements, the course."""

from laojian.papers.fill import said
from laojian.procedure.step import File, local
from laojian.record.models import Entry

from .forms.inquiry import PROPOSALS

PROPOSED = dict(PROPOSALS)
NOTICES = ("penalty_notice", "treatment_notice")
COURSE = ("assign", "reassign", "call_in", "record_inquiry", "record_inspection", "add_evidence", "supply_evidence",
          "order_correction", "serve_order", "note_correction", "extend_investigation", "register_payment")  # fmt: skip
RESULTS = {"all": "全部改正", "part": "部分改正", "none": "没有改正"}
ADOPTED = {"all": "采纳", "part": "部分采纳", "none": "不予采纳", "silent": "当事人没有提出意见"}


def approvals(file: File, steps: list[Entry]) -> list[dict]:
    """Who took which step with what opinion so far, in order, with post and moment; each sheet takes those it names."""
    home = f"{file.bureau['name']} "
    return [
        {"verb": e.verb, "label": e.label, "opinion": said(e.given) or e.label, "name": e.actor_name,
         "post": e.actor_post.removeprefix(home), "at": e.at.isoformat()}
        for e in steps
    ]  # fmt: skip


def newest(steps: list[Entry], *verbs: str) -> dict:
    """What the newest of these steps said of each thing, falling back on the step before it."""
    told: dict = {}
    for entry in steps:
        if entry.verb in verbs:
            told |= entry.given
    return told


def named(paper: dict) -> str:
    """A paper by its title and number: 《行政处罚事先告知书》（宝人社监罚告〔2026〕1号）."""
    return f"《{paper['label']}》（{paper['number']}）" if paper["number"] else f"《{paper['label']}》"


def served_on(paper: dict) -> list[str]:
    """The days on which its services took effect."""
    return sorted(service["effective_on"] for service in paper["services"])


def orders(file: File, steps: list[Entry]) -> list[dict]:
    """Every correction order: number, day of service, until when, and what was found when the time was over."""
    checks = [e for e in steps if e.verb == "note_correction"]
    made = []
    for paper in file.papers:
        if paper["code"] != "correction_order" or paper["voided"]:
            continue
        clock = next(
            (c for c in file.clocks if c["key"] == "correct" and c["subject"].startswith(f"{paper['id']}:")), {}
        )
        check = next((e for e in reversed(checks) if e.seq > paper["nth"]), None)
        made.append({
            "number": paper["number"], "name": named(paper), "served_on": (served_on(paper) or [None])[0],
            "due_on": clock.get("due_on"), "provisional": clock.get("provisional"),
            "result": RESULTS[check.given["result"]] if check else None, "found": check.given["note"] if check else None,
            "checked_on": local(check.at).date().isoformat() if check else None,
        })  # fmt: skip
    return made


def notices(file: File) -> list[dict]:
    """The notices that stand since the newest end of investigation, with the days on which they were served."""
    base = file.last("end_investigation")
    return [
        {"code": p["code"], "number": p["number"], "name": named(p), "served_on": (served_on(p) or [None])[-1]}
        for p in file.papers
        if p["code"] in NOTICES and not p["voided"] and (not base or p["nth"] > base[0])
    ]


def statements(steps: list[Entry]) -> list[dict]:
    """What the parties said since the newest end of investigation, and whether it was adopted, for what reasons."""
    since = max((e.seq for e in steps if e.verb == "end_investigation"), default=0)
    found = next((e.given for e in reversed(steps) if e.verb == "reexamine" and e.seq > since), {})
    return [
        {"person": e.given["person"], "made_at": e.given["made_at"], "content": e.given["content"],
         "adopted": ADOPTED.get(found.get("adopted")), "reasons": found.get("reasons")}
        for e in steps
        if e.verb == "hear_statement" and e.seq > since
    ]  # fmt: skip


def events(steps: list[Entry]) -> list[dict]:
    """The course of the investigation: its steps with their days, several of a kind on one day told once."""
    rows: dict[tuple, dict] = {}
    for e in steps:
        if e.verb in COURSE:
            on = local(e.at).date().isoformat()
            what = f"询问{e.given['person']}" if e.verb == "record_inquiry" else e.label
            rows[on, what] = {"on": on, "what": what}
    return list(rows.values())
