"""The draw: published vectors, agreement with the published package, sizes, fairness, and what is refused."""

from collections import Counter
from decimal import Decimal
from heapq import heapify, heappop, heappush
from pathlib import Path
from random import Random

import pytest
from consistent_sampler import sampler
from hypothesis import given, settings
from hypothesis import strategies as st

from laojian.inspections import draw as drawing
from laojian.inspections.draw import NotDrawable, Stratum, draw, kept_pool, pool, shown, smallest, ticket
from laojian.inspections.rfc3797 import choices, key, numbers

FIRMS = ["91230500MA1B3N1N2M", "91110000802100433B", "91350100M000100Y43", "11150000011512968L"]
SIX = ["A-1", "A-2", "A-3", "B-1", "B-2", "B-3"]
IDS = st.lists(
    st.text("0123456789ABCDEFGHXY-示例区单位", min_size=1, max_size=18), min_size=1, max_size=40, unique=True
)


def order(ids, seed, digits):
    return [(each.id, shown(each.ticket, digits)) for each in smallest(pool(ids), len(ids), seed)]


def test_the_published_fractions():
    assert drawing.fraction("abc") == "0.56998071861792858926477341561059638840106636224182943832566300809078486324348"
    assert (
        ticket("01382438112797316654", "AB-130")
        == "0.26299714122838008416507544297546663599715395525154425586041245287750224561854"
    )
    assert (
        drawing.next_ticket("0.25471")
        == "0.642853261655004694691182528114375607701032283189922170593838029306715548381901"
    )


def test_the_published_draw_of_six():
    assert order(SIX, "314159", 9) == [
        ("B-2", "0.410310858"), ("B-3", "0.470960291"), ("A-3", "0.471438751"),
        ("A-2", "0.567089805"), ("B-1", "0.9781715679"), ("A-1", "0.9828515724"),
    ]  # fmt: skip
    assert [each for each, _ in order(["B-1", "B-2", "B-3"], "314159", 9)] == ["B-2", "B-3", "B-1"]


def test_the_published_draw_with_replacement():
    waiting = [(ticket("314159", each), each, 1) for each in SIX]
    heapify(waiting)
    drawn = []
    for _ in range(8):
        number, each, generation = heappop(waiting)
        drawn.append((each, generation, shown(number, 9)))
        heappush(waiting, (drawing.next_ticket(number), each, generation + 1))
    assert drawn[4:] == [
        ("A-2", 2, "0.659534619"), ("A-2", 3, "0.765106651"),
        ("B-3", 2, "0.796265241"), ("A-2", 4, "0.872112726"),
    ]  # fmt: skip


def test_our_own_vector_and_its_digest():
    assert order(FIRMS, "宝坻-2026-01|0202112233", 18) == [
        ("91230500MA1B3N1N2M", "0.175189659743515712"), ("91110000802100433B", "0.264771867117409930"),
        ("91350100M000100Y43", "0.556273860968827599"), ("11150000011512968L", "0.896452926873482563"),
    ]  # fmt: skip
    assert pool(FIRMS).digest == "fd71310361bce58abddab572ad1a90ddd60210116826bcf369e9b0ddbd0e6d8b"


def test_the_example_of_rfc_3797():
    told = key([[9319], [12, 2, 8, 10, 5], [9, 18, 26, 34, 41, 45]])
    assert told == "9319./2.5.8.10.12./9.18.26.34.41.45./"
    assert choices(told, 25, 16) == [17, 7, 2, 16, 25, 23, 8, 24, 19, 13, 22, 5, 18, 9, 1, 4]
    assert f"{numbers(told, 10)[9]:032X}" == "31CB111C4A4EBE9287CEAE16FE51B909"
    assert sorted(choices(told, 25, 25)) == list(range(1, 26))


@pytest.mark.parametrize(("size", "count"), [(3, 4), (3, 0), (0, 0)])
def test_rfc_3797_refuses_more_than_there_are(size, count):
    with pytest.raises(NotDrawable, match=f"共 {size} 人"):
        choices("1./", size, count)


