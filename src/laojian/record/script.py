"""The small script for strangers: one file that Python runs, with the modules it consists of as they stand here."""

import io
import zipfile
from pathlib import Path

MODULES = ("merkle", "signatures", "rules", "notes", "checking", "standing", "stranger")
START = "import sys\n\nfrom laojian_record.stranger import main\n\nsys.exit(main())\n"
DAY = (2020, 1, 1, 0, 0, 0)  # the same bytes wherever and whenever it is packed


def packed() -> bytes:
    """The bytes of verify.pyz."""
    room = Path(__file__).parent
    content = {"__main__.py": START, "laojian_record/__init__.py": ""}
    content |= {f"laojian_record/{name}.py": (room / f"{name}.py").read_text(encoding="utf-8") for name in MODULES}
    buffer = io.BytesIO(b"#!/usr/bin/env python3\n")
    buffer.seek(0, io.SEEK_END)
    with zipfile.ZipFile(buffer, "a") as archive:
        for name, text in content.items():
            archive.writestr(zipfile.ZipInfo(name, DAY), text.encode())
    return buffer.getvalue()
