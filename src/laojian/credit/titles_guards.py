"""Why a step on a title is refused."""

from collections.abc import Iterable, Mapping

from laojian.employers.models import Employer
from laojian.procedure.step import File, Reason, Step

from .models import Title

Reasons = Iterable[Reason]


def credit_employer(file: File, step: Step, given: Mapping | None) -> Reasons:
    """Whom the file is about stands in the register."""
    if given is not None and not Employer.objects.filter(pk=given["employer"]).exists():
        yield Reason("登记在册的单位中没有这一家", step.basis, "请从单位的页面开始登记", "employer")


def title_not_yet(file: File, step: Step, given: Mapping | None) -> Reasons:
    """A title is entered once."""
    if given is None:
        return
    same = Title.objects.filter(employer=given["employer"], level=given["level"])
    if same.filter(document=given["document"]).exists():
        yield Reason("这一文号的称号已经登记过", step.basis, "请打开已有的称号办理", "document")
    elif same.filter(revoked_on=None, valid_to=None, dossier__state="title_held").exists():
        yield Reason("该单位同一级别的称号仍然有效", step.basis, "重新认定的，请先登记原称号到期或者撤销", "level")


def revoked_after_grant(file: File, step: Step, given: Mapping | None) -> Reasons:
    """Nothing is revoked before it was granted."""
    if given is not None and given["on"].isoformat() < file.title["granted_on"]:
        yield Reason(f"撤销之日早于认定之日 {file.title['granted_on']}", step.basis, "请核对", "on")


def title_over(file: File, step: Step, given: Mapping | None) -> Reasons:
    """A title runs out on its day, not before."""
    until = file.title["valid_to"] if file.tells("title") and file.title else None
    if not until or until >= file.on.isoformat():
        yield Reason(
            f"称号有效期{'至 ' + until if until else '没有写明'}，还没有到期", step.basis, "提前终止的，请登记撤销"
        )


GUARDS = {
    "credit_employer": credit_employer, "title_not_yet": title_not_yet, "revoked_after_grant": revoked_after_grant,
    "title_over": title_over,
}  # fmt: skip
