from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "laojian.review"
    verbose_name = "听证"

    def ready(self):
        # The table refers to models, which stand only now.
        from laojian.procedure.take import FLOWS

        from .flow import HEARING

        FLOWS[HEARING.name] = HEARING
