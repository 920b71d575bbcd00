"""Entering evidence into a dossier: numbers, two collectors, sealed pieces, custody, and what is refused."""

import json

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from laojian.evidence import queries
from laojian.evidence.actions import attach, hand_on, keep_upload
from laojian.evidence.forms import EvidenceForm
from laojian.evidence.models import Custody, Evidence, File
from laojian.people.acting import acting

from .conftest import AT, kept, opened
from .files import JPEG, PDF, PNG


@pytest.fixture
def told(world):
    return {
        "kind": "document",
        "title": "工资表",
        "proves": "欠付 5 月、6 月、8 月工资",
        "provider": "宏达装饰（示例）有限公司",
        "collected_on": "2026-11-10",
        "collectors": [world["lead"].pk, world["second"].pk],
        "form": "checked_copy",
    }


def entered(dossier, files, told, by, **more) -> list[Evidence]:
    with acting(by.pk):
        return attach(dossier.pk, [file.pk for file in files], told | more, by, AT)


def sentences(refused) -> str:
    return "；".join(refused.value.messages)


def test_an_upload_is_kept_with_its_digest(world):
    file = kept(PDF, "工资表.pdf", world["lead"])
    row, content = queries.open_file(file.pk)
    assert content.read() == PDF and row == file
    assert (row.size, row.mime, row.name, row.uploaded_by, row.at) == (
        len(PDF), "application/pdf", "工资表.pdf", world["lead"], AT,
    )  # fmt: skip


@pytest.mark.parametrize(("name", "content"), [("工资表.pdf", JPEG), ("空.pdf", b""), ("病毒.txt", b"MZ\0\0")])
def test_a_refused_upload_leaves_neither_row_nor_bytes(world, settings, name, content):
    with pytest.raises(ValidationError, match=name):
        keep_upload(SimpleUploadedFile(name, content), by=world["lead"], at=AT)
    assert not File.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_pieces_are_numbered_in_their_dossier(world, dossier, told):
    lead = world["lead"]
    one = entered(dossier, [kept(PDF, "一.pdf", lead)], told, lead)
    more = entered(dossier, [kept(PNG, "二.png", lead), kept(JPEG, "三.jpg", lead)], told, lead, title="现场照片")
    bare = entered(dossier, [], told, lead, kind="object", title="打卡机一台")
    named = entered(dossier, [kept(PDF + b" ", "欠条.v2.pdf", lead)], told, lead, title="")
    pieces = [*one, *more, *bare, *named]
    assert [(piece.ordinal, piece.title) for piece in pieces] == [
        (1, "工资表"), (2, "现场照片（1）"), (3, "现场照片（2）"), (4, "打卡机一台"), (5, "欠条.v2"),
    ]  # fmt: skip
    assert one[0].collected_by == "lead监察（示例1号）、second监察"
    with acting(lead.pk):
        other = opened(lead)
    assert entered(other, [], told, lead)[0].ordinal == 1


def test_the_list_costs_two_queries(world, dossier, told, django_assert_num_queries):
    lead = world["lead"]
    files = [kept(PDF + bytes([nth]), f"{nth}.pdf", lead) for nth in range(5)]
    pieces = entered(dossier, files, told, lead)
    with acting(lead.pk), django_assert_num_queries(2):
        rows = list(queries.evidence_of(dossier.pk, lead.pk))
        assert [(row.file.name, [link.act for link in row.custody.all()]) for row in rows] == [
            (f"{nth}.pdf", ["entered"]) for nth in range(5)
        ]
    assert rows == pieces


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"kind": ""}, "kind", "请选择证据种类"),
        ({"proves": " "}, "proves", "证明什么"),
        ({"provider": ""}, "provider", "由谁提供"),
        ({"form": ""}, "form", "原件还是复制件"),
        ({"collected_on": "2026-11-11"}, "collected_on", "收集之日 2026-11-11 晚于入卷之日 2026-11-10"),
        ({"collectors": []}, "collectors", "两名以上监察员进行，请选齐两人（《劳动保障监察条例》第十六条）"),
        ({"kind": "electronic"}, "extraction", "来源设备或账号"),
        ({"pages": "0"}, "pages", "1"),
    ],
)
def test_each_fault_has_its_sentence(world, dossier, told, wrong, field, said):
    form = EvidenceForm(told | wrong, on=AT.date())
    assert said in "".join(form.errors[field]) and form["title"].value() == "工资表"
    with pytest.raises(ValidationError) as refused:
        entered(dossier, [kept(PDF, "一.pdf", world["lead"])], told, world["lead"], **wrong)
    assert said in sentences(refused) and not Evidence.objects.exists() and not Custody.objects.exists()


def test_one_collector_twice_is_not_two(world, dossier, told):
    lead = world["lead"]
    with pytest.raises(ValidationError, match="请选齐两人"):
        entered(dossier, [], told, lead, collectors=[lead.pk, str(lead.pk)])
    with pytest.raises(ValidationError, match="不在人员名册"):
        entered(dossier, [], told, lead, collectors=[lead.pk, 999_999])
    piece = entered(dossier, [], told, lead, collectors=[], from_complainant=True, provider="投诉人")[0]
    assert piece.from_complainant and piece.collected_by == ""


