from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "laojian.visits"
    verbose_name = "检查"

    def ready(self):
        # The table refers to models, which stand only now.
        from laojian.procedure.take import FLOWS

        from .flow import VISIT

        FLOWS[VISIT.name] = VISIT
