"""What a complainant is told of a file, from its state: pure."""

WAY = ("收到投诉", "审查是否受理", "立案调查", "责令改正或者作出决定", "告诉您结果")
PLACE = {
    "登记受理": 1, "立案": 1, "调查·责令改正": 2, "调查终结": 3, "告知·陈述": 3, "法制审核": 3, "决定": 3, "送达履行": 3, "结案归档": 4,
}  # fmt: skip
PROMISES = {
    "accept": ("最迟", "告诉您是否受理。"),
    "supplement": ("请在", "前补齐材料。"),
    "investigate": ("一般在", "前调查完毕。"),
    "decide": ("一般在", "前作出处理。"),
}
REFUSALS = ("declined", "redirected", "out_of_scope", "transferred", "not_supplemented", "withdrawn")


def way(stage: str, state: str, replied: bool) -> list[dict]:
    """The five stations of a complaint: done, now, to come. A refused or ended one is done where it ended."""
    over = replied or state in REFUSALS or state in ("settled", "archived", "closed")
    here = len(WAY) if over else PLACE[stage]
    ended = 1 if state in REFUSALS else None
    rows = []
    for n, label in enumerate(WAY):
        skipped = ended is not None and 1 < n < len(WAY) - 1
        if not skipped:
            rows.append(
                {
                    "label": label,
                    "state": "done" if n < here else "now" if n == here else "todo",
                    "on": "",
                    "detail": "",
                }
            )
    return rows
