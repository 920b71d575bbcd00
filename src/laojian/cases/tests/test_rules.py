"""What is demanded and what of it still stands: the ledger's rules without a database."""

from decimal import Decimal

import pytest

from laojian.cases.rules import demanded, standing


def row(party, amount, debtor=None):
    return {"party": party, "debtor": debtor, "amount": amount}


@pytest.mark.parametrize(
    ("rows", "sum_"),
    [
        ([row(1, "100")], "100"),
        (
            [row(1, "100"), row(2, "100", 1), row(3, "30")],
            "130",
        ),  # the main contractor pays the debtor's debt, not one more
        ([row(1, "60"), row(1, "40")], "100"),
        ([row(2, "50", 1), row(1, "40")], "50"),
        ([], "0"),
    ],
)
def test_a_debt_is_demanded_once_whoever_is_to_pay_it(rows, sum_):
    assert demanded(rows) == Decimal(sum_)


@pytest.mark.parametrize("amount", (None, ""))
def test_without_a_sum_all_that_is_owed_is_meant(amount):
    assert demanded([row(1, "100"), row(2, amount, 1)]) is None


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ([("found", 100), ("paid", 30), ("ordered", 70)], 70),  # paid before the order: no part of it
        ([("found", 100), ("ordered", 50), ("paid", 20)], 30),
        (
            [("ordered", 50), ("paid", 60), ("ordered", 40)],
            40,
        ),  # more was paid than ordered: the next order stands whole
        ([("ordered", 50), ("enforced", 50)], 0),
        ([("ordered", 100), ("ordered", -100), ("ordered", 60)], 60),
    ],
)
def test_what_of_an_order_is_still_to_be_paid(lines, left):
    told = [(7, kind, Decimal(amount)) for kind, amount in lines]
    assert standing(told) == ({7: Decimal(left)} if left else {})
