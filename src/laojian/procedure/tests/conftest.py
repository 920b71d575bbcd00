"""A year's holidays that no notice has announced yet, made up, as if it had."""

import shutil

import pytest

from laojian.lawbook import folder, law

INVENTED_2027 = """
year: 2027
statutory_days: 13
holidays: [2027-01-01, 2027-02-05, 2027-02-06, 2027-02-07, 2027-02-08, 2027-04-05, 2027-05-01, 2027-05-02, 2027-06-09,
  2027-09-15, 2027-10-01, 2027-10-02, 2027-10-03]
notices:
  - title: 2027年部分节假日安排的通知（测试虚构）
    number: 虚构〔2026〕1号
    issued_on: 2026-11-30
    breaks:
      - {name: 元旦, from: 2027-01-01, to: 2027-01-03}
      - {name: 春节, from: 2027-02-05, to: 2027-02-11, workdays: [2027-02-14]}
      - {name: 清明节, from: 2027-04-03, to: 2027-04-05}
      - {name: 劳动节, from: 2027-05-01, to: 2027-05-05, workdays: [2027-05-08]}
      - {name: 端午节, from: 2027-06-09, to: 2027-06-09}
      - {name: 中秋节, from: 2027-09-15, to: 2027-09-15}
      - {name: 国庆节, from: 2027-10-01, to: 2027-10-07, workdays: [2027-09-26, 2027-10-09]}
"""


@pytest.fixture
def announce(tmp_path, monkeypatch):
    """Calling it loads the law as in the repository together with an invented notice for 2027; undone after the test."""

    def load_notice():
        shutil.copytree(folder(), tmp_path / "law")
        (tmp_path / "law" / "calendar" / "2027.yaml").write_text(INVENTED_2027, encoding="utf-8")
        monkeypatch.setenv("LAOJIAN_LAW", str(tmp_path / "law"))
        law.cache_clear()

    yield load_notice
    monkeypatch.undo()
    law.cache_clear()
