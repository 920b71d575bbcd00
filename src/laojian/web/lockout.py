"""What a person sees, and whose attempts are counted together, when too many passwords were wrong."""

from django.conf import settings
from django.shortcuts import render

from laojian.portal.access import client_address


def locked(request, *_):
    """Say that the login is locked, for how long, and whom to turn to."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "locked.html", {"limit": settings.AXES_FAILURE_LIMIT, "minutes": minutes}, status=429)


__all__ = ["client_address", "locked"]
