"""The list of files, and the page that holds one file whole."""

from datetime import date

from django import forms
from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from laojian.archive.rules import COPY, PACKAGE
from laojian.cases.guards import since
from laojian.cases.models import Party
from laojian.cases.queries import claim_table, earlier_violations, ledger_entries, said_last
from laojian.cases.rules import kept_until, retention_classes
from laojian.dossier.models import Dossier
from laojian.dossier.queries import page, row_number
from laojian.employers.rules import bigrams
from laojian.evidence.queries import evidence_of
from laojian.intake.models import Source
from laojian.lawbook import length_of
from laojian.people.models import Certificate, Officer
from laojian.procedure.step import File, local
from laojian.procedure.take import FLOWS, in_post, offered, read
from laojian.record.models import Entry

from .. import present, scores, why
from ..access import OFFICER, access
from ..export import workbook
from ..forms import Choose
from ..looks import look
from ..own import own_cards

SIZE, EXPORTED, CLAIMS, TOLD = 30, 5000, 12, 40


class Filters(forms.Form):
    """How a list of files is narrowed."""

    q = forms.CharField(label="案号、单位", required=False, max_length=60)
    state = forms.ChoiceField(label="所处步骤", required=False, widget=Choose)
    mine = forms.BooleanField(label="只看我承办的", required=False)
    order = forms.ChoiceField(label="排列", required=False, choices=[("", "最新登记在前"), ("due", "期限最近在前")])
    closed = forms.BooleanField(label="含已终结", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        states = {state.key: state.label for flow in FLOWS.values() for state in flow.states}
        self.fields["state"].choices = [("", "全部"), *states.items()]

    def conditions(self, officer_id: int) -> list[Q]:
        """The filters as conditions; wrong input filters nothing."""
        asked = self.cleaned_data if self.is_valid() else {}
        found = [found_by(asked["q"])] if asked.get("q") else []
        found += [Q(state=asked["state"])] if asked.get("state") else []
        found += [Q(lead=officer_id) | Q(second=officer_id)] * bool(asked.get("mine"))
        found += [Q(open=True)] * (not asked.get("closed") and not asked.get("state"))
        return found + [Q(due_on__isnull=False)] * (asked.get("order") == "due")


def found_by(text: str) -> Q:
    """Files in whose number, title or parties two neighbouring characters of the text occur."""
    return Q(find__bigrams__contains=bigrams(text))


@access(OFFICER)
@require_safe
def dossiers(request):
    """卷宗: a page by key; the same list as a workbook."""
    form = Filters(request.GET)
    conditions = form.conditions(request.me.officer.pk)
    by_due = form.is_valid() and form.cleaned_data["order"] == "due"
    order = ("due_on", "id") if by_due else ("-id",)
    today = localdate()
    if request.GET.get("export") == "xlsx":
        files = page(request.me.scope, *conditions, order=order, size=EXPORTED)[:EXPORTED]
        return workbook("卷宗", HEADINGS, [cells(present.row(file, today)) for file in files])
    found = page(request.me.scope, *conditions, order=order, after=key_of(request, by_due), size=SIZE)
    files = found[:SIZE]
    return render(request, "dossier/list.html", {
        "crumbs": [{"label": "卷宗", "url": ""}], "form": form, "clear_url": reverse("dossiers"), "heading": "卷宗",
        "dossiers": [present.row(file, today) for file in files], "show_lead": True, "shown": "",
        "previous_url": link(request, "") if request.GET.get("after") else "",
        "next_url": link(request, f"{files[-1].due_on or ''}~{files[-1].pk}") if len(found) > SIZE else "",
        "export_url": link(request, "", export="xlsx"),
    })  # fmt: skip


HEADINGS = ["卷宗", "案由", "所处步骤", "主办", "下一步", "最近期限", "届满日"]


def cells(row: dict) -> list[str]:
    """A row of the list as cells."""
    due = row["due"] or {}
    day = str(due.get("due_on", "")) + ("（暂定）" if due.get("provisional") else "")
    return [row["number"], row["title"], row["state"], row["lead"] or "", row["next_label"], due.get("label", ""), day]


def key_of(request: HttpRequest, by_due: bool) -> tuple | None:
    """The key after which the page begins; nonsense begins at the beginning."""
    day, _, last = request.GET.get("after", "").partition("~")
    number = row_number(last)
    try:
        return ((date.fromisoformat(day), number) if by_due else (number,)) if number is not None else None
    except ValueError:
        return None


def link(request: HttpRequest, after: str, **more: str) -> str:
    """This list from another key."""
    query = request.GET.copy()
    query.pop("after", None)
    for name, value in {**({"after": after} if after else {}), **more}.items():
        query[name] = value
    return f"?{query.urlencode()}"


@access(OFFICER)
@require_safe
def dossier(request, dossier_id: int):
    """One file whole, in one request."""
    file = read(dossier_id, request.me.officer.pk, now())
    if foreign(file, request.me):
        look(request.me, dossier_id, "查看受托（移交）卷宗")
    return render(request, "dossier/page.html", whole(file, request))


def foreign(file: File, me) -> bool:
    """Whether the viewer sees this file only because it was opened to him or her alone: each such look is recorded."""
    column = me.scope.column
    return bool(column) and file.dossier[column] != me.scope.bureau_id


def handed_out(file: File, me, entries: list[Entry]) -> dict:
    """The package, for whoever may take it along, and the copies that were lent to lawyers."""
    package = file.tells("parties") and not file.flow.joins and me.scope.holds(*PACKAGE)
    copies = [each for each in entries if each.verb == "lend_copy"] if me.scope.holds(*COPY) else []
    return {
        "package_url": reverse("case_package", args=[file.id]) if package else "",
        "copies": [
            {"label": f"阅卷副本（{local(each.at).date()}）", "url": reverse("reading_copy", args=[file.id, each.pk])} for each in copies
        ],
    }  # fmt: skip


def whole(file: File, request) -> dict:
    """Everything that the page of a file shows."""
    today = localdate()
    running = present.clocks(file, today)
    found = offered(file)
    # Whoever only looks finds what others may do folded away.
    hand = any(in_post(file, each.step.verb) for each in found)
    state = file.flow.by_state[file.state]
    entries = list(Entry.objects.filter(dossier_id=file.id).order_by("-id")[:200])
    wrote = {entry.seq: entry for entry in entries}
    named = {row["id"]: row["label"] for row in (*file.papers, *file.drafts)}
    nearest = running[0] if running else None
    told = present.timeline(entries, named, nearest)
    return {
        "crumbs": crumbs(file), "dossier": head(file, state) | handed_out(file, request.me, entries), "nearest": nearest,
        "stages": present.stages(file), "offered": present.offers(file, found) if hand else [],
        "more": ([] if hand else present.offers(file, found)) + present.offers(file, found, quiet=True),
        "clocks": running, "people": people(file, today), "papers": papers(file), "about_case": file.tells("parties"),
        "papers_url": reverse("whole_file", args=[file.id]), "evidence": evidence(file, request.me.officer.pk),
        "upload_url": own_page(file, "add_evidence", "evidence_upload"), "timeline": told[:TOLD], "before": told[TOLD:],
        "record": {"count": file.seq, "head": short(file.head),
                   "url": "" if file.flow.sealed else reverse("record") + f"?dossier={file.id}"},
        "unmask_url": "", "case": case_of(file), "related": related(file), "tracks": tracks(file, today),
        "own": own_cards(file, request), "sealed": file.flow.sealed, **(told_of(file, wrote) if file.tells("parties") else {}),
        "score": scores.card(file, entries),
    }  # fmt: skip


def told_of(file: File, wrote: dict[int, Entry]) -> dict:
    """What only a case tells, or a track beside one."""
    return {
        "parties": parties(file), "earlier": earlier(file), "sources": sources(file), "replied": replied(file),
        "claims": claims(file), "obligations": why.obligations(file.obligations, wrote),
        "findings": why.findings(file.findings, wrote),
    }  # fmt: skip


def own_page(file: File, verb: str, name: str) -> str:
    """The address of a step that has a page of its own; empty for who has no such post, and where there is no such step."""
    return reverse(name, args=[file.id]) if in_post(file, verb) else ""


def case_of(file: File) -> dict:
    """The case beside which a track runs; empty for a case."""
    if not file.flow.joins:
        return {}
    parent = file.parent
    return {
        "number": number(parent), "title": parent.dossier["title"], "state": parent.flow.by_state[parent.state].label,
        "tone": present.tone(parent.flow, parent.state), "url": reverse("dossier", args=[parent.id]),
    }  # fmt: skip


def related(file: File) -> list[dict]:
    """The file from which this one came or into which it was merged, and the one in which it goes on. A query for each there is."""
    parent = None if file.flow.joins else file.dossier["parent_id"]
    found = [(each, came(file, each)) for each in (Dossier.objects.filter(pk=parent) if parent else ())]
    if file.has_taken("convert"):
        found += [(each, "转入普通程序") for each in Dossier.objects.filter(parent_id=file.id, flow="general")]
    return [present.row(each, file.on) | {"how": how} for each, how in found]


def came(file: File, parent: Dossier) -> str:
    """How a file and its parent belong together."""
    if parent.flow == file.flow.name:
        return "已并入"
    above = FLOWS[parent.flow]
    return f"由{above.label}转来" if {"convert", "open_case"} & above.by_verb.keys() else f"所属{above.label}"


def tracks(file: File, today: date) -> list[dict]:
    """The tracks beside a case, the open ones first, each with its state and next date. One query, none for a track."""
    if file.flow.joins or not any(file.has_taken(flow.joins[0]) for flow in FLOWS.values() if flow.joins):
        return []
    beside = [flow.name for flow in FLOWS.values() if flow.joins]
    found = Dossier.objects.filter(parent_id=file.id, flow__in=beside).select_related("lead").order_by("-open", "-id")
    return [present.row(each, today) | {"flow": FLOWS[each.flow].label, "open": each.open} for each in found]


def crumbs(file: File, *more: str) -> list[dict]:
    """Where a page of this file stands."""
    url = reverse("dossier", args=[file.id])
    here = [{"label": "卷宗", "url": reverse("dossiers")}]
    if file.flow.sealed:  # no list of files shows it: the register does, whose address has the flow's name
        here = [{"label": file.flow.label, "url": reverse(file.flow.name)}]
    if file.flow.joins:
        here.append({"label": number(file.parent), "url": reverse("dossier", args=[file.parent.id])})
    here.append({"label": number(file), "url": url})
    return here + [{"label": label, "url": ""} for label in more]


def number(file: File) -> str:
    """The file's number, or before there is one the number of a case's first source."""
    sources = file.sources if file.tells("sources") else []
    return file.dossier["number"] or (sources[0]["number"] if sources else f"登记 {file.id}")


def head(file: File, state) -> dict:
    """Title, state and the line of facts under it."""
    line = told_of_case(file) if "file" in file.flow.by_verb else told_of_other(file)
    return {
        "number": number(file), "title": file.dossier["title"], "state": state.label, "line": line,
        "tone": present.tone(file.flow, file.state), "url": reverse("dossier", args=[file.id]),
        "flow_label": file.flow.label, "filed_on": file.dossier["filed_on"], "print_url": reverse("whole_file", args=[file.id]),
        "kept": kept(file) if file.has_taken("archive") else "",
    }  # fmt: skip


def kept(file: File) -> str:
    """How long an archived file is kept, and whether a hold lies on it. One statement."""
    told, taken = said_last(file, "archive").get("retention", ""), file.last("archive")
    on = date.fromisoformat(taken[5][:10])
    years = retention_classes(on).get(told)
    until = f"至 {kept_until(on, years)}" if years else ""
    return f"保管期限 {told}{until}" + ("，已锁定" if since(file, "hold_archive", "release_archive") else "")


def told_of_case(file: File) -> list[str]:
    """When it was filed, for how many workers, about how much."""
    claims = file.claims
    line = [f"{file.dossier['filed_on']} 立案"] * bool(file.dossier["filed_on"])
    return line + [f"{claims['workers']} 名劳动者", f"涉及 ¥{claims['found']:,.2f}"] * bool(claims["workers"])


def told_of_other(file: File) -> list[str]:
    """Of a file that is no case: which kind, from when, until when."""
    opened, ended = file.dossier["opened_on"], file.dossier["ended_on"]
    kind = [file.flow.label] * (file.flow.label != file.dossier["title"])
    return [*kind, f"{opened} 开始"] + [f"{ended} 结束"] * bool(ended)


def people(file: File, today: date) -> list[dict]:
    """The two inspectors with their certificates. Two queries."""
    ids = [key for key in (file.dossier["lead_id"], file.dossier["second_id"]) if key]
    names = Officer.objects.in_bulk(ids) if ids else {}
    rows = Certificate.objects.filter(officer_id__in=ids).exclude(kind="lawyer").order_by("valid_to") if ids else []
    carried = {row.officer_id: row for row in rows}
    return [
        {"name": names[key].name, "role_label": "协办" if n else "主办", "url": reverse("officer", args=[key]),
         "certificate": carried[key].number if key in carried else "", "valid_until": carried[key].valid_to if key in carried else None,
         "expired": key not in carried or carried[key].valid_to < today}
        for n, key in enumerate(ids)
    ]  # fmt: skip


def parties(file: File) -> list[dict]:
    """The parties with what each is liable for."""
    bound = {o["addressee_id"]: o for o in file.obligations}
    names = {p["id"]: p["name"] for p in file.parties}
    return [
        {"name": p["name"], "kind_label": Party.Kind(p["kind"]).label, "role_label": Party.Role(p["role"]).label,
         "code": p["code"], "address": p["address"], "legal_rep": p["legal_rep"], "badges": [],
         "url": reverse("employer", args=[p["employer_id"]]) if p["employer_id"] else "",
         "ground": bound[p["id"]]["demand"][:60] if p["id"] in bound else "",
         "article": bound[p["id"]]["ground"] if p["id"] in bound else "",
         "debtor": names.get(bound[p["id"]]["debtor_id"], "") if p["id"] in bound else ""}
        for p in file.parties
    ]  # fmt: skip


def earlier(file: File) -> dict:
    """Earlier violations of the respondent, in every bureau, as facts only."""
    if not file.dossier["employer_id"]:
        return {}
    facts = earlier_violations(file.dossier["employer_id"], file.on, besides=file.id)
    years = length_of("look_back", file.on)
    text = f"近{years} {len(facts)} 件已决违法事实" if facts else f"近{years}没有已决违法事实"
    why_ = why.earlier(len(facts), file.on)
    return {"text": text, "url": reverse("employer", args=[file.dossier["employer_id"]]), "why": why_}


def sources(file: File) -> list[dict]:
    """The sources, each with its duty of reply; who reported stays sealed."""
    rows = []
    for s in file.sources:
        waits = Source(kind=s["kind"], sealed=s["sealed"]).must_reply
        text = f"已答复 {s['replied_on']}" if s["replied_on"] else "待答复" if waits else "无须答复"
        url = reverse("step", args=[file.id, "reply"]) if waits and not s["replied_on"] else ""
        rows.append({
            "number": s["number"], "kind_label": Source.Kind(s["kind"]).label, "sealed": s["kind"] == Source.Kind.TIP,
            "received_at": present.moment_of(s["received_at"]), 
            "who": present.masked(s["name"]) + ("（已撤回）" if s["withdrawn_on"] else ""),
            "request": "", "url": reverse("receipt", args=[s["id"]]),
            "reply": {"done": bool(s["replied_on"]) or not waits, "text": text, "url": url},
        })  # fmt: skip
    return rows


def replied(file: File) -> dict:
    """How many of the sources that wait for an answer have had it."""
    waiting = [s for s in file.sources if Source(kind=s["kind"], sealed=s["sealed"]).must_reply]
    return {"done": sum(1 for s in waiting if s["replied_on"]), "total": len(waiting)}


def claims(file: File) -> dict:
    """The claim table, its first workers with masked names; three queries when there are any. Empty where none are registered."""
    if "claim_workers" not in file.flow.by_verb:
        return {}
    table = claim_table(file.id) if file.claims["workers"] else {"workers": [], "count": 0}
    rows = [{**row, "name": present.masked(row["name"])} for row in table["workers"]]
    return {
        "rows": rows[:CLAIMS], "more": max(0, len(rows) - CLAIMS), "more_url": reverse("claims", args=[file.id]),
        "totals": {key: value for key, value in table.items() if key != "workers"},
        "why": why.sums(ledger_entries(file.id)) if rows else [], "calc_url": f"{reverse('calculators')}?dossier={file.id}",
        "import_url": own_page(file, "claim_workers", "claims_import"), "export_url": reverse("claims", args=[file.id]) + "?export=xlsx",
    }  # fmt: skip


def papers(file: File) -> list[dict]:
    """Papers, newest first: drafts, then what is fixed, sealed and served."""
    drafts = [
        {"title": p["label"], "number": "", "made_on": None, "state": "草稿", "tone": "amber", "detail": "",
         "url": reverse("paper", args=[p["id"]])}
        for p in file.drafts
    ]  # fmt: skip
    fixed = [
        {
            "title": p["label"],
            "number": p["number"],
            "made_on": p["issued_on"],
            "url": reverse("paper", args=[p["id"]]),
            **stage(p),
        }
        for p in file.papers
    ]
    return drafts[::-1] + fixed[::-1]


def stage(paper: dict) -> dict:
    """How far a fixed paper has come."""
    if paper["voided"]:
        return {"state": "已作废", "tone": "gray", "detail": paper["voided"]}
    if paper["services"]:
        last = paper["services"][-1]
        return {"state": "已送达", "tone": "green", "detail": f"{last['addressee']} {last['effective_on']}"}
    if paper["seals"]:
        return {"state": "已签名" if paper["seals"][-1]["way"] == "signed" else "已盖章", "tone": "green", "detail": ""}
    return {"state": "已成文", "tone": "blue", "detail": ""}


def evidence(file: File, viewer_id: int) -> list[dict]:
    """The evidence that this viewer may see, with first and last of each hash."""
    return [
        {"number": e.ordinal, "title": e.title, "kind_label": e.get_kind_display(), "taken_at": e.collected_on, "by": e.collected_by,
         "mark": short(e.file.sha256) if e.file else "", "url": reverse("evidence_item", args=[e.pk])}
        for e in evidence_of(file.id, viewer_id)
    ]  # fmt: skip


def short(digest: str) -> str:
    """The first and last characters of a digest."""
    return f"{digest[:4]}…{digest[-4:]}" if digest else ""
