"""Reading evidence: the list of a dossier, one file with its bytes, and what a step reads of it with its dossier."""

from typing import BinaryIO

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet

from .models import Custody, Evidence, File, Moment, Recording, Upload
from .store import store

# For a flow's parts, correlated with the dossier `d`: how many open pieces there are, and a digest of all. The database
# counts the sealed ones into the digest without showing them, so that the hash does not depend on who looks.
PART = "evidence_state(d.id)"
RECORDINGS = """(SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'step_seq', r.step_seq, 'step', r.step_label,
    'subject', r.subject, 'must', r.must, 'on', r.on, 'evidence_id', r.evidence_id, 'reason', r.reason) ORDER BY r.id), '[]')
    FROM evidence_recording r WHERE r.dossier_id = d.id)"""


def evidence_of(dossier_id: int, viewer_id: int) -> QuerySet[Evidence]:
    """The dossier's evidence with files and custody, in order of its numbers; sealed pieces for their readers only.

    Two queries, however many pieces. Whether the viewer may see the dossier at all is decided before.
    """
    custody = Prefetch("custody", Custody.objects.order_by("id"))
    pieces = Evidence.objects.filter(Q(sealed=False) | Q(readers__contains=[viewer_id]), dossier_id=dossier_id)
    return pieces.select_related("file").prefetch_related(custody).order_by("sealed", "ordinal")


def moments_of(evidence_id: int) -> QuerySet[Moment]:
    """The moments marked in a recording, in their order."""
    return Moment.objects.filter(evidence_id=evidence_id).order_by("seconds", "id")


def recorded_in(evidence_id: int) -> Recording | None:
    """Of which step the piece is the recording."""
    return Recording.objects.filter(evidence_id=evidence_id).first()


def files_held(file_ids: list[int]) -> set[int]:
    """Which of these files lie in some dossier; the database tells it also to who may not see the sealed pieces. One statement."""
    if not file_ids:
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT files_held(%s::bigint[])", [file_ids])
        return {row[0] for row in cursor.fetchall()}


def waiting(dossier_id: int, officer_id: int) -> QuerySet[Upload]:
    """What the officer began to upload to the dossier and did not finish."""
    return Upload.objects.filter(dossier_id=dossier_id, officer_id=officer_id, file=None).order_by("id")


def open_file(file_id: int) -> tuple[File, BinaryIO]:
    """A file and its bytes. Raises File.DoesNotExist, or FileNotFoundError when the store has lost them."""
    file = File.objects.get(pk=file_id)
    return file, store().open(file.sha256)