def test_recordings_and_data_need_their_file(world, dossier, told):
    for kind in ("electronic", "audio_visual"):
        with pytest.raises(ValidationError, match="须连同文件入卷"):
            entered(dossier, [], told, world["lead"], kind=kind, extraction="手机微信，截图，2026-11-09")
    with pytest.raises(ValidationError, match="须写明名称"):
        entered(dossier, [], told, world["lead"], title="")


def test_nobody_takes_a_foreign_file_by_its_id(world, dossier, told):
    lead, stranger = world["lead"], world["stranger"]
    foreign = kept(PDF, "外局.pdf", stranger)
    with pytest.raises(ValidationError, match="不是您上传的或已不存在"):
        entered(dossier, [foreign], told, lead)
    own = kept(PDF, "本局.pdf", lead)
    with acting(lead.pk):
        other = opened(lead)
    entered(other, [own], told, lead)
    with pytest.raises(ValidationError, match="”已经入卷，请重新上传"):
        entered(dossier, [own], told, lead)
    assert entered(dossier, [kept(PDF, "再传.pdf", lead)], told, lead)


def test_the_same_content_enters_a_dossier_once(world, dossier, told):
    lead = world["lead"]
    entered(dossier, [kept(PDF, "一.pdf", lead)], told, lead)
    with pytest.raises(ValidationError, match="与第 1 号证据内容完全相同"):
        entered(dossier, [kept(PDF, "二.pdf", lead)], told, lead)
    twice = [kept(PNG, "甲.png", lead), kept(PNG, "乙.png", lead)]
    with pytest.raises(ValidationError, match="内容完全相同的"):
        entered(dossier, twice, told, lead)
    assert Evidence.objects.count() == 1


def test_a_sealed_piece_is_there_for_its_readers_only(world, dossier, told):
    lead, second = world["lead"], world["second"]
    file = kept(PDF, "举报信.pdf", lead)
    handed = {"collectors": [], "from_complainant": True}
    entered(dossier, [], told, lead)
    (letter,) = entered(dossier, [file], told, lead, title="举报信", sealed=True, readers=[], **handed)
    assert (letter.ordinal, letter.readers) == (1, [lead.pk])
    assert entered(dossier, [], told, lead)[0].ordinal == 2
    assert entered(dossier, [], told, second, title="副卷材料", sealed=True, **handed)[0].ordinal == 2
    with acting(second.pk):
        assert [(row.title, row.sealed) for row in queries.evidence_of(dossier.pk, second.pk)] == [
            ("工资表", False), ("工资表", False), ("副卷材料", True),
        ]  # fmt: skip
        assert queries.files_held([file.pk]) == {file.pk}  # that it lies somewhere is told, not what it is
        assert not Evidence.objects.filter(pk=letter.pk).exists()  # the database says so, whatever is asked
    with acting(lead.pk):
        assert Evidence.objects.filter(pk=letter.pk).exists()


def test_another_bureau_sees_no_sealed_piece_whatever_it_asks(world, dossier, told):
    entered(dossier, [], told, world["lead"], sealed=True)
    with acting(world["stranger"].pk):
        assert not Evidence.objects.exists()


def test_custody_grows_and_cannot_be_changed(world, dossier, told):
    lead, second = world["lead"], world["second"]
    (piece,) = entered(dossier, [], told, lead)
    row = hand_on(piece.pk, "handed_over", by=lead, at=AT, to=" 档案室 ", note="原件一份")
    assert (row.to, row.by_name) == ("档案室", "lead监察")
    with pytest.raises(ValidationError, match="写明交给谁"):
        hand_on(piece.pk, "handed_over", by=second, at=AT)
    with pytest.raises(ValidationError):
        hand_on(piece.pk, "burnt", by=second, at=AT)
    for change in (lambda: Custody.objects.update(note="改"), lambda: Custody.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert list(Custody.objects.order_by("id").values_list("act", flat=True)) == ["entered", "handed_over"]


@pytest.mark.django_db(transaction=True)
def test_not_even_the_owner_of_the_table_changes_custody(world, dossier, told, postgres):
    entered(dossier, [], told, world["lead"])
    with postgres.connect(connection.settings_dict["NAME"], autocommit=True) as owner:
        for statement in (
            "UPDATE evidence_custody SET note = ''",
            "DELETE FROM evidence_custody",
            "TRUNCATE evidence_custody",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="只增不改"):
                owner.execute(statement)


def test_what_a_step_reads_is_the_same_for_every_viewer_and_covers_sealed_pieces(world, dossier, told):
    def read(viewer) -> dict:
        with acting(viewer.pk), connection.cursor() as cursor:
            cursor.execute(f"SELECT {queries.PART} FROM dossier_dossier d WHERE d.id = %s", [dossier.pk])
            return json.loads(cursor.fetchone()[0])

    lead, second = world["lead"], world["second"]
    none = read(lead)
    (piece,) = entered(dossier, [kept(PDF, "一.pdf", lead)], told, lead)
    one = read(lead)
    entered(dossier, [], told, lead, sealed=True)
    assert [state["count"] for state in (none, one, read(lead))] == [0, 1, 1]
    assert read(lead) == read(second) and len({none["digest"], one["digest"], read(lead)["digest"]}) == 3
    before = read(second)
    Evidence.objects.filter(pk=piece.pk).update(proves="改")
    assert read(second) != before
