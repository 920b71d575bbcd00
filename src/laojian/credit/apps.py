from django.apps import AppConfig


class CreditConfig(AppConfig):
    name = "laojian.credit"
    verbose_name = "诚信等级"

    def ready(self):
        # The tables refer to models, which stand only now.
        from laojian.procedure.take import FLOWS
        from laojian.visits.standing import STANDINGS

        from .flow import GRADING
        from .interviews_flow import INTERVIEW
        from .objection_flow import OBJECTION
        from .standing import standing_of
        from .strata import offer
        from .titles_flow import TITLE

        for flow in (GRADING, OBJECTION, TITLE, INTERVIEW):
            FLOWS[flow.name] = flow
        if standing_of not in STANDINGS:
            STANDINGS.append(standing_of)
        offer()
