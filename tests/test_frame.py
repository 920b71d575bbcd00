"""The frame holds: two roles, limits of a login, nothing served unsafely, nothing fetched unpinned."""

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import authenticate, hashers
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings
from django.urls import path
from procrastinate.exceptions import TaskNotFound

from laojian import settings as production
from laojian.people.models import Bureau, Officer
from laojian.queue import later
from laojian.web.checks import every_address_decides_access
from laojian.web.lockout import client_address, locked
from laojian.web.sessions import keep_or_end

ROOT = Path(__file__).resolve().parents[1]
PRODUCTION = {
    "LAOJIAN_SECRET_KEY": "a long random text that no test ever signs anything of worth with; it is only long",
    "LAOJIAN_HOSTS": "laojian.example",
    "DATABASE_URL": "postgresql://laojian_app:word@db.example/laojian",
}


def asked(question: str, *values) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()


@pytest.mark.django_db
def test_the_application_is_neither_superuser_nor_above_the_row_policies():
    powers = "rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole"
    role = asked(f"SELECT {powers} FROM pg_roles WHERE rolname = current_user")
    assert role == (settings.APP_ROLE, False, False, False, False)


@pytest.mark.django_db
def test_the_application_owns_no_table():
    tables, owned = asked(
        "SELECT count(*), count(*) FILTER (WHERE tableowner = current_user) FROM pg_tables WHERE schemaname = 'public'"
    )
    assert tables > 20
    assert owned == 0


@pytest.mark.django_db
def test_text_sorts_by_code_point_on_every_server():
    assert asked("SELECT array_agg(w ORDER BY w) FROM unnest(ARRAY['b', '宝坻', 'a', 'B', '天津']) w") == (
        ["B", "a", "b", "天津", "宝坻"],
    )


@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_may_leave_rows_and_change_migrated_ones():
    migrated = sorted(Officer.objects.filter(system=True).values_list("pk", "name"))
    assert [name for _, name in migrated] == ["期限", "投诉人（凭查询码）", "用人单位（凭核验码）"]
    assert not Officer.objects.filter(username="left over").exists()
    left = Officer.objects.create(username="left over", name="甲", bureau=Bureau.objects.create(name="局", short="局"))
    assert left.pk > migrated[-1][0]
    Officer.objects.filter(username="clock").update(name="乙")


test_and_the_next_one_finds_all_as_migrated = test_a_transactional_test_may_leave_rows_and_change_migrated_ones


