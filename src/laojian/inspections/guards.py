"""What must hold before a step of a draw: everything fixed before chance decides, the salt kept, hands enough, nobody picked."""

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256

from laojian.cases.guards import Input, Reasons
from laojian.people.models import Bureau
from laojian.procedure.step import File, Reason, Step, local
from laojian.visits.models import Visit

from . import draw, officers, pools, randomness
from .ceremony import items_of, named
from .models import Draw, Drawn
from .queries import replaceable
from .salt import committed

LAW = "gf5"


def row_of(file: File) -> Draw:
    """The draw, read once for a step."""
    return file.once(_row)


def _row(file: File) -> Draw:
    return Draw.objects.select_related("task__plan", "bureau", "targets", "officers").get(pk=file.id)


def scope_known(file: File, step: Step, given: Input) -> Reasons:
    """Every restriction of the task can be told from the register."""
    task = file.task
    words = dict.fromkeys(
        word for scope in (task["scope"], *(s["scope"] for s in task["strata"])) for word in pools.unknown(scope)
    )
    for word in words:
        yield Reason(
            f"还不能按“{word}”筛选对象：本单位没有登记这项信息", LAW, "请调整计划中的范围、分层，或者先登记这项信息"
        )
    bureau = Bureau.objects.get(pk=file.dossier["bureau_id"])
    if pools.own_scope(bureau, task["scope"]).get("region") == []:
        named = "、".join(task["scope"]["region"])
        yield Reason(
            f"任务的行政区是{named}，不在本机关的行政区{bureau.region}以内，没有可以抽取的对象", LAW,
            f"请调整计划，把任务的行政区改为{bureau.region}或者不填；其他区的由该区机关或者市级机关组织",
        )  # fmt: skip


def hands_enough(file: File, step: Step, given: Input) -> Reasons:
    """Enough could go on the day that chance decides among them; else neighbours are asked, or nobody is sent (supervision 5.4)."""
    if given is None:
        return
    bureau = Bureau.objects.get(pk=file.dossier["bureau_id"])
    rows = officers.listed(bureau, map(int, given["neighbours"]), file.on)
    scope = {"on": given["on"].isoformat(), "field": given.get("field") or "", "cap": given.get("load_cap")}
    count, passed = officers.able(bureau, rows, scope, items_of(file.task))
    if count < officers.TEAM + officers.SPARE:
        why = "；".join(f"{each.number} {officers.pairing.CODES[each.code]}" for each in passed)
        yield Reason(
            f"人手不足：{given['on']} 可以选派的只有 {count} 人，至少须有 {officers.TEAM + officers.SPARE} 人才谈得上随机"
            + (f"（{why}）" if why else ""), "lsr-16",
            "请勾选有委托、借调文书的邻近单位，或者改日；不得指定人员，也不得派没有资格的人员", "neighbours",
        )  # fmt: skip


def day_fits(file: File, step: Step, given: Input) -> Reasons:
    """The day of the inspections lies ahead, within the task's period."""
    if given is None:
        return
    first, last = date.fromisoformat(file.task["since"]), date.fromisoformat(file.task["until"])
    if not max(first, file.on) <= given["on"] <= last:
        yield Reason(
            f"拟检查之日 {given['on']} 不在任务的检查期间（{first} 至 {last}）以内，或者已经过去", LAW, "请改正", "on"
        )


def randomness_ahead(file: File, step: Step, given: Input) -> Reasons:
    """The commitment is made public before the randomness exists, or it proves nothing."""
    if given is None:
        return
    at = given["random_at"]
    if at <= file.at:
        yield Reason(f"随机数产生时间 {local(at):%Y-%m-%d %H:%M} 不在公布之后", LAW,
                     "先知道随机数再公布，承诺就没有意义：请改用今后的一期", "random_at")  # fmt: skip
        return
    try:
        randomness.check_named(randomness.Named(given["source"], given["issue"], local(at).date()), file.on)
    except draw.NotDrawable as wrong:
        yield Reason(str(wrong), LAW, "", "issue")


def witnessed(file: File, step: Step, given: Input) -> Reasons:
    """Dice are thrown before somebody."""
    if given and given["source"] == "dice" and not given.get("witness"):
        yield Reason("掷骰须有见证人在场", LAW, "请填写见证人及其单位", "witness")


def randomness_due(file: File, step: Step, given: Input) -> Reasons:
    """The named moment is over."""
    at = datetime.fromisoformat(file.draw["random_at"]) if file.draw and file.draw["random_at"] else None
    if at and file.at < at:
        yield Reason(
            f"随机数要到 {local(at):%Y-%m-%d %H:%M} 才产生", LAW, "请等到公布以后录入；在此以前任何人都不知道抽取结果"
        )


