"""People and certificates: whose are seen, what is marked, and the administrator's deeds."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from django_otp.plugins.otp_totp.models import TOTPDevice
from openpyxl import load_workbook
from tests.world import officer

from laojian.people.models import Certificate, Officer, Post
from laojian.people.rules import SOON_DAYS
from laojian.record.models import Entry

pytestmark = pytest.mark.django_db


def names(client, **query) -> set[str]:
    """Who stands on the list."""
    page = client.get(reverse("people"), query).content.decode()
    return set(re.findall(r'<th scope="row"><a href="/people/\d+">([^<]+)</a>', page))


def valid_to(holder: Officer, days: int) -> None:
    """Let the officer's certificate end so many days from today."""
    Certificate.objects.filter(officer=holder, kind="enforcement").update(valid_to=localdate() + timedelta(days=days))


@pytest.mark.parametrize(
    ("viewer", "seen", "hidden"),
    [
        ("cao", {"张监察", "刘执法", "吴监察", "曹监督"}, set()),
        ("zhang", {"张监察", "刘执法"}, {"吴监察", "曹监督"}),
        ("town_inspector", {"刘执法"}, {"张监察", "吴监察"}),
        ("outsider", {"吴监察"}, {"张监察", "刘执法"}),
    ],
)
def test_one_sees_the_people_of_the_own_line(client, world, viewer, seen, hidden):
    client.force_login(getattr(world, viewer))
    assert seen <= names(client)
    assert not hidden & names(client)
    assert "期限" not in names(client), "the clock is nobody"


def test_an_officer_of_another_line_is_a_page_that_is_not_there(client, world):
    client.force_login(world.outsider)
    assert client.get(reverse("officer", args=[world.zhang.pk])).status_code == 404
    assert client.get(reverse("officer", args=[world.outsider_head.pk])).status_code == 200


@pytest.mark.parametrize(
    ("days", "mark"),
    [(-1, "⚠ 已过期"), (0, "即将到期"), (SOON_DAYS, "即将到期"), (SOON_DAYS + 1, "有效")],
)
def test_a_certificate_is_marked_before_it_ends(client, world, days, mark):
    valid_to(world.zhang, days)
    client.force_login(world.zhang)
    for page in (reverse("people") + "?q=张监察", reverse("officer", args=[world.zhang.pk])):
        assert f">{mark}<" in client.get(page).content.decode(), page


def test_a_revoked_certificate_no_longer_counts(client, world):
    Certificate.objects.filter(officer=world.zhang).update(revoked_on=localdate())
    client.force_login(world.zhang)
    assert ">无证<" in client.get(reverse("people"), {"q": "张监察"}).content.decode()
    assert ">已注销<" in client.get(reverse("officer", args=[world.zhang.pk])).content.decode()


def test_the_list_is_narrowed(client, world):
    valid_to(world.zhang, -3)
    valid_to(world.li, 30)
    client.force_login(world.cao)
    assert names(client, standing="expired") == {"张监察"}
    assert names(client, standing="soon") == {"李监察"}
    assert {"钱局长", "何听证"} <= names(client, standing="none")
    assert names(client, role="reviewer") == {"赵法制", "石法制"}
    assert names(client, q="监察", bureau=world.elsewhere.pk) == {"吴监察"}
    assert names(client, bureau="nonsense", q="吴监察") == {"吴监察"}


def test_the_list_is_paged_by_key_and_exported_whole(client, world):
    for n in range(55):
        officer(f"x{n}", f"示例{n}", world.elsewhere, ["inspector"], certificate=False)
    client.force_login(world.outsider)
    first = client.get(reverse("people"))
    following = re.search(r'href="(\?[^"]+)" rel="next"', first.content.decode())[1]
    page = client.get(reverse("people") + following.replace("&amp;", "&")).content.decode()
    assert "示例54" in page and "示例54" not in first.content.decode()
    sheet = load_workbook(BytesIO(client.get(reverse("people"), {"export": "xlsx"}).content)).active
    assert sheet.max_row == 1 + 55 + 2


