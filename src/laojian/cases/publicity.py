"""What of a penalty leaves the platform (处罚决定公示), column by column; what was not decided, what was not withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection

from laojian.employers.models import Employer
from laojian.exchange.rules import NO_CODE, slashed, wan
from laojian.lawbook import Set, law
from laojian.lawbook.display import Shown, shown
from laojian.procedure.step import File

from .models import Obligation, Party

CODES = ("penalty_decision", "spot_penalty")
PERSONAL = (Party.Kind.PERSON, Party.Kind.CONTROLLER)
CATEGORIES = {
    Obligation.Kind.WARN: "警告", Obligation.Kind.FINE: "罚款", Obligation.Kind.CONFISCATE: "没收违法所得、没收非法财物",
}  # fmt: skip
# Served, standing, and nobody has decided yet whether it is made public (apl-48).
UNDECIDED = """
SELECT p.id, p.number, p.dossier_id, d.title, p.issued_on FROM papers_paper p JOIN dossier_dossier d ON d.id = p.dossier_id
WHERE d.bureau_id = %(bureau)s AND d.flow IN ('general', 'summary') AND p.code = ANY(%(codes)s) AND p.voided = ''
  AND EXISTS (SELECT FROM papers_service v WHERE v.paper_id = p.id)
  AND NOT EXISTS (SELECT FROM record_entry e WHERE e.dossier_id = p.dossier_id AND e.kind = 'step'
                  AND e.verb = 'decide_publication' AND (e.given->>'decision')::bigint = p.id)
ORDER BY p.issued_on, p.id LIMIT %(most)s"""
# The decision fell, and the newest version somewhere still shows it: the step that felled it should have withdrawn it.
STANDING = """
SELECT o.key FROM papers_paper p JOIN exchange_outgoing o ON o.dossier_id = p.dossier_id AND o.key LIKE 'penalty:' || p.id || ':%%'
WHERE p.code = ANY(%(codes)s) AND p.voided <> '' AND o.act = 'put'
  AND NOT EXISTS (SELECT FROM exchange_outgoing n WHERE n.platform = o.platform AND n.key = o.key AND n.version > o.version)
ORDER BY o.key"""


@dataclass(frozen=True)
class Undecided:
    """A penalty of which nobody has said whether it is made public."""

    paper: int
    number: str
    dossier: int
    title: str
    decided_on: date


def key_of(paper: int, party: int) -> str:
    """The name under which a penalty on a party leaves the platform."""
    return f"penalty:{paper}:{party}"


def penalties(file: File) -> list[dict]:
    """The penalty decisions of the file that stand and were served."""
    return [p for p in file.papers if p["code"] in CODES and not p["voided"] and p["services"]]


def punished(file: File, paper: Mapping) -> list[dict]:
    """The parties on whom a penalty was imposed."""
    bound = {o["addressee_id"] for o in file.obligations if o["seq"] == paper["nth"]}
    return [p for p in file.parties if p["id"] in bound]


def lasting(paper: Mapping, severity: str) -> Shown:
    """How long it is shown. LookupError where the rules of that day know no such class."""
    return shown(date.fromisoformat(paper["issued_on"]), severity)


def local_text(file: File, key: str) -> str:
    """A local value of the bureau; empty while nobody has set it."""
    found = law().local(key, file.bureau["options"], file.on)
    return str(found.value) if isinstance(found, Set) else ""


def columns(file: File, paper: Mapping, party: Mapping, given: Mapping) -> dict[str, str]:
    """The penalty on one party, column by column; a column that does not apply is left out."""
    told = whom(party) | what(file, paper, party) | {
        "CF_WSH": paper["number"], "CF_WFXW": given["acts"], "CF_SY": given["facts"], "CF_YJ": paper["given"].get("basis", ""),
        "CF_NR": given["content"], "CF_JDRQ": slashed(date.fromisoformat(paper["issued_on"])),
        "CF_GSJZQ": slashed(lasting(paper, given["severity"]).until_on),
    }  # fmt: skip
    name, code = local_text(file, "legal_subject") or file.bureau["name"], local_text(file, "bureau_code")
    told |= {"CF_CFJG": name, "CF_CFJGDM": code, "CF_SJLY": name, "CF_SJLYDM": code}
    return {key: value for key, value in told.items() if value}


def whom(party: Mapping) -> dict[str, str]:
    """The columns about the party; an identity number stands in the two that are shown to nobody."""
    if party["kind"] in PERSONAL:
        numbers = {"CF_XDR_ZJLX": "身份证", "CF_XDR_ZJHM": party["code"]} if party["code"] else {}
        return {"CF_XDR_MC": party["name"], "CF_XDR_LB": "自然人"} | numbers
    unregistered = party["kind"] == Party.Kind.WORKSHOP
    told = {
        "CF_XDR_MC": party["name"], "CF_XDR_LB": "个体工商户" if unregistered else "法人及非法人组织",
        "CF_XDR_SHXYM": party["code"] or NO_CODE, "CF_FRDB": party["legal_rep"] or registered_head(party),
    }  # fmt: skip
    return told if party["code"] else told | {"BZ": "该单位没有统一社会信用代码"}


def registered_head(party: Mapping) -> str:
    """The legal representative that the register of employers knows; empty for who is not on it."""
    return Employer.objects.filter(pk=party["employer_id"]).values_list("legal_rep", flat=True).first() or ""


def what(file: File, paper: Mapping, party: Mapping) -> dict[str, str]:
    """The columns about the measures."""
    own = [o for o in file.obligations if o["seq"] == paper["nth"] and o["addressee_id"] == party["id"]]
    kinds = [label for kind, label in CATEGORIES.items() if any(o["kind"] == kind for o in own)]
    told = {"CF_CFLB": ";".join(kinds) or "其他"}
    for kind, column in ((Obligation.Kind.FINE, "CF_NR_FK"), (Obligation.Kind.CONFISCATE, "CF_NR_WFFF")):
        if CATEGORIES[kind] in kinds:
            told[column] = wan(sum(Decimal(str(o["amount"] or 0)) for o in own if o["kind"] == kind))
    return told


def undecided(bureau_id: int, most: int = 50) -> list[Undecided]:
    """The penalties of a bureau of which nobody has decided whether they are made public, oldest first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(UNDECIDED, {"bureau": bureau_id, "codes": list(CODES), "most": most})
        return [Undecided(*row) for row in cursor.fetchall()]


def still_shown() -> list[str]:
    """Keys of fallen penalties that were not withdrawn; there should be none. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"codes": list(CODES)})
        return [key for (key,) in cursor.fetchall()]
