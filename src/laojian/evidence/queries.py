"""Reading evidence: the list of a dossier, one file, and the SQL by which a step reads the list with its dossier."""

from typing import BinaryIO

from django.db.models import Prefetch, Q, QuerySet

from .models import Custody, Evidence, File
from .store import store

# For a flow's parts: correlated with the dossier `d`. Sealed pieces stay out, or the hash would depend on who looks.
PART = """
SELECT coalesce(jsonb_agg(jsonb_build_object(
  'id', e.id, 'ordinal', e.ordinal, 'kind', e.kind, 'title', e.title, 'proves', e.proves, 'provider', e.provider,
  'from_complainant', e.from_complainant, 'collected_on', e.collected_on, 'collectors', to_jsonb(e.collectors),
  'collected_by', e.collected_by, 'place', e.place, 'form', e.form, 'pages', e.pages, 'sha256', f.sha256
  ) ORDER BY e.ordinal), '[]')
FROM evidence_evidence e LEFT JOIN evidence_file f ON f.id = e.file_id WHERE e.dossier_id = d.id AND NOT e.sealed
"""


def evidence_of(dossier_id: int, viewer_id: int) -> QuerySet[Evidence]:
    """The dossier's evidence with files and custody, in order of its numbers; sealed pieces for their readers only.

    Two queries, however many pieces. Whether the viewer may see the dossier at all is decided before.
    """
    custody = Prefetch("custody", Custody.objects.order_by("id"))
    pieces = Evidence.objects.filter(Q(sealed=False) | Q(readers__contains=[viewer_id]), dossier_id=dossier_id)
    return pieces.select_related("file").prefetch_related(custody).order_by("sealed", "ordinal")


def piece_of_file(file_id: int, viewer_id: int) -> Evidence | None:
    """The piece that a file belongs to, by whose dossier a view decides; none where the viewer may not see it."""
    pieces = Evidence.objects.filter(Q(sealed=False) | Q(readers__contains=[viewer_id]), file_id=file_id)
    return pieces.select_related("file").first()


def open_file(file_id: int) -> tuple[File, BinaryIO]:
    """A file and its bytes. Raises File.DoesNotExist, or FileNotFoundError when the store has lost them."""
    file = File.objects.get(pk=file_id)
    return file, store().open(file.sha256)


def damaged(dossier_id: int) -> list[Evidence]:
    """The dossier's pieces whose bytes are missing or no longer have their digest. Reads every file."""
    pieces = Evidence.objects.filter(dossier_id=dossier_id, file__isnull=False).select_related("file")
    return [piece for piece in pieces.order_by("sealed", "ordinal") if not store().whole(piece.file.sha256)]
