"""Files and actors made up in memory, for asking the table without a database; and what the table itself says of them."""

import json
from dataclasses import replace
from datetime import datetime

from laojian.people.models import Role
from laojian.procedure import take
from laojian.procedure.step import ROLE_LABELS, SHANGHAI, File, Flow, Step

NOON = datetime(2026, 11, 2, 12, tzinfo=SHANGHAI)
ME, SOMEBODY = 7, 8
ROLES = (*Role.values, "clock", "complainant", "employer", "nobody")
VALID = {
    "kind": "enforcement",
    "number": "SL000007",
    "valid_from": "2017-01-01",
    "valid_to": "2028-03-31",
    "revoked_on": None,
}
# Why the table says no, each with words that its sentence alone contains.
WORDS = {
    "misplaced": "本卷现处",
    "post": "没有该岗位",
    "triggered": "不由人员办理",
    "nothing over": "没有已经届满的期限",
    "not handling": "由其他监察员承办",
    "certificate": "不能从事执法活动",
    "barred": "您已办理本案",
    "backdated": "不得倒签",
}


def actor(role: str, **more) -> dict:
    """Somebody who holds this one post in the file's bureau; of the words that are no post, the system's own actor."""
    system = role in ROLE_LABELS
    return {
        "id": ME, "name": "示例人员", "username": role if system else "shili", "system": system, "bureau_id": 1,
        "roles": [role] if role in Role.values else [], "lent": [], "certificates": [VALID],
    } | more  # fmt: skip


def invented(
    flow: Flow, state: str, by: dict, *, took=(), hands=(ME, SOMEBODY), clocks=(), at: datetime = NOON
) -> File:
    """A file that stands in a state, as `read` would hand it over; nothing of it is in a database."""
    dossier = {"id": 1, "state": state, "seq": len(took), "bureau_id": 1, "lead_id": hands[0], "second_id": hands[1]}
    rows = [
        [n, verb, flow[verb].label, who, f"人员{who}", "2026-11-01T09:00:00+08:00"]
        for n, (verb, who) in enumerate(took, 1)
    ]
    text = json.dumps({"dossier": dossier, "clocks": list(clocks), "papers": []})
    return File(flow, text, rows, "", by, {"id": 1, "name": "示例局"}, at)


def over(step: Step) -> dict:
    """A clock that the step ends and whose time is over."""
    return {"id": 1, "key": step.stops[0], "subject": "", "due_on": "2026-10-30", "provisional": False, "ending": ""}


def without_guards(flow: Flow) -> Flow:
    """The flow's table alone: its guards ask of the file's content, which the table does not know."""
    return replace(flow, guards={name: lambda *_: () for name in flow.guards})


def said(file: File, step: Step) -> set[str]:
    """Why the procedure refuses this step, in the words of WORDS; a sentence that none of them fits stands for itself."""
    reasons = [reason.text + reason.remedy for reason in take.objections(file, step, None)]
    return {next((key for key, words in WORDS.items() if words in text), text) for text in reasons}


def foreseen(step: Step, state: str, role: str) -> set[str]:
    """Why the table alone, read row by row, refuses somebody who holds one post, has a certificate and handles the file."""
    why = set() if state in step.sources else {"misplaced"}
    if step.role in ROLE_LABELS:
        return why | (set() if step.role == role else {"triggered"})
    return why | (set() if role in step.role.split() else {"post"})
