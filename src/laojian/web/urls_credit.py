"""The addresses of credit at the desk: the estimate, titles, interviews."""

from django.urls import path

from .views import estimate

urlpatterns = [
    path("credit/estimate", estimate.credit_estimate, name="credit_estimate"),
    path("credit/estimate/records", estimate.credit_estimate_records, name="credit_estimate_records"),
]
