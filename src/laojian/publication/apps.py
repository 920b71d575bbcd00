from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "laojian.publication"
    verbose_name = "重大违法行为社会公布"

    def ready(self):
        # The table refers to models, which stand only now.
        from laojian.procedure.take import FLOWS

        from .flow import PUBLICATION

        FLOWS[PUBLICATION.name] = PUBLICATION
