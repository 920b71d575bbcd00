"""Signing in: lock-out, where one is sent, the second factor, temporary words, and that other logins end."""

import re
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.timezone import now
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from laojian.people.models import Officer
from laojian.record.models import Entry
from laojian.web.views.account import WRONG

pytestmark = pytest.mark.django_db
WORD, NEW = "示例-口令-2026", "另一句-够长的-话 7"


def sign_in(client, username="zhang", word=WORD, **more):
    return client.post(reverse("login"), {"username": username, "password": word, **more})


def who(client) -> int | None:
    """The officer that this browser is logged in as."""
    return int(client.session["_auth_user_id"]) if "_auth_user_id" in client.session else None


def deeds(verb: str) -> list[Entry]:
    return list(Entry.objects.filter(kind="deed", verb=verb).order_by("id"))


def digits(device: TOTPDevice, ahead: int = 0) -> str:
    """What the authenticator shows, some steps from now."""
    reading = TOTP(device.bin_key)
    reading.time = time.time() + 30 * ahead
    return f"{reading.token():06d}"


def bound(officer: Officer) -> TOTPDevice:
    return TOTPDevice.objects.create(user=officer, name="验证器")


def test_the_right_password_opens_the_desk_and_is_recorded(client, world):
    answer = sign_in(client)
    assert (answer.status_code, answer.url) == (302, reverse("workbench"))
    assert who(client) == world.zhang.pk
    (entry,) = deeds("login")
    assert (entry.actor_id, entry.actor_name, entry.bureau_id) == (world.zhang.pk, "张监察", world.district.pk)
    assert "劳动保障监察员" in entry.actor_post and entry.given == {"address": "127.0.0.1"}


@pytest.mark.parametrize(
    ("username", "word"),
    [("zhang", "错的"), ("nobody", WORD), ("clock", "!"), ("complainant", "!"), ("zhang", WORD + " ")],
)
def test_a_mistake_in_either_gets_the_same_sentence(client, world, username, word):
    answer = sign_in(client, username, word)
    assert answer.status_code == 422
    assert WRONG in answer.content.decode()
    assert f'value="{word}"' not in answer.content.decode()
    assert who(client) is None


def test_a_closed_account_gets_that_sentence_too(client, world):
    Officer.objects.filter(pk=world.zhang.pk).update(is_active=False)
    assert WRONG in sign_in(client).content.decode()


def test_the_fifth_mistake_locks_and_the_right_password_no_longer_helps(client, world):
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert sign_in(client, word="错的").status_code == 422
    answer = sign_in(client, word="错的")
    assert answer.status_code == 429
    assert "15 分钟" in answer.content.decode()
    assert sign_in(client).status_code == 429
    assert who(client) is None
    (entry,) = deeds("lock_out")
    assert (entry.actor_id, entry.given["failures"]) == (world.zhang.pk, 5)


def test_failures_on_a_name_that_nobody_has_fill_no_record(client, world):
    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        sign_in(client, "nobody", "错的")
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("wished", "onward"),
    [
        ("/record?dossier=3", "/record?dossier=3"),
        ("http://testserver/people", "http://testserver/people"),
        ("https://elsewhere.example/desk", "/desk"),
        ("//elsewhere.example", "/desk"),
        ("/\\elsewhere.example", "/desk"),
        ("javascript:alert(1)", "/desk"),
        ("", "/desk"),
    ],
)
def test_after_the_login_one_is_only_ever_sent_within_this_host(client, world, wished, onward):
    assert sign_in(client, next=wished).url == onward


def test_a_page_asked_for_before_the_login_is_where_one_lands(client, world):
    asked = client.get(reverse("people") + "?role=clerk")
    assert asked.url.startswith("/login?next=")
    page = client.get(asked.url).content.decode()
    assert sign_in(client, next=re.search(r'name="next" value="([^"]+)"', page)[1]).url == "/people?role=clerk"


def test_logging_out_is_a_post_and_ends_the_session(client, world):
    client.force_login(world.zhang)
    kept = client.session.session_key
    assert client.get(reverse("logout")).status_code == 405
    client.post(reverse("logout"))
    assert who(client) is None
    client.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert client.get(reverse("account")).url.startswith("/login")


def test_changing_the_password_ends_the_other_logins_and_keeps_this_one(client, world):
    other = Client()
    for browser in (client, other):
        sign_in(browser)
    answer = client.post(reverse("password"), {"password": WORD, "new": NEW, "again": NEW})
    assert answer.url == reverse("account")
    assert client.get(reverse("account")).status_code == 200
    assert other.get(reverse("account")).url.startswith("/login")
    assert len(deeds("change_password")) == 1
    assert who(Client()) is None and sign_in(Client(), word=WORD).status_code == 422
    assert sign_in(Client(), word=NEW).status_code == 302


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"password": "错的", "new": NEW, "again": NEW}, "密码不对"),
        ({"password": WORD, "new": NEW, "again": NEW + "x"}, "两次输入的新密码不一样"),
        ({"password": WORD, "new": "短", "again": "短"}, "10 个字符"),
        ({"password": WORD, "new": "12345678901", "again": "12345678901"}, "数字"),
        ({"password": WORD, "new": WORD, "again": WORD}, "与现在的密码相同"),
        ({"password": WORD}, "请填写新密码"),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_a_sentence(client, world, given, sentence):
    client.force_login(world.zhang)
    answer = client.post(reverse("password"), given)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Officer.objects.get(pk=world.zhang.pk).check_password(WORD)
    assert not deeds("change_password")


