"""How a session finds its officer again: at work, with posts and certificate, in the one statement that every page begins with."""

from django.contrib.auth.backends import ModelBackend
from django.utils.timezone import localdate

from .models import Officer
from .queries import at_work


class AtWork(ModelBackend):
    """Django's own backend, but that it reads the officer `at_work`; a deactivated account is nobody."""

    def get_user(self, user_id: int) -> Officer | None:
        officer = at_work(user_id, localdate())
        return officer if officer and self.user_can_authenticate(officer) else None
