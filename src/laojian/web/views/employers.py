"""用人单位: find by two characters or code, one employer with its files and earlier violations, enter and correct."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from laojian.cases.matters import matters
from laojian.cases.queries import earlier_violations
from laojian.credit.contacts import levels_of
from laojian.credit.standing import grades_of
from laojian.dossier.queries import page as page_of
from laojian.dossier.queries import visible_to
from laojian.employers.actions import alter_employer, register_employer
from laojian.employers.forms import EmployerForm
from laojian.employers.identifiers import check_credit_code, mask_phone, plain
from laojian.employers.models import Employer
from laojian.employers.queries import CODE_BEGINNING, employer_of_code, employers_page, search_employers, sites_of
from laojian.lawbook import length_of
from laojian.people.actions import deed
from laojian.people.queries import Me
from laojian.procedure.take import FLOWS

from .. import present
from ..access import OFFICER, access
from ..export import workbook
from .credit_levels import level_shown, supervised
from .dossiers import link

SIZE, FILES, EXPORTED = 30, 20, 5000
HEADINGS = ["名称", "统一社会信用代码", "住所", "在办（件）"]
NEARLY_A_CODE = 15  # of 18 characters: the rest is missing, not left out
PLANNERS = ("inspector", "clerk", "unit_head", "deputy", "chief")  # who may plan a visit
WRITERS = ("clerk", "inspector")
TITLED, INTERVIEWERS = ("clerk", "inspector", "unit_head"), ("inspector", "unit_head", "deputy", "chief")


@access(OFFICER)
@require_safe
def employers(request):
    """Two characters of a name or the beginning of a code; without either the register by pinyin, a page by key."""
    query, after = request.GET.get("q", "").strip(), key_of(request.GET.get("after", ""))
    if request.GET.get("export") == "xlsx":
        every = search_employers(query, SIZE).rows if query else employers_page(size=EXPORTED)
        return workbook("用人单位", HEADINGS, [cells(row) for row in listed(request.me, every)])
    if query:
        found, more = (result := search_employers(query, SIZE)).rows, result.more
    else:
        found = employers_page(after=after, size=SIZE + 1)
        found, more = found[:SIZE], len(found) > SIZE
    return render(request, "employers/search.html", {
        "crumbs": [{"label": "用人单位", "url": ""}], "query": query, "searched": True, "employers": listed(request.me, found),
        "previous_url": "?" if after else "", "next_url": "" if query or not more else f"?after={key_after(found[-1])}",
        "problem": problem(query, found), "more": f"只列最相符的 {SIZE} 个单位，请多输几个字。" if query and more else "",
        "new_url": reverse("employer_new") if request.me.scope.holds(*WRITERS) else "", "export_url": link(request, "", export="xlsx"),
    })  # fmt: skip


def cells(row: dict) -> list:
    """A row of the list as cells."""
    return [row["name"], row["code"] or "无", row["address"], row["open_count"]]


def key_after(last: Employer) -> str:
    """The key of the page that follows an employer."""
    return f"{bytes(last.sort_key).hex()}~{last.pk}"


def key_of(text: str) -> tuple[bytes, int] | None:
    """The sort key and id after which the page begins; nonsense begins at the beginning."""
    key, _, last = text.partition("~")
    try:
        return (bytes.fromhex(key), int(last)) if last else None
    except ValueError:
        return None


def problem(query: str, found: list[Employer]) -> str:
    """Why a query cannot find anything: one character, or a code that no employer can have."""
    if query and len(plain(query)) < 2:
        return "请输入至少两个字。"
    code = plain(query)
    if found or len(code) < NEARLY_A_CODE or not CODE_BEGINNING.fullmatch(code):
        return ""
    return next(iter(check_credit_code(code).errors), "")


def listed(me: Me, found: list[Employer]) -> list[dict]:
    """Employers as rows, with how many open files the viewer may see against each, and grades and levels of evidence. Three queries."""
    open_ = (
        visible_to(me.scope)
        .filter(employer__in=found, open=True)
        .order_by()
        .values_list("employer")
        .annotate(n=Count("id"))
    )
    counts = dict(open_.values_list("employer", "n")) if found else {}
    ids, today = [e.pk for e in found], localdate()
    levels, grades = levels_of(ids, today), grades_of(ids, today)
    return [
        {"name": e.name, "code": e.credit_code, "address": e.address, "url": reverse("employer", args=[e.pk]),
         "open_count": counts.get(e.pk, 0), "grade": grades.get(e.pk, ""), "level": levels.get(e.pk, "")}
        for e in found
    ]  # fmt: skip


@access(OFFICER)
@require_safe
def employer(request, employer_id: int):
    """One employer: the facts, the viewer's files, and earlier violations in every bureau; this last look is recorded."""
    shown = Employer.objects.select_related("parent").filter(pk=employer_id).first()
    if shown is None:
        raise Http404
    me, today = request.me, localdate()
    files = page_of(me.scope, Q(employer=shown), order=("-id",), size=FILES)[:FILES]
    earlier = earlier_violations(shown.pk, today)
    deed(
        me,
        "look_earlier",
        "查看既往违法事实",
        now(),
        kind="look",
        employer=shown.pk,
        subject=shown.name,
        found=len(earlier),
    )
    writes = me.scope.holds(*WRITERS)
    return render(request, "employers/employer.html", {
        "crumbs": [{"label": "用人单位", "url": reverse("employers")}, {"label": shown.name, "url": ""}],
        "employer": facts(shown, writes), "level": level_shown(shown.pk, today),
        "supervised": supervised(shown.pk, me.bureau.options, today),
        "dossiers": [present.row(file, today) for file in files], "show_lead": True,
        "edit_url": reverse("employer_edit", args=[shown.pk]) if writes else "",
        "visit_url": f"{reverse('visit_new')}?employer={shown.pk}" if me.scope.holds(*PLANNERS) else "",
        "credit_url": reverse("credit_employer", args=[shown.pk]),
        "title_url": f"{reverse('title_new')}?employer={shown.pk}" if me.scope.holds(*TITLED) else "",
        "interview_url": f"{reverse('interview_new')}?employer={shown.pk}" if me.scope.holds(*INTERVIEWERS) else "",
        "register_url": f"{reverse('register')}?employer={shown.pk}" if writes else "",
        "earlier": [violation(row) for row in earlier],
        "earlier_note": f"列近{length_of('look_back', today)}各单位已作出的决定，不显示案卷和投诉举报人；本次查看已记入办案记录。",
    })  # fmt: skip


