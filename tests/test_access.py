"""Every address × every role, derived from the resolver: who is let in, who is sent to the login, who finds nothing."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse

import laojian
from laojian.cases.imports import begin
from laojian.credit.models import Trial
from laojian.credit.schemes import written
from laojian.employers.actions import register_employer
from laojian.evidence.actions import keep_upload
from laojian.evidence.models import Evidence
from laojian.evidence.pieces import begin as begin_upload
from laojian.exchange.actions import send
from laojian.exchange.models import Outgoing
from laojian.inspections.tests.drawing import opened
from laojian.inspections.tests.planned import published
from laojian.papers.models import Paper, Seal
from laojian.people.acting import acting
from laojian.people.models import Post, Role
from laojian.portal.access import OFFICER, PUBLIC
from laojian.procedure.take import open_file, take
from laojian.record import sealing
from laojian.web.checks import addresses
from tests.test_path import COMPLAINT
from tests.world import at, officer

pytestmark = pytest.mark.django_db

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
OF_A_FILE = {
    "dossier_id",
    "paper_id",
    "evidence_id",
    "source_id",
    "row_id",
    "job_id",
    "entry_id",
    "upload_id",
    "outgoing_id",
}


def named() -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Every named address: name, names of its arguments, who may open it."""
    found = []

    def walk(resolver):
        for entry in resolver.url_patterns:
            if hasattr(entry, "url_patterns"):
                walk(entry)
            else:
                found.append((entry.name, tuple(entry.pattern.converters), entry.callback.access))

    walk(get_resolver())
    return found


ADDRESSES = named()


@pytest.fixture
def things(world):
    """One of everything that an address can name, in the district's bureau."""
    file = open_file("general", "register", by=world.zhou, at=at("2026-01-05"), given=COMPLAINT)
    kept = keep_upload(SimpleUploadedFile("工资条.png", PNG), by=world.zhou, at=at("2026-01-05", 10))
    given = {"kind": "document", "title": "工资条", "proves": "欠薪", "provider": "投诉人", "collected_on": "2026-01-05", "form": "copy",
             "from_complainant": True}  # fmt: skip
    take(file.id, "add_evidence", by=world.zhou, at=at("2026-01-05", 10), given=given | {"files": [kept.pk]})
    job = begin(
        file.id, by=world.zhou, name="名单", content="姓名\t月份\t金额\n示例甲\t2025-10\t100".encode(), pasted=True
    )
    with acting(world.zhou.pk):
        paper = Paper.objects.filter(dossier_id=file.id).first()
        piece = Evidence.objects.get()
        seal = Seal.objects.create(paper=paper, way="scan", on="2026-01-06", file=kept.sha256, by_name="周受理")
    upload = begin_upload(file.id, "现场.mp4", 9 << 20, 0, by=world.zhou, at=at("2026-01-05", 10))
    plan = published(world)
    draw = opened(world, plan)
    employer = register_employer({"name": "示例甲公司", "kind": "company", "region": "宝示区"})
    with acting(world.zhou.pk):
        send(file.id, "listing", "listing:1", {"name": "示例甲公司"}, at=at("2026-01-05"), due_on=None)
    rules = written("national")
    trial = Trial.objects.create(
        bureau=world.district, officer=world.wang, made_at=at("2026-01-05"), on="2026-01-05", before="甲", after="乙",
        before_rules=rules, after_rules=rules, matrix={"A>B": 1},
    )  # fmt: skip
    sealing.seal()
    return {
        "trial_id": trial.pk,
        "head_id": sealing.sign_head(at("2026-01-05", 11)).pk, "entry_id": file.entry,
        "dossier_id": file.id, "paper_id": paper.pk, "evidence_id": piece.pk, "source_id": file.sources[0]["id"], "row_id": seal.pk,
        "job_id": job.pk, "upload_id": upload.pk, "nth": 1, "copy_id": 0, "camera_id": 0,
        "verb": "propose_filing", "what": "seal", "officer_id": world.zhang.pk, "employer_id": employer.pk,
        "post_id": Post.objects.filter(officer=world.zhang).first().pk, "key": "lsr-17", "token": "abcdefgh2345", "calculator": "overtime",
        "plan_id": plan.id, "draw_id": draw.id, "ordinal": 1,
        "outgoing_id": Outgoing.objects.first().pk, "platform": "sharing", "form": "json",
    }  # fmt: skip


