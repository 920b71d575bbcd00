"""The addresses of the desk."""

from django.urls import include, path

from .views import (
    campaigns,
    desk,
    dossiers,
    informants,
    intake,
    interference,
    reviews,
    spot,
    steps,
    visit_figures,
    visits,
)

urlpatterns = [
    path("desk", desk.workbench, name="workbench"),
    path("approvals", desk.approvals, name="approvals"),
    path("search", desk.search, name="search"),
    path("dossiers", dossiers.dossiers, name="dossiers"),
    path("dossiers/<int:dossier_id>", dossiers.dossier, name="dossier"),
    path("dossiers/<int:dossier_id>/steps/<str:verb>", steps.step, name="step"),
    path("register", intake.register, name="register"),
    path("on-spot", spot.on_spot, name="on_spot"),
    path("register/employers", intake.employer_suggestions, name="employer_suggestions"),
    path("sources/<int:source_id>/receipt", intake.receipt, name="receipt"),
    path("sources/<int:source_id>/informant", informants.informant, name="informant"),
    path("visits", visits.visits, name="visits"),
    path("visits/new", visits.visit_new, name="visit_new"),
    path("visits/figures", visit_figures.visit_figures, name="visit_figures"),
    path("visits/past", visits.visits_past, name="visits_past"),
    path("visits/<int:dossier_id>/checklist", visits.visit_checklist, name="visit_checklist"),
    path("campaigns", campaigns.campaigns, name="campaigns"),
    path("campaigns/new", campaigns.campaign_new, name="campaign_new"),
    path("campaigns/<int:dossier_id>/records/<path:key>", campaigns.campaign_records, name="campaign_records"),
    path("assessments", reviews.assessments, name="assessments"),
    path("interference", interference.interference, name="interference"),
    path("interference/new", interference.interference_new, name="interference_new"),
    path("interference/summary", interference.interference_summary, name="interference_summary"),
    path("completeness", reviews.counts, name="completeness"),
    path("", include("laojian.web.urls_inspections")),
    path("", include("laojian.web.urls_credit")),
    path("", include("laojian.web.urls_office")),
    path("", include("laojian.web.urls_papers")),
    path("", include("laojian.web.urls_site")),
]
