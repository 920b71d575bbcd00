"""A look at protected data is an entry of the record, written in the transaction that shows it."""

from django.utils.timezone import now

from laojian.people.queries import Me
from laojian.record.actions import write


def look(me: Me, dossier_id: int, what: str, **given) -> None:
    """Record a look at protected data, in the transaction that shows it."""
    write(
        kind="look", dossier_id=dossier_id, bureau_id=me.officer.bureau_id, verb="look", label=what, at=now(),
        actor_id=me.officer.pk, actor_name=me.officer.name, actor_post=f"{me.bureau} {'、'.join(me.posts)}",
        actor_certificate=me.certificate.number if me.certificate else "", given=given,
    )  # fmt: skip
