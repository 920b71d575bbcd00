from django.apps import AppConfig
from django.core import checks


class ProcedureConfig(AppConfig):
    name = "laojian.procedure"

    def ready(self):
        # The tables refer to models, which stand only now.
        from .checks import tables_rest_on_the_law

        checks.register(tables_rest_on_the_law)
