"""The addresses of the public site."""

from django.urls import path

from . import draws, heads, inspections, lists, views, violations, written

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
    path("check/<str:token>/papers", written.hand_in, name="hand_in"),
    path("public/inspections", inspections.public_inspections, name="public_inspections"),
    path("public/violations", violations.violations, name="public_violations"),
    path("lists", lists.lists, name="public_lists"),
    path("draws", draws.draws, name="public_draws"),
    path("draws/verify", draws.verify, name="verify_draw"),
    path("draws/plans/<int:plan_id>", draws.plan, name="public_plan"),
    path("draws/<int:draw_id>", draws.draw, name="public_draw"),
    path("draws/<int:draw_id>/<str:what>", draws.download, name="draw_file"),
    path("record/heads", heads.heads, name="heads"),
    path("record/heads/<int:head_id>.txt", heads.head, name="head"),
    path("record/heads/consistency", heads.consistency, name="consistency"),
    path("record/verify.pyz", heads.verify_script, name="verify_script"),
    path("accessibility", views.accessible, name="accessibility"),
]
