"""What decides whether an officer can be drawn for an inspection: leave, specialities, secondment, declared relations."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from laojian.employers.actions import declare_relation, end_relation
from laojian.employers.forms import RelationEndForm, RelationForm
from laojian.employers.models import Relation
from laojian.people import actions
from laojian.people.forms import LeaveForm, SecondmentForm, SpecialityForm
from laojian.people.models import Bureau, Leave, Officer, Role, Secondment, Speciality
from laojian.people.queries import Me

from ..access import OFFICER, access
from .people import officer_of, within

WRITERS = (Role.ADMIN, Role.UNIT_HEAD)
OWN = ("leave", "relation")  # what one enters for oneself


def may(me: Me, shown: Officer, kind: str) -> bool:
    """Whether the viewer may enter this of the officer: of oneself what only oneself knows, of others their head."""
    return kind in OWN if me.officer.pk == shown.pk else me.scope.holds(*WRITERS)


@access(OFFICER)
def availability(request, officer_id: int):
    """The page with what stands, and one form for each thing that the viewer may add."""
    shown = officer_of(request.me, officer_id)
    kind = request.POST.get("kind", "") if request.method == "POST" else ""
    found = forms_of(shown, request.POST if kind else None, kind)
    if kind:
        if kind not in found or not may(request.me, shown, kind):
            raise PermissionDenied
        if found[kind][1].is_valid():
            try:
                entered(request.me, shown, kind, within(request.POST, kind))
                messages.success(request, "已登记。")
                return redirect("availability", officer_id)
            except ValidationError as wrong:
                found[kind][1].add_error(None, wrong)
    return render(request, "people/availability.html", {
        "crumbs": [{"label": "人员与证件", "url": reverse("people")}, {"label": shown.name, "url": reverse("officer", args=[shown.pk])},
                   {"label": "抽查选派", "url": ""}],
        "officer": shown, "leaves": Leave.objects.filter(officer=shown).order_by("-since")[:30],
        "specialities": Speciality.objects.filter(officer=shown).order_by("field"),
        "secondments": Secondment.objects.filter(officer=shown).select_related("bureau").order_by("-since"),
        "relations": Relation.objects.filter(officer=shown).select_related("employer").order_by("-declared_on", "-pk"),
        "forms": [{"kind": key, "title": title, "form": form} for key, (title, form) in found.items() if may(request.me, shown, key)],
    }, status=422 if kind else 200)  # fmt: skip


def forms_of(shown: Officer, data, kind: str) -> dict:
    """The forms by their word; the one that was sent holds what was sent."""
    bureaus = list(Bureau.objects.order_by("id"))

    def sent(word):
        return data if kind == word else None

    first = {"declared_on": localdate()}
    return {
        "leave": ("登记休假", LeaveForm(sent("leave"), instance=Leave(officer=shown), prefix="leave")),
        "speciality": ("登记专长", SpecialityForm(sent("speciality"), instance=Speciality(officer=shown), prefix="speciality")),
        "secondment": ("登记借调", SecondmentForm(sent("secondment"), instance=Secondment(officer=shown), bureaus=bureaus,
                                                prefix="secondment")),
        "relation": ("申报应当回避的关系", RelationForm(sent("relation"), instance=Relation(officer=shown), prefix="relation",
                                                       initial=first)),
        "end_relation": ("登记关系终止", RelationEndForm(sent("end_relation"), officer=shown.pk, today=localdate(),
                                                         prefix="end_relation", initial={"ended_on": localdate()})),
    }  # fmt: skip


@transaction.atomic
def entered(me: Me, shown: Officer, kind: str, given: dict) -> None:
    """Enter it, with its deed in the record."""
    if kind == "relation":
        row = declare_relation(shown.pk, given)
        told = {"employer": row.employer.name, "relation": row.get_kind_display()}
        actions.deed(me, "declare_relation", "申报回避关系", now(), **actions.about(shown), **told)
    elif kind == "end_relation":
        row = end_relation(shown.pk, given, localdate())
        told = {"employer": row.employer.name, "relation": row.get_kind_display(), "ended_on": row.ended_on.isoformat()}
        actions.deed(me, "end_relation", "登记回避关系终止", now(), **actions.about(shown), **told)
    elif kind == "secondment":
        actions.add_secondment(me, shown, given, list(Bureau.objects.order_by("id")), now())
    else:
        {"leave": actions.add_leave, "speciality": actions.add_speciality}[kind](me, shown, given, now())
