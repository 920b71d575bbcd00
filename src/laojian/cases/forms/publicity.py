"""What the decision asks whether a penalty is made public."""

from laojian.lawbook.display import regimes
from laojian.procedure.step import File

from ..publicity import lasting, penalties
from .fields import CaseGiven, Prose, choice, pick

ANSWERS = (("yes", "公示"), ("no", "不公示"))
ABOUT = {"severity": "失信程度", "acts": "违法行为类型", "facts": "违法事实", "content": "处罚内容"}


class PublicityDecided(CaseGiven):
    """Whether a penalty has a certain influence on society and is made public, why, and what everybody reads (apl-48)."""

    when = dict.fromkeys(ABOUT, "publish=yes")

    decision = pick("处罚决定书")
    publish = choice("是否公示", ANSWERS)
    reason = Prose("理由", max_length=2000, help_text="具有一定社会影响的应当公示；写明有无社会影响和判断的理由。")
    severity = choice(
        ABOUT["severity"], [], required=False, help_text="决定公示多久；人社系统的分类表没有查到，由您书面认定。"
    )
    acts = Prose(ABOUT["acts"], required=False, max_length=2000, rows=2)
    facts = Prose(
        ABOUT["facts"], required=False, max_length=5000, help_text="公众会读到：不写劳动者的姓名、电话、证件号码。"
    )
    content = Prose(ABOUT["content"], required=False, max_length=4000)

    def offer(self, file: File) -> None:
        made = penalties(file)
        self.fields["decision"].choices = [(p["id"], f"{p['label']} {p['number']}") for p in made]
        days = [p["issued_on"] for p in made]
        held = [
            (key, f"{each.label}（{rules.label}）" if len(made) > 1 else each.label)
            for rules in regimes()
            for key, each in rules.classes.items()
            if any(
                rules.since.isoformat() <= day and (not rules.until or day <= rules.until.isoformat()) for day in days
            )
        ]
        self.fields["severity"].choices = [("", "——"), *dict(held).items()]
        if made:
            told = made[-1]["given"]
            self.fields["facts"].initial, self.fields["content"].initial = told.get("facts"), told.get("decided")

    def clean(self):
        given = super().clean()
        if given.get("publish") != "yes":
            return given | dict.fromkeys(ABOUT, "")
        for name, label in ABOUT.items():
            if not given.get(name) and name not in self.errors:
                self.add_error(name, f"公示的须写明{label}")
        paper = next((p for p in penalties(self.file) if p["id"] == given.get("decision")), None)
        if paper and given.get("severity"):
            try:
                lasting(paper, given["severity"])
            except LookupError as wrong:
                self.add_error("severity", f"{wrong}，请改选")
        return given
