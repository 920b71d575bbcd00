"""What must hold before a step beside the main line: avoidance, evidence registered and kept, extensions, accounts, handing over."""

from laojian.procedure.step import File, Reason, Step, local

from .guards import Input, Reasons, since


def not_avoiding(file: File, step: Step, given: Input) -> Reasons:
    """Whoever a leader has told to keep away takes no part any more; whoever is assigned is not such a one (apl-43, lsr-16)."""
    away = {a["officer_id"]: a["name"] for a in file.avoidances if a["granted"]}
    if file.actor["id"] in away:
        yield Reason("您已被决定回避本案", "apl-43", "请由其他人员办理")
    for field in ("lead", "second"):
        if (given or {}).get(field) in away:
            yield Reason(f"{away[given[field]]}已被决定回避本案", "apl-43", "请另行指派", field)


def avoidance_asked(file: File, step: Step, given: Input) -> Reasons:
    """Somebody has asked, and nobody has decided yet."""
    if not any(a["granted"] is None for a in file.avoidances):
        yield Reason("没有待决定的回避申请", "impl-25", "请先登记回避申请")


def avoidance_decided(file: File, step: Step, given: Input) -> Reasons:
    """No request is left without its answer."""
    for a in file.avoidances:
        if a["granted"] is None:
            yield Reason(f"关于{a['name']}回避的申请尚未决定", "impl-25", "请行政机关负责人先决定")


def others_avoidance(file: File, step: Step, given: Input) -> Reasons:
    """Nobody decides about himself or herself (apl-43)."""
    asked = [a for a in file.avoidances if a["granted"] is None and (not given or a["id"] == given["request"])]
    if asked and all(a["officer_id"] == file.actor["id"] for a in asked):
        yield Reason("不能决定本人的回避", "apl-43", "请由其他负责人决定")


def keeping_asked(file: File, step: Step, given: Input) -> Reasons:
    """An inspector asked for it first (apl-56: approval precedes the measure)."""
    if not any(not k["approved_on"] and not k["ending"] for k in file.keepings):
        yield Reason("没有待批准的登记保存申请", "apl-56", "请承办人先申请")


def keeping_approved(file: File, step: Step, given: Input) -> Reasons:
    """A leader approved before anything is kept (apl-56)."""
    ready = [k for k in file.keepings if k["approved_on"] and not k["kept_on"] and not k["ending"]]
    if not ready:
        yield Reason("没有已批准而未实施的登记保存", "apl-56", "先行登记保存须先经行政机关负责人批准")
    for k in ready:
        if given and k["id"] == given["keeping"] and local(given["kept_at"]).date().isoformat() < k["approved_on"]:
            yield Reason(
                f"登记保存时间早于批准之日 {k['approved_on']}", "apl-56", "须先批准后实施，请核对时间", "kept_at"
            )
    if given and given["kept_at"] > file.at:
        yield Reason("登记保存时间晚于办理时间", "apl-47", "请按实际时间填写", "kept_at")


def something_kept(file: File, step: Step, given: Input) -> Reasons:
    """Something is kept and not dealt with yet."""
    if not any(k["kept_on"] and not k["ending"] for k in file.keepings):
        yield Reason("没有处于登记保存中的物品", "apl-56")


def nothing_kept(file: File, step: Step, given: Input) -> Reasons:
    """What was kept was dealt with before the file leaves (apl-56)."""
    for k in file.keepings:
        if k["kept_on"] and not k["ending"]:
            yield Reason(f"登记保存的“{k['items'][:20]}”尚未处理", "apl-56", "请先办理“处理登记保存物品”")


def extendable(file: File, key: str, basis: str) -> Reasons:
    """A period can be lengthened once, before it is over."""
    running = file.running(key)
    if not running:
        yield Reason("没有正在进行的期限", basis)
    for clock in running:
        if clock["extended"]:
            yield Reason("这一期限已延长过一次", basis, "只能延长一次")
        if clock["due_on"] < file.on.isoformat():
            yield Reason(f"期限已于 {clock['due_on']} 届满，不能再批准延长", basis, "逾期办理须说明理由")


def decision_extendable(file: File, step: Step, given: Input) -> Reasons:
    """More time to decide, before the time is over (impl-37)."""
    yield from extendable(file, "decide", "impl-37")


def review_extendable(file: File, step: Step, given: Input) -> Reasons:
    """More time to review, before the time is over (local-review)."""
    yield from extendable(file, "review", "local-review")


def query_asked(file: File, step: Step, given: Input) -> Reasons:
    """The inspectors asked, and it is not answered yet (mww-40)."""
    answered = file.last("grant_account_query", "record_city_grant")
    asked = file.last("ask_account_query")
    if not asked or (answered and answered[0] > asked[0]):
        yield Reason("没有待批准的查询申请", "mww-40", "请承办人先申请查询账户")


def of_city_level(file: File, step: Step, given: Input) -> Reasons:
    """Only a bureau of the city's level may approve by itself (mww-40)."""
    if file.bureau["level"] != "city":
        yield Reason(f"{file.bureau['name']}不是设区的市级机关，无权自行批准查询", "mww-40",
                     "请报市级人力资源社会保障部门批准，批准后登记")  # fmt: skip


def below_city_level(file: File, step: Step, given: Input) -> Reasons:
    """A city's own bureau needs nobody's grant (mww-40)."""
    if file.bureau["level"] == "city":
        yield Reason("本机关是市级机关，由本机关负责人批准", "mww-40", "请办理“批准查询账户”")


def commissioned(file: File, step: Step, given: Input) -> Reasons:
    """Somebody was commissioned."""
    if not file.has_taken("commission"):
        yield Reason("没有委托过审计、鉴定", "lsr-15", "请先办理“委托审计、鉴定”")


def hand_over_asked(file: File, step: Step, given: Input) -> Reasons:
    """The inspectors proposed it since the investigation was last taken up."""
    if not since(file, "ask_hand_over", "take_back"):
        yield Reason("承办人尚未提出移送", "lsr-18", "请承办人先办理“拟移送其他机关”")
