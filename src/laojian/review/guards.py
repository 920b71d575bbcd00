"""What must hold before a step of a hearing: who may preside, when it may take place, what it must have seen."""

from laojian.cases.flow import WORKED
from laojian.cases.guards import Input, Reasons, day_of
from laojian.cases.tracks import said
from laojian.lawbook import due
from laojian.papers.rules import effective
from laojian.procedure.step import File, Reason, Step, local


def investigators(file: File) -> set[int]:
    """Whoever handles the case, or took one of its steps of investigation."""
    hands = {file.parent.dossier["lead_id"], file.parent.dossier["second_id"]}
    return {*hands, *file.parent.takers(WORKED)} - {None}


def apart(file: File, step: Step, given: Input) -> Reasons:
    """Hearing and investigation are kept apart (hear-2)."""
    if file.actor["id"] in investigators(file):
        yield Reason("您参与了本案调查，不能审查听证要求", "hear-2", "请由没有参与调查的法制审核人员办理")


def own_and_apart(file: File, step: Step, given: Input) -> Reasons:
    """Host and recorder are two people of this bureau, neither of whom investigated the case (apl-64, hear-5)."""
    if given is None:
        return
    for name, word in (("host", "主持人"), ("recorder", "记录员")):
        if given[name] in investigators(file):
            yield Reason(
                f"{word}参与了本案调查",
                "apl-64",
                "须从本机关没有参与本案调查的公务员中指定，不能由外单位人员担任",
                name,
            )
    if given["host"] == given["recorder"]:
        yield Reason("主持人与记录员不能是同一人", "hear-5", "请各指定一人", "recorder")


def host(file: File, step: Step, given: Input) -> Reasons:
    """Only the host who was appointed acts (apl-64)."""
    named = said(file, "appoint_host")
    if named.get("host") != file.actor["id"]:
        yield Reason(
            f"本次听证由{named.get('host_name') or '指定的人员'}主持", "apl-64", "更换主持人的，由负责人重新指定"
        )


def undecided(file: File) -> bool:
    """Whether somebody asked for avoidance and nobody has decided."""
    asked, answered = file.last("ask_avoidance"), file.last("replace_host", "keep_host")
    return bool(asked and (not answered or answered[0] < asked[0]))


def avoidance_asked(file: File, step: Step, given: Input) -> Reasons:
    """There is a request for avoidance to decide on (hear-13)."""
    if not undecided(file):
        yield Reason("没有待决定的回避申请", "hear-13", "请先登记回避申请")


def avoidance_decided(file: File, step: Step, given: Input) -> Reasons:
    """A request for avoidance is decided on first (hear-13)."""
    if undecided(file):
        yield Reason("回避申请尚未决定", "hear-13", "请负责人先作出决定")


def far_enough(file: File, step: Step, given: Input) -> Reasons:
    """The day leaves the time between notice and hearing that the law demands (apl-64)."""
    if given is None:
        return
    last = due("hearing_notice", local(given["held_at"]).date())
    if last.due_on < file.on:
        yield Reason(
            f"{local(given['held_at']).date()} 举行的，至迟须在 {last.due_on} 送达通知",
            last.basis,
            "请另定举行时间",
            "held_at",
        )


def served_in_time(file: File, step: Step, given: Input) -> Reasons:
    """Service later than that is no notice: another day is set (apl-64)."""
    setting = said(file, "notify_hearing")
    if given is None or not setting:
        return
    last = due("hearing_notice", day_of(setting["held_at"]))
    counts = effective(given["method"], local(given["done_at"]).date())[0]
    if counts > last.due_on:
        yield Reason(f"通知 {counts} 才送达，{last.started_on} 举行的至迟须在 {last.due_on} 送达", last.basis,
                     "请办理“变更听证时间”，重新通知", "done_at")  # fmt: skip


def as_noticed(file: File, step: Step, given: Input) -> Reasons:
    """The hearing takes place on the day that was notified (apl-64)."""
    setting = said(file, "notify_hearing")
    if not setting:
        return
    day = day_of(setting["held_at"])
    if file.on < day:
        yield Reason(f"听证定于 {day} 举行，还没有到期", "apl-64", "提前举行的，办理“变更听证时间”")
    elif given is not None and local(given["began_at"]).date() != day:
        yield Reason(f"通知的举行之日是 {day}", "apl-64", "改期的须办理“变更听证时间”，重新通知", "began_at")
    if given is not None and local(given["ended_at"]) > local(file.at):
        yield Reason("笔录结束时间晚于办理时间", "apl-47", "请按实际时间填写", "ended_at")


def after_its_hour(file: File, step: Step, given: Input) -> Reasons:
    """Nobody is absent before the hour that was notified (apl-64)."""
    setting = said(file, "notify_hearing")
    if given is None or given["ground"] not in ("absent", "left"):
        return
    if file.state not in ("hearing_noticed", "hearing_held") or not setting or file.on < day_of(setting["held_at"]):
        yield Reason("还没有到通知的举行时间，不能以缺席终止听证", "apl-64", "请在举行之日以后办理", "ground")


def something_shown(file: File, step: Step, given: Input) -> Reasons:
    """At least one piece of evidence was shown and contested (hear-16)."""
    if given is not None and not given["crossed"]:
        yield Reason("没有出示、质证任何证据", "hear-16", "请逐件填写出示的证据和质证意见", "crossed")


def record_signed(file: File, step: Step, given: Input) -> Reasons:
    """The record was handed to the parties and signed, or the host noted that they refused (apl-64, hear-15)."""
    if not any(paper["code"] == "hearing_record" and paper["seals"] and not paper["voided"] for paper in file.papers):
        yield Reason("听证笔录还没有经当事人审核签名", "hear-15", "请在文书页成文、登记签名；拒签的注明情况")
