"""Matters and grounds are tied to the powers: what they cite, some power cites."""

import pytest

from laojian.cases.grounds import grounds
from laojian.cases.matters import matters
from laojian.lawbook import LawError, folder, law
from laojian.lawbook.tests.folders import copied


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A copy of the law in use, to be changed; caches are emptied before and after."""
    root = copied(tmp_path)
    for kept in (law, matters, grounds):
        kept.cache_clear()
    monkeypatch.setenv("LAOJIAN_LAW", str(root))
    yield root
    monkeypatch.undo()
    for kept in (law, matters, grounds):
        kept.cache_clear()


def test_every_matter_leads_to_powers():
    assert all(matter.powers and set(matter.powers) <= set(law().powers) for matter in matters().values())


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("matters.yaml", "violated: [ll-43]", "violated: [ll-44]", "“violated”写的ll-44，所列权力（powers）都没有引用"),
        ("matters.yaml", "penalty: [lsr-25]", "penalty: [lsr-26]", "“penalty”写的lsr-26，所列权力（powers）都没有引用"),
        (
            "matters.yaml",
            "powers: [illegal-overtime]",
            "powers: [illegal-overtimes]",
            "overtime 的权力在 law/powers 中没有：illegal-overtimes",
        ),
        ("matters.yaml", "powers: [illegal-overtime], ", "", "overtime 缺少“powers”"),
        ("grounds.yaml", "lsr-25:", "lsr-17:", "lsr-17 不是任何权力（law/powers）所依据的条款"),
    ],
)
def test_what_is_not_tied_is_refused(elsewhere, name, old, new, says):
    path = elsewhere / name
    good = path.read_text(encoding="utf-8")
    assert good.count(old) == 1 and folder() == elsewhere
    path.write_text(good.replace(old, new), encoding="utf-8")
    with pytest.raises(LawError) as refused:
        (matters if name == "matters.yaml" else grounds)()
    assert says in str(refused.value)
