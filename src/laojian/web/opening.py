"""A file opened on a page by the first step of its flow: what was sent, every reason why not, and the form with all that was typed."""

from dataclasses import dataclass, field

from django.utils.timezone import localdate, now

from laojian.procedure.step import File, Given, Refused
from laojian.procedure.take import FLOWS, open_file

from . import present
from .views.steps import collected


@dataclass
class Opening:
    """What became of it: the file, or the form again; `reasons` are those that stand at none of its fields."""

    form: Given
    file: File | None = None
    reasons: list[dict] = field(default_factory=list)
    status: int = 200


def opening(request, flow: str, **initial) -> Opening:
    """GET: the empty form, begun with `initial`. POST: the file opened in the viewer's bureau, or the form as it was sent."""
    step = next(step for step in FLOWS[flow].steps if "" in step.sources)
    given, against, status = None, [], 200
    if request.method == "POST":
        given = collected(request, step.given(on=localdate()))
        try:
            file = open_file(flow, step.verb, by=request.me.officer, at=now(), given=given)
        except Refused as refused:
            against, status = refused.reasons, 422
        else:
            return Opening(step.given(on=localdate()), file)
    form = step.given(given, on=localdate(), initial=initial)
    form.fields.pop("late_reason", None)
    shown = [present.reason(each) for each in against if each.field not in form.errors]
    for each in against:
        if form.is_bound and each.field in form.fields and each.field not in form.errors:
            form.add_error(each.field, each.text)  # a guard's objection to one answer stands beside that answer too
    return Opening(form, None, shown, status)
