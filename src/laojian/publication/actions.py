"""Writers of a publication."""

from collections.abc import Mapping

from laojian.lawbook import Set, law
from laojian.papers.actions import next_number
from laojian.papers.models import Paper
from laojian.procedure.step import Effects, File

from .guards import chosen
from .models import Round, Verdict

WORD = "公布"  # in the number of a round


def open_round(file: File, given: Mapping) -> Effects:
    """The round with its number; its time is that of the quarter, or of the half-year for a bureau of province rank."""
    Round.objects.create(dossier_id=file.id, until_on=given["until_on"])
    year = file.on.year
    number = f"{file.bureau['short']}{WORD}〔{year}〕{next_number(file.dossier['bureau_id'], WORD, year)}号"
    title = f"重大劳动保障违法行为社会公布（截至 {given['until_on']}）"
    return Effects(
        dossier={"title": title, "number": number}, words=f"{title}|{number}", clocks={other_period(file): None}
    )


def other_period(file: File) -> str:
    """The one of the two periods that does not bind this bureau: the stricter binds whoever is not registered as of province rank."""
    own = law().local("publication_period", file.bureau["options"], file.on)
    half = isinstance(own, Set) and own.value == "half_year"
    return "publish_grave" if half else "publish_grave_province"


def judge(file: File, given: Mapping) -> Effects:
    """The verdict on one decision: what the public will read, or why it is left out."""
    each = chosen(file, given)
    made = Verdict.objects.create(
        round_id=file.id, seq=file.seq + 1, paper_id=each.paper, party_id=each.party, employer_id=each.employer, name=each.name,
        code=each.code,
        address=each.address, head=each.head, kind=given.get("kind") or "", reason=given["reason"], facts=given.get("facts") or "",
        handling=given.get("handling") or "",
    )  # fmt: skip
    return Effects(given={"verdict": made.pk, "paper": each.paper, "case": each.dossier})


def take_back(file: File, given: Mapping) -> Effects:
    """The decision is judged anew; the entry keeps what was taken back."""
    told = next(v for v in file.verdicts if v["id"] == given["verdict"])
    Verdict.objects.filter(pk=given["verdict"]).delete()
    return Effects(
        given={"before": {name: told[name] for name in ("paper_id", "party_id", "kind", "facts", "handling")}}
    )


def publish(file: File, given: Mapping) -> Effects:
    """Everybody can read it from now on."""
    Round.objects.filter(pk=file.id).update(published_on=given["on"], places=given["places"])
    return Effects()


def object_(file: File, given: Mapping) -> Effects:
    """The time to review runs for the one violation."""
    return Effects(clocks={"grave_object": {"subject": str(given["verdict"]), "from": given["received_on"]}})


def answer(file: File, given: Mapping) -> Effects:
    """The review's time ends; where the objection is right, that to correct begins."""
    subject = str(given["verdict"])
    right = {"subject": subject, "from": file.on} if given["found"] == "right" else None
    return Effects(stops=(subject,), clocks={"grave_correct": right})


def fell(file: File, given: Mapping) -> Effects:
    """The time to correct runs from the day on which the decision was changed or fell."""
    told = next(v for v in file.verdicts if v["id"] == given["verdict"])
    run = {"subject": str(given["verdict"]), "from": given["on"]}
    penalty = (
        Paper.objects.get(pk=told["paper_id"]).code == "penalty_decision"
    )  # the shorter time is that of penalties (apl-48)
    return Effects(clocks={"grave_correct": run, "retract": run if penalty else None})


def correct(file: File, given: Mapping) -> Effects:
    """What is public reads otherwise from now on; the entry keeps what it said."""
    told = next(v for v in file.verdicts if v["id"] == given["verdict"])
    Verdict.objects.filter(pk=given["verdict"]).update(facts=given["facts"], handling=given["handling"])
    return Effects(
        stops=(str(given["verdict"]),), given={"before": {"facts": told["facts"], "handling": told["handling"]}}
    )


def withdraw(file: File, given: Mapping) -> Effects:
    """It is public no more; the reason is."""
    Verdict.objects.filter(pk=given["verdict"]).update(withdrawn_on=file.on, withdrawal=given["reason"])
    return Effects(stops=(str(given["verdict"]),))


def end(file: File, given: Mapping) -> Effects:
    """Nothing of the round is public any more."""
    Verdict.objects.filter(round_id=file.id, withdrawn_on=None).exclude(kind="").update(
        withdrawn_on=file.on, withdrawal=given["reason"]
    )
    return Effects(dossier={"ended_on": file.on, "open": False})


def close(file: File, given: Mapping) -> Effects:
    """Nothing was to be published."""
    return Effects(dossier={"ended_on": file.on, "open": False})


ACTIONS = {
    "open_round": open_round, "include": judge, "leave_out": judge, "take_back": take_back, "publish_round": publish,
    "note_none": close, "note_objection": object_, "answer_objection": answer, "note_fallen": fell, "correct_public": correct,
    "withdraw_public": withdraw, "end_publication": end,
}  # fmt: skip