def started(**environment: str) -> subprocess.CompletedProcess:
    """Load the production entry as a web server does, with only this environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "-c", "import laojian.wsgi"]
    return subprocess.run(command, env=kept | environment, cwd=ROOT, capture_output=True, text=True)


@pytest.mark.parametrize("missing", PRODUCTION)
def test_production_refuses_to_start_without(missing):
    told = started(**{name: value for name, value in PRODUCTION.items() if name != missing})
    assert told.returncode == 1
    assert told.stderr.startswith(f"laojian does not start: {missing} is not set")
    assert told.stderr.count("\n") == 1


def test_production_starts_with_what_it_needs():
    assert started(**PRODUCTION).returncode == 0


def test_production_passes_django_s_own_inspection():
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "-m", "laojian", "check", "--deploy", "--fail-level", "WARNING"]
    told = subprocess.run(command, env=kept | PRODUCTION, cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr


def test_passwords_are_kept_by_argon2():
    with override_settings(PASSWORD_HASHERS=production.PASSWORD_HASHERS):
        assert hashers.make_password("一二三四五六七八九十").startswith("argon2")


def test_every_answer_forbids_inline_script_and_framing(client, db):
    policy = client.get("/no-such-page").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def view(request):
    """An address that forgot to decide."""


def decided(request):
    """An address that decided."""


decided.access = "public"
urlpatterns = [path("forgot/", view), path("decided/", decided)]


def test_an_address_without_an_access_decision_stops_the_start():
    with override_settings(ROOT_URLCONF=__name__):
        (error,) = every_address_decides_access()
    assert "forgot/" in error.msg


def test_every_address_of_ours_has_decided():
    assert every_address_decides_access() == []


@pytest.fixture
def officer(db):
    made = Officer(username="甲", name="甲")
    made.set_password("correct horse")
    made.save()
    return made


@pytest.fixture
def visit(rf, officer, client):
    """A request of a logged-in officer."""
    client.force_login(officer)
    request = rf.get("/")
    request.session, request.user = client.session, officer
    return request


@pytest.mark.parametrize(
    ("pauses", "stays"),
    [
        ([timedelta(minutes=29)], True),
        ([timedelta(minutes=31)], False),
        ([timedelta(minutes=20)] * 35, True),
        ([timedelta(minutes=20)] * 37, False),
    ],
    ids=["29 minutes idle", "31 minutes idle", "eleven hours busy", "over twelve hours busy"],
)
def test_a_login_ends_after_half_an_hour_idle_or_twelve_hours_in_all(visit, pauses, stays):
    now = 1_800_000_000.0
    keep_or_end(visit, now)
    for pause in pauses:
        now += pause.total_seconds()
        keep_or_end(visit, now)
    assert visit.user.is_authenticated is stays


def test_a_busy_minute_writes_the_session_once(visit):
    keep_or_end(visit, 1_800_000_000.0)
    visit.session.modified = False
    keep_or_end(visit, 1_800_000_030.0)
    assert not visit.session.modified


def test_five_wrong_passwords_lock_this_place_out_and_say_so(rf, officer):
    def attempt(password, address="10.0.0.1"):
        request = rf.post("/", REMOTE_ADDR=address)
        return authenticate(request, username=officer.username, password=password)

    assert attempt("correct horse") == officer
    for _ in range(settings.AXES_FAILURE_LIMIT):
        assert attempt("wrong") is None
    assert attempt("correct horse") is None
    assert attempt("correct horse", address="10.0.0.2") == officer
    answer = locked(rf.get("/"))
    assert answer.status_code == 429
    assert "15 分钟" in answer.content.decode()


@pytest.mark.parametrize(("behind", "address"), [(True, "10.1.1.1"), (False, "127.0.0.1")])
def test_a_forwarded_address_counts_only_behind_our_own_proxy(rf, behind, address):
    with override_settings(BEHIND_PROXY=behind):
        assert client_address(rf.get("/", HTTP_X_FORWARDED_FOR="6.6.6.6, 10.1.1.1")) == address


@pytest.mark.django_db(transaction=True)
def test_work_for_later_exists_only_if_its_transaction_does():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        later("builtin:procrastinate.builtin_tasks.remove_old_jobs", max_hours=1)
        raise ZeroDivisionError
    assert asked("SELECT count(*) FROM procrastinate_jobs") == (0,)
    later("builtin:procrastinate.builtin_tasks.remove_old_jobs", max_hours=1)
    assert asked("SELECT count(*) FROM procrastinate_jobs") == (1,)


def test_work_that_nobody_knows_is_refused():
    with pytest.raises(TaskNotFound):
        later("no such task")


def test_every_static_file_that_a_stylesheet_names_exists(tmp_path):
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=production.STORAGES):
        call_command("collectstatic", verbosity=0, interactive=False)
    assert (tmp_path / "staticfiles.json").exists()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_requirement_is_pinned_and_hashed_and_names_no_registry(name):
    lock = (ROOT / name).read_text()
    requirements = [entry for entry in re.split(r"\n(?=[a-z])", lock) if not entry.startswith("#")]
    assert len(requirements) > 30
    assert [
        entry for entry in requirements if not re.match(r"[a-z0-9.-]+==", entry) or "--hash=sha256:" not in entry
    ] == []
    assert "://" not in lock
