"""What a campaign tells its papers."""

from collections.abc import Mapping

from laojian.cases.course import approvals
from laojian.cases.facts import bureau, clocks, steps_of
from laojian.procedure.step import File

from .queries import figures


def facts(file: File, given: Mapping, seq: int = 0) -> dict:
    """Bureau, campaign, figures as they stand, and what the step said."""
    told = file.campaign
    return {
        "bureau": bureau(file),
        "dossier": {"number": file.dossier["number"], "title": file.dossier["title"], "opened_on": file.dossier["opened_on"]},
        "campaign": {**told, "name": file.dossier["title"], "departments": "、".join(told["departments"]),
                     "figures": [{"label": row.label, "value": str(row.value), "unit": row.unit} for row in figures(file.id)]},
        "clocks": clocks(file, given), "approvals": approvals(file, steps_of(file.id, seq or file.seq)),
        "given": given,
    }  # fmt: skip
