"""The tables against the record: files, papers and stored bytes, and what was destroyed. Of the standard library alone."""

import json
from collections.abc import Callable, Iterable

from . import notes
from .checking import Checker, cells, entry_of
from .rules import digest, digest_text

DIGEST = "sha256:"  # before what stands for the state of a sealed file; a state itself begins with a brace


def dossiers(checker: Checker, rows: Iterable[bytes], buried: set[int]) -> None:
    """Each file as it stands (id, steps, state text) against the newest step of its record; `buried` are the destroyed."""
    last = dict(checker.last)
    for row in rows:
        key, seq, text = row.split(b"\t", 2)
        name, known = f"卷宗 {int(key)}", last.pop(key, None)
        if known is None:
            if int(seq) and int(key) not in buried:
                checker.fault("dossier", name, f"计 {int(seq)} 步，记录中一步也没有")
            continue
        if int(known[0]) != int(seq):
            checker.fault("dossier", name, f"卷宗计 {int(seq)} 步，记录到第 {int(known[0])} 步")
        state = cells(text)[0]
        found = state.removeprefix(DIGEST) if state.startswith(DIGEST) else digest_text(state)
        if found != known[2].decode():
            checker.fault(
                "dossier", name, "现状与最近一步之后的不一致，有内容未经办理步骤被改动", f"第 {int(known[0])} 步以后"
            )
    for key in last:
        checker.fault("dossier", f"卷宗 {int(key)}", "记录还在，卷宗已不在：被删除")


def papers(checker: Checker, rows: Iterable[bytes]) -> None:
    """Each fixed paper (id, file, label, number, day, digest, body) against its own digest, which the file's state holds."""
    for row in rows:
        key, dossier, label, number, on, told, body = cells(row)
        if digest({"number": number, "on": on, "body": json.loads(body)}) != told:
            checker.fault(
                "paper", f"卷宗 {dossier} 文书 {key}《{label}》{number}", "正文与成文时的摘要不符", f"{on} 成文以后"
            )


def files(checker: Checker, rows: Iterable[bytes], whole: Callable[[str], bool]) -> None:
    """The bytes behind each digest that the tables tell of (digest, where)."""
    for row in rows:
        told, where = cells(row)
        if not whole(told):
            checker.fault("file", f"文件 {told[:16]}…（{where}）", "不在存储中，或者字节被改动")


def destroyed(checker: Checker, rows: Iterable[bytes]) -> set[int]:
    """Every tombstone is told of by an entry of destruction, itself in the tree; `rows` are those entries with their numbers.

    Answers the files that were destroyed.
    """
    telling, buried = {}, set()
    for row in rows:
        key, _, line = row.partition(b"\t")
        telling[int(key)] = entry_of(line)
    for by, gone in checker.told_of.items():
        entry = telling.get(by)
        if entry is None or entry["verb"] != "destroy":
            checker.fault("tombstone", f"条目 {gone[0]} 等 {len(gone)} 条", f"登记由条目 {by} 销毁，该条不是销毁的记录")
        else:
            buried.add(entry["given"].get("dossier"))
            checker.report.notices.append(
                f"卷宗 {entry['given'].get('dossier')} 的 {len(gone)} 条已依法销毁（条目 {by}，{entry['at'][:10]}，"
                f"{entry['actor_name']}），叶仍可核对。"
            )
    return buried


def receipts(checker: Checker, documents: Iterable[str], leaf_of: Callable[[int], bytes | None]) -> None:
    """Receipts that people hold: what each promised must stand in the tree. `leaf_of` answers the sealed leaf of an entry."""
    for told in documents:
        note, signatures = notes.read(told)
        name = f"回执（条目 {note.entry}）" if isinstance(note, notes.Receipt) else "回执"
        if not isinstance(note, notes.Receipt) or note.log != checker.log:
            checker.fault("receipt", name, f"不是日志“{checker.log}”的回执")
        elif not [s for s in signatures if checker.verified(s.key, note.text().encode(), s.value)]:
            checker.fault("receipt", name, "签名与文本不符")
        elif leaf_of(note.entry) != bytes.fromhex(note.leaf):
            checker.fault("receipt", name, "所承诺的叶没有封存，或者与封存的不同", f"出具于 {note.at}")


def check(checker: Checker, read: Callable[[str], Iterable[bytes]], whole: Callable[[str], bool] | None) -> None:
    """Read every stream of the record once, and compare. `whole` says of a digest whether its bytes are there and sound."""
    checker.stored_heads(read("heads"))
    checker.gone(read("gone"))
    checker.entries(read("entries"))
    checker.close(read("nodes"), read("sequence"), read("orphans"))
    dossiers(checker, read("dossiers"), destroyed(checker, read("destructions")))
    papers(checker, read("papers"))
    if whole:
        files(checker, read("files"), whole)
