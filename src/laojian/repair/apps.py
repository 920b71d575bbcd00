from django.apps import AppConfig


class RepairConfig(AppConfig):
    name = "laojian.repair"
    verbose_name = "信用修复"

    def ready(self):
        # The table refers to models, which stand only now.
        from laojian.procedure.take import FLOWS

        from .flow import REPAIR

        FLOWS[REPAIR.name] = REPAIR
