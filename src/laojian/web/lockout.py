"""What a person sees, and whose attempts are counted together, when too many passwords were wrong."""

from django.conf import settings
from django.shortcuts import render


def locked(request, *_):
    """Say that the login is locked, for how long, and whom to turn to."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "locked.html", {"limit": settings.AXES_FAILURE_LIMIT, "minutes": minutes}, status=429)


def client_address(request) -> str:
    """The address the attempt came from; behind our own proxy, the one that proxy added last."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.BEHIND_PROXY and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return request.META.get("REMOTE_ADDR", "")
