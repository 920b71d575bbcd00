"""What must hold before an archived file is destroyed, and of whoever is given a copy to read (impl-40, ogi-16)."""

from datetime import date

from laojian.procedure.step import File, Reason, Step
from laojian.procedure.take import tracks_open

from .guards import Input, Reasons, since
from .queries import said_last
from .rules import FOREVER, kept_until, retention_classes


def retention_known(file: File, step: Step, given: Input) -> Reasons:
    """The class is one of those in force on the day."""
    if given and given["retention"] not in (*retention_classes(file.on), FOREVER):
        yield Reason(f"没有“{given['retention']}”这一档保管期限", "impl-40", "请按保管期限表选择", "retention")


def retention_over(file: File, step: Step, given: Input) -> Reasons:
    """The class that the archivist chose has run out, and the least that the law asks too."""
    told, taken = said_last(file, "archive").get("retention", ""), file.last("archive")
    if told == FOREVER:
        yield Reason("本卷的保管期限是永久，不能销毁", "impl-40")
        return
    on = date.fromisoformat(taken[5][:10])
    years = retention_classes(on).get(told)
    if years is None:
        yield Reason(f"本卷的保管期限写作“{told}”，算不出到哪一天", "impl-40", "请先查明保管期限表，不能销毁")
        return
    until = kept_until(on, years)
    if file.on <= until:
        yield Reason(f"保管期限（{told}）至 {until.isoformat()}，尚未届满", "impl-40", "期满以后再鉴定")


def not_held(file: File, step: Step, given: Input) -> Reasons:
    """No hold lies on the file, and nothing beside it is open: litigation, petition and inquiry outlast every period."""
    if since(file, "hold_archive", "release_archive"):
        told = said_last(file, "hold_archive")
        yield Reason(f"本卷已锁定（{told.get('document', '')}），不能销毁", "impl-40", "原因消失以后先办理“解除锁定”")
    if running := tracks_open(file):
        yield Reason(f"{'、'.join(running)}还没有办结，不能销毁", "impl-40", "请先办结分卷")


def held(file: File, step: Step, given: Input) -> Reasons:
    """There is a hold to lift."""
    if not since(file, "hold_archive", "release_archive"):
        yield Reason("本卷没有锁定", "impl-40")


def destruction_proposed(file: File, step: Step, given: Input) -> Reasons:
    """The archivist has appraised the file and proposed it, and was not refused since."""
    if not since(file, "propose_destruction", "refuse_destruction"):
        yield Reason("档案员还没有提出销毁鉴定意见", "impl-40", "请先办理“拟销毁档案”")
    if since(file, "approve_destruction", "propose_destruction"):
        yield Reason("这次鉴定意见已经批准", "impl-40", "已经批准的不再审批")


def not_pending(file: File, step: Step, given: Input) -> Reasons:
    """No appraisal is waiting for an answer, and none was approved."""
    if since(file, "propose_destruction", "refuse_destruction"):
        yield Reason("已经提出销毁鉴定意见，没有被退回", "impl-40", "须由机关负责人答复以后再提")
