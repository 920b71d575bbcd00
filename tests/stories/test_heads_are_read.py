"""Anybody reads the signed heads of the record and how to keep one."""

import pytest

pytestmark = pytest.mark.django_db


def test_somebody_from_the_street_reads_the_heads_of_the_record(people, world, time):
    time("2026-03-09", 20)
    somebody = people(phone=True)
    somebody.open("heads").sees("记录")
