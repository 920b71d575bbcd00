"""The addresses of accounts, people, record, law and employers."""

from django.urls import path

from .views import account, availability, calculators, employers, law, local, penalties, people, proofs, record, totp

urlpatterns = [
    path("login", account.login, name="login"),
    path("login/code", account.login_code, name="login_code"),
    path("login/password", account.login_password, name="login_password"),
    path("logout", account.logout, name="logout"),
    path("account", account.account, name="account"),
    path("account/password", account.password, name="password"),
    path("account/code", totp.totp, name="totp"),
    path("account/code/picture", totp.totp_qr, name="totp_qr"),
    path("account/code/unbind", totp.totp_unbind, name="totp_unbind"),
    path("people", people.people, name="people"),
    path("people/local", local.local_values, name="local_values"),
    path("people/new", people.officer_new, name="officer_new"),
    path("people/<int:officer_id>", people.officer, name="officer"),
    path("people/<int:officer_id>/availability", availability.availability, name="availability"),
    path("people/<int:officer_id>/posts", people.post_new, name="post_new"),
    path("people/<int:officer_id>/posts/<int:post_id>/end", people.post_end, name="post_end"),
    path("people/<int:officer_id>/certificates", people.certificate_new, name="certificate_new"),
    path("people/<int:officer_id>/password", people.password_reset, name="password_reset"),
    path("people/<int:officer_id>/code", people.code_unbind, name="code_unbind"),
    path("people/<int:officer_id>/close", people.account_set, {"active": False}, name="account_close"),
    path("people/<int:officer_id>/open", people.account_set, {"active": True}, name="account_open"),
    path("record", record.record, name="record"),
    path("record/entries/<int:entry_id>/proof", proofs.record_proof, name="record_proof"),
    path("record/<int:dossier_id>/verify", record.record_verify, name="record_verify"),
    path("law", law.law, name="law"),
    path("law/penalty", penalties.free, name="penalty"),
    path("law/calc", calculators.calculators, name="calculators"),
    path("law/calc/<slug:calculator>", calculators.calculator, name="calculator"),
    path("law/<slug:key>", law.article, name="article"),
    path("employers", employers.employers, name="employers"),
    path("employers/new", employers.employer_new, name="employer_new"),
    path("employers/<int:employer_id>", employers.employer, name="employer"),
    path("employers/<int:employer_id>/edit", employers.employer_edit, name="employer_edit"),
]
