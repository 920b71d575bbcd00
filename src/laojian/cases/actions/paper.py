"""Writers of the steps on papers: fill, edit, approve, fix, seal, serve."""

from collections.abc import Mapping

from laojian.papers import actions as papers
from laojian.papers import numbers
from laojian.papers.blocks import BlockError, from_json, lost
from laojian.papers.fill import described, signed
from laojian.papers.models import Paper
from laojian.people.models import Certificate
from laojian.procedure.step import Effects, File, Reason, Refused, local
from laojian.procedure.take import actor_of
from laojian.record.models import Entry

from ..guards import unserved
from ..reading import BINDING
from ..rules import hearing_told
from .ledger import take_back


def draft_of(file: File, given: Mapping) -> Paper:
    """The draft that the step is about."""
    return Paper.objects.get(pk=given["paper"], dossier_id=file.id, issued_on=None)


def touched(file: File, paper: Paper, verb: str) -> bool:
    """Whether a step of this kind was taken on the draft."""
    return Entry.objects.filter(dossier_id=file.id, kind="step", verb=verb, given__paper=paper.pk).exists()


def fill(file: File, given: Mapping) -> Effects:
    """Put in what the draft still lacks, and fill it anew from the file as it stands. What its own step said stays said."""
    paper, values = draft_of(file, given), given["values"]
    drafted = Entry.objects.get(dossier_id=file.id, seq=paper.nth)
    names = described(papers.templates()[paper.code])
    wrong = [Reason(f"“{paper.label}”没有“{name}”这一项", field="values") for name in values if name not in names]
    wrong += [
        Reason(
            f"“{names[name]}”已由“{drafted.label}”写明，不能另填",
            "apl-59",
            "确有错误的，作废草稿，重新办理该步骤",
            "values",
        )
        for name in values
        if name in names and drafted.given.get(name)
    ]
    if touched(file, paper, "edit_paper"):
        wrong.append(Reason("草稿已在 Word 中改过，套打会冲掉改动", remedy="请在 Word 中补齐后传回", field="paper"))
    if wrong:
        raise Refused(wrong)
    paper.given, paper.approval = {**paper.given, **values}, {}
    paper.body = papers.body(paper.code, refilled(file, paper, drafted))
    paper.save(update_fields=["given", "body", "approval"])
    return Effects()


def refilled(file: File, paper: Paper, drafted: Entry) -> dict:
    """The facts for a draft: the file as it stands, the step and its actor as when the draft was made."""
    on = local(drafted.at).date()
    lawyer = Certificate.objects.filter(
        officer_id=drafted.actor_id, kind=Certificate.Kind.LAWYER, valid_from__lte=on, valid_to__gte=on
    ).first()
    by = {"name": drafted.actor_name, "post": drafted.actor_post.removeprefix(f"{file.bureau['name']} "),
          "certificate": drafted.actor_certificate, "qualification": lawyer.number if lawyer else None}  # fmt: skip
    step = {"verb": drafted.verb, "label": drafted.label, "basis": drafted.basis, "on": on.isoformat(),
            "at": drafted.at.isoformat()}  # fmt: skip
    return file.flow.facts(file, paper.given, paper.nth) | {"step": step, "by": by}


def edit(file: File, given: Mapping) -> Effects:
    """The text as edited in Word. Approval given to the earlier text is gone."""
    paper = draft_of(file, given)
    try:
        gone = lost(from_json(paper.body), from_json(given["body"]))
    except BlockError as wrong:
        raise Refused([Reason(str(wrong), field="body")]) from wrong
    if gone:
        raise Refused([Reason(f"改后的文书缺少：{'、'.join(gone)}", "apl-59", "请保留这些部分后再传回", "body")])
    paper.body, paper.approval = given["body"], {}
    paper.save(update_fields=["body", "approval"])
    return Effects()


def approve(file: File, given: Mapping) -> Effects:
    """Somebody above the handler approves the draft as it reads; on an approval sheet the opinion enters its row."""
    paper, step = draft_of(file, given), file.flow["approve_paper"]
    by = actor_of(file, step) | {"at": file.at.isoformat(), "opinion": given.get("opinion") or "同意"}
    paper.approval = papers.approval(by) | {"seq": file.seq + 1}
    paper.body = signed(papers.templates()[paper.code], paper.body, by)
    paper.save(update_fields=["approval", "body"])
    return Effects()


def issue(file: File, given: Mapping) -> Effects:
    """Number the draft and fix it; a number given out ahead is used up with it."""
    draft, bureau = draft_of(file, given), file.dossier["bureau_id"]
    number = given.get("number") and numbers.usable(given["number"], draft.code, bureau)
    if given.get("number") and not number:
        remedy = "请核对本机的预领文号；已经作废的，另取新号并在文书上注明"
        raise Refused([Reason("这个预领文号不是本局这种文书的，或者已经使用、作废", "apl-59", remedy, "number")])
    paper = papers.issue(
        draft, bureau_id=bureau, word=file.bureau["short"], bureau_name=file.bureau["name"], on=file.on, allotted=number
    )  # fmt: skip
    if number:
        numbers.bind(number, paper, file.at)
    return Effects(given={"number": paper.number, "digest": paper.digest, "pdf": paper.pdf})


