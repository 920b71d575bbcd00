"""The pages for what went wrong: what happened, that nothing was half changed, and where to go on."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request, exception=None):
    """400; what was sent in too large a piece is told so (413)."""
    return (
        render(request, "413.html", status=413)
        if isinstance(exception, RequestDataTooBig)
        else render(request, "400.html", status=400)
    )


def forbidden(request, exception=None):
    """403: not this officer's post."""
    return render(request, "403.html", status=403)


def csrf_failure(request, reason=""):
    """403: the form was not one of ours, or too old."""
    return render(request, "403_csrf.html", status=403)


def not_found(request, exception=None):
    """404: not there, or not to be seen; the page does not say which."""
    return render(request, "404.html", status=404)


def server_error(request):
    """500: without the request, since whatever broke may break its context too."""
    return HttpResponseServerError(render_to_string("500.html"))
