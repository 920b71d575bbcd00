"""Officers of one's own line, their posts and certificates; the administrator's deeds on them."""

from datetime import timedelta
from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_otp.plugins.otp_totp.models import TOTPDevice

from laojian.dossier.models import Desk
from laojian.dossier.queries import row_number
from laojian.people import actions
from laojian.people.forms import CertificateForm, OfficerForm, PostForm
from laojian.people.models import Certificate, Officer, Post, Role
from laojian.people.queries import Me, bureaus_of, officers_of
from laojian.people.rules import SOON_DAYS, STANDINGS, standing
from laojian.record.models import Entry

from .. import present
from ..access import OFFICER, access
from ..export import workbook
from .dossiers import link

SIZE, EXPORTED, ENTRIES = 50, 5000, 12
TONES = {"valid": "green", "soon": "amber", "expired": "amber"}
WATCHERS = ("supervision", "auditor", "unit_head", "deputy", "chief")
HEADINGS = ["姓名", "单位", "科室（中队）", "岗位", "执法证", "有效期至", "状态", "在办"]


class Filters(forms.Form):
    """How the list of officers is narrowed."""

    q = forms.CharField(label="姓名、账号", required=False, max_length=60)
    bureau = forms.TypedChoiceField(label="单位", required=False, coerce=int, empty_value=None)
    role = forms.ChoiceField(label="岗位", required=False, choices=[("", "全部"), *Role.choices])
    standing = forms.ChoiceField(
        label="执法证", required=False,
        choices=[("", "全部"), ("soon", f"{SOON_DAYS} 日内到期"), ("expired", "已过期"), ("none", "无证")],
    )  # fmt: skip
    gone = forms.BooleanField(label="含停用账号", required=False)

    def __init__(self, data, bureaus):
        super().__init__(data)
        self.fields["bureau"].choices = [("", "全部"), *((bureau.pk, bureau.name) for bureau in bureaus)]

    def conditions(self, today) -> list[Q]:
        """The filters as conditions; wrong input filters nothing."""
        self.full_clean()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        found = [] if "gone" in asked else [Q(is_active=True)]
        if "q" in asked:
            found.append(Q(name__icontains=asked["q"]) | Q(username__icontains=asked["q"]))
        if "bureau" in asked:
            found.append(Q(bureau=asked["bureau"]))
        if "role" in asked:
            found.append(Q(held__contains=[asked["role"]]))
        last = today + timedelta(days=SOON_DAYS)
        kinds = {
            "soon": Q(valid_until__range=(today, last)),
            "expired": Q(valid_until__lt=today),
            "none": Q(valid_until=None),
        }
        return [*found, kinds[asked["standing"]]] if "standing" in asked else found


@access(OFFICER)
@require_safe
def people(request):
    """人员与证件: a page by key; the same list as a workbook."""
    me, today = request.me, localdate()
    form = Filters(request.GET, bureaus_of(me.scope))
    rows = officers_of(me.scope, today).filter(*form.conditions(today)).order_by("id")
    if request.GET.get("export") == "xlsx":
        return workbook("人员与证件", HEADINGS, [cells(row) for row in listed(rows[:EXPORTED], today)])
    after = row_number(request.GET.get("after", ""))
    found = list((rows.filter(id__gt=after) if after else rows)[: SIZE + 1])
    return render(request, "people/officers.html", {
        "crumbs": [{"label": "人员与证件", "url": ""}], "form": form, "clear_url": reverse("people"),
        "officers": listed(found[:SIZE], today), "export_url": link(request, "", export="xlsx"),
        "previous_url": link(request, "") if after else "",
        "next_url": link(request, str(found[SIZE - 1].pk)) if len(found) > SIZE else "",
        "new_url": reverse("officer_new") if me.scope.holds(Role.ADMIN) else "",
        "local_url": reverse("local_values") if me.scope.holds(Role.ADMIN) else "",
        "platforms_url": reverse("platforms") if me.scope.holds(Role.ADMIN) else "",
    })  # fmt: skip


def listed(officers, today) -> list[dict]:
    """Officers as rows of the list, with how many files lie on each desk: one query for all of them."""
    officers = list(officers)
    waiting = Desk.objects.filter(officer__in=officers).values_list("officer").annotate(n=Count("id"))
    counts = dict(waiting.values_list("officer", "n"))
    return [
        {"name": officer.name, "url": reverse("officer", args=[officer.pk]), "bureau": officer.bureau.name, "unit": officer.team,
         "posts": "、".join(Role(role).label for role in dict.fromkeys(officer.held)), "open_count": counts.get(officer.pk, 0),
         "certificate": officer.certificate_number, "valid_until": officer.valid_until, **state_of(officer, today)}
        for officer in officers
    ]  # fmt: skip


