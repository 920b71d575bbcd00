"""The writers of accounts, posts and certificates. Each writes its deed into the record in the same transaction."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import ModelForm
from django_otp.plugins.otp_totp.models import TOTPDevice

from laojian.lawbook import law
from laojian.lawbook.local import read_value
from laojian.record.actions import write
from laojian.record.models import Entry

from .forms import CertificateForm, LeaveForm, OfficerForm, PostForm, SecondmentForm, SpecialityForm
from .models import Bureau, Certificate, Leave, Officer, Post, Secondment, Speciality
from .queries import Me
from .rules import temporary_word

WORD_SIGNS = 12


def deed(
    me: Me, verb: str, label: str, at: datetime, *, kind: str = "deed", dossier_id: int | None = None, **given
) -> Entry:
    """Write what an officer did outside the procedure, in the posts held then; `kind="look"` for a look at protected data."""
    held = "、".join(me.posts)
    return write(
        kind=kind, verb=verb, label=label, at=at, dossier_id=dossier_id, bureau_id=me.officer.bureau_id, given=given,
        actor_id=me.officer.pk, actor_name=me.officer.name, actor_post=f"{me.bureau.name if me.bureau else ''} {held}".strip()[:120],
        actor_certificate=me.certificate.number if me.certificate else "",
    )  # fmt: skip


def about(officer: Officer) -> dict:
    """How a deed names the officer it was done to."""
    return {"officer": officer.pk, "subject": officer.name}


def not_oneself(me: Me, officer: Officer) -> None:
    """An administrator gives nothing to the own account: neither posts nor certificates. Raises ValidationError."""
    if me.officer.pk == officer.pk:
        raise ValidationError("不能变更自己的岗位、证件和账号，请由另一名系统管理员办理。")


def checked(form: ModelForm) -> ModelForm:
    """The form when nothing is wrong with it. Raises ValidationError with every sentence, by field."""
    if form.errors:
        raise ValidationError(form.errors.as_data())
    return form


@transaction.atomic
def add_officer(me: Me, given: Mapping, bureaus: list[Bureau], at: datetime) -> tuple[Officer, str]:
    """Open an account. Returns it with the temporary word, which is kept nowhere and must be changed at the first login."""
    officer = checked(OfficerForm(given, bureaus=bureaus)).save(commit=False)
    word = new_word(officer)
    officer.save()
    deed(me, "add_officer", "新增人员", at, **about(officer), account=officer.username, bureau=officer.bureau.name)
    return officer, word


def new_word(officer: Officer) -> str:
    """Give the account a temporary word; without a login since, the next one must change it."""
    word = temporary_word([secrets.randbelow(1 << 30) for _ in range(WORD_SIGNS)])
    officer.set_password(word)
    officer.last_login = None
    return word


@transaction.atomic
def reset_password(me: Me, officer: Officer, at: datetime) -> str:
    """Replace a forgotten password by a temporary word; every login of the officer ends."""
    not_oneself(me, officer)
    word = new_word(officer)
    officer.save(update_fields=["password", "last_login"])
    deed(me, "reset_password", "重置密码", at, **about(officer))
    return word


@transaction.atomic
def add_post(me: Me, officer: Officer, given: Mapping, bureaus: list[Bureau], at: datetime) -> Post:
    """Appoint an officer to a post."""
    not_oneself(me, officer)
    post = checked(PostForm(given, instance=Post(officer=officer), bureaus=bureaus)).save()
    held = {"post": post.get_role_display(), "bureau": post.bureau.name, "since": str(post.since)}
    deed(me, "add_post", "增设岗位", at, **about(officer), **held)
    return post


@transaction.atomic
def end_post(me: Me, post: Post, on: date, at: datetime) -> None:
    """End a post; `on` is its last day."""
    not_oneself(me, post.officer)
    post.until = max(on, post.since)
    post.save(update_fields=["until"])
    ended = {"post": post.get_role_display(), "bureau": post.bureau.name, "until": str(post.until)}
    deed(me, "end_post", "终止岗位", at, **about(post.officer), **ended)


@transaction.atomic
def add_certificate(me: Me, officer: Officer, given: Mapping, at: datetime) -> Certificate:
    """Enter a certificate as issued."""
    not_oneself(me, officer)
    card = checked(CertificateForm(given, instance=Certificate(officer=officer))).save()
    deed(me, "add_certificate", "登记证件", at, **about(officer), number=card.number, valid_to=str(card.valid_to))
    return card


@transaction.atomic
def set_active(me: Me, officer: Officer, active: bool, at: datetime) -> None:
    """Close an account, which ends its logins at once, or open it again."""
    not_oneself(me, officer)
    officer.is_active = active
    officer.save(update_fields=["is_active"])
    deed(me, "open_account" if active else "close_account", "恢复账号" if active else "停用账号", at, **about(officer))


@transaction.atomic
def set_local(
    me: Me, bureau: Bureau, key: str, value: str, *, since: date, document: str, source: str, at: datetime
) -> Bureau:
    """Enter a local value that holds for a bureau from a day on, with the document that says so; earlier ones stay.

    A value for the same first day is replaced, and the deed tells what it was. Raises LawError for a value that does not
    fit, ValidationError where document or source is missing.
    """
    known = law().local_value(key)
    read_value(known, value)
    if not (document.strip() and source.strip()):
        raise ValidationError("须写明文号和来源：没有文件依据的数值不能登记。")
    bureau = Bureau.objects.select_for_update().get(pk=bureau.pk)
    told = bureau.options.setdefault("local", {}).setdefault(key, {})
    was = told.get(since.isoformat(), {}).get("value")
    row = {"value": value, "document": document.strip(), "source": source.strip()}
    told[since.isoformat()] = row | {"by": me.officer.name, "on": at.date().isoformat()}
    bureau.save(update_fields=["options"])
    more = {"was": was} if was else {}
    deed(me, "set_local", "登记本地数值", at, subject=bureau.name, key=key, since=since.isoformat(), **row, **more)
    return bureau


@transaction.atomic
def unbind_code(me: Me, officer: Officer, at: datetime) -> None:
    """Take the second factor off an account: the officer's own, or by an administrator when the telephone is lost."""
    TOTPDevice.objects.filter(user=officer).delete()
    deed(me, "unbind_code", "解除动态验证码", at, **about(officer))


