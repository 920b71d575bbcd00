from django.apps import AppConfig


class RemediesConfig(AppConfig):
    name = "laojian.remedies"
    verbose_name = "复议诉讼"

    def ready(self):
        # The table refers to models, which stand only now.
        from laojian.procedure.take import FLOWS

        from .flow import RELIEF

        FLOWS[RELIEF.name] = RELIEF