def test_a_list_costs_the_same_for_any_number(client, world, django_assert_max_num_queries):
    client.force_login(world.cao)
    client.get(reverse("account"))  # the first request of a login writes its session
    for n in range(30):
        officer(f"x{n}", f"示例{n}", world.elsewhere, ["inspector"])
        with django_assert_max_num_queries(10):  # 8, and the savepoint that a test's transaction makes of the request's
            client.get(reverse("people"))


def test_only_an_administrator_sees_the_forms_and_may_send_them(client, world):
    client.force_login(world.wang)
    assert "增设岗位" not in client.get(reverse("officer", args=[world.zhang.pk])).content.decode()
    for name in ("post_new", "certificate_new", "password_reset", "code_unbind", "account_close"):
        assert client.post(reverse(name, args=[world.zhang.pk])).status_code == 403, name
    assert client.post(reverse("officer_new")).status_code == 403
    assert not Entry.objects.exists()


@pytest.fixture
def admin(client, world):
    client.force_login(world.admin)
    return client


def last_deed() -> Entry:
    return Entry.objects.filter(kind="deed").latest("id")


def test_a_new_officer_logs_in_with_the_word_shown_once(admin, world):
    given = {"name": "镕喆堃", "username": "rong", "bureau": world.town.pk, "team": "一中队"}
    page = admin.post(reverse("officer_new"), given).content.decode()
    word = re.search(r"<b>([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})</b>", page)[1]
    made = Officer.objects.get(username="rong")
    assert (made.name, made.bureau, made.check_password(word)) == ("镕喆堃", world.town, True)
    entry = last_deed()
    assert (entry.verb, entry.given["subject"], entry.actor_id) == ("add_officer", "镕喆堃", world.admin.pk)
    assert word not in str(entry.given)
    assert word not in admin.get(reverse("officer", args=[made.pk])).content.decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"username": "Zhang San"}, "账号须以小写字母开头"),
        ({"username": "zhang"}, "已经有人使用"),
        ({"name": ""}, "请填写姓名"),
        ({"bureau": "999"}, "只能选本单位及下级单位"),
    ],
)
def test_an_account_that_cannot_be_is_refused_and_the_input_kept(admin, world, change, sentence):
    given = {"name": "新示例", "username": "xin", "bureau": world.town.pk, "team": "一中队"} | change
    answer = admin.post(reverse("officer_new"), given)
    assert answer.status_code == 422
    assert sentence in answer.content.decode() and "一中队" in answer.content.decode()
    assert not Entry.objects.exists()


def test_a_post_is_given_and_ended_and_both_are_recorded(admin, world):
    url = reverse("post_new", args=[world.he.pk])
    given = {"post-role": "inspector", "post-bureau": world.district.pk, "post-since": "2026-01-05"}
    assert admin.post(url, given).url == reverse("officer", args=[world.he.pk])
    post = Post.objects.get(officer=world.he, role="inspector")
    assert last_deed().given == {
        "officer": world.he.pk, "subject": "何听证", "post": "劳动保障监察员", "bureau": world.district.name, "since": "2026-01-05",
    }  # fmt: skip
    again = admin.post(url, given)
    assert again.status_code == 422 and "不必重复增设" in again.content.decode()
    admin.post(reverse("post_end", args=[world.he.pk, post.pk]))
    post.refresh_from_db()
    assert post.until == localdate()
    assert last_deed().verb == "end_post"
    assert admin.post(reverse("post_end", args=[world.he.pk, post.pk])).status_code == 404
    assert admin.post(reverse("post_end", args=[world.zhang.pk, post.pk])).status_code == 404


