"""The register of interference as a small flow: whoever handles cases records, the discipline organ receives and answers.

Its files are sealed: no list, record or search of the bureau shows them, whoever leads it.
"""

from laojian.procedure.step import Flow, State, Step

from . import forms as ask
from .actions import ACTIONS
from .guards import about_another
from .queries import PARTS, facts

S = State
STATES = (
    S("approach_recorded", "待纪检接收", "登记", ("discipline",), "内部事项"),
    S("approach_taken", "待处理", "处理", ("discipline",), "内部事项"),
    S("approach_handled", "已处理", "处理", (), "内部事项", final=True),
)
ANYBODY = "clerk inspector unit_head reviewer hearing_officer deputy chief archivist supervision"

STEPS = (
    Step(
        "record_approach",
        "登记干预过问",
        ("",),
        "approach_recorded",
        ANYBODY,
        "zbf23",
        needs=("about_another",),
        given=ask.Recorded,
    ),
    Step("take_approach", "纪检接收", ("approach_recorded",), "approach_taken", "discipline", "zbf23"),
    Step(
        "note_consequence",
        "登记处理结果",
        ("approach_taken",),
        "approach_handled",
        "discipline",
        "zbf23",
        given=ask.Handled,
    ),
)

INTERFERENCE = Flow(
    name="interference", label="干预过问登记", states=STATES, steps=STEPS,
    guards={"about_another": about_another}, actions=ACTIONS, facts=facts, parts=PARTS,
    stages=("登记", "处理"), sealed=True,
)  # fmt: skip