def url_of(name: str, arguments: tuple[str, ...], things: dict) -> str:
    """The address filled with one of everything."""
    return reverse(name, kwargs={each: things[each] for each in arguments})


def test_every_address_has_a_name_and_a_decision():
    assert {name for name, _, _ in ADDRESSES if not name} == set()
    assert len(ADDRESSES) == len(addresses(get_resolver()))


HOSTILE = ("²", "９９", "9" * 40, "-1", "1e9", "'; --", "\x00", "2026-13-45~²", "2026-01-05~" + "9" * 40)
# Every name that a page reads from its address, or that a form of the pages has.
SOURCE = [
    path.read_text(encoding="utf-8")
    for room in ("web", "portal")
    for path in (Path(laojian.__file__).parent / room).rglob("*.py")
]
READ = re.compile(r"GET(?:\.get\(|\[)\"(\w+)\"|^ {4}(\w+) = forms\.", re.M)
ASKED = {name for text in SOURCE for pair in READ.findall(text) for name in pair if name}


@pytest.mark.parametrize("value", HOSTILE)
def test_whatever_stands_in_an_address_no_page_breaks(client, world, things, value):
    """Every address, with one hostile value under every name that some page reads."""
    client.raise_request_exception, query, broken = False, dict.fromkeys(ASKED, value), set()
    for who in (None, world.zhang, world.qian):
        client.logout()
        if who:
            client.force_login(who)
        answers = {name: client.get(url_of(name, arguments, things), query) for name, arguments, _ in ADDRESSES}
        broken |= {name for name, answer in answers.items() if answer.status_code >= 500}
    assert broken == set()


def test_nobody_in_particular_gets_only_what_is_public(client, things):
    for name, arguments, who in ADDRESSES:
        answer = client.get(url_of(name, arguments, things))
        if PUBLIC in who:
            assert answer.status_code < 500 and "/login?" not in answer.headers.get("Location", ""), name
        else:
            assert (answer.status_code, answer.headers["Location"][:7]) == (302, "/login?"), name


def test_another_bureau_finds_no_file(client, world, things):
    everything = officer("all", "甄全权", world.elsewhere, [role.value for role in Role])
    client.force_login(everything)
    for name, arguments, who in ADDRESSES:
        if OF_A_FILE.intersection(arguments) and PUBLIC not in who:
            assert client.get(url_of(name, arguments, things)).status_code in (404, 405), name


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_a_post_opens_what_it_is_for_and_nothing_else(client, world, things, role):
    client.force_login(officer(f"only_{role}", "仅此岗", world.district, [role]))
    for name, arguments, who in ADDRESSES:
        url = url_of(name, arguments, things)
        status = client.get(url).status_code
        if PUBLIC in who or OFFICER in who or role in who:
            assert status < 500 and (status != 403 or name in LEAVES), (name, status)
        else:
            assert status == 403, (name, status)


# Their own view decides further, and says 403 itself.
LEAVES = {"record"}


@pytest.mark.parametrize("role", ["clerk", "inspector", "unit_head", "admin"])
def test_an_empty_or_hostile_form_is_never_a_crash(client, world, things, role):
    client.force_login(officer(f"only_{role}", "仅此岗", world.district, [role]))
    hostile = {"q": "'\"><script>", "opinion": "<img src=x onerror=alert(1)>\x00", "amount": "1e999", "paper": "-1", "rows": "{[",
               "seen": "x"}  # fmt: skip
    for name, arguments, _ in ADDRESSES:
        if name == "logout":
            continue
        url = url_of(name, arguments, things)
        for data in ({}, hostile):
            assert client.post(url, data).status_code < 500, (name, data)
        assert client.get(url, hostile).status_code < 500, name
