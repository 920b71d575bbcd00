"""How long a login lasts: half an hour without a request, twelve hours in all."""

import time

from django.conf import settings
from django.contrib.auth import logout

BEGAN, SEEN = "began_at", "seen_at"
WRITE_SECONDS = 60


class SessionLimits:
    """Log an officer out at the end of either limit; the session is written at most once a minute for it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            keep_or_end(request, time.time())
        return self.get_response(request)


def keep_or_end(request, now: float) -> None:
    session = request.session
    began, seen = session.get(BEGAN, now), session.get(SEEN, now)
    if now - seen > settings.SESSION_IDLE.total_seconds() or now - began > settings.SESSION_ABSOLUTE.total_seconds():
        logout(request)
    elif BEGAN not in session or now - seen > WRITE_SECONDS:
        session[BEGAN], session[SEEN] = began, now
