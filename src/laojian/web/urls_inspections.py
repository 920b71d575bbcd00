"""The addresses of random inspection at the desk."""

from django.urls import path

from .views import inspection_figures, inspections

urlpatterns = [
    path("inspections", inspections.inspections, name="inspections"),
    path("inspections/new", inspections.plan_new, name="plan_new"),
    path("inspections/<int:plan_id>/figures", inspection_figures.inspection_figures, name="inspection_figures"),
    path(
        "inspections/<int:plan_id>/figures/<int:ordinal>",
        inspection_figures.inspection_records,
        name="inspection_records",
    ),
]
