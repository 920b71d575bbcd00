"""The addresses of the public site."""

from django.urls import path

from . import inspections, views

urlpatterns = [
    path("", views.home, name="home"),
    path("query", views.query, name="query"),
    path("status", views.status, name="status"),
    path("status/papers", views.add_papers, name="add_papers"),
    path("status/phone", views.change_phone, name="change_phone"),
    path("status/withdraw", views.withdraw, name="withdraw"),
    path("status/leave", views.leave, name="leave"),
    path("certificate", views.certificate, name="certificate"),
    path("check", inspections.check, name="check"),
    path("check/<str:token>", inspections.check_visit, name="check_visit"),
    path("public/inspections", inspections.public_inspections, name="public_inspections"),
    path("accessibility", views.accessible, name="accessibility"),
]
