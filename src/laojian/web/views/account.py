"""Signing in and out, and one's own account: password, second factor, last logins. Every change is a deed in the record."""

import time
from importlib import import_module, util

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe
from django_otp.plugins.otp_totp.models import TOTPDevice

from laojian.people.actions import deed
from laojian.people.models import Officer, Post, Role
from laojian.people.queries import me_on, valid_on
from laojian.record.models import Entry

from ..access import OFFICER, PUBLIC, access
from ..forms import Code, FirstWord, NewWord, SignIn
from ..lockout import client_address, locked

BEGUN, BEGUN_SECONDS = "sign_in", 300  # a login half done: the password was right, the rest is still asked
WRONG = "账号或密码不对，请检查后再试。"
WRONG_CODE = "验证码不对或已经用过，请输入验证器现在显示的六位数字。"
TOO_LATE = "登录没有在五分钟内完成，请重新输入账号和密码。"
RULES = (
    "至少 10 个字符，不能全是数字",
    "不能是常见密码，也不要与账号、姓名相近",
    "改好后，其他电脑和手机上的登录随即退出",
)
SHOWN = 8


@never_cache
@sensitive_post_parameters("password")
@access(PUBLIC)
def login(request):
    """Account and password; a mistake in either gets the same sentence, the fifth locks this place out."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(onward(request))
    form, reasons = SignIn(request.POST or None), []
    if request.method == "POST" and form.is_valid():
        officer = auth.authenticate(request, **form.cleaned_data)
        if officer:
            request.session[BEGUN] = {"officer": officer.pk, "at": time.time(), "next": onward(request)}
            return next_stage(request, officer)
        note_lockout(request, form.cleaned_data["username"])
        reasons = [{"text": WRONG}]
    accounts = demo_accounts()
    return render(request, "account/login.html", {
        "form": form, "reasons": reasons, "next": onward(request), "demo_accounts": accounts,
        "demo_password": accounts[0]["password"] if accounts else "",
    }, status=422 if form.errors or reasons else 200)  # fmt: skip


def onward(request) -> str:
    """Where to go after the login: only ever to a page of this host."""
    wished = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(wished, {request.get_host()}, require_https=request.is_secure())
    return wished if own else reverse("workbench")


def demo_accounts() -> list[dict]:
    """The accounts of the demo's world; in an office there are none."""
    if not settings.DEMO or not util.find_spec("laojian.web.demo"):
        return []
    found = import_module("laojian.web.demo").accounts()
    return [{"post": post, "username": username, "password": password} for post, username, password in found]


def note_lockout(request, username: str) -> None:
    """Record that this failure was the one that locked an officer's account at this place."""
    if getattr(request, "axes_failures_since_start", None) != settings.AXES_FAILURE_LIMIT:
        return
    officer = Officer.objects.filter(username=username, system=False).first()
    if officer:
        told = {"address": client_address(request), "failures": settings.AXES_FAILURE_LIMIT}
        deed(me_on(officer, localdate()), "lock_out", "登录被锁定", now(), **told)


def next_stage(request, officer: Officer):
    """Ask for the second factor if one is bound, then for a new password if this one is temporary, then let in."""
    begun = request.session[BEGUN]
    if not begun.get("coded") and TOTPDevice.objects.filter(user=officer, confirmed=True).exists():
        return redirect("login_code")
    # The demo's accounts are shown on the page of the login: nobody has to make their passwords secret.
    if officer.last_login is None and not settings.DEMO:
        return redirect("login_password")
    return enter(request, officer)


def enter(request, officer: Officer):
    """Log the officer in and record it."""
    onwards = request.session.pop(BEGUN)["next"]
    with transaction.atomic():
        auth.login(request, officer, backend="laojian.people.backend.AtWork")
        deed(me_on(officer, localdate()), "login", "登录", now(), address=client_address(request))
    return HttpResponseRedirect(onwards)


def halfway(request) -> Officer | None:
    """The officer whose password was right in this browser within the last minutes."""
    begun = request.session.get(BEGUN)
    if not begun or time.time() - begun["at"] > BEGUN_SECONDS:
        request.session.pop(BEGUN, None)
        messages.warning(request, TOO_LATE)
        return None
    return Officer.objects.filter(pk=begun["officer"], is_active=True).first()


