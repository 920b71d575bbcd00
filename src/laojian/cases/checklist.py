"""The reviewer's checklist as the file itself fills it in (`procedure.md` §5.3): what stands there, what is wrong, and where.

Pure: the same file on the same day gives the same lines. People confirm or contradict each; where they differ, they say why.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from laojian.clocks.rules import stands_still
from laojian.lawbook import Unset, law
from laojian.lawbook.penalties import yuan
from laojian.papers.actions import templates
from laojian.procedure.step import File, Reason

from .findings import between, intended, order_state
from .matters import matters
from .penalty_guards import law_unchanged
from .power_guards import refused


@dataclass(frozen=True)
class Found:
    """One thing found in the file, right or wrong, and where: an entry by its number, a paper or clock by its id, `part` of the page."""

    text: str
    wrong: bool = False
    basis: str = ""
    entry: int = 0
    paper: int = 0
    clock: int = 0
    part: str = ""


@dataclass(frozen=True)
class Filled:
    """A line of the checklist with what was found for it."""

    key: str
    label: str
    found: tuple[Found, ...]

    @property
    def wrong(self) -> bool:
        """Whether anything is wrong."""
        return any(each.wrong for each in self.found)

    @property
    def mark(self) -> str:
        """The mark that the file itself suggests; empty where only people can tell."""
        return "fix" if self.wrong else "pass" if self.found else ""


def objected(reasons: Iterable[Reason], part: str = "") -> Iterator[Found]:
    """What a guard holds against the file."""
    return (Found(reason.text, True, reason.basis, part=part) for reason in reasons)


def subject(file: File) -> Iterator[Found]:
    """Who investigates, with which certificate; against whom the file is directed, by which code."""
    for name, certificate in file.hands.values():
        told = f"承办人{name}，执法证 {certificate}" if certificate else f"承办人{name}没有当日有效的执法证件"
        yield Found(told, not certificate, "apl-42", part="people")
    if None in (file.dossier["lead_id"], file.dossier["second_id"]):
        yield Found("承办人不足两人", True, "apl-42", part="people")
    for party in file.parties:
        if party["role"] == "respondent":
            coded = party["code"] or party["kind"] == "person"
            told = f"当事人{party['name']}" if coded else f"当事人{party['name']}没有登记统一社会信用代码"
            yield Found(told, not coded, "impl-33", part="parties")


def evidence(file: File) -> Iterator[Found]:
    """Records, findings and what each rests on."""
    for row in file.took:
        if row[1] in ("record_inquiry", "record_inspection", "end_investigation"):
            yield Found(f"{row[5][:10]} {row[2]}（{row[4]}）", entry=row[0])
    if not file.has_taken("record_inquiry", "record_inspection", "add_evidence", "supply_evidence"):
        yield Found("卷内没有笔录，也没有登记证据", True, "apl-46", part="evidence")
    yield from (Found(f"认定{found['party']}“{law().power(found['power']).label}”", entry=found["seq"], part="findings")
                for found in file.findings)  # fmt: skip
    if file.case["proposal"] in ("penalty", "both") and not file.findings:
        yield Found("拟处罚，没有认定违法行为", True, "apl-40", part="findings")


def applied(file: File) -> Iterator[Found]:
    """The articles of each finding in the version chosen, and whether that version still applies."""
    for found in file.findings:
        power = law().power(found["power"])
        version = next((v for v in power.versions if v.valid_from.isoformat() == str(found["version"])), None)
        if version:
            cites = "、".join(law().article(key).cite for key in (*version.violated, *version.penalised))
            yield Found(
                f"“{power.label}”适用 {version.valid_from} 起的规定：{cites}", entry=found["seq"], part="findings"
            )
    yield from objected(law_unchanged(file, file.flow["decide_penalty"], None), "findings")
    if not file.findings:
        matter = matters()[file.case["matter"]]
        cites = "、".join(law().article(key).cite for key in matter.violated)
        yield Found(f"案由“{matter.label}”通常违反：{cites}")


MILESTONES = (
    "file",
    "assign",
    "end_investigation",
    "propose_notice",
    "serve_notice",
    "close_statement",
    "reexamine",
    "hearing_closed",
)


def procedure(file: File) -> Iterator[Found]:
    """The steps taken, in order, and every period of the authority that is over or was kept."""
    for verb in MILESTONES:
        if row := file.last(verb):
            yield Found(f"{row[5][:10]} {row[2]}", entry=row[0])
    adverse = file.case["proposal"] in ("penalty", "treatment", "both")
    if file.state == "final_review" and adverse and not file.has_taken("reexamine"):
        yield Found("没有告知、听取并复核陈述申辩", True, "apl-62")
    for clock in file.clocks:
        if law().clock(clock["key"]).holder != "authority" or clock["provisional"] or stands_still(clock):
            continue
        ended = clock["ended_on"] if clock["ending"] else ""
        late = (ended or file.on.isoformat()) > clock["due_on"]
        label = law().clock(clock["key"]).label
        if late or ended:
            word = f"{ended} 办结" if ended else "还没有办"
            yield Found(
                f"“{label}”至 {clock['due_on']}，{word}{'，已逾期' if late else ''}",
                late,
                clock["basis"],
                clock=clock["id"],
            )


def discretion(file: File) -> Iterator[Found]:
    """How each fine was reckoned, and whether what is intended lies in the range."""
    for found in file.findings:
        if found["amount"]:
            most = "不设上限" if found["highest"] is None else yuan(Decimal(str(found["highest"])))
            span = f"{yuan(Decimal(str(found['lowest'])))}至{most}"
            why = "" if found["why"] else "，没有计算过程"
            yield Found(f"{found['party']}：{span}，裁量 {yuan(Decimal(str(found['amount'])))}{why}", not found["why"], "apl-34",
                        entry=found["seq"], part="findings")  # fmt: skip
    allowed = between(file.findings)
    if allowed and file.case["proposal"] in ("penalty", "both"):
        told = file.case["proposed_fine"]
        fine = Decimal(str(told)) if told is not None else intended(file.findings)
        if allowed.mitigates(fine):
            yield Found(
                f"拟罚款 {yuan(fine)} 低于法定最低 {yuan(allowed.lowest)}，属减轻处罚", True, "apl-32", part="findings"
            )
        elif (allowed.highest is not None and fine > allowed.highest) or (
            fine < allowed.floor and not allowed.optional
        ):
            yield Found(f"拟罚款 {yuan(fine)} 不在认定的幅度之内", True, allowed.basis, part="findings")


def power(file: File) -> Iterator[Found]:
    """Whether the bureau holds each power that is to be used."""
    powers = [law().power(key) for key in dict.fromkeys(found["power"] for found in file.findings)]
    for each in powers:
        reasons = list(refused(file, [each]))
        yield from objected(reasons, "findings")
        if not reasons:
            yield Found(f"“{each.label}”在{file.bureau['name']}的权责清单内", part="findings")


def papers(file: File) -> Iterator[Found]:
    """Papers that are fixed, drafts that are not, and what has no seal or signature."""
    standing = [paper for paper in file.papers if not paper["voided"]]
    if standing:
        yield Found(f"已成文的文书 {len(standing)} 份", part="papers")
    for paper in standing:
        template = templates().get(paper["code"])
        if template and (template.seal or template.by_hand) and not paper["seals"]:
            yield Found(f"{paper['label']}{paper['number']}没有盖章、签名的扫描件", True, "apl-59", paper=paper["id"])
    moved = max((row[0] for row in file.took if row[1] in ("ask_pre_review", "ask_review")), default=0)
    for draft in file.drafts:
        if draft["nth"] < moved:
            yield Found(f"{draft['label']}仍是草稿", True, "apl-59", entry=draft["nth"], paper=draft["id"])


def crime(file: File) -> Iterator[Found]:
    """What the ledger shows unpaid, whether it was refused after an order, and whether the file was handed to the police."""
    claims = file.claims
    owed = Decimal(str(claims["found"])) - Decimal(str(claims["paid"])) - Decimal(str(claims["enforced"]))
    if claims["workers"]:
        yield Found(f"劳动者 {claims['workers']} 人，未付 {yuan(max(owed, Decimal(0)))}", part="claims")
    for row in file.took:
        if row[1] in ("open_transfer", "transfer_closed"):
            yield Found(f"{row[5][:10]} {row[2]}", entry=row[0])
    if file.has_taken("open_transfer") or order_state(file) != "disobeyed" or owed <= 0:
        return
    limit = law().local("crime_many", file.bureau.get("options") or {}, file.on)
    if isinstance(limit, Unset):
        yield Found(f"责令支付期满仍未付清；{limit.words}", basis=limit.basis, part="claims")
    elif owed >= limit.value:
        yield Found(f"责令支付期满仍未付 {yuan(owed)}，达到移送的数额，没有办理移送", True, "xfer-3", part="claims")


def publication(file: File) -> Iterator[Found]:
    """Where the papers are to be served, and how those before them were."""
    for paper in file.papers:
        if paper["code"] == "address_confirmation" and not paper["voided"]:
            yield Found("当事人确认了送达地址", paper=paper["id"])
        yield from (Found(f"{paper['label']}送达{service['addressee']}，{service['effective_on']} 生效", paper=paper["id"])
                    for service in paper["services"])  # fmt: skip


LINES: tuple[tuple[str, str, Callable[[File], Iterable[Found]]], ...] = (
    ("subject", "主体与人员资格", subject), ("evidence", "事实与证据", evidence), ("law", "法律适用", applied),
    ("procedure", "程序", procedure), ("discretion", "裁量基准", discretion), ("power", "是否超越职权", power),
    ("papers", "文书", papers), ("crime", "是否涉嫌犯罪", crime), ("publication", "公示与送达方案", publication),
)  # fmt: skip


def filled(file: File) -> tuple[Filled, ...]:
    """Every line of the checklist with what the file shows for it."""
    return tuple(Filled(key, label, tuple(dict.fromkeys(look(file)))) for key, label, look in LINES)
