"""Inspection items and result codes: whole, dated, and refused with file and line when they are wrong."""

from datetime import date

import pytest

from laojian.lawbook import LawError, law, load
from laojian.lawbook.tests.folders import copied

LABOUR, CODES, DISTRICT = "inspection/items/labour.yaml", "inspection/results.yaml", "profiles/example-district.yaml"
WRONG = [
    (LABOUR, "modes: [onsite, written]", "modes: [onsite, by_post]", "应取自onsite、written、online"),
    (LABOUR, "class: general", "class: middling", "应为key、general之一"),
    (LABOUR, "power: inspection-labour-security", "power: illegal-overtime", "不是 law/powers 的检查权：illegal-overtime"),
    (LABOUR, "basis: lsr-11\n", "basis: lsr-111\n", "在 articles.yaml 中没有：lsr-111"),
    (LABOUR, "also: [ll-50", "also: [ll-500", "“also”在 articles.yaml 中没有，或者当时不施行：ll-500"),
    (LABOUR, "basis: ll-50, power: refuse-order", "basis: ll-50, power: refuse-all", "的“power”在 law/powers 中没有：refuse-all"),
    (LABOUR, "{key: ledger, text: 编制", "{key: monthly, text: 编制", "有两条同名"),
    (LABOUR, "cap: {exempt: [report, assignment]}", "cap: {exempt: [rumour]}", "应取自draw、patrol"),
    (LABOUR, "cap: {exempt: [report, assignment]}", "cap: {exempt: [report], times: {A: 0}}", "次数为大于零的整数"),
    (LABOUR, "ratio: 5", "ratio: 五", "应为大于零的整数"),
    (LABOUR, "\nlabour-contract:", "\nwage-payment:", "“wage-payment”写了两次"),
    (CODES, "upload: 1, follow: none", "upload: 1, follow: never", "应为none、market、order"),
    (CODES, "no_problem: {label: 未发现问题, upload: 1", "no_problem: {label: 未发现问题, to: 2000-01-01, upload: 1", "的“to”早于“from”"),
    (DISTRICT, "  - items: all\n", "  - items: [nothing]\n", "在 law/inspection/items 中没有：nothing"),
    (DISTRICT, "    from: 2025-01-03\n", "    from: 2025-01-03\n    to: 2024-01-01\n", "公布的检查事项的“to”早于“from”"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "right", "wrong", "words"), WRONG, ids=[words for *_, words in WRONG])
def test_what_is_wrong_is_refused_with_its_file_and_line(tmp_path, file, right, wrong, words):
    root = copied(tmp_path)
    text = (root / file).read_text(encoding="utf-8")
    assert right in text
    (root / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(LawError) as refused:
        load(root)
    line = next(line for line in str(refused.value).splitlines() if words in line)
    assert file in line and "第" in line and "行" in line


def test_an_item_is_the_one_of_its_day():
    item = law().item("site-wages")
    assert item.at(date(2020, 4, 30)) is None and item.at(date(2020, 5, 1)).line("account").power == "mw-account"
    with pytest.raises(LawError, match="最早自 2020-05-01 起"):
        item.version(date(2020, 4, 30))


def test_an_item_is_public_from_the_day_of_its_document():
    district = law().profile("example-district")
    assert district.public_item("wage-payment", date(2025, 1, 2)) is None
    assert "示例" in district.public_item("wage-payment", date(2025, 1, 3)).document
    assert law().profile("national").public_item("wage-payment", date(2026, 1, 1)) is None


def test_every_line_that_names_a_power_names_one_that_punishes_or_orders():
    powers = [line.power for item in law().items.values() for v in item.versions for line in v.standard if line.power]
    assert powers and {law().power(key).kind for key in powers} <= {"penalty", "order"}


def test_the_codes_are_those_of_the_eight_and_their_own():
    assert {code.upload for code in law().results.values()} == set(range(1, 9))
    assert law().result("pending").follow == "later" and law().result("unreachable").unmet
