"""A local value is entered with its document, holds from its day on, and the deed stands in the record."""

import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from tests.world import at

from laojian.lawbook import LawError, Unset, law
from laojian.people.actions import set_local
from laojian.people.models import Bureau
from laojian.people.queries import me_on
from laojian.record.models import Entry

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 5)
TOLD = {"since": DAY, "document": "示例办发〔2026〕1号（虚构）", "source": "示例政府网"}


def put(world, value="20000", **more):
    return set_local(
        me_on(world.admin, DAY), world.district, "hearing_employer", value, at=at("2026-01-05"), **TOLD | more
    )


def test_it_holds_from_its_day_on_for_this_bureau_only(world):
    options = put(world).options
    assert isinstance(law().local("hearing_employer", options, date(2026, 1, 4)), Unset)
    found = law().local("hearing_employer", options, DAY)
    assert (str(found.value), found.document, found.by, found.on) == ("20000", TOLD["document"], "管理员", "2026-01-05")
    assert isinstance(law().local("hearing_employer", Bureau.objects.get(pk=world.city.pk).options, DAY), Unset)


def test_the_deed_stands_in_the_record_and_a_correction_tells_what_was(world):
    put(world)
    put(world, "30000", since=date(2027, 1, 1))
    put(world, "25000")
    given = [entry.given for entry in Entry.objects.filter(verb="set_local").order_by("id")]
    assert [(row["value"], row["since"], row.get("was")) for row in given] == [
        ("20000", "2026-01-05", None),
        ("30000", "2027-01-01", None),
        ("25000", "2026-01-05", "20000"),
    ]
    assert all(row["document"] and row["source"] and row["subject"] == world.district.name for row in given)


@pytest.mark.parametrize("missing", ["document", "source"])
def test_without_a_document_nothing_is_entered(world, missing):
    with pytest.raises(ValidationError, match="须写明文号和来源"):
        put(world, **{missing: " "})
    assert not Entry.objects.filter(verb="set_local").exists()


def test_a_value_that_does_not_fit_is_not_entered(world):
    with pytest.raises(LawError, match="应为大于零的数"):
        put(world, "若干")


def test_the_commands_enter_and_show_it(world):
    told = {"bureau": world.district.name, "since": DAY, "document": "示例1号", "source": "示例网", "by": "admin"}
    out = io.StringIO()
    call_command("set_local", "report_days", "15", stdout=out, **told)
    assert "15日，自 2026-01-05 起" in out.getvalue() and "由管理员登记" in out.getvalue()
    shown = io.StringIO()
    call_command("law", "local", "--bureau", world.district.short, "--on", "2026-03-02", stdout=shown)
    assert "15日，自 2026-01-05 起" in shown.getvalue() and "参照（外地，对本机关不生效）" in shown.getvalue()
    with pytest.raises(CommandError, match="没有这个机关"):
        call_command("set_local", "report_days", "15", **told | {"bureau": "无此局"})
    with pytest.raises(CommandError, match="不是系统管理员"):
        call_command("set_local", "report_days", "15", **told | {"by": "zhang"})
