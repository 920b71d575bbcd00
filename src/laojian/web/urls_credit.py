"""The addresses of credit at the desk: the estimate, titles, interviews, the outbox."""

from django.urls import path

from .views import estimate, exchange, grades, titles, trials

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
    path("credit/gradings", grades.gradings, name="gradings"),
    path("credit/gradings/new", grades.grading_new, name="grading_new"),
    path("credit/gradings/<int:dossier_id>/grades", grades.grading_grades, name="grading_grades"),
    path("credit/objections/new", grades.objection_new, name="objection_new"),
    path("credit/trials", trials.trials, name="trials"),
    path("credit/trials/<int:trial_id>", trials.trial, name="trial"),
    path("credit/<int:employer_id>", grades.credit_employer, name="credit_employer"),
]
