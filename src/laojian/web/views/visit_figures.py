"""The figures of visits: a bureau's own of a period, each opening the list of the same files."""

from urllib.parse import urlencode

from django import forms
from django.db.models import Count
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from laojian.dossier.queries import visible_to
from laojian.lawbook import GROUNDS
from laojian.people.forms import Day
from laojian.visits.flow import VISIT
from laojian.visits.models import Visit
from laojian.visits.queries import year_of

from ..access import OFFICER, access
from .visits import HERE, UNDRAWN, made_in, shown_in

DRAWN = Visit.Ground.DRAW.value


class Period(forms.Form):
    """Over which days visits are counted."""

    since = forms.DateField(label="自", widget=Day)
    until = forms.DateField(label="至", widget=Day)

    def clean(self):
        asked = super().clean()
        if asked.get("since") and asked.get("until") and asked["until"] < asked["since"]:
            self.add_error("until", "止日早于起日，请核对")
        return asked


@access(OFFICER)
@require_safe
def visit_figures(request):
    """检查统计: by ground, drawn and undrawn apart and never added up; without a period those of this year."""
    year = dict(zip(("since", "until"), (day.isoformat() for day in year_of(localdate())), strict=True))
    form = Period(request.GET if request.GET else year)
    asked = form.cleaned_data if form.is_valid() else None
    return render(request, "visits/figures.html", {
        "crumbs": [{"label": HERE, "url": reverse("visits")}, {"label": "统计", "url": ""}], "form": form,
        "clear_url": reverse("visit_figures"), "bureau": request.me.bureau, **(counted(request, asked) if asked else {}),
    }, status=200 if asked else 422)  # fmt: skip


def counted(request, asked: dict) -> dict:
    """Each figure with the address of its records. Two statements."""
    own = visible_to(request.me.scope).filter(flow=VISIT.name, bureau_id=request.me.bureau.pk)
    files = own.filter(made_in(asked["since"], asked["until"]))
    public = own.filter(shown_in(asked["since"], asked["until"])).count()
    found = dict(files.order_by().values_list("visit__ground").annotate(n=Count("id")))
    address = f"{reverse('visits')}?{urlencode(asked | {'own': 'on', 'closed': 'on'})}&ground="
    others = [
        {"label": label, "n": found.get(key, 0), "url": address + key} for key, label in GROUNDS.items() if key != DRAWN
    ]
    return {
        "public": {"n": public, "url": f"{address.removesuffix('&ground=')}&shown=on"},
        "drawn": {"n": found.get(DRAWN, 0), "url": address + DRAWN},
        "undrawn": {"n": sum(row["n"] for row in others), "url": address + UNDRAWN}, "rows": others,
    }  # fmt: skip
