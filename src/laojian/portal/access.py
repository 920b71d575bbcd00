"""Who may open an address: every view decides it with `@access`, and the platform does not start when one did not."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.timezone import localdate

from laojian.dossier.models import Dossier
from laojian.people.acting import acting
from laojian.people.queries import me_on

PUBLIC, OFFICER = "public", "officer"


def access(*who: str) -> Callable:
    """Open a view to everyone (`PUBLIC`), to every officer (`OFFICER`), or to the holders of the posts named.

    An officer's GET runs in `acting(officer)`: it reads in one transaction and in the officer's name. Any other method runs
    outside, since a step of procedure opens its own. `request.me` says who it is. A file that may not be seen is not there.
    """
    if not who:
        raise TypeError("say who may open the view")

    def decide(view: Callable) -> Callable:
        @wraps(view)
        def decided(request, *args, **kwargs):
            if PUBLIC in who:
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect(f"/login?{urlencode({'next': request.get_full_path()})}")
            request.me = me_on(request.user, localdate())
            if OFFICER not in who and not request.me.scope.holds(*who):
                raise PermissionDenied
            return answered(view, request, *args, **kwargs)

        decided.access = who
        return decided

    return decide


def answered(view: Callable, request, *args, **kwargs):
    """The view's answer; GET and HEAD within `acting`, and a file that is not visible is a page that is not there."""
    try:
        if request.method in ("GET", "HEAD"):
            with acting(request.user.pk):
                return view(request, *args, **kwargs)
        return view(request, *args, **kwargs)
    except Dossier.DoesNotExist as wrong:
        raise Http404 from wrong


def client_address(request) -> str:
    """The address the attempt came from; behind our own proxy, the one that proxy added last."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.BEHIND_PROXY and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return request.META.get("REMOTE_ADDR", "")
