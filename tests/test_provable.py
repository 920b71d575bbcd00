"""The whole record against the tables: whatever the owner of the database changes is found and named; what is whole gives no alarm."""

import json
import subprocess
import sys
from contextlib import closing
from datetime import UTC, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TransactionTestCase
from django.utils.timezone import now

from laojian.evidence.store import keep_bytes, store
from laojian.procedure.standing import streams
from laojian.procedure.take import open_file
from laojian.record import notes
from laojian.record.actions import ENTRY, bound, completed, write
from laojian.record.checking import Checker
from laojian.record.merkle import DIGESTS, Front
from laojian.record.models import Entry, Head
from laojian.record.proofs import consistency_path, head_document, proof, receipt, tree_size
from laojian.record.rules import CHAINED, entry_hash, line
from laojian.record.script import packed
from laojian.record.sealing import hand_out, seal, sign_head
from laojian.record.signing import known_keys, signer, verified
from laojian.record.standing import check, receipts
from laojian.record.streams import reading
from tests.casework import Story, opened, ordered
from tests.casework import investigated as looked_into
from tests.world import World, at

SHA256 = DIGESTS["sha256"]
TABLES = ("record_entry", "record_leaf", "record_node", "record_head", "record_salt", "record_tombstone")


SAID = {
    "case": "一件案子", "kind": "interference", "happened_at": "2026-03-05T10:00", "channel": "phone", "category": "internal",
    "person": "王队长", "demand": "delay", "content": "放一放", "response": "已经说明依法办理。",
}  # fmt: skip


def deed(n: int, **more) -> Entry:
    return write(kind="deed", verb="note", label=f"试记 {n}", at=now(), actor_id=1, actor_name="周", **more)


class Lived:
    """A record that was lived through: a case with papers and evidence, then many deeds; a head was signed after each part."""

    def __init__(self):
        story = Story(World())
        opened(story), looked_into(story), ordered(story)
        open_file("interference", "record_approach", by=story.world.zhang, at=at("2026-03-05", 11),
                  given=SAID | {"subject": story.world.wang.pk})  # fmt: skip
        self.file, self.start = story.file.id, now()
        self.first = self.signed(0)
        for n in range(300):
            deed(n)
        self.second = self.signed(2)
        deed(300), deed(301)
        self.third = self.signed(4)

    def signed(self, minutes: int) -> str:
        while seal():
            pass
        return head_document(sign_head(self.start + timedelta(minutes=minutes)))


