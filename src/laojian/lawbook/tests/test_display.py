"""Worked examples of law/examples/display.yaml: both sides of each change of the rules."""

from datetime import date

import pytest
import yaml

from laojian.lawbook import folder
from laojian.lawbook.display import regime, regimes, shown

EXAMPLES = yaml.safe_load((folder() / "examples" / "display.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("told", EXAMPLES, ids=lambda told: f"{told['decided']}-{told['class']}")
def test_a_penalty_is_shown_as_the_rules_of_its_day_have_it(told):
    found = shown(told["decided"], told["class"])
    assert found.until_on == told["until"] and found.of.repairable == told.get("repairable", True)
    if "from" in told:
        assert found.from_on == told["from"]
    assert found.explain()[0].startswith(f"处罚决定于 {told['decided']} 作出")


def test_rules_follow_each_other_without_gap_and_before_them_people_decide():
    for earlier, later in zip(regimes(), regimes()[1:], strict=False):
        assert (later.since - earlier.until).days == 1
    assert regime(date(2019, 6, 30)) is None
    with pytest.raises(LookupError):
        shown(date(2019, 6, 30), "plain")
    with pytest.raises(LookupError):
        shown(date(2024, 1, 1), "grave")
