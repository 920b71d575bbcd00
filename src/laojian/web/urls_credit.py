"""The addresses of credit at the desk: the estimate, titles, interviews, the outbox."""

from django.urls import path

from .views import estimate, exchange, titles

urlpatterns = [
    path("credit/estimate", estimate.credit_estimate, name="credit_estimate"),
    path("credit/estimate/records", estimate.credit_estimate_records, name="credit_estimate_records"),
    path("credit/titles", titles.titles, name="titles"),
    path("credit/titles/new", titles.title_new, name="title_new"),
    path("credit/interviews", titles.interviews, name="interviews"),
    path("credit/interviews/new", titles.interview_new, name="interview_new"),
    path("outbox", exchange.outbox, name="outbox"),
    path("outbox/<int:outgoing_id>", exchange.outgoing, name="outgoing"),
    path("outbox/<int:outgoing_id>/push", exchange.outgoing_push, name="outgoing_push"),
    path("outbox/files/<slug:platform>.<slug:form>", exchange.outbox_file, name="outbox_file"),
    path("people/platforms", exchange.credit_platforms, name="platforms"),
]
