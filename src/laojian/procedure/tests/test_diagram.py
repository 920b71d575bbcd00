"""docs/flow.md says what the tables say."""

from pathlib import Path

import pytest

from laojian.lawbook import law
from laojian.procedure.diagram import document
from laojian.procedure.take import FLOWS, cite

DOCUMENT = Path(__file__).resolve().parents[4] / "docs" / "flow.md"


def test_the_drawn_procedure_is_up_to_date():
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "程序表变了：运行 make flow"


@pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS.keys())
def test_every_step_stands_in_the_document_with_its_article(flow):
    told = document().partition(f"（`{flow.name}`）")[2].partition("### 步骤")[2].partition("###")[0]
    rows = {line.split("|")[2].strip(" `"): line for line in told.splitlines() if line.startswith("| ")}
    missing = [s.verb for s in flow.steps if f"| {s.label} |" not in rows[s.verb] or cite(s.basis) not in rows[s.verb]]
    assert missing == []


def test_every_clock_of_the_law_is_either_used_or_said_to_be_unused():
    used = {key for flow in FLOWS.values() for step in flow.steps for key in step.starts}
    unused = document().partition("## 还没有程序使用的期限")[2]
    assert {key for key in law().clocks if f"`{key}`" in unused} == set(law().clocks) - used
