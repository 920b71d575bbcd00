from django.apps import AppConfig


class TransfersConfig(AppConfig):
    name = "laojian.transfers"
    verbose_name = "移送公安"

    def ready(self):
        # The table refers to models, which stand only now.
        from laojian.procedure.take import FLOWS

        from .flow import TRANSFER

        FLOWS[TRANSFER.name] = TRANSFER
