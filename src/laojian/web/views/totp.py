"""The second factor of one's own account: bind an authenticator by its picture, show that it works, take it off again."""

from base64 import b32encode

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from laojian.people.actions import deed, unbind_code

from ..access import OFFICER, access
from ..codes import drawn
from ..forms import Code, OwnWord
from .account import WRONG_CODE

OFFERED = "totp_key"  # a key shown but not yet proved lives in the session alone


def device_of(officer) -> TOTPDevice | None:
    """The authenticator that is bound to an account."""
    return TOTPDevice.objects.filter(user=officer, confirmed=True).first()


@never_cache
@access(OFFICER)
def totp(request):
    """Bind an authenticator: it counts from the first right code on."""
    officer = request.me.officer
    if device_of(officer):
        return page(request, OwnWord(officer), bound=True)
    key = request.session.setdefault(OFFERED, random_hex())
    form = Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reading = TOTP(bytes.fromhex(key))
        if reading.verify(int(form.cleaned_data["code"]), tolerance=1):
            with transaction.atomic():
                TOTPDevice.objects.create(user=officer, name="验证器", key=key, last_t=reading.t())
                deed(request.me, "bind_code", "绑定动态验证码", now())
            del request.session[OFFERED]
            messages.success(request, "已绑定，下次登录时除密码外还要输入动态验证码。")
            return redirect("account")
        form.add_error("code", WRONG_CODE)
    return page(request, form, key=key)


def page(request, form, bound: bool = False, key: str = ""):
    """The page of the second factor."""
    secret = b32encode(bytes.fromhex(key)).decode()
    return render(request, "account/totp.html", {
        "crumbs": [{"label": "我的账号", "url": reverse("account")}, {"label": "动态验证码", "url": ""}],
        "form": form, "bound": bound, "unbind_url": reverse("totp_unbind"), "qr_url": reverse("totp_qr"),
        "secret": " ".join(secret[n : n + 4] for n in range(0, len(secret), 4)),
    }, status=422 if form.errors else 200)  # fmt: skip


@never_cache
@access(OFFICER)
@require_safe
def totp_qr(request):
    """The picture of the key that is being offered, drawn here: no key leaves the bureau."""
    key = request.session.get(OFFERED)
    if not key:
        raise Http404
    device = TOTPDevice(user=request.me.officer, key=key)
    return HttpResponse(drawn(device.config_url), content_type="image/svg+xml")


@sensitive_post_parameters()
@access(OFFICER)
@require_POST
def totp_unbind(request):
    """Take the authenticator off, after the password."""
    officer = request.me.officer
    form = OwnWord(officer, request.POST)
    if not form.is_valid():
        return page(request, form, bound=device_of(officer) is not None)
    unbind_code(request.me, officer, now())
    messages.success(request, "已解除绑定，登录只凭密码。")
    return redirect("account")
