from django.apps import AppConfig
from django.core import checks


class CasesConfig(AppConfig):
    name = "laojian.cases"
    verbose_name = "案件"

    def ready(self):
        # The table refers to models, which stand only now.
        from laojian.procedure.take import FLOWS

        from .flow import GENERAL
        from .recordings import untold
        from .summary import SUMMARY

        FLOWS[GENERAL.name] = GENERAL
        FLOWS[SUMMARY.name] = SUMMARY
        asked = {step.verb: step.needs for step in GENERAL.steps}
        checks.register(lambda **_: [checks.Error(fault, id="laojian.E003") for fault in untold(asked)])
