"""The process is killed with -9 in the middle of a thousand steps: what was acknowledged is there whole, nothing is there by half."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from laojian.dossier.models import Dossier
from laojian.intake.models import Source
from laojian.papers.models import Counter
from laojian.people.acting import acting
from laojian.record.models import Entry

from .whole import halves

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[4]
STEPS = 1000


def url() -> str:
    """The address of this test's database, as the application logs in."""
    at = connection.settings_dict
    login = f"{quote(at['USER'])}:{quote(at['PASSWORD'])}" if at["PASSWORD"] else quote(at["USER"])
    return f"postgresql://{login}@/{at['NAME']}?host={quote(at['HOST'], safe='')}&port={at['PORT']}&application_name=taking"


def begin(folder: Path) -> subprocess.Popen:
    """The program that takes steps, in a process of its own."""
    us = {"DATABASE_URL": url(), "DJANGO_SETTINGS_MODULE": "tests.settings", "TMPDIR": str(folder)}
    path = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    command = [sys.executable, "-m", "laojian.procedure.tests.taking", str(STEPS)]
    environment = os.environ | us | {"PYTHONPATH": path}
    return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def killed_after(count: int, folder: Path) -> list[tuple[int, int, str]]:
    """What the program acknowledged when it was killed, some moment after so many steps."""
    program = begin(folder)
    said = [program.stdout.readline() for _ in range(count)]
    time.sleep(0.0037 * (count % 5))
    program.send_signal(signal.SIGKILL)
    said += program.stdout.read().splitlines()
    assert program.wait(30) == -signal.SIGKILL
    wait_for_the_server()
    lines = [line.split() for line in said]
    return [(int(line[0]), int(line[1]), line[2]) for line in lines if len(line) == 3]


def wait_for_the_server() -> None:
    """Until PostgreSQL has noticed that the program is gone, and rolled back what it was at."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND application_name = 'taking'"
            )
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the program's connection is still there")


@pytest.mark.parametrize("count", [3, 41, 307])
def test_every_acknowledged_step_is_there_whole_and_no_half_step(world, tmp_path, count):
    acknowledged = killed_after(count, tmp_path)
    assert count <= len(acknowledged) < STEPS

    kept = {(e.dossier_id, e.seq, e.to_state) for e in Entry.objects.all()}
    assert set(acknowledged) <= kept
    assert len(kept) - len(acknowledged) <= 1  # the last may have been committed and not yet said

    with acting(world.clock.pk):
        files = list(Dossier.objects.values_list("pk", flat=True))
    assert set(files) == {file_id for file_id, _, _ in kept}
    assert {file_id: found for file_id in files if (found := halves(file_id))} == {}
    assert Counter.objects.get(word="登").last == Source.objects.count() == len(files)
