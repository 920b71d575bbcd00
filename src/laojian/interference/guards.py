"""What must hold before an approach is recorded."""

from collections.abc import Iterable, Mapping

from laojian.procedure.step import File, Reason, Step


def about_another(file: File, step: Step, given: Mapping | None) -> Iterable[Reason]:
    """Nobody records himself or herself: what one was asked is told under the name of who asked."""
    if given is not None and given["subject"] == file.actor["id"]:
        yield Reason("选的是您本人", step.basis, "登记的是向您说情、打听的人，请改选", "subject")
