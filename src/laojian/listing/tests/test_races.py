"""Two officers list for the same order at the same moment: one listing results, the other is told."""

from functools import partial

import pytest
from tests.listing import REASONS, disobeyed_case, order_of
from tests.world import at

from laojian.listing.models import Listing
from laojian.procedure.take import open_file
from laojian.procedure.tests.test_races import one_of_two, together

pytestmark = pytest.mark.django_db(transaction=True)


def test_nobody_is_listed_twice_for_one_order_by_two_at_once(world):
    order = order_of(world, disobeyed_case(world)).key
    deeds = [
        partial(
            open_file, "listing", "propose_listing", by=by, at=at("2026-04-01", 10), given={"order": order, **REASONS}
        )
        for by in (world.zhang, world.li)
    ]
    _, refused = one_of_two(together(*deeds))
    assert "办理" in str(refused) and Listing.objects.count() == 1
