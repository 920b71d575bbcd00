"""The record's pages: who reads which, how it is narrowed, and that the verification finds what was changed behind it."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.timezone import now
from openpyxl import load_workbook
from tests.test_path import COMPLAINT
from tests.world import at

from laojian.people.actions import deed
from laojian.people.queries import me_on
from laojian.procedure.take import open_file, take
from laojian.record.models import Entry
from laojian.record.sealing import seal, sign_head

pytestmark = pytest.mark.django_db
FILING = {
    "matter": "wages",
    "began_on": "2025-10-01",
    "violation": "continuing",
    "opinion": "拟立案查处",
    "in_competence": True,
}
TIP = {
    "kind": "tip", "matter": "wages", "respondent": "宏示装饰工程（示例）有限公司", "respondent_kind": "employer",
    "summary": "拖欠工资", "informant_name": "密示人", "informant_phone": "13900000009", "informant_note": "只在夜里接电话",
}  # fmt: skip


@pytest.fixture
def file(world):
    opened = open_file("general", "register", by=world.zhou, at=at("2026-01-05"), given=COMPLAINT)
    take(opened.id, "propose_filing", by=world.zhou, at=at("2026-01-06"), given=FILING)
    return take(opened.id, "file", by=world.wang, at=at("2026-01-07"), given={"opinion": "同意立案"})


def done(client, **query) -> list[str]:
    """What was done, as the list tells it, newest first."""
    page = client.get(reverse("record"), query).content.decode()
    found = re.findall(r'<th scope="row">(.*?)</th>', page, re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in found]


def test_supervision_of_the_city_reads_everything(client, world, file):
    client.force_login(world.cao)
    assert done(client) == ["批准立案 同意立案", "拟予立案 拟立案查处", "登记 宝人社监登〔2026〕1号"]


@pytest.mark.parametrize(
    ("viewer", "status"),
    [("cao", 200), ("dong", 200), ("qian", 200), ("sun", 200), ("zhang", 403), ("wang", 403), ("admin", 403)],
)
def test_the_whole_record_is_for_those_who_answer_for_it(client, world, file, viewer, status):
    client.force_login(getattr(world, viewer))
    assert client.get(reverse("record")).status_code == status


def test_a_chief_reads_the_own_line_only(client, world, file):
    open_file("general", "register", by=world.outsider, at=at("2026-01-08"), given=COMPLAINT)
    open_file("general", "register", by=world.town_inspector, at=at("2026-01-08"), given=COMPLAINT)
    client.force_login(world.qian)
    bureaus = Entry.objects.filter(bureau_id__in=[world.district.pk, world.town.pk])
    assert len(done(client)) == bureaus.count() == 4
    client.force_login(world.cao)
    assert len(done(client)) == 5


def test_a_handler_reads_the_record_of_a_file_that_may_be_seen(client, world, file):
    url = f"{reverse('record')}?dossier={file.id}"
    client.force_login(world.zhang)
    assert client.get(url).status_code == 200
    client.force_login(world.outsider)
    assert client.get(url).status_code == 404
    assert client.post(reverse("record_verify", args=[file.id])).status_code == 404
    for nonsense in ("0", "x", "9" * 30, "-1", "²"):
        assert client.get(reverse("record"), {"dossier": nonsense}).status_code == 404, nonsense


def test_the_record_is_narrowed_by_who_kind_and_days(client, world, file):
    deed(me_on(world.cao, now().date()), "look", "查看证据", now(), kind="look", dossier_id=file.id)
    client.force_login(world.cao)
    assert len(done(client, who="王队")) == 1
    assert done(client, kind="look") == ["查看 查看证据"]
    assert len(done(client, since="2026-01-06", until="2026-01-06")) == 1
    assert len(done(client, until="2026-01-05")) == 1
    assert len(done(client, dossier=file.id, kind="step")) == 3
    page = client.get(reverse("record"), {"since": "soon"}).content.decode()
    assert "不是一个日期" in page


def test_a_day_ends_at_midnight_in_china(client, world, file):
    take(
        file.id,
        "keep_party",
        by=world.zhou,
        at=at("2026-01-08", 23, 59),
        given={"kind": "developer", "role": "liable", "name": "示例置业"},
    )
    client.force_login(world.cao)
    assert len(done(client, since="2026-01-08", until="2026-01-08")) == 1
    assert done(client, since="2026-01-09") == []


def test_the_record_is_paged_by_key_and_exported(client, world, file):
    me = me_on(world.cao, now().date())
    for n in range(60):
        deed(me, "note", f"试记 {n}", now() + timedelta(seconds=n))
    client.force_login(world.cao)
    page = client.get(reverse("record"))
    following = re.search(r'href="(\?[^"]+)" rel="next"', page.content.decode())[1]
    rest = client.get(reverse("record") + following).content.decode()
    assert "试记 59" in page.content.decode() and "试记 59" not in rest and "批准立案" in rest
    sheet = load_workbook(BytesIO(client.get(reverse("record"), {"export": "xlsx"}).content)).active
    assert sheet.max_row == 1 + 63


def test_the_list_costs_the_same_for_any_number(client, world, file, django_assert_max_num_queries):
    client.force_login(world.qian)
    client.get(reverse("account"))  # the first request of a login writes its session
    for _ in range(3):
        open_file("general", "register", by=world.town_inspector, at=at("2026-01-08"), given=COMPLAINT)
        with django_assert_max_num_queries(10):  # 8, and the savepoint that a test's transaction makes of the request's
            client.get(reverse("record"), {"who": "刘", "kind": "step", "since": "2026-01-01"})


def test_who_reported_stands_nowhere_in_the_record(client, world):
    file = open_file("general", "register", by=world.zhou, at=at("2026-01-05"), given=TIP)
    client.force_login(world.cao)
    for query in ({}, {"dossier": file.id}):
        page = client.get(reverse("record"), query).content.decode()
        assert "登记" in page
        assert not [secret for secret in ("密示人", "13900000009", "夜里接电话") if secret in page]
    sheet = load_workbook(BytesIO(client.get(reverse("record"), {"export": "xlsx"}).content)).active
    assert "密示人" not in str(list(sheet.values))


def verdict(client, dossier_id: int) -> str:
    """What the verification says, as text."""
    answer = client.post(reverse("record_verify", args=[dossier_id]), follow=True)
    assert answer.redirect_chain == [(f"/record?dossier={dossier_id}", 302)]
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def test_a_record_as_it_was_written_is_verified_and_that_is_recorded(client, world, file):
    client.force_login(world.zhang)
    assert "✓ 核验一致" in verdict(client, file.id)
    entry = Entry.objects.latest("id")
    assert (entry.kind, entry.verb, entry.dossier_id, entry.seq) == ("look", "verify_record", file.id, None)
    assert "核验一致" not in client.get(f"/record?dossier={file.id}").content.decode(), "told once"
    assert "✓ 核验一致" in verdict(client, file.id), "the verification's own entry is sound too"
    assert client.get(reverse("record_verify", args=[file.id])).status_code == 405


TAMPERINGS = {
    "an opinion": ("UPDATE record_entry SET given = '{}' WHERE seq = 3", "第 3 条“批准立案”的内容与摘要不符"),
    "a day": ("UPDATE record_entry SET at = at - interval '1 day' WHERE seq = 2", "第 2 条“拟予立案”的内容与摘要不符"),
    "one removed": ("DELETE FROM record_entry WHERE seq = 2", "第 2 条缺失"),
    "the last removed": ("DELETE FROM record_entry WHERE seq = 3", "第 3 条缺失"),
    "the file": ("UPDATE dossier_dossier SET filed_on = '2026-01-01'", "卷宗现状与最近一步“批准立案”之后的不一致"),
    "the count": ("UPDATE dossier_dossier SET seq = 2", "卷宗只计 2 条"),
    "a look": ("UPDATE record_entry SET actor_name = '别人' WHERE kind = 'look'", "的“查看证据”的内容与摘要不符"),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("statement", "told"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_the_verification_finds_what_the_owner_of_the_database_changed(client, world, file, postgres, statement, told):
    deed(me_on(world.cao, now().date()), "look", "查看证据", now(), kind="look", dossier_id=file.id)
    with postgres.connect(connection.settings_dict["NAME"]) as owner:
        owner.execute("ALTER TABLE record_entry DISABLE TRIGGER USER")
        assert owner.execute(statement).rowcount == 1
        owner.execute("ALTER TABLE record_entry ENABLE TRIGGER USER")
    client.force_login(world.cao)
    page = verdict(client, file.id)
    assert "⚠ 核验不一致" in page
    assert told in page


@pytest.mark.django_db(transaction=True)
def test_an_entry_rewritten_with_its_hash_breaks_the_chain(client, world, file, postgres):
    """Whoever recomputes the hash of what was changed is found by the entry after it."""
    with postgres.connect(connection.settings_dict["NAME"]) as owner:
        owner.execute("ALTER TABLE record_entry DISABLE TRIGGER USER")
        owner.execute("UPDATE record_entry SET hash = repeat('a', 64) WHERE seq = 2")
        owner.execute("ALTER TABLE record_entry ENABLE TRIGGER USER")
    client.force_login(world.cao)
    assert "第 3 条“批准立案”接续的不是它前一条现在的内容" in verdict(client, file.id)


def test_an_entry_says_where_it_is_sealed_and_gives_its_proof_to_keep(client, world, file):
    client.force_login(world.zhang)
    url, proof = f"{reverse('record')}?dossier={file.id}", reverse("record_proof", args=[file.entry])
    assert client.get(url).content.decode().count("待封存") == 3
    kept = client.get(proof)
    assert f'filename="receipt-{file.entry}.txt"' in kept["Content-Disposition"] and "回执" in kept.content.decode()
    seal()
    assert client.get(url).content.decode().count("等待树头") == 3
    sign_head(now())
    page = client.get(url).content.decode()
    assert "✓ 第 3 条" in page and "在 3 条的树头之下" in page and proof in page
    assert client.get(proof).json()["size"] == 3
    client.force_login(world.outsider)
    assert client.get(proof).status_code == 404


def test_a_deed_of_administration_is_proved_to_those_who_answer_for_the_record(client, world):
    entry = deed(me_on(world.qian, now().date()), "note", "试记", now())
    for viewer, status in ((world.qian, 200), (world.cao, 200), (world.zhang, 404), (world.outsider_head, 404)):
        client.force_login(viewer)
        assert client.get(reverse("record_proof", args=[entry.pk])).status_code == status, viewer.name


def test_heads_are_for_everybody(client, world, file, settings):
    assert "还没有签名的树头" in client.get(reverse("heads")).content.decode()
    seal()
    old = sign_head(now() - timedelta(days=1))
    deed(me_on(world.cao, now().date()), "note", "试记", now())
    seal()
    new = sign_head(now())
    page = client.get(reverse("heads")).content.decode()
    assert page.count("条</td>") == 2 and f"first={old.size}&amp;second={new.size}" in page
    document = client.get(reverse("head", args=[new.pk])).content.decode()
    assert document.startswith(new.text) and "签名：" in document
    path = client.get(reverse("consistency"), {"first": old.size, "second": new.size})
    assert path.json()["path"]
    for wrong in (
        {},
        {"first": "x", "second": 2},
        {"first": 2, "second": 4},
        {"first": 4, "second": 3},
        {"first": "9" * 30, "second": 4},
    ):
        assert client.get(reverse("consistency"), wrong).status_code == 404, wrong
    assert client.get(reverse("verify_script")).content.startswith(b"#!/usr/bin/env python3")
    settings.RECORD_SIGNER = ""
    client.force_login(world.zhang)
    entry = deed(me_on(world.zhang, now().date()), "look", "查看证据", now(), kind="look", dossier_id=file.id)
    assert "没有设定签名密钥" in client.get(reverse("record_proof", args=[entry.pk])).content.decode()
