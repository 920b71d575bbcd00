from django.apps import AppConfig


class ListingConfig(AppConfig):
    name = "laojian.listing"
    verbose_name = "拖欠农民工工资失信名单"

    def ready(self):
        # The tables refer to models, which stand only now.
        from laojian.procedure.take import FLOWS

        from .flow import LISTING
        from .old_flow import OLD_LISTING

        FLOWS.update({flow.name: flow for flow in (LISTING, OLD_LISTING)})
