"""Reads of sources: how often an address typed a wrong query code of late."""

from datetime import datetime

from .models import WrongCode


def wrong_codes(address: str, since: datetime) -> int:
    """How many wrong query codes came from an address since a moment, through whichever server process."""
    return WrongCode.objects.filter(address=address[:45], at__gt=since).count()
