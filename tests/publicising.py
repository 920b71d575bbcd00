"""A penalty that is made public as credit information, told in parts."""

from laojian.employers.identifiers import invented_credit_code

PUBLIC = {
    "publish": "yes", "reason": "拒不配合调查，具有一定社会影响。", "severity": "plain", "acts": "阻挠劳动保障监察",
    "facts": "拒不提供工资支付台账。", "content": "罚款 8000 元。",
}  # fmt: skip


def coded(bureau) -> None:
    """The bureau's own credit code is registered."""
    row = {
        "value": invented_credit_code(901, kind="11"),
        "document": "示例证书",
        "source": "示例",
        "by": "管理员",
        "on": "2026-01-05",
    }
    bureau.options.setdefault("local", {})["bureau_code"] = {"2026-01-05": row}
    bureau.save()


def made_public(story, day="2026-04-22", **given):
    """The head of the unit decides that the penalty is made public."""
    coded(story.world.district)
    decision = story.paper("penalty_decision")["id"]
    story.do("decide_publication", story.world.wang, day, decision=decision, **PUBLIC | given)
    return story


TOLD = {
    "listing": {
        "name": "示例公司", "role": "用人单位", "employer": "示例公司", "number": "宝人社监名单〔2026〕1号", "condition": "数额达到标准",
        "facts": "拖欠工资。", "since_on": "2026/04/13", "until_on": "2029/04/13", "published_on": "2026/04/13", "bureau": "示例区人社局",
    },
    "removal": {"name": "示例公司", "number": "宝人社监名单〔2026〕1号", "removed_on": "2026/11/23", "why": "期满移出"},
}  # fmt: skip
