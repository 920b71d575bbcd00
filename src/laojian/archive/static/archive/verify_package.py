"""核验一个案卷包，不需要平台和网络：python3 verify.py [案卷包.zip 或者解开的文件夹] [--digest 清单摘要]

Needs Python 3.8 and nothing else. Names every member that differs, is missing or was added; answers 0 when all agree, else 1.
"""

import argparse
import hashlib
import importlib
import io
import json
import pathlib
import sys
import tempfile
import zipfile
from contextlib import redirect_stdout

MANIFEST, SEAL, RECORD = "manifest.json", "manifest.sha256", "verify.pyz"


class Folder:
    """An unpacked package."""

    def __init__(self, root):
        self.root = root

    def names(self):
        return {
            p.relative_to(self.root).as_posix()
            for p in self.root.rglob("*")
            if p.is_file() and "__pycache__" not in p.parts
        }

    def open(self, name):
        return (self.root / name).open("rb")


class Zip:
    """A package as it was downloaded."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)

    def names(self):
        return {name for name in self.zip.namelist() if not name.endswith("/")}

    def open(self, name):
        return self.zip.open(name)


def digest(package, name):
    """SHA-256 of a member, read in pieces; None when its bytes cannot be read whole."""
    told = hashlib.sha256()
    try:
        with package.open(name) as content:
            for piece in iter(lambda: content.read(1 << 20), b""):
                told.update(piece)
    except (OSError, KeyError, EOFError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return None
    except Exception as wrong:  # a damaged stream: zlib says so in its own way
        if type(wrong).__module__ not in ("zlib", "lzma", "bz2"):
            raise
        return None
    return told.hexdigest()


def read(package, name):
    with package.open(name) as content:
        return content.read()


def compared(package, wanted_digest):
    """Every difference between package and manifest, each a sentence that begins with the member's name."""
    own = digest(package, MANIFEST)
    if own is None:
        return [MANIFEST + "：缺失或者损坏，无法核对"]
    found = []
    told = ""
    if digest(package, SEAL) is not None:
        told = read(package, SEAL).decode("utf-8", "replace").split()[:1]
    if not told or told[0] != own:
        found.append(MANIFEST + "：与 " + SEAL + " 不符，两者之一被改动")
    if wanted_digest and wanted_digest != own:
        found.append(MANIFEST + "：与您写明的摘要不符")
    try:
        listed = json.loads(read(package, MANIFEST).decode("utf-8"))["files"]
        rows = [(str(name), row["sha256"]) for name, row in listed.items()]
    except (ValueError, KeyError, TypeError, AttributeError):
        return [*found, MANIFEST + "：内容已损坏，读不出清单"]
    there = package.names()
    for name, expected in sorted(rows):
        if name not in there:
            found.append(name + "：缺失")
        elif digest(package, name) != expected:
            found.append(name + "：与清单不符，被改动或者损坏")
    extra = there - {name for name, _ in rows} - {MANIFEST, SEAL}
    return found + [name + "：清单中没有，是后来加入的" for name in sorted(extra)]


def proved(package):
    """Verify the proof of each entry by the record's own script, which lies in the package. Answers (how many, faults)."""
    proofs = sorted(name for name in package.names() if name.startswith("proofs/"))
    if not proofs or RECORD not in package.names():
        return 0, []
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        script = pathlib.Path(folder, RECORD)
        script.write_bytes(read(package, RECORD))
        sys.path.insert(0, str(script))
        try:
            main = importlib.import_module("laojian_record.stranger").main
        except SyntaxError:
            return 0, ["存在证明需要 Python 3.11 以上，没有核验"]
        for name in proofs:
            place = pathlib.Path(folder, "proof.json")
            place.write_bytes(read(package, name))
            said = io.StringIO()
            with redirect_stdout(said):
                good = main(["proof", str(place)]) == 0
            if not good:
                faults.append(name + "：" + said.getvalue().strip())
    return len(proofs), faults


def main():
    asked = argparse.ArgumentParser(description="核验案卷包")
    asked.add_argument("package", nargs="?", default=str(pathlib.Path(__file__).resolve().parent))
    asked.add_argument("--digest", default="", help="从别处得来的清单摘要（平台记录中写有）")
    told = asked.parse_args()
    place = pathlib.Path(told.package)
    try:
        package = Folder(place) if place.is_dir() else Zip(place)
    except (OSError, zipfile.BadZipFile):
        print("⚠ 核验不通过：" + str(place) + " 不是案卷包，或者压缩包损坏、不完整")
        return 1
    found = compared(package, told.digest)
    count, faults = (0, []) if found else proved(package)
    for line in found + faults:
        print("⚠ " + line)
    if found or faults:
        print(f"核验不通过：共 {len(found) + len(faults)} 处不符。")
        return 1
    print(f"✓ 核验通过：{len(package.names())} 个文件与清单相符；清单摘要 {digest(package, MANIFEST)}")
    print(f"  {count} 条记录有存在证明，全部有效。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