@transaction.atomic
def add_leave(me: Me, officer: Officer, given: Mapping, at: datetime) -> Leave:
    """Enter days on which an officer is away; one enters one's own too."""
    leave = checked(LeaveForm(given, instance=Leave(officer=officer))).save()
    told = {"since": str(leave.since), "until": str(leave.until), "reason": leave.reason}
    deed(me, "add_leave", "登记休假", at, **about(officer), **told)
    return leave


@transaction.atomic
def add_speciality(me: Me, officer: Officer, given: Mapping, at: datetime) -> Speciality:
    """Enter a field in which an officer is versed."""
    not_oneself(me, officer)
    row = checked(SpecialityForm(given, instance=Speciality(officer=officer))).save()
    deed(me, "add_speciality", "登记专长", at, **about(officer), field=row.get_field_display())
    return row


@transaction.atomic
def add_secondment(me: Me, officer: Officer, given: Mapping, bureaus: list[Bureau], at: datetime) -> Secondment:
    """Enter that an officer works for another bureau for a time, on its document."""
    not_oneself(me, officer)
    row = checked(SecondmentForm(given, instance=Secondment(officer=officer), bureaus=bureaus)).save()
    told = {"bureau": row.bureau.name, "document": row.document, "since": str(row.since), "until": str(row.until)}
    deed(me, "add_secondment", "登记借调", at, **about(officer), **told)
    return row
