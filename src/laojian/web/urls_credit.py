"""The addresses of credit at the desk: the estimate, titles, interviews."""

from django.urls import path

from .views import estimate, titles

urlpatterns = [
    path("credit/estimate", estimate.credit_estimate, name="credit_estimate"),
    path("credit/estimate/records", estimate.credit_estimate_records, name="credit_estimate_records"),
    path("credit/titles", titles.titles, name="titles"),
    path("credit/titles/new", titles.title_new, name="title_new"),
    path("credit/interviews", titles.interviews, name="interviews"),
    path("credit/interviews/new", titles.interview_new, name="interview_new"),
]
