from django.apps import AppConfig
from django.core import checks


class ScoringConfig(AppConfig):
    name = "laojian.scoring"
    verbose_name = "案卷评查"

    def ready(self):
        # The table refers to models, which stand only now.
        from laojian.procedure.take import FLOWS

        from .checks import schemes_name_what_exists
        from .flow import ASSESSMENT

        FLOWS[ASSESSMENT.name] = ASSESSMENT
        checks.register(schemes_name_what_exists)
