from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    name = "laojian.enforcement"
    verbose_name = "执行"

    def ready(self):
        # The table refers to models, which stand only now.
        from laojian.procedure.take import FLOWS

        from .flow import ENFORCEMENT

        FLOWS[ENFORCEMENT.name] = ENFORCEMENT
