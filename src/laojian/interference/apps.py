from django.apps import AppConfig


class InterferenceConfig(AppConfig):
    name = "laojian.interference"
    verbose_name = "干预过问登记"

    def ready(self):
        # The table refers to models, which stand only now.
        from laojian.procedure.take import FLOWS

        from .flow import INTERFERENCE

        FLOWS[INTERFERENCE.name] = INTERFERENCE
