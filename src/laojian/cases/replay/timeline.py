"""A play as text: every entry with day, actor, post and article; limits, papers, the claim table; refusals with all reasons."""

from collections.abc import Iterator
from datetime import date

from laojian.lawbook import law
from laojian.people.acting import acting
from laojian.procedure.step import File, local
from laojian.procedure.take import FLOWS, cite
from laojian.record.models import Entry

from ..queries import claim_table
from .play import Event, Play
from .story import NOT_SAID

WEEK = "一二三四五六日"
INNER = ("edit_paper", "approve_paper", "issue_paper", "seal_paper")  # acts on papers, told below the step they serve
KINDS = {
    "correct": "改正",
    "pay": "支付",
    "compensate": "加付",
    "fine": "罚款",
    "confiscate": "没收",
    "warn": "警告",
    "refund": "退还",
}


def timeline(play: Play) -> Iterator[str]:
    """The whole play, line by line; also of one that stopped."""
    yield from head(play)
    if play.walk.file is None:
        return
    file = play.walk.fresh()
    with acting(play.walk.cast.reader().pk):
        entries = {flow: recorded(walk.file.id) for flow, walk in play.walks.items()}
        table = claim_table(file.id)
    yield "\n一、经过"
    for event in play.events:
        yield from happened(play, event, entries[event.told.flow])
    files = [walk.fresh() for walk in play.walks.values()]
    yield "\n二、期限"
    yield from (line for each in files for line in limits(each))
    yield "\n三、文书"
    yield from (line for each in files for line in papers(each))
    yield from claims(table)
    yield from ends(play, file)


def recorded(dossier_id: int) -> dict[int, Entry]:
    """The steps of the case or of a track, by number."""
    return {e.seq: e for e in Entry.objects.filter(dossier_id=dossier_id, kind="step").order_by("seq")}


def head(play: Play) -> Iterator[str]:
    """What is retold, and what was published."""
    story = play.story
    yield f"重演　{story.title}（{story.case}）"
    yield f"{story.place}。机关、人员、单位均为示例；〔公告未载明〕处没有补充任何事实，日期取依法最早可办之日。"
    yield from (f"　公布：{line}" for line in story.published)
    yield from (f"　说明：{line}" for line in story.remarks)


def on(day: date) -> str:
    """A day with its weekday."""
    return f"{day.isoformat()}（{WEEK[day.weekday()]}）"


def happened(play: Play, event: Event, entries: dict[int, Entry]) -> Iterator[str]:
    """One step of the story: limits that ran out before it, the step, its papers, or why it was refused."""
    walk = play.walks[event.told.flow]
    took = [walk.took[i] for i in event.entries]
    for seq, verb in took:
        if verb in INNER:
            yield from paper_act(entries[seq])
        elif walk.steps[verb].role == "clock":
            yield f"{on(local(entries[seq].at).date())}　　　　{entries[seq].label}：{'、'.join(ended(entries[seq]))}"
        else:
            yield from entry(event, entries[seq], len([v for _, v in took if v == verb]))
            if event.told.each:
                break
    if event.reasons:
        label = walk.steps[event.told.verb].label
        yield f"{on(local(event.at).date())} {local(event.at):%H:%M}　✕ 不予办理：{label}"
        for reason in event.reasons:
            yield f"　　　　　　　　　　　· {reason}" + (f"（{cite(reason.basis)}）" if reason.basis else "")
        if event.told.note:
            yield f"　　　　　　　　　　　※ {event.told.note}"


