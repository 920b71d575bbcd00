from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "laojian.campaigns"
    verbose_name = "专项行动"

    def ready(self):
        # The table refers to models, which stand only now.
        from laojian.procedure.take import FLOWS

        from .flow import CAMPAIGN

        FLOWS[CAMPAIGN.name] = CAMPAIGN