def test_binding_an_authenticator_by_its_picture(client, world):
    client.force_login(world.zhang)
    page = client.get(reverse("totp")).content.decode()
    picture = client.get(reverse("totp_qr"))
    assert picture["Content-Type"] == "image/svg+xml" and b"<path" in picture.content
    key = client.session["totp_key"]
    assert page.replace(" ", "").count("密钥") and not TOTPDevice.objects.exists()
    assert (
        client.post(
            reverse("totp"), {"code": "000000" if digits(TOTPDevice(key=key)) != "000000" else "111111"}
        ).status_code
        == 422
    )
    shown = digits(TOTPDevice(key=key))
    assert client.post(reverse("totp"), {"code": f"{shown[:3]} {shown[3:]}"}).url == reverse("account")
    assert TOTPDevice.objects.get().key == key
    assert "totp_key" not in client.session
    assert client.get(reverse("totp_qr")).status_code == 404
    assert len(deeds("bind_code")) == 1


def test_with_an_authenticator_the_password_alone_opens_nothing(client, world):
    device = bound(world.zhang)
    assert sign_in(client, next="/people").url == reverse("login_code")
    assert who(client) is None
    assert client.get(reverse("account")).url.startswith("/login")
    assert client.post(reverse("login_code"), {"code": digits(device)}).url == "/people"
    assert who(client) == world.zhang.pk


def test_a_code_serves_once(client, world):
    device = bound(world.zhang)
    shown = digits(device)
    sign_in(client)
    client.post(reverse("login_code"), {"code": shown})
    second = Client()
    sign_in(second)
    assert second.post(reverse("login_code"), {"code": shown}).status_code == 422
    assert who(second) is None


def test_wrong_codes_lock_like_wrong_passwords(client, world):
    device = bound(world.zhang)
    wrong = f"{(int(digits(device)) + 500_000) % 1_000_000:06d}"
    sign_in(client)
    answers = [client.post(reverse("login_code"), {"code": wrong}).status_code for _ in range(5)]
    assert answers == [422, 422, 422, 422, 429]
    TOTPDevice.objects.update(throttling_failure_count=0)
    assert client.post(reverse("login_code"), {"code": digits(device)}).status_code == 429
    assert sign_in(client).status_code == 429
    assert who(client) is None
    assert len(deeds("lock_out")) == 1


def test_a_login_half_done_ends_after_five_minutes(client, world):
    device = bound(world.zhang)
    sign_in(client)
    session = client.session
    session["sign_in"] |= {"at": time.time() - 301}
    session.save()
    assert client.post(reverse("login_code"), {"code": digits(device)}).url == reverse("login")
    assert who(client) is None


def test_without_a_password_the_page_of_codes_is_not_there(client, world):
    bound(world.zhang)
    assert client.get(reverse("login_code")).url == reverse("login")
    assert client.get(reverse("login_password")).url == reverse("login")


def test_taking_the_authenticator_off_asks_for_the_password(client, world):
    bound(world.zhang)
    client.force_login(world.zhang)
    assert client.post(reverse("totp_unbind"), {"password": "错的"}).status_code == 422
    assert TOTPDevice.objects.exists()
    assert client.post(reverse("totp_unbind"), {"password": WORD}).url == reverse("account")
    assert not TOTPDevice.objects.exists()
    assert len(deeds("unbind_code")) == 1


@override_settings(DEMO=False)
def test_a_temporary_password_opens_nothing_until_it_is_replaced(client, world):
    assert sign_in(client).url == reverse("login_password")
    assert who(client) is None
    assert client.get(reverse("account")).url.startswith("/login")
    assert client.post(reverse("login_password"), {"new": WORD, "again": WORD}).status_code == 422
    assert client.post(reverse("login_password"), {"new": NEW, "again": NEW}).url == reverse("workbench")
    assert who(client) == world.zhang.pk
    assert [entry.verb for entry in Entry.objects.order_by("id")] == ["change_password", "login"]


@override_settings(DEMO=False)
def test_a_temporary_password_does_not_go_round_the_second_factor(client, world):
    bound(world.zhang)
    sign_in(client)
    assert client.get(reverse("login_password")).url == reverse("login")
    assert client.post(reverse("login_password"), {"new": NEW, "again": NEW}).url == reverse("login")
    assert Officer.objects.get(pk=world.zhang.pk).check_password(WORD)


@override_settings(DEMO=False)
def test_outside_the_demo_no_accounts_are_shown(client, world):
    assert "演示账号" not in client.get(reverse("login")).content.decode()


def test_an_expired_certificate_is_told_on_the_own_page(client, world):
    world.zhang.certificates.update(valid_to=now().date() - timedelta(days=1))
    client.force_login(world.zhang)
    assert "已过期" in client.get(reverse("account")).content.decode()


def test_a_stale_form_gets_its_own_page(world):
    answer = Client(enforce_csrf_checks=True).post(reverse("login"), {"username": "zhang", "password": WORD})
    assert answer.status_code == 403
    assert "页面放置太久" in answer.content.decode()


def test_too_much_at_once_is_told_as_such(client, world):
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=100):
        answer = sign_in(client, word="x" * 200)
    assert answer.status_code == 413
    assert "太大" in answer.content.decode()
