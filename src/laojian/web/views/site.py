"""On the spot with a phone (现场): the visits of the day, one visit from its beginning to its results, with or without a network.

The pages are made here like any other; what is done on them waits on the device (static/laojian/site*.js) and comes in batches.
"""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from laojian.evidence.models import Evidence
from laojian.lawbook import law
from laojian.papers import numbers
from laojian.papers.blocks import from_json, to_html
from laojian.papers.models import Paper
from laojian.people.queries import carried
from laojian.procedure.step import File, local
from laojian.procedure.take import FLOWS, read
from laojian.record.rules import digest
from laojian.visits import device, sync
from laojian.visits.actions.doing import party
from laojian.visits.actions.planning import matters
from laojian.visits.forms import BrokenOff
from laojian.visits.models import Visit, VisitLine
from laojian.visits.rules import checklist

from ..access import PUBLIC, access
from ..codes import picture_of

STYLES = ("laojian/laojian.css", "laojian/pages.css", "laojian/site.css", "laojian/mark.svg")
MODULES = (
    "site.js",
    "site-visit.js",
    "site-store.js",
    "site-sync.js",
    "site-record.js",
    "site-glass.js",
    "site-picture.js",
)
CODES = (
    "no_problem",
    "correction_ordered",
    "corrected",
    "pending",
    "no_such_activity",
)  # what comes of a visit at once
UNITS = (("day", "日"), ("working_day", "个工作日"))


@access("inspector")
@require_safe
def site(request):
    """今日检查: whom to visit, where, on what notice and approval, what to bring; and one's own certificate to be shown."""
    me, on = request.me, localdate()
    rows = [told(visit, read(visit.pk, me.officer.pk, now()), on) for visit in device.visits_of(me.officer.pk, on)]
    return render(request, "site/today.html", {
        "on": on, "now_visits": [row for row in rows if row["today"]], "later_visits": [row for row in rows if not row["today"]],
        "card": card(request, me.officer.pk, on), "officer": me.officer, "desk_url": reverse("workbench"),
        "numbers": [
            {"id": row.pk, "text": numbers.written(me.bureau.short, sync.ORDER, row), "device": row.device}
            for row in numbers.open_numbers(me.officer.pk)
        ],
    })  # fmt: skip


def told(visit: Visit, file: File, on) -> dict:
    """A visit as the list of the day tells it; of a report, nothing."""
    rest = device.rest(file)
    return {
        "url": reverse("site_visit", args=[visit.pk]), "number": file.dossier["number"], "employer": party(file)["name"],
        "address": visit.place or party(file)["address"], "start_at": visit.start_at and local(visit.start_at), "until_on": visit.until_on,
        "ground": device.ground(visit.ground), "items": [law().item(each["item"]).label for each in visit.items],
        "pair": "、".join(name for name, _ in file.hands.values()), "approved": rest.approved, "notice": rest.notice,
        "served": rest.served, "bring": device.brought(file), "state": FLOWS["visit"].by_state[file.state].label,
        "today": device.today(visit, on),
    }  # fmt: skip


def card(request, officer_id: int, on) -> dict:
    """An officer's certificate with the public check of it as a QR code; what the code holds never reaches a server's log."""
    name, number = carried([officer_id], on)[officer_id]
    if not number:
        return {"name": name, "number": ""}
    check = request.build_absolute_uri(reverse("certificate"))
    return {"name": name, "number": number, "check": check, "picture": picture_of(f"{check}#{number}/{name}")}


@access("inspector")
@require_safe
def site_visit(request, dossier_id: int):
    """One visit: certificates, beginning, checklist, order, record read and signed on the glass, results."""
    file = read(dossier_id, request.me.officer.pk, now())
    if file.flow.name != "visit" or file.visit["mode"] != Visit.Mode.ONSITE or file.state not in SHOWN:
        raise Http404
    rest, items = device.rest(file), groups(file)
    return render(request, "site/visit.html", {
        "file": file, "employer": party(file), "ground": device.ground(file.visit["ground"]), "rest": rest,
        "notice_html": body(rest.notice), "items": items, "total": sum(len(each["lines"]) for each in items),
        "cards": [card(request, int(key), file.on) for key in file.hands], "told": facts(request, file),
        "batches": received(file), "state": file.flow.by_state[file.state].label, "units": UNITS,
        "codes": [law().result(key) for key in CODES], "why": BrokenOff.base_fields["why"].choices,
        "dossier_url": reverse("dossier", args=[file.id]), "case_url": reverse("step", args=[file.id, "open_case"]),
    })  # fmt: skip


