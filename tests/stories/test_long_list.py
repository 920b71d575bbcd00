"""Ten thousand rows: taken in behind the page, which tells how far it is, and each wrong row is told."""

from threading import Thread

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from laojian.employers.identifiers import invented_identity_number

from . import cast

pytestmark = pytest.mark.django_db
ROWS, EVERY = 10_000, 1_000  # one row in EVERY is wrong


def test_the_clerk_pastes_ten_thousand_rows_with_errors_in_some(people, world, time):
    file = cast.complaint(world, time("2026-03-02", 9), cast.employers()).id
    time("2026-03-02", 10)
    clerk = people(world.zhou)
    clerk.open("dossier", file).follow("粘贴或从 Excel 导入名单").sees("下载 Excel 样表")
    assert clerk.downloads("下载 Excel 样表").startswith(b"PK")
    clerk.press("导入").answered(422).sees("请粘贴名单或者选择 Excel 文件")
    rows = (
        [f"示{n}", invented_identity_number(n), "", "力工", "2026-01", "0" if n % EVERY == 7 else "100.00"]
        for n in range(ROWS)
    )
    clerk.paste("粘贴名单（第一行为表头）", cast.pasted(*rows)).press("导入").sees("正在导入", "可以关闭本页").picture(
        "import-running"
    )
    work()
    clerk.sees(f"共 {ROWS} 行", "收入 9990 行", "未收 10 行", "¥999,000.00")
    assert clerk.downloads("下载未收的行（含原因）").startswith(b"PK")
    clerk.open("dossier", file).sees("9990 名劳动者", "999,000.00")


def work() -> None:
    """The worker of the queue does what lies there, away from the browser as its own process would."""

    def run() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as queue:
            queue.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
        connection.close()

    worker = Thread(target=run)
    worker.start()
    worker.join()
