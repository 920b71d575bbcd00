"""Publication of major violations at the desk: the rounds, the page on which one begins, what its file shows of its own."""

from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from laojian.dossier.queries import page
from laojian.papers.models import Paper
from laojian.procedure.step import File
from laojian.publication.flow import PUBLICATION
from laojian.publication.kinds import kinds, suggested
from laojian.publication.queries import fallen, to_judge, unjudged

from .. import present
from ..access import OFFICER, access
from ..opening import opening
from ..own import OWN
from .dossiers import key_of, link

SIZE = 30
HERE = "重大违法行为公布"


@access(OFFICER)
@require_safe
def publications(request):
    """The rounds that the viewer may see, newest first, and how many decisions of the bureau wait to be judged."""
    found = page(request.me.scope, Q(flow=PUBLICATION.name), order=("-id",), after=key_of(request, False), size=SIZE)
    files, today = found[:SIZE], localdate()
    hand = request.me.scope.holds("inspector", "unit_head")
    return render(request, "publication/list.html", {
        "crumbs": [{"label": HERE, "url": ""}], "dossiers": [present.row(file, today) for file in files],
        "new_url": reverse("publication_new") if hand else "", "waiting": len(unjudged(request.me.bureau.pk, today)) if hand else None,
        "public_url": reverse("public_violations"), "next_url": link(request, f"~{files[-1].pk}") if len(found) > SIZE else "",
    })  # fmt: skip


@access("inspector", "unit_head")
def publication_new(request):
    """Begin a round; refused, everything typed is still there."""
    made = opening(request, PUBLICATION.name, until_on=localdate().isoformat())
    if made.file:
        return redirect("dossier", made.file.id)
    return render(request, "publication/new.html", {
        "crumbs": [{"label": HERE, "url": reverse("publications")}, {"label": "拟订批次", "url": ""}], "form": made.form,
        "reasons": made.reasons, "cancel_url": reverse("publications"),
    }, status=made.status)  # fmt: skip


def cards(file: File, request) -> dict:
    """What the page of a round shows: its frame, what is to be judged, what was judged and why."""
    down = fallen(file.id)
    cases = dict(Paper.objects.filter(pk__in=[v["paper_id"] for v in file.verdicts]).values_list("pk", "number"))
    return {
        "told": file.round,
        "waiting": [
            {"title": each.title, "url": reverse("dossier", args=[each.dossier]), "amount": each.amount,
             "why": [f"{each.label}{each.number}责令{each.name}支付的各项之和，逐项在卷宗“义务”里"],
             "kinds": [kind.label for kind in suggested(tuple(each.powers))]}
            for each in to_judge(file)
        ] if file.state == "round_judging" else [],
        "verdicts": [
            {**v, "label": kinds()[v["kind"]].label if v["kind"] else "", "number": cases[v["paper_id"]],
             "url": reverse("paper", args=[v["paper_id"]]), "fallen": v["id"] in down}
            for v in file.verdicts
        ],
    }  # fmt: skip


OWN[PUBLICATION.name] = ("publication/cards.html", cards)