def test_the_published_package_agrees_on_a_thousand_pools():
    chance = Random(20260101)
    for turn in range(1000):
        ids = {f"{chance.choice('示例甲区A9')}{chance.randrange(10**18)}" for _ in range(chance.randrange(1, 24))}
        seed = f"示例-{turn}|{chance.random()}"
        theirs = sampler(list(ids), seed=seed, take=len(ids), output="ticket", digits=18)
        assert order(ids, seed, 18) == [(each.id, each.ticket_number) for each in theirs]


@settings(max_examples=60)
@given(IDS, st.text(min_size=1), st.integers(0, 45))
def test_the_smallest_are_the_beginning_of_the_whole_order(ids, seed, count):
    whole = pool(ids)
    by_hand = sorted((ticket(seed.encode("utf-8", "replace").decode(), each), each) for each in whole.ids())
    found = smallest(whole, count, seed.encode("utf-8", "replace").decode())
    assert [(each.ticket, each.id) for each in found] == by_hand[:count]


def test_many_are_put_aside_and_none_is_lost(monkeypatch):
    monkeypatch.setattr(drawing, "PIECE", 700)  # so that a pool of thousands comes in many pieces
    many = pool(f"{number:09d}" for number in range(20_000))
    by_hand = sorted((ticket("一", each), each) for each in many.ids())
    for count in (1, 7, 900, 19_999, 30_000):
        assert [(each.ticket, each.id) for each in smallest(many, count, "一")] == by_hand[:count]


@settings(max_examples=40)
@given(IDS, st.data())
def test_a_firm_less_moves_no_other_and_drawing_more_goes_on(ids, data):
    whole = smallest(pool(ids), len(ids), "种子")
    gone = data.draw(st.sets(st.sampled_from([each.id for each in whole]), max_size=len(whole) - 1))
    left = smallest(pool(each for each in pool(ids).ids() if each not in gone), len(ids), "种子")
    assert left == tuple(each for each in whole if each.id not in gone)
    (sample,) = draw([Stratum("全部", pool(ids), at_least=1)], "种子", after=2)
    (more,) = draw([Stratum("全部", pool(ids), at_least=1)], "种子", after=5)
    assert (sample.taken, sample.after) == (more.taken, more.after[:2])
    assert sample.taken + sample.after == whole[:3]


@settings(max_examples=60)
@given(IDS, st.randoms())
def test_a_pool_does_not_depend_on_the_order_and_can_be_kept(ids, chance):
    mixed = list(ids)
    chance.shuffle(mixed)
    assert pool(mixed) == pool(ids) == kept_pool(pool(ids).text)
    lines = pool(ids).text.split(b"\n")
    assert lines[-1] == b"" and lines[:-1] == sorted(lines[:-1]) and len(lines) == pool(ids).size + 1


def test_a_composed_and_a_decomposed_sign_are_one_id():
    assert pool(["e\u0301"]).text == "é\n".encode()
    with pytest.raises(NotDrawable, match="重复的编号：é"):
        pool(["e\u0301", "é"])


@pytest.mark.parametrize(
    ("ids", "says"),
    [([], "名录是空的"), (["甲", "乙", "甲"], "重复的编号：甲"), ([""], "空的编号"), ([" 甲"], "空格"), (["甲\n乙"], "换行")],
)  # fmt: skip
def test_a_pool_that_cannot_be_drawn_from_is_refused_in_a_sentence(ids, says):
    with pytest.raises(NotDrawable, match=says):
        pool(ids)


@pytest.mark.parametrize("text", [b"b\na\n", b"a\nb", b"\xff\n", b"", b"a\n\nb\n", b"a\r\n"])
def test_kept_bytes_that_are_not_canonical_are_refused(text):
    with pytest.raises(NotDrawable):
        kept_pool(text)