def state_of(officer: Officer, today) -> dict:
    """Whether the officer may act: the account, then the certificate that is valid longest."""
    if not officer.is_active:
        return {"state": "账号停用", "tone": "", "note": ""}
    return marked(officer.valid_until and today, officer.valid_until, None, today)


def marked(valid_from, valid_to, revoked_on, today) -> dict:
    """The mark of a certificate; red is for overdue files only, so an expired one is told in words."""
    key = standing(valid_from, valid_to, revoked_on, today)
    note = f"还有 {(valid_to - today).days} 日" if key == "soon" else ""
    return {"state": ("⚠ " if key == "expired" else "") + STANDINGS[key], "tone": TONES.get(key, ""), "note": note}


def cells(row: dict) -> list:
    """A row of the list as cells."""
    state = f"{row['state']}（{row['note']}）" if row["note"] else row["state"]
    return [
        row["name"],
        row["bureau"],
        row["unit"],
        row["posts"],
        row["certificate"] or "无",
        row["valid_until"],
        state,
        row["open_count"],
    ]


def officer_of(me: Me, officer_id: int) -> Officer:
    """An officer of one's own line; others are a page that is not there."""
    found = officers_of(me.scope, localdate()).filter(pk=officer_id).first()
    if found is None:
        raise Http404
    return found


@access(OFFICER)
@require_safe
def officer(request, officer_id: int):
    """One officer: posts, certificates, what was last done; for an administrator the forms."""
    return page(request, officer_of(request.me, officer_id))


def page(request, shown: Officer, **forms_in_hand):
    """The page of an officer; a form that was refused comes back with its input."""
    me, today = request.me, localdate()
    rules = me.scope.holds(Role.ADMIN) and shown.pk != me.officer.pk
    posts = Post.objects.filter(officer=shown).select_related("bureau").order_by("-since", "id")
    cards = Certificate.objects.filter(officer=shown).order_by("-valid_to")
    return render(request, "people/officer.html", {
        "crumbs": [{"label": "人员与证件", "url": reverse("people")}, {"label": shown.name, "url": ""}],
        "officer": {"pk": shown.pk, "name": shown.name, "username": shown.username if rules else "", "bureau": shown.bureau.name,
                    "unit": shown.team, "active": shown.is_active},
        "posts": [
            {"label": Role(post.role).label, "bureau": post.bureau.name, "since": post.since, "until": post.until,
             "end_url": reverse("post_end", args=[shown.pk, post.pk]) if rules else ""}
            for post in posts
        ],
        "certificates": [
            {"number": card.number, "kind_label": card.get_kind_display(), "issued_on": card.valid_from, "valid_until": card.valid_to,
             **marked(card.valid_from, card.valid_to, card.revoked_on, today)}
            for card in cards
        ],
        "forms": offered(me, shown, forms_in_hand) if rules else [], "entries": last_entries(me, shown),
    }, status=422 if forms_in_hand else 200)  # fmt: skip


def last_entries(me: Me, shown: Officer) -> list[dict]:
    """What the officer last did in the viewer's line; for oneself and for those who answer for the work."""
    if not (me.scope.holds(*WATCHERS) or me.officer.pk == shown.pk):
        return []
    line = Q() if me.scope.level == "city" else Q(bureau_id__in=bureaus_of(me.scope).values("pk"))
    return present.timeline(list(Entry.objects.filter(line, actor_id=shown.pk).order_by("-id")[:ENTRIES]))


def offered(me: Me, shown: Officer, in_hand: dict) -> list[dict]:
    """The administrator's forms on an officer."""
    bureaus = list(bureaus_of(me.scope))
    first = {"bureau": shown.bureau_id, "since": localdate()}
    post = in_hand.get("post") or PostForm(bureaus=bureaus, initial=first, prefix="post")
    card = in_hand.get("card") or CertificateForm(prefix="card")
    found = [
        ("new-post", "增设岗位", "自任职之日起可以办理该岗位的步骤。", post, "增设", "post_new"),
        ("new-card", "登记证件", "", card, "登记", "certificate_new"),
        (
            "reset",
            "重置密码",
            "生成只显示一次的临时密码，本人首次登录时必须更换；现有登录全部退出。",
            None,
            "重置密码",
            "password_reset",
        ),
    ]
    if TOTPDevice.objects.filter(user=shown.pk).exists():
        found += [("code", "解除动态验证码", "本人更换手机或遗失手机时办理。", None, "解除绑定", "code_unbind")]
    if shown.is_active:
        found += [
            ("close", "停用账号", "调离、退休时办理；立即退出全部登录，历史记录不变。", None, "停用", "account_close")
        ]
    else:
        found += [("open", "恢复账号", "", None, "恢复", "account_open")]
    return [
        {
            "id": key,
            "title": title,
            "note": note,
            "form": form,
            "submit": submit,
            "url": reverse(name, args=[shown.pk]),
            "reasons": [],
        }
        for key, title, note, form, submit, name in found
    ]