SHOWN = (*device.OPEN, "visit_ended", "visit_public", "visit_closed")


def body(paper: dict | None) -> str:
    """The notice as it reads, to be shown where there is no network."""
    row = paper and Paper.objects.get(pk=paper["id"])
    return mark_safe(to_html(from_json(row.body))) if row else ""


def groups(file: File) -> list[dict]:
    """The checklist item by item; each line with what counts, what else was found of it, and its evidence."""
    found = device.answers(file.id)
    pieces = {row.pk: row for row in Evidence.objects.filter(dossier_id=file.id, sealed=False).select_related("file")}
    items: dict[str, dict] = {}
    for nth, row in enumerate(checklist(file.visit["items"], (), law()), 1):
        known = found.get((row.item, row.standard.key), [])
        item = items.setdefault(row.item, {"key": row.item, "label": row.label, "lines": []})
        item["lines"].append({
            "nth": nth, "id": f"{row.item}:{row.standard.key}", "item": row.item, "key": row.standard.key, "text": row.standard.text,
            "cite": law().article(row.standard.basis).cite, "basis": row.standard.basis,
            "found": answer(known[0]) if known else None, "others": [answer(each) for each in known[1:]],
            "evidence": [pieces[pk] for each in reversed(known) for pk in each.evidence if pk in pieces],
        })  # fmt: skip
    return list(items.values())


def answer(row: VisitLine) -> dict:
    """How somebody found a line, and when."""
    return {
        "by": row.by.name,
        "at": local(row.at),
        "outcome": row.outcome,
        "label": row.get_outcome_display(),
        "note": row.note,
    }


def received(file: File) -> list[dict]:
    """What devices sent, with the clock of each as it was told and the moment that counts."""
    return [
        {"kind": row.get_kind_display(), "by": row.officer.name, "device": row.device, "told_at": local(row.told_at),
         "ahead": row.offset and round(row.offset / 1000), "received_at": local(row.received_at), "taken": row.seq is not None,
         "text": row.answer.get("text", ""), "reasons": row.answer.get("reasons", [])}
        for row in device.batches(file.id)
    ]  # fmt: skip


def facts(request, file: File) -> dict:
    """What the device needs to know to write the record by itself; only of this visit."""
    firm, said = party(file), (file.flow.facts(file, {})["earlier"])
    begun = (said() if callable(said) else said).get("begin_visit", {})
    return {
        "id": file.id, "officer": request.me.officer.pk, "name": request.me.officer.name, "state": file.state,
        "number": file.dossier["number"], "employer": firm["name"], "code": firm["code"],
        "place": file.visit["place"] or firm["address"], "began_at": file.visit["began_at"],
        "present": begun.get("present", ""), "present_post": begun.get("present_post", ""),
        "content": f"{matters(file.visit['items'])}。逐条对照检查标准，查看现场，查阅资料。",
        "hands": [{"name": name, "number": number} for name, number in file.hands.values()],
        "today": file.on.isoformat(), "digest": file.visit["record_digest"],
        "send": reverse("site_batch", args=[file.id]), "upload": reverse("upload_begin", args=[file.id]),
    }  # fmt: skip


@access(PUBLIC)
@never_cache
@require_safe
def site_worker(request):
    """The service worker: a program without anybody's data; its version changes with every file of the shell."""
    names = [f"laojian/{name}" for name in MODULES]
    found = [Path(path) for name in (*STYLES, *names) if (path := finders.find(name))]
    shell = [static(name) for name in (*STYLES, names[0])] + [f"{static('laojian/')}{name}" for name in MODULES[1:]]
    text = render(
        request, "site/worker.js", {"version": digest([path.read_bytes().hex() for path in found])[:16], "shell": shell}
    ).content
    return HttpResponse(
        text, content_type="text/javascript; charset=utf-8", headers={"Service-Worker-Allowed": "/site"}
    )


@access("inspector")
@never_cache
@require_safe
def site_hello(request):
    """Who is logged in here, the server's clock in milliseconds, and the token by which batches may be sent."""
    officer = request.me.officer
    return JsonResponse(
        {"officer": officer.pk, "name": officer.name, "now": int(now().timestamp() * 1000), "token": get_token(request)}
    )
