"""Lists of workers taken in: the rows that are right become one step, each of the others is reported with its reason."""

import io

from django.utils.timezone import localdate, now

from laojian.procedure.step import Refused
from laojian.procedure.take import take
from laojian.queue import later

from .claims import Reading
from .excel import read_pasted, read_workbook, report_workbook
from .models import Import

AT_ONCE = 100_000  # bytes; a longer list is taken in by the worker, and the page shows how far it is
REPORTED = 500


def begin(dossier_id: int, *, by, name: str, content: bytes, pasted: bool) -> Import:
    """Keep the list and take it in: at once when it is short, else by the queue, which survives a closed browser."""
    job = Import.objects.create(dossier_id=dossier_id, by=by, at=now(), name=name, content=content, pasted=pasted)
    if len(content) <= AT_ONCE:
        run(job)
    else:
        later("take_in_workers", job=job.pk)
    return job


def run(job: Import) -> None:
    """Read the rows, take the step with those that are right, and keep the report."""
    if job.done_at:
        return
    reading = read(job)
    job.total, job.refused = len(reading.rows), len(reading.bad)
    job.problems = list(reading.problems)
    job.rows = [reported(row) for row in reading.rows if row.errors or row.warnings][:REPORTED]
    if reading.good:
        try:
            take(job.dossier_id, "claim_workers", by=job.by, at=now(), given={"rows": reading.claims()})
        except Refused as refused:
            job.problems = [str(reason) for reason in refused.reasons]
        else:
            job.taken, job.amount = len(reading.good), reading.total
    job.done_at = now()
    job.save()


def read(job: Import) -> Reading:
    """The rows of the list as it came."""
    if job.pasted:
        return read_pasted(bytes(job.content).decode(), localdate(job.at))
    return read_workbook(io.BytesIO(bytes(job.content)), localdate(job.at))


def reported(row) -> dict:
    """A row with what is to be said of it."""
    name = row.cells["name"].text if "name" in row.cells else ""
    return {"row": row.line, "name": name, "ok": not row.errors, "messages": [*row.errors, *row.warnings]}


def refused_rows(job: Import) -> bytes:
    """A workbook of the refused rows with their reasons, to be corrected and taken in again."""
    return report_workbook(read(job).bad)