def test_a_certificate_is_entered_or_refused_in_sentences(admin, world):
    url = reverse("certificate_new", args=[world.he.pk])
    given = {
        "card-kind": "enforcement",
        "card-number": "SL990001",
        "card-valid_from": "2026-01-01",
        "card-valid_to": "2030-12-31",
    }
    assert admin.post(url, given).status_code == 302
    assert Certificate.objects.get(number="SL990001").officer == world.he
    assert last_deed().given["number"] == "SL990001"
    page = admin.post(url, given | {"card-valid_to": "2025-12-31"}).content.decode()
    assert "已经登记在册" in page and "早于有效期始" in page and 'value="SL990001"' in page
    assert Certificate.objects.filter(officer=world.he).count() == 1


def test_a_reset_password_ends_the_logins_and_is_changed_at_the_next(admin, world, settings):
    theirs = Client()
    theirs.force_login(world.zhang)
    page = admin.post(reverse("password_reset", args=[world.zhang.pk])).content.decode()
    word = re.search(r"<b>([a-z2-9-]{14})</b>", page)[1]
    assert theirs.get(reverse("account")).url.startswith("/login")
    settings.DEMO = False
    assert theirs.post(reverse("login"), {"username": "zhang", "password": word}).url == reverse("login_password")
    assert last_deed().verb == "reset_password"


def test_a_closed_account_is_out_at_once_and_may_be_reopened(admin, world):
    theirs = Client()
    theirs.force_login(world.zhang)
    admin.post(reverse("account_close", args=[world.zhang.pk]))
    assert theirs.get(reverse("account")).url.startswith("/login")
    assert "张监察" not in names(admin) and "张监察" in names(admin, gone="on")
    admin.post(reverse("account_open", args=[world.zhang.pk]))
    assert "张监察" in names(admin)
    assert [entry.verb for entry in Entry.objects.order_by("id")] == ["close_account", "open_account"]


def test_a_lost_telephone_is_taken_off_the_account(admin, world):
    TOTPDevice.objects.create(user=world.zhang, name="验证器")
    assert "解除动态验证码" in admin.get(reverse("officer", args=[world.zhang.pk])).content.decode()
    admin.post(reverse("code_unbind", args=[world.zhang.pk]))
    assert not TOTPDevice.objects.exists()


def test_an_administrator_gives_nothing_to_the_own_account(admin, world):
    own = world.admin.pk
    assert "增设岗位" not in admin.get(reverse("officer", args=[own])).content.decode()
    given = {"post-role": "supervision", "post-bureau": world.city.pk, "post-since": "2026-01-05"}
    admin.post(reverse("post_new", args=[own]), given)
    admin.post(reverse("post_end", args=[own, Post.objects.get(officer=own).pk]))
    admin.post(reverse("account_close", args=[own]))
    assert "不能变更自己的岗位" in admin.get(reverse("officer", args=[own])).content.decode()
    assert [post.role for post in Post.objects.filter(officer=own, until=None)] == ["admin"]
    assert not Entry.objects.exists()


def test_an_administrator_of_a_district_reaches_no_other(client, world):
    local = officer("local", "区管理员", world.district, ["admin"], certificate=False)
    client.force_login(local)
    assert client.post(reverse("password_reset", args=[world.outsider.pk])).status_code == 404
    given = {"post-role": "inspector", "post-bureau": world.elsewhere.pk, "post-since": "2026-01-05"}
    answer = client.post(reverse("post_new", args=[world.zhang.pk]), given)
    assert answer.status_code == 422 and "只能选本单位及下级单位" in answer.content.decode()
    post = Post.objects.get(officer=world.outsider_head)
    assert client.post(reverse("post_end", args=[world.outsider_head.pk, post.pk])).status_code == 404


@pytest.mark.parametrize(("viewer", "shown"), [("wang", True), ("zhang", True), ("li", False), ("admin", False)])
def test_what_an_officer_did_is_shown_to_who_answers_for_it(client, world, viewer, shown):
    Client().post(reverse("login"), {"username": "zhang", "password": "示例-口令-2026"})
    client.force_login(getattr(world, viewer))
    assert ("最近记录" in client.get(reverse("officer", args=[world.zhang.pk])).content.decode()) is shown
