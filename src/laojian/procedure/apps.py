from django.apps import AppConfig


class ProcedureConfig(AppConfig):
    name = "laojian.procedure"