@pytest.fixture(scope="module")
def lived(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        try:
            yield Lived()
        finally:
            TransactionTestCase._fixture_teardown(None)


@pytest.fixture
def owner(postgres, lived):
    """A connection of the owner with every guard of the record off; whatever it changes is undone."""
    with closing(postgres.connect(connection.settings_dict["NAME"])) as opened_:
        opened_.execute(
            "SET timezone TO 'UTC'"
        )  # as the platform's own connections: moments are part of a file's state
        for table in TABLES:
            opened_.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield opened_
        opened_.rollback()


def verdict(raw, *heads: str, receipts_held=()):
    """The report on what this connection sees, with these heads held elsewhere."""
    checker = Checker(SHA256, settings.RECORD_LOG, known_keys(), verified)
    for each in heads:
        checker.outside_head(each)
    check(checker, reading(raw, streams()), store().whole)
    leaves = dict(raw.execute("SELECT entry_id, hash FROM record_leaf").fetchall())
    receipts(checker, receipts_held, leaves.get)
    return checker.report


def test_an_untouched_record_gives_no_alarm(lived, owner):
    report = verdict(owner, lived.first, lived.second, lived.third)
    assert report.ok, report.lines()
    assert (report.entries, report.size) == (report.anchored, report.anchored) and report.heads == 3
    report = verdict(owner)
    assert report.ok and report.anchored is None and f"全部 {report.size} 条尚未锚定" in report.lines()[1]
    report = verdict(owner, lived.first)
    size = notes.read(lived.first)[0].size
    assert f"已由外存树头锚定 {size} 条，其后 {report.size - size} 条尚未锚定" in report.lines()[1]


A_STEP = "(SELECT min(id) FROM record_entry WHERE seq = 5)"
A_DEED = "(SELECT id FROM record_entry WHERE label = '试记 7')"
LAST_DEED = "(SELECT id FROM record_entry WHERE label = '试记 301')"
PAPER = "id = (SELECT min(id) FROM papers_paper WHERE issued_on IS NOT NULL)"
ONE_BYTE = "set_byte({0}, 3, get_byte({0}, 3) # 1)"
# What the owner changes: statements, the table that is named, what is said.
TAMPERINGS = {
    "what was given": (f"UPDATE record_entry SET given = given || '{{\"x\": 1}}' WHERE id = {A_STEP}", "entry", "写入后被改动过"),
    "what followed": (f"UPDATE record_entry SET effects = '{{}}' WHERE id = {A_STEP}", "entry", "写入后被改动过"),
    "a time": (f"UPDATE record_entry SET at = at + interval '1 microsecond' WHERE id = {A_STEP}", "entry", "写入后被改动过"),
    "an actor": (f"UPDATE record_entry SET actor_name = actor_name || '一' WHERE id = {A_DEED}", "entry", "写入后被改动过"),
    "a post": (f"UPDATE record_entry SET actor_post = '局长' WHERE id = {A_STEP}", "entry", "写入后被改动过"),
    "a label": (f"UPDATE record_entry SET label = '试记 八' WHERE id = {A_DEED}", "entry", "“试记 八”"),
    "a bureau": (f"UPDATE record_entry SET bureau_id = bureau_id + 1 WHERE id = {A_STEP}", "entry", "写入后被改动过"),
    "a hash": (f"UPDATE record_entry SET hash = overlay(hash PLACING 'x' FROM 9) WHERE id = {A_STEP}", "entry", "写入后被改动过"),
    "a link": (f"UPDATE record_entry SET previous = repeat('a', 64) WHERE id = {A_STEP}", "entry", "接续的不是它前一条"),
    "a state's digest": (f"UPDATE record_entry SET state_hash = repeat('a', 64) WHERE id = {A_STEP}", "entry", "写入后被改动过"),
    "a step removed": (f"DELETE FROM record_entry WHERE id = {A_STEP}", "entry", "前面的第 5 条缺失"),
    "a deed removed": (f"DELETE FROM record_entry WHERE id = {A_DEED}", "entry", "条目缺失，它的叶还在"),
    "the newest removed": (f"DELETE FROM record_entry WHERE id = {LAST_DEED}", "entry", "条目缺失，它的叶还在"),
    "one removed whole": (f"DELETE FROM record_salt WHERE entry_id = {A_DEED}; DELETE FROM record_leaf WHERE entry_id = {A_DEED};"
                          f"DELETE FROM record_entry WHERE id = {A_DEED}", "leaf", "缺失"),
    "one inserted": ("INSERT INTO record_entry (kind, verb, label, at, actor_id, actor_name, actor_post, actor_certificate, basis,"
                     " from_state, to_state, given, effects, state_hash, previous, hash) SELECT kind, verb, '多出的', at, actor_id,"
                     " actor_name, actor_post, actor_certificate, basis, from_state, to_state, given, effects, state_hash, previous,"
                     f" hash FROM record_entry WHERE id = {A_DEED}", "entry", "不是经平台写入的"),
    "two re-ordered": ("UPDATE record_entry SET seq = -seq WHERE seq IN (5, 6);"
                       "UPDATE record_entry SET seq = 11 + seq WHERE seq < 0", "entry", "写入后被改动过"),
    "two numbers exchanged": ("UPDATE record_entry SET id = -id WHERE label IN ('试记 7', '试记 8');"
                              "UPDATE record_entry SET id = (SELECT -sum(id) FROM record_entry WHERE id < 0) + id WHERE id < 0",
                              "salt", "盐被改动，或者条目连同摘要被改写"),
    "a word about interference": ("ALTER TABLE interference_approach DISABLE TRIGGER USER;"
                                  "UPDATE interference_approach SET content = '没有说'", "dossier", "现状与最近一步之后的不一致"),
    "a salt": (f"UPDATE record_salt SET salt = {ONE_BYTE.format('salt')} WHERE entry_id = {A_STEP}", "salt", "盐被改动"),
    "a salt removed": (f"DELETE FROM record_salt WHERE entry_id = {A_STEP}", "salt", "缺少盐"),
    "a leaf": (f"UPDATE record_leaf SET hash = {ONE_BYTE.format('hash')} WHERE entry_id = {A_DEED}", "leaf", "叶被改动"),
    "a leaf removed": (f"DELETE FROM record_leaf WHERE entry_id = {A_DEED}", "leaf", "缺失"),
    "a leaf's entry": (f"UPDATE record_leaf SET entry_id = 999999 WHERE entry_id = {A_DEED}", "entry", "没有叶"),
    "a subtree": (f"UPDATE record_node SET hash = {ONE_BYTE.format('hash')} WHERE index = 0", "node", "与叶重算的不符"),
    "a subtree removed": ("DELETE FROM record_node WHERE index = 0", "node", "缺失"),
    "a head's signature": ("UPDATE record_head SET signature = overlay(signature PLACING '00' FROM 5) WHERE id ="
                           " (SELECT min(id) FROM record_head)", "head", "签名与文本不符"),
    "a head's root": ("UPDATE record_head SET text = regexp_replace(text, '根：..', '根：00') WHERE id ="
                      " (SELECT max(id) FROM record_head)", "head", "签名与文本不符"),
    "a head's time": ("UPDATE record_head SET text = replace(text, '时间：2', '时间：1')", "head", "签名与文本不符"),
    "a head's size": ("UPDATE record_head SET size = size + 1 WHERE id = (SELECT max(id) FROM record_head)", "head", "条数不符"),
    "a head's key": ("UPDATE record_head SET key = 'ed25519:' || repeat('ab', 32)", "head", "不认识的密钥"),
    "the sequence": ("SELECT setval('record_entry_id_seq', 5)", "sequence", "被倒回过"),
    "a file's day": ("UPDATE dossier_dossier SET filed_on = filed_on - 1", "dossier", "有内容未经办理步骤被改动"),
    "a file's count": ("UPDATE dossier_dossier SET seq = seq - 1", "dossier", "步，记录到第"),
    "a file removed": ("DELETE FROM dossier_dossier", "dossier", "卷宗已不在"),
    "a deadline": ("UPDATE clocks_deadline SET due_on = due_on + 1 WHERE id = (SELECT min(id) FROM clocks_deadline)",
                   "dossier", "有内容未经办理步骤被改动"),
    "a party": ("UPDATE cases_party SET name = name || '一' WHERE id = (SELECT min(id) FROM cases_party)", "dossier", "被改动"),
    "evidence": ("UPDATE evidence_evidence SET proves = proves || '一' WHERE id = (SELECT min(id) FROM evidence_evidence)",
                 "dossier", "被改动"),
    "a paper's body": (f"UPDATE papers_paper SET body = body || '[{{}}]' WHERE {PAPER}", "paper", "正文与成文时的摘要不符"),
    "a paper's number": (f"UPDATE papers_paper SET number = number || '一' WHERE {PAPER}", "dossier", "被改动"),
    "a paper's copy": (f"UPDATE papers_paper SET pdf = repeat('a', 64) WHERE {PAPER}", "file", "不在存储中"),
    "a seal": ("UPDATE papers_seal SET by_name = by_name || '一' WHERE id = (SELECT min(id) FROM papers_seal)", "dossier", "被改动"),
    "an upload": ("UPDATE evidence_file SET sha256 = repeat('b', 64) WHERE id = (SELECT min(file_id) FROM evidence_evidence)",
                  "file", "不在存储中"),
}  # fmt: skip


def test_there_are_thirty_places():
    assert len(TAMPERINGS) >= 30


@pytest.mark.parametrize(("statements", "table", "told"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_what_the_owner_of_the_database_changes_is_found_and_named(lived, owner, statements, table, told):
    for statement in statements.split(";"):
        assert owner.execute(statement).rowcount, statement
    report = verdict(owner, lived.second)
    found = [fault for fault in report.faults if fault.table == table and told in str(fault)]
    assert found, report.lines()
    if "setval" in statements:
        owner.execute(
            "SELECT setval('record_entry_id_seq', (SELECT max(id) FROM record_entry))"
        )  # outlives the rollback


def test_a_change_is_dated_by_the_head_over_it(lived, owner):
    owner.execute(f"UPDATE record_entry SET label = '改' WHERE id = {A_DEED}")
    (fault,) = verdict(owner).faults
    assert notes.read(lived.second)[0].at in fault.since


def test_a_file_whose_bytes_were_changed_is_found(lived, owner):
    told = keep_bytes(b"one")
    owner.execute("UPDATE papers_paper SET pdf = %s WHERE " + PAPER, [told])
    place = store().path(told)
    place.chmod(0o640), place.write_bytes(b"two")
    assert [fault for fault in verdict(owner).faults if fault.table == "file" and told[:16] in fault.subject]
    place.unlink()


def rewritten(owner, label: str) -> str:
    """Change an entry and everything that follows from it, and sign anew, as whoever holds database and key would; the new head."""
    names = ", ".join(CHAINED)
    row = dict(
        zip(
            CHAINED,
            owner.execute(f"SELECT {names} FROM record_entry WHERE label = %s", [label]).fetchone(),
            strict=True,
        )
    )
    row |= {"label": "改写过"}
    row["hash"] = entry_hash(row | {"at": row["at"].astimezone(UTC).isoformat(timespec="microseconds")})
    key, salt, index = owner.execute(
        "SELECT e.id, s.salt, l.index FROM record_entry e JOIN record_salt s ON s.entry_id = e.id"
        " JOIN record_leaf l ON l.entry_id = e.id WHERE e.label = %s", [label],
    ).fetchone()  # fmt: skip
    owner.execute("UPDATE record_entry SET label = '改写过', hash = %s WHERE id = %s", [row["hash"], key])
    owner.execute("UPDATE record_leaf SET hash = %s WHERE index = %s", [SHA256.leaf(salt + line(row)), index])
    front = Front(SHA256)
    for (leaf,) in owner.execute("SELECT hash FROM record_leaf ORDER BY index").fetchall():
        front.add(leaf)
    for (level, place), told in front.done.items():
        owner.execute("UPDATE record_node SET hash = %s WHERE level = %s AND index = %s", [told, level, place])
    owner.execute("DELETE FROM record_head WHERE size > %s", [index])
    note = notes.Head(settings.RECORD_LOG, front.size, front.root().hex(), "sha256", "2026-11-26T00:00:00Z")
    signature = signer().sign(note.text())
    owner.execute(
        "INSERT INTO record_head (size, text, key, signature, at) VALUES (%s, %s, %s, %s, now())",
        [front.size, note.text(), signer().key, signature],
    )
    return notes.document(note, [notes.Signature("", signer().key, signature)])


def test_a_rewrite_before_the_last_outside_head_is_found_however_well_it_is_signed(lived, owner):
    fork = rewritten(owner, "试记 7")
    report = verdict(owner, lived.first, lived.second)
    (fault,) = report.faults
    assert fault.table == "head" and "改写过，或者同一日志有了分叉" in fault.text
    assert f"第 {notes.read(lived.first)[0].size} 条以前相符" in fault.since
    assert report.anchored == notes.read(lived.first)[0].size
    assert [f for f in verdict(owner, lived.third).faults if f.table == "head"], (
        "so is the fork, by anybody who kept the other head"
    )
    assert not verdict(owner, fork).faults


def test_a_rewrite_after_the_last_outside_head_reads_not_yet_anchored(lived, owner):
    rewritten(owner, "试记 301")
    report = verdict(owner, lived.first, lived.second)
    assert report.ok and report.told()["unanchored"] == 2
    assert "其后 2 条尚未锚定" in report.lines()[1]
    assert not verdict(owner, lived.third).ok


@pytest.fixture
def old_backup(postgres, lived, django_db_blocker):
    """The database as it was before two more deeds, whose head went out."""
    name = connection.settings_dict["NAME"]
    with django_db_blocker.unblock(), closing(postgres.connect("postgres", autocommit=True)) as server:
        connection.close()
        server.execute(f'CREATE DATABASE "{name}_old" TEMPLATE "{name}"')
        deed(900), deed(901), seal()
        try:
            with closing(postgres.connect(f"{name}_old", options="-c timezone=UTC")) as old:
                yield old, head_document(hand_out(now() + timedelta(days=1)))
        finally:
            server.execute(f'DROP DATABASE "{name}_old" WITH (FORCE)')


def test_a_restored_old_backup_is_found_by_a_newer_head(lived, old_backup):
    old, newer = old_backup
    assert verdict(old, lived.third).ok
    (fault,) = verdict(old, lived.third, newer).faults
    assert fault.table == "head" and "记录被回滚或者截去" in fault.text
    assert notes.read(newer)[0].at in fault.since


def test_a_receipt_that_was_not_kept_is_found(lived, owner, django_db_blocker):
    with django_db_blocker.unblock():
        entry = Entry.objects.get(label="试记 9")
        held = receipt(entry)
    assert verdict(owner, receipts_held=[held]).ok
    owner.execute("DELETE FROM record_leaf WHERE entry_id = %s", [entry.pk])
    assert [fault for fault in verdict(owner, receipts_held=[held]).faults if fault.table == "receipt"]
    forged = held.replace("条目：", "条目：1")
    assert [fault for fault in verdict(owner, receipts_held=[forged]).faults if "签名与文本不符" in fault.text]


def test_what_waits_too_long_is_reported(lived, owner):
    owner.execute(
        "INSERT INTO record_pending SELECT entry_id, hash FROM record_leaf WHERE index = (SELECT max(index) FROM record_leaf)"
    )
    owner.execute("DELETE FROM record_leaf WHERE index = (SELECT max(index) FROM record_leaf)")
    owner.execute("DELETE FROM record_head WHERE id = (SELECT max(id) FROM record_head)")
    assert verdict(owner).ok, "it was written just now"
    owner.execute("UPDATE record_entry SET written_at = written_at - interval '2 minutes'")
    (fault,) = verdict(owner).faults
    assert fault.table == "pending" and "没有按时封存" in fault.text and "应在 60 秒以内" in fault.since


def test_a_lawful_destruction_leaves_tombstones_that_still_verify(lived, owner):
    dossier = lived.file
    by = owned(owner, {
        "kind": "deed", "verb": "destroy", "label": "销毁卷宗", "at": now(), "actor_id": 1, "actor_name": "郑档案",
        "given": {"dossier": dossier, "ground": "保管期限届满，经鉴定销毁"},
    })  # fmt: skip
    gone = owner.execute("SELECT record_destroy(%s, %s)", [dossier, by]).fetchone()[0]
    report = verdict(owner, lived.first, lived.second)
    assert report.ok, report.lines()
    assert f"卷宗 {dossier} 的 {gone} 条已依法销毁" in "".join(report.notices)
    owner.execute("UPDATE record_tombstone SET by_entry = 1")
    assert {fault.table for fault in verdict(owner).faults} == {"tombstone", "dossier"}


def owned(owner, row: dict) -> int:
    """Write an entry by the owner's connection; answers its number."""
    return owner.execute(f"WITH {ENTRY}", bound(completed(row))).fetchone()[0]


def run(*arguments) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("record", *map(str, arguments), stdout=out)
    except SystemExit as ended:
        return out.getvalue(), ended.code
    return out.getvalue(), 0


def test_the_command_verifies_and_exports_and_a_stranger_verifies_the_export(lived, owner, tmp_path, django_db_blocker):
    owner.rollback()
    with django_db_blocker.unblock():
        held = tmp_path / "head.txt"
        held.write_text(lived.second)
        told, status = run("verify", "--head", held, "--json")
        assert (status, json.loads(told)["ok"]) == (0, True) and json.loads(told)["anchored"]
        assert "✓ 记录与写入时一致" in run("verify", "--no-files")[0]
        run("export", tmp_path / "out")
        with pytest.raises(CommandError, match="不是空目录"):
            run("export", tmp_path / "out")
    assert "✓ 记录与写入时一致" in stranger(
        tmp_path, "export", tmp_path / "out", "--head", held, "--files", settings.MEDIA_ROOT
    )
    place = tmp_path / "out" / "entries.tsv"
    place.write_bytes(place.read_bytes().replace("试记 42\t".encode(), "试记 43\t".encode(), 1))
    assert "写入后被改动过" in stranger(tmp_path, "export", tmp_path / "out", "--head", held, status=1)


def stranger(folder: Path, *arguments, status: int = 0) -> str:
    """What the small script says, run by a Python that has nothing of the platform."""
    script = folder / "verify.pyz"
    script.write_bytes(packed())
    done = subprocess.run(
        [sys.executable, "-I", "-S", script, *map(str, arguments)], capture_output=True, text=True, check=False, cwd="/"
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


def test_a_stranger_verifies_one_entry_and_two_heads(lived, owner, tmp_path, django_db_blocker):
    with django_db_blocker.unblock():
        one = proof(Entry.objects.get(label="试记 77"))
        sizes = [notes.read(each)[0].size for each in (lived.first, lived.third)]
        path = [each.hex() for each in consistency_path(*sizes)]
    files = {"proof": json.dumps(one), "old": lived.first, "new": lived.third, "path": json.dumps({"path": path})}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    key = signer().key
    assert "✓ 核验通过：“试记 77”" in stranger(tmp_path, "proof", tmp_path / "proof", "--key", key)
    assert "只增未改" in stranger(
        tmp_path, "heads", tmp_path / "old", tmp_path / "new", tmp_path / "path", "--key", key
    )
    assert "分叉" in stranger(tmp_path, "heads", tmp_path / "old", tmp_path / "new", status=1)
    assert "不是由您写明的公钥" in stranger(tmp_path, "proof", tmp_path / "proof", "--key", "ed25519:00", status=1)
    (tmp_path / "proof").write_text(json.dumps(one | {"line": one["line"].replace("试记 77", "试记 78")}))
    assert "不在这个树头之下" in stranger(tmp_path, "proof", tmp_path / "proof", status=1)


def test_another_bureau_witnesses_and_refuses_a_fork(lived, owner, tmp_path, django_db_blocker):
    fork = rewritten(owner, "试记 7")
    owner.rollback()
    key, (old, new, bad, path) = signer().key, (tmp_path / name for name in ("old", "new", "bad", "path"))
    old.write_text(lived.first), new.write_text(lived.third), bad.write_text(fork)
    with django_db_blocker.unblock():
        first, last = (notes.read(each)[0].size for each in (lived.first, lived.third))
        path.write_text(json.dumps({"path": [each.hex() for each in consistency_path(first, last)]}))
        run("witness", old, "--name", "武示区局", "--key", key)
        with pytest.raises(CommandError, match="一致性证明"):
            run("witness", new, "--name", "武示区局", "--key", key)
        with pytest.raises(CommandError, match="改写或者分叉"):
            run("witness", bad, "--proof", path, "--name", "武示区局", "--key", key)
        signed, _ = run("witness", new, "--proof", path, "--name", "武示区局", "--key", key)
        with pytest.raises(CommandError, match="写明的公钥"):
            run("witness", new, "--proof", path, "--name", "武示区局", "--key", "ed25519:00")
        new.write_text(signed)
        assert "已登记 1 个" in run("countersign", new, "--key", key)[0]
        assert "见证 武示区局：" in head_document(Head.objects.get(size=last))
        bad.write_text(fork)
        with pytest.raises(CommandError, match="没有签过这个树头"):
            run("countersign", bad, "--key", key)
        assert tree_size() >= last


def test_a_key_is_made_once(tmp_path):
    for kind in ("ed25519", "sm2"):
        told, _ = run("key", tmp_path / kind, "--kind", kind)
        assert told.startswith(f"{kind}:") and (tmp_path / kind).stat().st_mode & 0o777 == 0o600
        with pytest.raises(CommandError, match="不覆盖"):
            run("key", tmp_path / kind, "--kind", kind)


def test_the_application_may_add_to_the_tree_and_nothing_else(lived, postgres):
    told = "SELECT has_table_privilege(%s, %s, %s)"
    with closing(postgres.connect(connection.settings_dict["NAME"])) as asked:
        for table in ("leaf", "node", "head", "salt", "witness", "witnessed", "tombstone", "entry"):
            for right, holds in {
                "SELECT": True,
                "INSERT": True,
                "UPDATE": False,
                "DELETE": False,
                "TRUNCATE": False,
            }.items():
                row = asked.execute(told, [postgres.app["USER"], f"record_{table}", right]).fetchone()
                assert row[0] is holds, (table, right)
        sql = "SELECT has_function_privilege(%s, 'record_destroy(bigint, bigint)', 'EXECUTE')"
        assert not asked.execute(sql, [postgres.app["USER"]]).fetchone()[0]