def entry(event: Event, row: Entry, count: int) -> Iterator[str]:
    """One entry: when, what, who in which post, on which article; what nobody said; which limits began and ended."""
    told, at = event.told, local(row.at)
    marks = [f"{NOT_SAID.rstrip('〕')}此步〕"] if told.unsaid else []
    if not told.unsaid and told.day is None:
        marks.append("〔日期公告未载明〕")
    if isinstance(told.day, str):
        marks.append(f"〔公告只写 {told.day}〕")
    post = row.actor_post.split(" ", 1)[-1]  # the bureau is the same throughout
    times = f" ×{count}" if told.each else ""
    track = FLOWS[told.flow]
    where = f"［{track.label}］" if track.joins else ""
    yield f"{on(at.date())} {at:%H:%M}　{where}{row.label}{times}{''.join(marks)}　{post} {row.actor_name}　{cite(row.basis)}"
    pad = "　　　　　　　　　　　"
    if event.unsaid and not told.unsaid:
        yield f"{pad}公告未载明：{'、'.join(event.unsaid)}"
    for key, due in row.effects.get("started", {}).items():
        yield f"{pad}起算　{law().clock(key).label} → {due.rstrip('?')}{'（暂定，年度安排未公布）' if due.endswith('?') else ''}"
    if gone := ended(row):
        yield f"{pad}终止　{'、'.join(gone)}"
    for key, due in row.effects.get("late", {}).items():
        yield f"{pad}逾期　{law().clock(key).label}已于 {due} 届满（{law().article(law().clock(key).version(at.date()).basis).cite}）"
    if told.note:
        yield f"{pad}※ {told.note}"


def ended(row: Entry) -> list[str]:
    """The limits that an entry ended, each with its last day."""
    return [f"{law().clock(key).label}（至 {due}）" for key, due in row.effects.get("ended", {}).items()]


def paper_act(row: Entry) -> Iterator[str]:
    """A paper numbered or sealed; edits and approvals only by name."""
    if row.verb == "issue_paper":
        yield f"　　　　　　　　　　　成文　{row.given.get('number') or '（无文号）'}"


def limits(file: File) -> Iterator[str]:
    """Every limit that ran."""
    for c in file.clocks:
        how = {"stopped": "已办", "lapsed": "期满"}.get(c["ending"], "进行中")
        when = f"{how} {c['ended_on'] or ''}".strip()
        length = f"{c['length']}{'个工作日' if c['unit'] == 'working_day' else {'day': '日', 'month': '个月', 'year': '年'}[c['unit']]}"
        mark = "（暂定）" if c["provisional"] else ""
        yield f"　{c['started_on']} 起 {length} → {c['due_on']}{mark}　{law().clock(c['key']).label}　{cite(c['basis'])}　{when}"


def papers(file: File) -> Iterator[str]:
    """Every paper with its number, its seal and its services."""
    for p in file.papers:
        sealed = f"盖章（签名）{p['seals'][0]['on']}" if p["seals"] else ""
        served = "；".join(f"送达{s['addressee']} {s['effective_on']}" for s in p["services"])
        yield "　" + "　".join(
            filter(None, [f"{p['label']}", p["number"] or "（无文号）", f"成文 {p['issued_on']}", sealed, served])
        )
    for d in file.drafts:
        yield f"　{d['label']}（草稿）"


def claims(table: dict) -> Iterator[str]:
    """The claim table: at most five workers by row, and the totals."""
    yield "\n四、台账"
    if not table["workers"]:
        yield "　没有逐人台账"
        return
    for row in table["workers"][:5]:
        yield f"　{row['name']}　{row['months'] or '—'}　{sums(row)}"
    if table["count"] > 5:
        yield f"　……（共 {table['count']} 行）"
    yield f"　合计 {table['count']} 行　{sums(table)}"


def sums(row: dict) -> str:
    """The sums of a row or of the whole table."""
    words = {"found": "查明", "ordered": "责令", "paid": "已付", "enforced": "执行到位", "owed": "尚欠"}
    return "　".join(f"{word} {row[kind]:,.2f}" for kind, word in words.items())


def ends(play: Play, file: File) -> Iterator[str]:
    """What was demanded of whom, and where the file stands."""
    yield "\n五、结果"
    for o in file.obligations:
        amount = f"　¥{o['amount']:,.2f}" if o["amount"] is not None else ""
        met = f"　{o['met_on']} 履行" if o["met_on"] else "　未履行"
        yield f"　{KINDS[o['kind']]}　{o['addressee']}：{o['demand']}{amount}　{cite(o['ground'])}{met}"
    yield f"　本卷现处：{file.flow.by_state[file.state].label}"
    for walk in play.walks.values():
        if walk is not play.case:
            yield f"　{walk.file.flow.label}分卷现处：{walk.file.flow.by_state[walk.fresh().state].label}"
