"""Reads of the public site: a receipt by number and code, an officer's certificate, the office that speaks here."""

from django.conf import settings

from laojian.intake.models import Source
from laojian.intake.rules import same_code
from laojian.people.models import Bureau, Certificate, Officer


def receipt_of(number: str, code: str) -> Source | None:
    """The source of a receipt when number and code fit; nothing tells which of the two was wrong."""
    typed = "".join(number.split()).replace("[", "〔").replace("]", "〕").replace("(", "〔").replace(")", "〕")
    source = Source.objects.select_related("bureau").filter(number=typed).first()
    known = source or Source(number=typed)
    fits = same_code(code, settings.QUERY_KEY, known.number, known.code_round)
    return source if source and fits else None


def certificate_of(number: str, name: str) -> Certificate | None:
    """The certificate under this number, if the name is its bearer's."""
    return (
        Certificate.objects.select_related("officer__bureau")
        .filter(number=number.strip(), officer__name=name.strip())
        .first()
    )


def complainant() -> Officer:
    """The actor in whose name the public counter acts."""
    return Officer.objects.get(username="complainant")


def visited() -> Officer:
    """The actor in whose name an employer with a code acts."""
    return Officer.objects.get(username="employer")


def office() -> Bureau | None:
    """The bureau whose site this is: the highest."""
    return Bureau.objects.order_by("id").filter(parent=None).first()
