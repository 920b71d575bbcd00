from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "laojian.cases"
    verbose_name = "案件"

    def ready(self):
        # The table refers to models, which stand only now.
        from laojian.procedure.take import FLOWS

        from .flow import GENERAL
        from .summary import SUMMARY

        FLOWS[GENERAL.name] = GENERAL
        FLOWS[SUMMARY.name] = SUMMARY