@pytest.mark.parametrize(
    ("population", "ratio", "at_least", "size"),
    [
        (37, "0.05", 0, 2), (6, "0.05", 0, 1), (100, "0.05", 0, 5), (101, "0.05", 0, 6), (20, "0.05", 3, 3),
        (2, "0.05", 3, 2), (10, "1", 0, 10), (10, "0", 0, 0), (10**25, "0.1", 0, 10**24), (10**25 + 1, "0.1", 0, 10**24 + 1),
    ],
)  # fmt: skip
def test_a_share_is_a_least_and_rounded_up(population, ratio, at_least, size):
    assert drawing.size(population, Decimal(ratio), at_least) == size


@pytest.mark.parametrize("ratio", [0.05, Decimal("1.01"), Decimal("-0.1")])
def test_a_share_that_is_none_is_refused(ratio):
    with pytest.raises(NotDrawable, match="比例"):
        drawing.size(37, ratio)


def test_the_sizes_of_the_published_plans():
    """What four published plans say: a fixed number, a share with more drawn than the least, grades, and millions."""
    assert drawing.size(9_000, Decimal(0), planned=150) == 150
    assert [drawing.size(6, Decimal("0.05")), drawing.size(37, Decimal("0.05"))] == [1, 2]
    assert drawing.size(37, Decimal("0.05"), planned=5) == 5
    assert [drawing.size(41, Decimal(1)), drawing.size(41, Decimal("0.5"))] == [41, 21]
    assert drawing.size(2_990_000, Decimal("0.05")) == 149_500
    assert drawing.size(2_990_000, Decimal("0.05"), planned=156_000) == 156_000
    with pytest.raises(NotDrawable, match="少于按比例应抽的 2 家"):
        drawing.size(37, Decimal("0.05"), planned=1)
    with pytest.raises(NotDrawable, match="只有 37 家"):
        drawing.size(37, Decimal("0.05"), planned=38)


def test_strata_share_no_id_and_no_name():
    strata = [Stratum("甲", pool(["1", "2"])), Stratum("乙", pool(["3", "4"]))]
    drawing.check_apart(strata)
    with pytest.raises(NotDrawable, match="2 同时在两层中"):
        drawing.check_apart([*strata, Stratum("丙", pool(["2"]))])
    with pytest.raises(NotDrawable, match="名称不能相同"):
        drawing.check_apart([strata[0], strata[0]])


def test_the_commitment_and_the_seed():
    salt = "0f" * 32
    assert drawing.commitment(salt, "示例-2026-001") == drawing.sha256((salt + "示例-2026-001").encode()).hexdigest()
    assert drawing.seed("示例-2026-001", "3d:2026301:0.7.7", salt) == f"示例-2026-001|3d:2026301:0.7.7|{salt}"
    for number, randomness, wrong in (
        ("示例|1", "r", salt),
        ("示例", "", salt),
        ("示例", "a|b", salt),
        ("示例", "r", "短"),
    ):
        with pytest.raises(NotDrawable):
            drawing.seed(number, randomness, wrong)


def test_every_employer_of_a_stratum_is_drawn_equally_often():
    """Chi-square over 10,000 seeds: 3 of 12; the bound is the value exceeded once in a hundred thousand at 11 degrees."""
    firms = pool(f"{number:018d}" for number in range(12))
    times = Counter(each.id for turn in range(10_000) for each in smallest(firms, 3, f"示例-{turn}"))
    expected = 10_000 * 3 / 12
    # Drawn without replacement, counts vary less: by (N − n)/(N − 1).
    spread = sum((times[each] - expected) ** 2 / expected for each in firms.ids()) / ((12 - 3) / (12 - 1))
    assert spread < 44.7 and len(times) == 12


def test_only_what_is_pure_is_imported():
    """The modules of the draw are used by the bench and by whoever checks it, without database and settings."""
    room = Path(drawing.__file__).parent
    for name in ("draw", "rfc3797", "randomness", "pairing", "bundle"):
        text = (room / f"{name}.py").read_text() if (room / f"{name}.py").exists() else ""
        assert "django" not in text and ".models" not in text
