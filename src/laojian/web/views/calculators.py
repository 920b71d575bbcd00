"""算工资、补偿: a page for each calculator of the lawbook's table, for officers and the public; nothing asked here is kept."""

from urllib.parse import urlencode

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from laojian.dossier.queries import row_number
from laojian.lawbook import LawError
from laojian.lawbook import law as lawbook
from laojian.lawbook.wages import BY_KEY, CALCULATORS, ROUNDING, ROWS, Calculator, Field, Result, Unreadable, answer
from laojian.people.forms import Day

from ..access import PUBLIC, access
from .law import framed

LONGEST = 20_000
LEDGER = "change_ledger"
TOLD = {"required": "请填写。", "invalid_choice": "请从列表中选择。", "max_length": "写得太长，请分几次计算。"}


class Asking(forms.Form):
    """What a calculator asks, field by field from the table; read and refused by the table's own words."""

    use_required_attribute = False

    def __init__(self, calculator: Calculator, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.calculator, self.result = calculator, None
        self.fields |= {field.name: asked(field) for field in calculator.fields}

    def clean(self):
        told = {field.name: self.cleaned_data.get(field.name, "") for field in self.calculator.fields}
        try:
            self.result = answer(self.calculator.key, told)
        except Unreadable as wrong:
            for name in wrong.faults.keys() - self.errors.keys():
                self.add_error(name, wrong.faults[name])
        except LawError as wrong:
            self.add_error(None, str(wrong))


def asked(field: Field) -> forms.Field:
    """One thing asked, as a field of the page."""
    shown = {"label": field.label, "required": field.needed, "help_text": field.help}
    if field.kind == "region":
        return choice([(key, each.label) for key, each in lawbook().regions.items()], **shown)
    if field.choices is not None:
        return choice(list(field.choices.items()), **shown)
    return forms.CharField(max_length=LONGEST, widget=widget(field), error_messages=TOLD, **shown)


def choice(choices: list[tuple[str, str]], **shown) -> forms.ChoiceField:
    """One of several, in words."""
    return forms.ChoiceField(choices=choices, error_messages=TOLD, **shown)


def widget(field: Field) -> forms.Widget:
    """How a thing is written on the page."""
    if field.kind in ROWS:
        return forms.Textarea(attrs={"rows": 4})
    if field.kind == "day":
        return Day()
    return forms.TextInput(attrs={"inputmode": "text" if field.kind == "month" else "decimal", "autocomplete": "off"})


@access(PUBLIC)
def calculators(request):
    """All calculators; with a dossier named, their results can be taken into its ledger."""
    query = of_dossier(request)
    return render(request, "law/calculators.html", framed(request) | {
        "crumbs": [{"label": "法律依据", "url": reverse("law")}, {"label": "算工资、补偿", "url": ""}],
        "calculators": [
            {"label": each.label, "says": each.says, "url": reverse("calculator", args=[each.key]) + query} for each in CALCULATORS
        ],
    })  # fmt: skip


@access(PUBLIC)
def calculator(request, calculator: str):
    """One calculator. What is asked is sent, not put in the address, so that it stays in no list of pages."""
    found = BY_KEY.get(calculator)
    if found is None:
        raise Http404
    query = of_dossier(request)
    form = Asking(found, request.POST if request.method == "POST" else None, initial=request.GET.dict())
    result = form.result if form.is_valid() else None
    return render(request, "law/calculator.html", framed(request) | {
        "crumbs": [{"label": "法律依据", "url": reverse("law")}, {"label": "算工资、补偿", "url": reverse("calculators") + query},
                   {"label": found.label, "url": ""}],
        "calculator": found, "form": form, "result": result, "rounding": ROUNDING, "others_url": reverse("calculators") + query,
        "ledger_url": ledger_url(query, found, result) if result and result.amount else "",
    }, status=422 if form.errors else 200)  # fmt: skip


def of_dossier(request) -> str:
    """The dossier for which one calculates, as it stands in addresses; nobody but an officer has one."""
    dossier = request.GET.get("dossier", "")
    return f"?dossier={dossier}" if request.user.is_authenticated and row_number(dossier) else ""


def ledger_url(query: str, calculator: Calculator, result: Result) -> str:
    """The address of the step that takes a result into the claim ledger, filled in; empty without a dossier."""
    if not query:
        return ""
    told = {"amount": result.amount, "kind": "found", "reason": f"{calculator.label}计算"}
    step = reverse("step", args=[int(query.rpartition("=")[2]), LEDGER])
    return f"{step}?{urlencode(told)}"
