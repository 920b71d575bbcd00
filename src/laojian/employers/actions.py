"""The only writers of employers, sites and chains. Each raises ValidationError in sentences, having written nothing."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.forms import ModelForm, model_to_dict

from .forms import EmployerForm, RelationEndForm, RelationForm, SiteForm, SubcontractForm
from .models import Employer, Relation, Site, Subcontract
from .rules import givers_above


def register_employer(given: Mapping) -> Employer:
    """Enter an employer in the register."""
    return saved(EmployerForm(given))


@transaction.atomic
def alter_employer(employer_id: int, given: Mapping) -> dict[str, tuple]:
    """Change what is given and keep the rest; a former name stays findable. Returns field → (before, after)."""
    employer = Employer.objects.select_for_update().get(pk=employer_id)
    before = model_to_dict(employer, EmployerForm.Meta.fields)
    form = EmployerForm({**before, **given}, instance=employer)
    if form.is_valid() and (former := before["name"]) != employer.name:
        others = [name for name in employer.former_names.split("\n") if name not in ("", former, employer.name)]
        employer.former_names = "\n".join([former, *others])
    saved(form)
    after = model_to_dict(employer, EmployerForm.Meta.fields)
    return {field: (before[field], after[field]) for field in before if before[field] != after[field]}


def register_site(given: Mapping) -> Site:
    """Enter a building site."""
    return saved(SiteForm(given))


@transaction.atomic
def add_subcontract(site_id: int, given: Mapping) -> Subcontract:
    """Add a link to a site's chain; one that would close a circle is refused."""
    site = Site.objects.select_for_update().get(pk=site_id)
    form = SubcontractForm(given, instance=Subcontract(site=site))
    if form.is_valid():
        links = list(site.subcontracts.values_list("giver_id", "taker_id"))
        giver, taker = form.cleaned_data["giver"], form.cleaned_data["taker"]
        if taker.pk in (site.main_contractor_id, site.developer_id, *givers_above(links, giver.pk)):
            form.add_error("taker", f"“{taker}”在本工地已是“{giver}”的上家，分包关系不能成环，请核对合同。")
    return saved(form)


def declare_relation(officer_id: int, given: Mapping) -> Relation:
    """Enter what keeps an officer from inspecting an employer."""
    return saved(RelationForm(given, instance=Relation(officer_id=officer_id)))


def end_relation(officer_id: int, given: Mapping, today: date) -> Relation:
    """What kept an officer from inspecting an employer does so no more."""
    form = RelationEndForm(given, officer=officer_id, today=today)
    if form.errors:
        raise ValidationError(form.errors.as_data())
    row = Relation.objects.select_for_update(of=("self",)).get(pk=form.cleaned_data["relation"].pk)
    if row.ended_on:
        raise ValidationError("这一关系的终止刚刚已由他人登记，请刷新后查看。")
    row.ended_on = form.cleaned_data["ended_on"]
    row.save(update_fields=["ended_on"])
    return row


def saved(form: ModelForm):
    """Save a valid form. A row that somebody else wrote at the same moment is refused like any other."""
    if form.errors:
        raise ValidationError(form.errors.as_data())
    try:
        with transaction.atomic():
            return form.save()
    except IntegrityError as clash:
        raise ValidationError("同样的登记刚刚已由他人保存，请查询后直接选用。") from clash