def void(file: File, given: Mapping) -> Effects:
    """A draft that is not wanted; what an order or decision bound somebody to goes with it."""
    paper = draft_of(file, given)
    paper.voided = given["reason"]
    paper.save(update_fields=["voided"])
    if paper.code in BINDING:
        take_back(file, paper.nth)
    return Effects()


def seal(file: File, given: Mapping) -> Effects:
    """The sealed or signed copy is back."""
    papers.seal(
        given["paper"], way=given["way"], on=file.on, file=given["file"], by_name=file.actor["name"],
        refused=given.get("refused") or "", witness=given.get("witness") or "",
    )  # fmt: skip
    return Effects()


def recipient(file: File, given: Mapping, otherwise: str) -> str:
    """The name of whom a paper is for: a party of the file, or whom the step names itself."""
    party = party_of(file, given)
    return party["name"] if party else given[otherwise]


def party_of(file: File, given: Mapping) -> dict | None:
    """The party that a step means; None where it names somebody else, or the file knows of no parties."""
    known = file.parties if file.tells("parties") else ()
    return next((p for p in known if p["id"] == given.get("party")), None)


def announce(file: File, given: Mapping) -> Effects:
    """The announcement of one paper for one recipient; what was tried before is kept in the file (cpl-95)."""
    paper = next(p for p in file.papers if p["id"] == given["paper"])
    told = {"title": paper["label"], "number": paper["number"], "addressee": recipient(file, given, "addressee")}
    return Effects(given=told)


def confirm_address(file: File, given: Mapping) -> Effects:
    """The recipient's own words on where and how to be served."""
    return Effects(given={"recipient": recipient(file, given, "recipient")})


def because(file: File, given: Mapping) -> list[str]:
    """Why the paper was not simply handed over, for the receipt: as the step says, or as the announcement's step said."""
    told = next((p["given"] for p in file.papers if p["id"] == given.get("announcement")), {})
    return [text for text in (given.get("reason"), told.get("course")) if text]


def serve(file: File, given: Mapping) -> dict:
    """Enter a service; returns the paper, the party and the day from which it counts."""
    paper = next(p for p in file.papers if p["id"] == given["paper"])
    party = party_of(file, given)
    done = papers.serve(
        paper["id"], addressee=party["name"] if party else given["addressee"], party_id=party and party["id"],
        method=given["method"], done_at=given["done_at"], done_on=local(given["done_at"]).date(),
        place=given.get("place") or "", receiver=given.get("receiver") or "", relation=given.get("relation") or "",
        refusal=given.get("refusal") or "", witness=given.get("witness") or "", receipt=given.get("receipt") or "",
        servers=[name for name in (file.actor["name"], given.get("second_server")) if name], because=because(file, given),
    )  # fmt: skip
    return {
        "paper": paper,
        "party": party,
        "on": done.effective_on,
        "subject": f"{paper['id']}:{party['id'] if party else 0}",
    }


def serve_letter(file: File, given: Mapping) -> Effects:
    """A paper whose service starts no clock of procedure."""
    done = serve(file, given)
    return Effects(given={"effective_on": done["on"].isoformat()})


def serve_order(file: File, given: Mapping) -> Effects:
    """The time for correction runs from service, as long as the order says (lsr-18)."""
    done = serve(file, given)
    told = done["paper"]["given"]
    clock = {"from": done["on"], "subject": done["subject"], "length": int(told["length"]), "unit": told["unit"]}
    return Effects(clocks={"correct": clock}, given={"effective_on": done["on"].isoformat()})


def serve_notice(file: File, given: Mapping) -> Effects:
    """The time to speak runs from service; that to ask for a hearing where the notice tells of that right (apl-63, apl-64)."""
    done = serve(file, given)
    clock = {"from": done["on"], "subject": done["subject"]}
    fined = [party["kind"] for party in file.parties if party["role"] == "respondent"]
    told = hearing_told(file.bureau["options"], file.case["proposed_fine"], fined, file.on)
    penalty = done["paper"]["code"] == "penalty_notice" and told
    return Effects(
        clocks={"defense": clock, "hearing_request": clock if penalty else None},
        given={"effective_on": done["on"].isoformat()},
    )


def serve_decision(file: File, given: Mapping) -> Effects:
    """Payment, performance, reconsideration and suit run from service (apl-67, arl-20, all-46)."""
    done = serve(file, given)
    paper, party = done["paper"], done["party"]
    clock = {"from": done["on"], "subject": done["subject"]}
    bound = [o for o in file.obligations if o["seq"] == paper["nth"] and party and o["addressee_id"] == party["id"]]
    told = paper["given"]
    perform = clock | {"length": int(told["length"]), "unit": told["unit"]} if told.get("length") else None
    standing = [p for p in file.papers if p["code"] in DECISIONS and not p["voided"]]
    left = {(p["id"], name) for p in standing for name in unserved(file, p)} - {(paper["id"], party and party["name"])}
    left |= {(d["id"], "") for d in file.drafts if d["code"] in DECISIONS}
    return Effects(
        clocks={"pay": clock if any(o["kind"] == "fine" for o in bound) else None, "perform": perform,
                "reconsideration": clock, "suit": clock},
        keeps=("serve_penalty", "serve_treatment") if left else (),
        given={"effective_on": done["on"].isoformat()},
    )  # fmt: skip


DECISIONS = ("penalty_decision", "treatment_decision", "no_penalty_decision", "revocation")
