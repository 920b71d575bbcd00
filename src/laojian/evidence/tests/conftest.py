"""A bureau with two inspectors, a dossier of theirs, and a stranger from another bureau."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from laojian.dossier.models import Dossier
from laojian.evidence.actions import keep_upload
from laojian.people.acting import acting
from laojian.people.models import Bureau, Certificate, Officer, Post

AT = datetime(2026, 11, 10, 0, 30, tzinfo=ZoneInfo("Asia/Shanghai"))  # still the day before in UTC


@pytest.fixture
def world(db, tmp_path, settings):
    """The people: `lead` and `second` of one bureau, `stranger` of another."""
    settings.MEDIA_ROOT = tmp_path / "files"
    people = {}
    for short, names in (("宝坻示例", ("lead", "second")), ("武清示例", ("stranger",))):
        bureau = Bureau.objects.create(name=f"{short}局", short=short, level="district", region=short)
        bureau.district = bureau
        bureau.save()
        for name in names:
            people[name] = Officer.objects.create(username=name, name=f"{name}监察", bureau=bureau)
            Post.objects.create(officer=people[name], bureau=bureau, role="inspector", since="2017-01-01")
    for nth, kind in enumerate(("enforcement", "supervision")):
        Certificate.objects.create(
            officer=people["lead"],
            kind=kind,
            number=f"示例{nth}号",
            valid_from=date(2025, 1, 1),
            valid_to=date(2028, 1, 1),
        )
    return people


@pytest.fixture
def dossier(world):
    with acting(world["lead"].pk):
        return opened(world["lead"])


def opened(lead: Officer) -> Dossier:
    return Dossier.objects.create(
        flow="case", state="investigating", title="拖欠工资（示例）", bureau=lead.bureau, district=lead.bureau,
        opened_on=date(2026, 11, 1),
    )  # fmt: skip


def kept(content: bytes, name: str, by: Officer):
    return keep_upload(SimpleUploadedFile(name, content), by=by, at=AT)
