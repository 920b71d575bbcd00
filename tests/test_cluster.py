"""The embedded PostgreSQL: shared while somebody uses it, gone afterwards, whole again after it was killed."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from laojian import cluster
from laojian.cluster import FOR_TESTS, Cluster, ClusterError

JOIN = """
import sys
from pathlib import Path
from laojian.cluster import Cluster, FOR_TESTS
with Cluster(Path(sys.argv[1]), FOR_TESTS) as server:
    print("began" if server.began else "joined", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder():
    """A folder for a cluster, which leaves nothing behind; the account that runs the server may enter it."""
    cluster.home().mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix="test-cluster-", dir=cluster.home()))
    made.chmod(0o755)
    yield made
    elsewhere = Cluster(made).data.parent
    shutil.rmtree(made)
    if elsewhere != made.resolve():
        shutil.rmtree(elsewhere)


def answers(server: Cluster) -> bool:
    return cluster.answers(server.admin_url)


def query(server: Cluster, text: str):
    with psycopg.connect(server.admin_url) as connection:
        return connection.execute(text).fetchone()


def test_the_last_one_to_leave_stops_the_server(folder):
    with Cluster(folder, FOR_TESTS) as ours:
        assert ours.began
        other = subprocess.Popen(
            [sys.executable, "-c", JOIN, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert other.stdout.readline() == "joined\n"
    assert answers(ours)
    other.communicate()
    assert not answers(ours)


def test_one_who_was_killed_has_left(folder):
    with Cluster(folder, FOR_TESTS) as ours:
        other = subprocess.Popen([sys.executable, "-c", JOIN, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert other.stdout.readline() == b"joined\n"
        other.kill()
        other.communicate()
    assert not answers(ours)


def test_a_forked_child_that_ends_stops_nothing(folder):
    with Cluster(folder, FOR_TESTS) as ours:
        child = os.fork()
        if child == 0:
            ours.__exit__()
            os._exit(0)
        os.waitpid(child, 0)
        assert answers(ours)


def test_a_server_killed_outright_comes_back_with_what_it_had_promised(folder):
    with Cluster(folder) as ours:
        with psycopg.connect(ours.admin_url, autocommit=True) as connection:
            connection.execute("CREATE TABLE promised (word text)")
            connection.execute("INSERT INTO promised VALUES ('kept')")
        os.kill(int((ours.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        with Cluster(folder) as again:
            assert again.began
            assert query(again, "SELECT word FROM promised") == ("kept",)


def test_a_mark_left_by_a_machine_that_lost_power_does_not_keep_it_from_starting(folder):
    with Cluster(folder, FOR_TESTS) as ours:
        mark = (ours.data / "postmaster.pid").read_text().split("\n")
    # After the restart another program, here this one, has been given the dead server's number.
    (ours.data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *mark[1:]]))
    with Cluster(folder, FOR_TESTS) as again:
        assert answers(again)


def test_a_cluster_half_laid_out_is_laid_out_again(folder):
    (folder / "data.new" / "base").mkdir(parents=True)
    with Cluster(folder, FOR_TESTS) as ours:
        assert answers(ours)


def test_a_path_too_long_for_a_socket_gets_a_short_one(folder, monkeypatch):
    monkeypatch.setattr(cluster, "SOCKET_PATH_LIMIT", 10)
    with Cluster(folder, FOR_TESTS) as ours:
        assert ours.socket != ours.data
        assert answers(ours)
        assert ours.socket.stat().st_mode & 0o077 == 0
    shutil.rmtree(ours.socket)


def test_without_any_postgresql_the_error_says_what_to_do(folder, monkeypatch):
    monkeypatch.setattr(cluster, "installed", lambda: iter(()))
    with pytest.raises(ClusterError, match=r"make env.*DATABASE_URL"), Cluster(folder):
        pass


def test_data_of_a_version_that_is_not_here_are_not_touched(folder):
    (folder / "data").mkdir()
    (folder / "data" / "PG_VERSION").write_text("9\n")
    with pytest.raises(ClusterError, match="written by PostgreSQL 9, which is not installed here"), Cluster(folder):
        pass


def test_preparing_a_server_makes_two_roles_and_takes_powers_away_again(folder):
    with Cluster(folder, FOR_TESTS) as ours:
        admin = ours.admin_url
        query_string = admin.partition("?")[2]
        owner = f"postgresql://o:first@/files?{query_string}"
        app = f"postgresql://a:word@/files?{query_string}"
        cluster.prepare(admin, owner, app)
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute("ALTER ROLE a SUPERUSER BYPASSRLS")
        cluster.prepare(admin, owner, app)
        with psycopg.connect(owner) as connection:
            connection.execute("CREATE TABLE claim (id bigserial PRIMARY KEY)")
        with psycopg.connect(app, autocommit=True) as connection:
            connection.execute("INSERT INTO claim DEFAULT VALUES")
            for refused in ("TRUNCATE claim", "CREATE TABLE mine ()", "SET ROLE o", "ALTER TABLE claim ADD word text"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(refused)


def test_one_role_for_both_duties_is_refused():
    url = "postgresql://one@/files"
    with pytest.raises(ClusterError, match="two different roles"):
        cluster.prepare("postgresql://postgres@/postgres", url, url)
