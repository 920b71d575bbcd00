"""The writers of sources: a source comes in with its receipt number, sources move when files are merged; wrong query codes."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import connection

from laojian.employers.identifiers import plain as compact
from laojian.papers.actions import next_number

from .models import Source, WrongCode

INFORMANT = """INSERT INTO intake_informant (source_id, readers, name, phone, id_number, note)
SELECT %(source)s, array_agg(DISTINCT reader ORDER BY reader), %(name)s, %(phone)s, %(id)s, %(note)s
FROM (SELECT %(actor)s::bigint AS reader UNION SELECT officer_id FROM people_post
      WHERE bureau_id = %(bureau)s AND role = 'unit_head' AND until IS NULL) AS readers"""


def add_source(file, given: Mapping) -> Source:
    """One source of a file, with its number; who reported is sealed away from all but the clerk and the unit's head (lsr-12)."""
    year = file.on.year
    nth = next_number(file.dossier["bureau_id"], "登", year)
    sealed = bool(given.get("informant_name") or given.get("informant_phone") or given.get("informant_id"))
    source = Source.objects.create(
        dossier_id=file.id, bureau_id=file.dossier["bureau_id"], kind=given["kind"],
        number=f"{file.bureau['short']}登〔{year}〕{nth}号", received_at=given.get("received_at") or file.at,
        summary=given["summary"], request=given.get("request") or "", document=given.get("document") or "",
        name=given.get("name") or "", id_number=compact(given.get("id_number") or ""), phone=compact(given.get("phone") or ""),
        address=given.get("address") or "", group=representatives(given.get("representatives") or ""),
        consent_on=file.on if given.get("consent") else None, sealed=sealed,
    )  # fmt: skip
    if sealed:
        told = {name: given.get(f"informant_{name}") or "" for name in ("name", "phone", "id", "note")}
        with connection.cursor() as cursor:
            cursor.execute(INFORMANT, told | {
                "source": source.pk, "actor": file.actor["id"], "bureau": file.dossier["bureau_id"],
            })  # fmt: skip
    return source


def representatives(text: str) -> list[dict]:
    """The representatives of a group, a line each: name, then telephone."""
    rows = (line.split() for line in text.splitlines())
    return [{"name": row[0], "phone": row[1] if len(row) > 1 else ""} for row in rows if row]


def move_sources(from_id: int, to_id: int) -> list[int]:
    """Sources, workers with their ledger, and payments follow the merged file; each source keeps its duty of reply."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE intake_source SET dossier_id = %s WHERE dossier_id = %s RETURNING id", [to_id, from_id])
        return [row[0] for row in cursor.fetchall()]


def keep_wrong_code(address: str, at: datetime, pause: timedelta) -> None:
    """One more wrong query code from an address; those older than the pause are forgotten, whoever typed them."""
    WrongCode.objects.filter(at__lte=at - pause).delete()
    WrongCode.objects.create(address=address[:45], at=at)
