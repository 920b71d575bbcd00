from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "laojian.inspections"
    verbose_name = "随机抽查"

    def ready(self):
        # The tables refer to models, which stand only now.
        from laojian.procedure.take import FLOWS

        from .flow import DRAW
        from .plan_flow import PLAN

        FLOWS[PLAN.name] = PLAN
        FLOWS[DRAW.name] = DRAW
