"""Who asked what is seen by its recorder and the discipline organ alone, whoever the person recorded is and whatever is asked."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse
from tests.world import at, officer

from laojian.dossier.models import Dossier
from laojian.dossier.queries import visible_to
from laojian.interference.models import Approach, Consequence
from laojian.interference.queries import quarter
from laojian.people.acting import acting
from laojian.people.models import Officer, Role
from laojian.people.queries import scope_of
from laojian.procedure.step import Refused
from laojian.procedure.take import open_file, take
from laojian.record.models import Entry

pytestmark = pytest.mark.django_db
SECRET = "把这个案子放一放秘甲乙"
GIVEN = {
    "case": "宝人社监立〔2026〕1号", "kind": "interference", "happened_at": "2026-03-05T10:00", "channel": "phone", "category": "internal",
    "person": "王队长", "demand": "delay", "content": SECRET, "response": "已经说明依法办理。",
}  # fmt: skip


@pytest.fixture
def organ(world):
    """The discipline officers of district and city."""
    world.jiwei = officer("jiwei", "纪示一", world.district, ["discipline"], certificate=False)
    world.shijiwei = officer("shijiwei", "纪示二", world.city, ["discipline"], certificate=False)
    return world


def recorded(world, by=None, **more):
    return open_file("interference", "record_approach", by=by or world.zhang, at=at("2026-03-05", 11),
                     given=GIVEN | {"subject": world.wang.pk} | more)  # fmt: skip


def sees(who, file) -> set[str]:
    """In how many ways an officer sees something of it, by queries as plain as they come."""
    with acting(who.pk), connection.cursor() as cursor:
        found = set()
        for table, column in (
            ("dossier_dossier", "id"),
            ("interference_approach", "dossier_id"),
            ("interference_consequence", "dossier_id"),
        ):
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", [file.id])
            found |= {table} if cursor.fetchone()[0] else set()
        return found | ({"visible_to"} if visible_to(scope_of(who, file.on)).filter(pk=file.id).exists() else set())


def test_only_recorder_and_discipline_organ_see_it_of_all_posts_there_are(organ):
    file = recorded(organ)
    posts = [
        officer(f"{role}_{bureau.pk}", "仅此岗", bureau, [role], certificate=False)
        for role in set(Role.values) - {"discipline"}
        for bureau in (organ.district, organ.city, organ.town, organ.elsewhere)
    ]
    known = {
        organ.zhang.pk,
        organ.jiwei.pk,
        organ.clock.pk,
    }  # nobody logs in as the clock, in whose name the record is verified
    others = [each for each in Officer.objects.all() if each.pk not in known]
    assert len(posts) > 40 and {each.pk: sees(each, file) for each in others if sees(each, file)} == {}
    for who in (organ.zhang, organ.jiwei):
        assert {"dossier_dossier", "interference_approach"} <= sees(who, file)


@pytest.mark.parametrize("role", ["unit_head", "deputy", "chief"])
def test_whoever_leads_is_no_discipline_organ_even_with_its_post(organ, role):
    both = officer("both", "两职", organ.district, ["discipline", role], certificate=False)
    assert sees(both, recorded(organ)) == set()


def test_what_is_about_the_discipline_organ_goes_to_the_superiors(organ):
    file = recorded(organ, subject=organ.jiwei.pk, person="纪示一")
    assert sees(organ.jiwei, file) == set() and "interference_approach" in sees(organ.shijiwei, file)
    taken = take(file.id, "take_approach", by=organ.shijiwei, at=at("2026-03-06"), given={})
    assert taken.state == "approach_taken"


def test_nobody_records_himself(organ):
    with pytest.raises(Refused, match="选的是您本人"):
        recorded(organ, by=organ.wang)


def test_the_record_of_the_bureau_and_of_the_city_do_not_know_it_and_tell_no_content(organ, client):
    file = recorded(organ)
    (entry,) = Entry.objects.filter(dossier_id=file.id)
    assert entry.bureau_id is None and set(entry.given.values()) == {"＊＊＊"}
    for who in (organ.qian, organ.cao, organ.dong, organ.sun, organ.wang, organ.zhao, organ.li, organ.city_inspector):
        client.force_login(who)
        for name in ("record", "dossiers", "workbench", "interference"):
            page = client.get(reverse(name), {"closed": "on"}).content.decode()
            assert (
                SECRET not in page and "登记干预过问" not in page.partition("<main")[2] and GIVEN["case"] not in page
            ), (who, name)
        assert client.get(reverse("dossier", args=[file.id])).status_code == 404


def test_nothing_of_it_can_be_changed_or_removed(organ):
    file = recorded(organ)
    for sql in (
        "UPDATE interference_approach SET content = ''",
        "DELETE FROM interference_approach",
        "TRUNCATE interference_approach",
    ):
        with (
            acting(organ.zhang.pk),
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    with acting(organ.zhang.pk):
        assert Approach.objects.get(pk=file.id).content == SECRET
    with acting(organ.wang.pk):  # nor unsealed by whoever cannot see it
        assert Dossier.objects.filter(pk=file.id).update(sealed=False) == 0


def test_from_recording_to_consequence(organ):
    file = recorded(organ)
    with pytest.raises(Refused, match="纪检监察办理"):
        take(file.id, "take_approach", by=organ.zhang, at=at("2026-03-06"), given={})
    take(file.id, "take_approach", by=organ.jiwei, at=at("2026-03-06"), given={})
    after = take(file.id, "note_consequence", by=organ.jiwei, at=at("2026-03-20"),
                 given={"on": "2026-03-20", "result": "谈话提醒", "document": "宝纪〔2026〕1号"})  # fmt: skip
    assert (after.state, after.dossier["open"]) == ("approach_handled", False)
    with acting(organ.zhang.pk):
        assert Consequence.objects.get(dossier_id=file.id).result == "谈话提醒"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"kind": "official"}, "正式指示须写明文号"),
        ({"subject": ""}, "请从名单里选"),
        ({"content": ""}, "请填写"),
        ({"kind": "x"}, "性质"),
    ],
)
def test_what_cannot_be_recorded_is_told(organ, more, says):
    with pytest.raises(Refused, match=says):
        recorded(organ, **more)


def test_an_instruction_with_a_number_is_no_interference(organ, client):
    recorded(organ, kind="official", category="leader", document="宝政办函〔2026〕1号")
    recorded(organ)
    client.force_login(organ.jiwei)
    page = client.get(reverse("interference"), {"on": "2026-03-05"}).content.decode()
    assert "<dt>干预</dt><dd>1 件</dd>" in page and "<dt>涉及案件</dt><dd>1 件</dd>" in page
    summary = client.get(reverse("interference_summary"), {"on": "2026-03-05"})
    assert summary.status_code == 200 and summary.content[:5] == b"%PDF-"


@pytest.mark.parametrize("on", ["9999-12-31", "0001-01-01", "昨天", ""])
def test_a_day_that_makes_no_sense_is_answered(organ, client, on):
    recorded(organ)
    client.force_login(organ.jiwei)
    for name in ("interference", "interference_summary"):
        assert client.get(reverse(name), {"on": on}).status_code == 200


def test_a_quarter_ends_where_the_next_begins():
    spans = [tuple(map(str, quarter(at(day).date()))) for day in ("2026-01-01", "2026-06-30", "2026-12-31")]
    assert spans == [("2026-01-01", "2026-04-01"), ("2026-04-01", "2026-07-01"), ("2026-10-01", "2027-01-01")]


def test_neither_print_nor_package_nor_evidence_page_is_made_of_it(organ, client):
    file = recorded(organ)
    client.force_login(organ.zhang)
    assert client.get(reverse("dossier", args=[file.id])).status_code == 200
    for page in ("whole_file", "evidence_upload", "case_package"):
        assert client.get(reverse(page, args=[file.id])).status_code == 404, page
    assert not Entry.objects.filter(kind="look", dossier_id=file.id).exists()
