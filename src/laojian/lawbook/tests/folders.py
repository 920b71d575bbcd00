"""Law folders made for a test: a copy of the real one, changed."""

import shutil
from pathlib import Path

from laojian.lawbook import Lawbook, folder, load

NOTICE_2027 = """\
year: 2027
statutory_days: 13
holidays: [2027-01-01, 2027-02-05, 2027-02-06, 2027-02-07, 2027-02-08, 2027-04-05, 2027-05-01, 2027-05-02, 2027-06-09,
  2027-09-15, 2027-10-01, 2027-10-02, 2027-10-03]
notices:
  - title: 关于2027年部分节假日安排的通知（测试用，虚构）
    number: 测试〔2026〕1号
    issued_on: 2026-11-30
    breaks:
      - {name: 元旦, from: 2027-01-01, to: 2027-01-03}
      - {name: 春节, from: 2027-02-05, to: 2027-02-12, workdays: [2027-01-31, 2027-02-20]}
      - {name: 清明节, from: 2027-04-05, to: 2027-04-05}
      - {name: 劳动节, from: 2027-05-01, to: 2027-05-05, workdays: [2027-05-08]}
      - {name: 端午节, from: 2027-06-09, to: 2027-06-09}
      - {name: 中秋节, from: 2027-09-15, to: 2027-09-15}
      - {name: 国庆节, from: 2027-10-01, to: 2027-10-07, workdays: [2027-09-26, 2027-10-09]}
"""


def copied(into: Path) -> Path:
    """A copy of the law's data under `into`, without papers and examples."""
    return shutil.copytree(folder(), into / "law", ignore=shutil.ignore_patterns("papers", "examples"))


def with_2027(into: Path) -> Lawbook:
    """The law with a made-up notice for 2027 loaded."""
    root = copied(into)
    (root / "calendar/2027.yaml").write_text(NOTICE_2027, encoding="utf-8")
    return load(root)