@never_cache
@access(PUBLIC)
def login_code(request):
    """The second factor; wrong codes count with wrong passwords."""
    officer = halfway(request)
    device = officer and TOTPDevice.objects.filter(user=officer, confirmed=True).first()
    if device is None:
        return redirect("login")
    form = Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        credentials = {"username": officer.username}
        if not AxesProxyHandler.is_allowed(request, credentials):
            return locked(request)
        if verified(device, form.cleaned_data["code"]):
            request.session[BEGUN] |= {"coded": True}
            request.session.modified = True
            return next_stage(request, officer)
        user_login_failed.send(sender=__name__, credentials=credentials, request=request)
        note_lockout(request, officer.username)
        form.add_error("code", WRONG_CODE)
    status = 422 if form.errors else 200
    return render(request, "account/code.html", {"form": form, "cancel_url": reverse("login")}, status=status)


def verified(device: TOTPDevice, code: str) -> bool:
    """Whether the code is right and new; two browsers cannot use the same one."""
    with transaction.atomic():
        return TOTPDevice.objects.select_for_update().get(pk=device.pk).verify_token(code)


@never_cache
@sensitive_post_parameters()
@access(PUBLIC)
def login_password(request):
    """A temporary password opens nothing until it has been replaced."""
    officer = halfway(request)
    bound = officer and TOTPDevice.objects.filter(user=officer, confirmed=True).exists()
    if officer is None or officer.last_login or (bound and not request.session[BEGUN].get("coded")):
        return redirect("login")
    form = FirstWord(officer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            keep_word(officer, form.cleaned_data["new"])
            return enter(request, officer)
    return word_page(request, form, officer, reverse("login"), forced=True)


def keep_word(officer: Officer, word: str) -> None:
    """Save the new password, which ends every other login, and record that it was changed."""
    officer.set_password(word)
    officer.save(update_fields=["password"])
    deed(me_on(officer, localdate()), "change_password", "修改密码", now())


def word_page(request, form, officer: Officer, cancel_url: str, forced: bool = False):
    """The page that asks for a new password."""
    return render(request, "account/password.html", {
        "form": form, "username": officer.username, "forced": forced, "rules": RULES, "cancel_url": cancel_url,
    }, status=422 if form.errors else 200)  # fmt: skip


@access(PUBLIC)
@require_POST
def logout(request):
    """Leave; the session is gone on the server too, and what the device kept of visits with it."""
    auth.logout(request)
    answer = redirect("login")
    answer.headers["Clear-Site-Data"] = '"storage"'
    return answer


@access(OFFICER)
@require_safe
def account(request):
    """我的账号: posts, certificate, second factor, and what was last done about this account."""
    me, today = request.me, localdate()
    posts = Post.objects.filter(valid_on(today), officer=me.officer).select_related("bureau").order_by("id")
    deeds = Entry.objects.filter(actor_id=me.officer.pk, kind=Entry.Kind.DEED).order_by("-id")[:SHOWN]
    card = me.certificate
    return render(request, "account/account.html", {
        "crumbs": [{"label": "我的账号", "url": ""}],
        "officer": {
            "name": me.officer.name, "username": me.officer.username,
            "posts": [{"label": Role(post.role).label, "bureau": post.bureau.name, "since": post.since} for post in posts],
            "certificate": card and card.number, "valid_until": card and card.valid_to, "expired": bool(card) and card.valid_to < today,
        },
        "password_url": reverse("password"), "totp_url": reverse("totp"),
        "totp_bound": TOTPDevice.objects.filter(user=me.officer, confirmed=True).exists(),
        "deeds": [{"at": deed.at, "label": deed.label, "place": deed.given.get("address", "")} for deed in deeds],
    })  # fmt: skip


@never_cache
@sensitive_post_parameters()
@access(OFFICER)
def password(request):
    """Change one's password: this login stays, all others end."""
    officer = request.me.officer
    form = NewWord(officer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            keep_word(officer, form.cleaned_data["new"])
        auth.update_session_auth_hash(request, officer)
        messages.success(request, "密码已修改，其他电脑和手机上的登录已退出。")
        return redirect("account")
    return word_page(request, form, officer, reverse("account"))