def randomness_sound(file: File, step: Step, given: Input) -> Reasons:
    """What was typed is the result of the very source that was named, and can be read in one way only."""
    if given is None:
        return
    try:
        randomness.canonical(named(row_of(file)), given["randomness"])
    except draw.NotDrawable as wrong:
        yield Reason(str(wrong), LAW, "", "randomness")


def minutes_kept(file: File, step: Step, given: Input) -> Reasons:
    """Dice leave signed minutes."""
    if given and file.draw["source"] == "dice" and not given.get("minutes"):
        yield Reason("掷骰结果须附见证人签名的笔录", LAW, "请上传笔录扫描件", "minutes")


def salt_at_hand(file: File, step: Step, given: Input) -> Reasons:
    """The salt is the one that was promised; it is lost when the installation's key was replaced."""
    row = row_of(file)
    if not committed(row):
        yield Reason("盐值与已公布的承诺不符，安装密钥可能已经更换", LAW,
                     "请恢复原密钥后再办；不能恢复的，须作废抽取或者登记不公开盐值，如实公布")  # fmt: skip


def pools_whole(file: File, step: Step, given: Input) -> Reasons:
    """The frozen pools, and what was announced, are still the bytes whose digests were published."""
    yield from file.once(harmed)


def harmed(file: File) -> list[Reason]:
    """What of the draw's archive is gone or was changed; each piece is read once for a step."""
    remedy = "请从备份恢复存档；不能恢复的，作废本次抽取，名单已经下发的，登记不公开盐值并如实公布"
    found = []
    for name, digest in archived(row_of(file)):
        try:
            if sha256(pools.kept(digest)).hexdigest() != digest:
                found.append(Reason(f"{name}的存档与固定时的摘要不符：文件已被改动", LAW, remedy))
        except FileNotFoundError:
            found.append(Reason(f"{name}的存档找不到了", LAW, remedy))
    return found


def archived(row: Draw) -> Iterator[tuple[str, str]]:
    """The pieces of the archive that a draw rests on: what each is, and its digest."""
    for each in row.targets.strata:
        yield f"“{each['key']}”名录", each["digest"]
        if "register" in each:  # pools of before have none
            yield f"“{each['key']}”名录对应的登记", each["register"]
    if row.announcement:
        yield "公告", row.announcement


def pairs_found(file: File, step: Step, given: Input) -> Reasons:
    """Somebody can be sent to at least one of those drawn; whoever nobody can be sent to is told one by one afterwards."""
    if file.drawn["count"] == 0:
        yield Reason("没有抽中任何对象", LAW, "请作废本次抽取并说明情况")


def visits_missing(file: File, step: Step, given: Input) -> Reasons:
    """There is something left to send out."""
    if not waiting(file.id).exists():
        yield Reason("抽中的对象都已下发", LAW)


def waiting(draw_id: int):
    """The drawn who have their officers but no visit yet."""
    return Drawn.objects.filter(draw=draw_id, visit=None, replaced_by=None, refused="", officers__len__gt=0)


def reserve_left(file: File, step: Step, given: Input) -> Reasons:
    """The reserve of the stratum is not used up, and nobody who was visited is replaced."""
    if given is None:
        return
    row = Drawn.objects.filter(pk=given["drawn"], draw=file.id).select_related("employer", "replaced_by").first()
    if row is None or row.replaced_by:
        yield Reason("抽中名单里没有这一家，或者已经由别家递补", LAW, "请刷新页面，核对名单后重新选择", "drawn")
    elif not replaceable(file.id).filter(pk=row.pk).exists():
        yield Reason(
            f"{row.employer.name}的检查已经开始或者结束，不能递补：换下它，抽查结果就不真实了", LAW,
            "请登记并公示该家的检查结果；需要多查几家的，办理“追加抽取”", "drawn",
        )  # fmt: skip
    else:
        yield from beyond(file, row.stratum, 1)


def extension_left(file: File, step: Step, given: Input) -> Reasons:
    """So many are left in the stratum."""
    if given:
        yield from beyond(file, given["stratum"], given["count"])


def beyond(file: File, stratum: str, more: int) -> Reasons:
    """Whether so many more can be drawn of a stratum."""
    size = next(row["size"] for row in file.pools["targets"]["strata"] if row["key"] == stratum)
    used = Drawn.objects.filter(draw=file.id, stratum=stratum).count()
    if used + more > size:
        yield Reason(
            f"这一层共 {size} 家，已用 {used} 家，不能再抽 {more} 家", LAW, "请减少数量，或者说明无可递补的情况"
        )


def visits_over(file: File, step: Step, given: Input) -> Reasons:
    """Nobody can be warned any more: every inspection has been made, or will not be."""
    left = Visit.objects.filter(dossier__parent_id=file.id, stands=True, ended_on=None).count()
    unsent = waiting(file.id).count()
    if left or unsent:
        yield Reason(
            f"还有 {left + unsent} 家没有检查完毕",
            LAW,
            "公开盐值以后人人都能算出名单：请等检查全部实施完毕（或者取消）后再公开",
        )
