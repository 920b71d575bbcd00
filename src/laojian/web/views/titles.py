"""Titles of harmony and interviews at the desk: lists, what is entered anew, and what their files show."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from laojian.credit.interviews_flow import HANDS as INTERVIEWERS
from laojian.credit.interviews_flow import INTERVIEW
from laojian.credit.models import Interview, Title
from laojian.credit.schemes import grading
from laojian.credit.titles_flow import HANDS, TITLE
from laojian.credit.titles_queries import against, interviews_of, stands, titles_of, to_interview
from laojian.employers.models import Employer
from laojian.procedure.step import File

from .. import present
from ..access import OFFICER, access
from ..opening import opening
from ..own import OWN
from ..templatetags.laojian import moment
from .dossiers import key_of, link
from .estimate import region_of

TITLES, INTERVIEWS = "和谐企业", "约谈"
SIZE = 30


@access(OFFICER)
@require_safe
def titles(request):
    """和谐企业: the titles of the region, and which are to be looked at again."""
    today, after = localdate(), key_of(request, False)
    found = titles_of(region_of(request), after[0] if after else 0, SIZE + 1)
    rows = found[:SIZE]
    flagged = against(rows, today)
    return render(request, "credit/titles.html", {
        "crumbs": [{"label": TITLES, "url": ""}], "rows": [title_row(row, flagged.get(row.pk, []), today) for row in rows],
        "next_url": link(request, f"~{rows[-1].pk}") if len(found) > SIZE else "", "employers_url": reverse("employers"),
    })  # fmt: skip


def title_row(row: Title, facts: list, today) -> dict:
    """A title in the list."""
    kinds = grading()[0]
    return {
        "name": row.employer.name, "employer_url": reverse("employer", args=[row.employer_id]), "level": row.get_level_display(),
        "granted_on": row.granted_on, "valid_to": row.valid_to, "document": row.document, "url": reverse("dossier", args=[row.pk]),
        "state": TITLE.by_state[row.dossier.state].label, "tone": present.tone(TITLE, row.dossier.state), "stands": stands(row, today),
        "facts": [f"{day} {kinds[kind].label}" for kind, day, _ in facts],
    }  # fmt: skip


def named(request) -> Employer:
    """The employer that the address or the form names; none: a page that is not there."""
    text = request.POST.get("employer") or request.GET.get("employer") or ""
    found = (
        Employer.objects.filter(pk=int(text)).first()
        if text.isascii() and text.isdecimal() and len(text) < 18
        else None
    )
    if found is None:
        raise Http404
    return found


def entered(request, flow: str, title: str, back: str, here: str):
    """A file of these flows begun for an employer; refused, everything typed is still there."""
    employer = named(request)
    made = opening(request, flow, employer=employer.pk)
    if made.file:
        return redirect("dossier", made.file.id)
    return render(request, "credit/new.html", {
        "crumbs": [{"label": here, "url": reverse(back)}, {"label": title, "url": ""}], "title": title, "form": made.form,
        "employer": employer, "employer_url": reverse("employer", args=[employer.pk]), "reasons": made.reasons,
        "cancel_url": reverse("employer", args=[employer.pk]),
    }, status=made.status)  # fmt: skip


@access(*HANDS.split())
def title_new(request):
    """Enter a title as its document grants it."""
    return entered(request, TITLE.name, "登记和谐企业称号", "titles", TITLES)


@access(OFFICER)
@require_safe
def interviews(request):
    """约谈: employers of grade C that nobody has talked to this year, and the interviews of the year."""
    region, today = region_of(request), localdate()
    may = request.me.scope.holds(*INTERVIEWERS.split())
    return render(request, "credit/interviews.html", {
        "crumbs": [{"label": INTERVIEWS, "url": ""}], "year": today.year,
        "waiting": [
            {"name": row.name,
             "url": reverse("employer", args=[row.pk]), "new_url": f"{reverse('interview_new')}?employer={row.pk}" if may else ""}
            for row in to_interview(region, today)
        ],
        "rows": [interview_row(row) for row in interviews_of(region, today.year)],
    })  # fmt: skip


def interview_row(row: Interview) -> dict:
    """An interview in the list."""
    return {
        "name": row.employer.name, "held_at": row.held_at, "person": f"{row.person}（{row.post}）", "commitments": row.commitments,
        "state": INTERVIEW.by_state[row.dossier.state].label, "tone": present.tone(INTERVIEW, row.dossier.state),
        "url": reverse("dossier", args=[row.pk]), "done_by": row.done_by,
    }  # fmt: skip


@access(*INTERVIEWERS.split())
def interview_new(request):
    """Record an interview that was held."""
    return entered(request, INTERVIEW.name, "登记约谈", "interviews", INTERVIEWS)


def title_cards(file: File, request) -> dict:
    """What the file of a title shows of its own."""
    row = file.title
    facts = [
        ("级别", Title.Level(row["level"]).label), ("认定之日", row["granted_on"]), ("认定文号", row["document"]),
        ("有效期至", row["valid_to"] or "文件没有写明"), ("最近复核", row["reviewed_on"]), ("撤销之日", row["revoked_on"]),
        ("撤销文号", row["revocation"]), ("撤销理由", row["reason"]),
    ]  # fmt: skip
    return shown(row, facts, "和谐企业称号")


def interview_cards(file: File, request) -> dict:
    """What the file of an interview shows of its own."""
    row = file.interview
    facts = [
        ("约谈时间", moment(row["held_at"])), ("地点", row["place"]), ("被约谈人", f"{row['person']}（{row['post']}）"),
        ("约谈人员", row["officers"]), ("约谈事由", row["reason"]), ("谈话内容", row["minutes"]), ("承诺", row["commitments"]),
        ("承诺完成之日", row["done_by"]), ("落实情况", row["outcome"]),
    ]  # fmt: skip
    return shown(row, facts, "约谈")


def shown(row: dict, facts: list, title: str) -> dict:
    """Facts that are there, with the way to the employer."""
    employer = Employer.objects.get(pk=row["employer_id"])
    return {"title": title, "facts": [(label, text) for label, text in facts if text], "employer": employer.name,
            "employer_url": reverse("employer", args=[employer.pk])}  # fmt: skip


OWN[TITLE.name] = ("credit/cards.html", title_cards)
OWN[INTERVIEW.name] = ("credit/cards.html", interview_cards)