@never_cache
@access(Role.ADMIN)
def officer_new(request):
    """Open an account; its temporary password is shown once."""
    bureaus = list(bureaus_of(request.me.scope))
    form = OfficerForm(request.POST or None, bureaus=bureaus, initial={"bureau": request.me.officer.bureau_id})
    if request.method == "POST":
        try:
            made, word = actions.add_officer(request.me, request.POST, bureaus, now())
        except ValidationError:
            form.is_valid()
        else:
            return told_once(request, made, word, "已新增，请接着增设岗位、登记证件。")
    return render(request, "confirm.html", {
        "crumbs": [{"label": "人员与证件", "url": reverse("people")}, {"label": "新增人员", "url": ""}], "title": "新增人员",
        "text": "账号开设后再增设岗位、登记证件；没有岗位的账号不能办理任何步骤。", "facts": [], "reasons": [], "form": form,
        "submit": "新增", "cancel_url": reverse("people"),
    }, status=422 if form.errors else 200)  # fmt: skip


def told_once(request, made: Officer, word: str, text: str):
    """The one page that shows a temporary password."""
    return render(request, "people/word.html", {
        "crumbs": [{"label": "人员与证件", "url": reverse("people")}, {"label": made.name, "url": reverse("officer", args=[made.pk])},
                   {"label": "临时密码", "url": ""}],
        "text": text, "name": made.name, "username": made.username, "word": word, "officer_url": reverse("officer", args=[made.pk]),
    })  # fmt: skip


def carried_out(request, officer_id: int, action, done: str, **in_hand):
    """Do a deed on an officer of one's line and say so; refused, the officer's page comes back with the form and its errors."""
    shown = officer_of(request.me, officer_id)
    try:
        action(shown)
    except ValidationError as refused:
        return (
            page(request, shown, **{name: form(shown) for name, form in in_hand.items()})
            if in_hand
            else said(request, shown, refused)
        )
    messages.success(request, done)
    return redirect("officer", officer_id)


def said(request, shown: Officer, refused: ValidationError):
    """A refusal where there is no form to put it in."""
    for sentence in refused.messages:
        messages.error(request, sentence)
    return redirect("officer", shown.pk)


@access(Role.ADMIN)
@require_POST
def post_new(request, officer_id: int):
    """Appoint to a post."""
    bureaus = list(bureaus_of(request.me.scope))
    given = within(request.POST, "post")

    def form(shown):
        return PostForm(request.POST, instance=Post(officer=shown), bureaus=bureaus, prefix="post")

    return carried_out(
        request,
        officer_id,
        lambda shown: actions.add_post(request.me, shown, given, bureaus, now()),
        "已增设岗位。",
        post=form,
    )


@access(Role.ADMIN)
@require_POST
def certificate_new(request, officer_id: int):
    """Enter a certificate."""
    given = within(request.POST, "card")

    def form(shown):
        return CertificateForm(request.POST, instance=Certificate(officer=shown), prefix="card")

    return carried_out(
        request,
        officer_id,
        lambda shown: actions.add_certificate(request.me, shown, given, now()),
        "已登记证件。",
        card=form,
    )


def within(sent, prefix: str) -> dict:
    """The values of one form among several on a page."""
    return {name.removeprefix(f"{prefix}-"): value for name, value in sent.items() if name.startswith(f"{prefix}-")}


@access(Role.ADMIN)
@require_POST
def post_end(request, officer_id: int, post_id: int):
    """End a post today."""
    post = (
        Post.objects.select_related("officer", "bureau")
        .filter(pk=post_id, officer=officer_id, until__isnull=True)
        .first()
    )
    if post is None:
        raise Http404
    done = "岗位已终止，今日为任职最后一日。"
    return carried_out(request, officer_id, lambda _: actions.end_post(request.me, post, localdate(), now()), done)


@never_cache
@access(Role.ADMIN)
@require_POST
def password_reset(request, officer_id: int):
    """Give a temporary password."""
    shown = officer_of(request.me, officer_id)
    try:
        word = actions.reset_password(request.me, shown, now())
    except ValidationError as refused:
        return said(request, shown, refused)
    return told_once(request, shown, word, "密码已重置，该账号的登录已全部退出。")


@access(Role.ADMIN)
@require_POST
def code_unbind(request, officer_id: int):
    """Take the second factor off for somebody who lost the telephone."""
    return carried_out(
        request, officer_id, lambda shown: actions.unbind_code(request.me, shown, now()), "已解除动态验证码。"
    )


@access(Role.ADMIN)
@require_POST
def account_set(request, officer_id: int, active: bool):
    """Close or reopen an account."""
    action = partial(actions.set_active, request.me, active=active, at=now())
    return carried_out(request, officer_id, action, "账号已恢复。" if active else "账号已停用，登录已全部退出。")