def facts(shown: Employer, whole: bool) -> dict:
    """The facts of an employer; the telephone is whole for those who must call."""
    belongs = f"{shown.get_kind_display()}（属 {shown.parent.name}）" if shown.parent else shown.get_kind_display()
    return {
        "name": shown.name, "former_names": "、".join(shown.former_names.split("\n")) if shown.former_names else "",
        "code": shown.credit_code, "kind_label": belongs, "address": shown.address, "legal_rep": shown.legal_rep,
        "legal_rep_post": shown.legal_rep_post, "phone": shown.phone if whole else mask_phone(shown.phone), "grade": "",
        "sites": [f"{site.name}（{site.address}）" if site.address else site.name for site in sites_of(shown.pk)],
    }  # fmt: skip


def violation(row: dict) -> dict:
    """An earlier violation: who decided what, when, on which article, how much."""
    decided = [flow[row["decision"]].label for flow in FLOWS.values() if row["decision"] in flow.by_verb]
    return {"bureau": row["bureau"], "decided_on": row["decided_on"], "kind_label": matters()[row["matter"]].label,
            "outcome": decided[0], "article": row["article"], "amount": row["amount"],
            "why": [f"{row['decided_on']} {row['bureau']}作出的决定，已记入办案记录"]}  # fmt: skip


class EmployerPage(EmployerForm):
    """The form on the page: a parent is named by its credit code, for a list of all employers is too long to choose from."""

    parent_code = forms.CharField(label="所属单位的统一社会信用代码", required=False, help_text="只有分支机构填写")
    field_order = (
        "name",
        "kind",
        "credit_code",
        "parent_code",
        "region",
        "address",
        "legal_rep",
        "legal_rep_post",
        "phone",
        "industry",
        "workers",
    )

    class Meta(EmployerForm.Meta):
        fields = tuple(name for name in EmployerForm.Meta.fields if name != "parent")

    def clean(self) -> dict:
        given = super().clean()
        if code := given.get("parent_code"):
            given["parent"] = employer_of_code(code)
            if given["parent"] is None:
                self.add_error("parent_code", "单位库中没有这个代码的单位，请先新增所属单位，或核对代码。")
        return given

    def given(self) -> dict:
        """What was sent, as the writers of employers take it."""
        sent = {name: self.data.get(name, "") for name in self.Meta.fields}
        parent = self.cleaned_data.get("parent")
        return sent | {"parent": parent.pk if parent else ""}


@access(*WRITERS)
def employer_new(request):
    """Enter an employer in the register."""
    form = EmployerPage(request.POST or None, initial={"kind": "company", "name": request.GET.get("name", "")})
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = attempted(form, lambda: register_employer(form.given()))
            if made:
                deed(request.me, "register_employer", "新增单位", now(), employer=made.pk, subject=made.name)
        if made:
            return redirect("employer", made.pk)
    return edit_page(request, form, "新增单位", reverse("employers"))


@access(*WRITERS)
def employer_edit(request, employer_id: int):
    """Correct what the register says of an employer; a former name stays findable."""
    shown = Employer.objects.select_related("parent").filter(pk=employer_id).first()
    if shown is None:
        raise Http404
    known = {"parent_code": shown.parent.credit_code if shown.parent else ""}
    form = EmployerPage(request.POST or None, instance=shown, initial=known)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            changed = attempted(form, lambda: alter_employer(employer_id, form.given()))
            if changed:
                told = {field: [str(value or "") for value in pair] for field, pair in changed.items()}
                name = form.cleaned_data["name"]
                deed(
                    request.me,
                    "alter_employer",
                    "更正单位信息",
                    now(),
                    employer=employer_id,
                    subject=name,
                    changed=told,
                )
        if changed is not None:
            return redirect("employer", employer_id)
    return edit_page(request, form, "更正单位信息", reverse("employer", args=[employer_id]))


def attempted(form: EmployerPage, write):
    """What the writer made, or None with its sentences in the form."""
    try:
        return write()
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return None


def edit_page(request, form: EmployerPage, title: str, cancel_url: str):
    """The page that asks about an employer."""
    return render(request, "employers/edit.html", {
        "crumbs": [{"label": "用人单位", "url": reverse("employers")}, {"label": title, "url": ""}], "title": title, "form": form,
        "cancel_url": cancel_url,
    }, status=422 if form.errors else 200)  # fmt: skip
