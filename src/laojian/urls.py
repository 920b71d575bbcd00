"""The addresses of the platform: the public site, and the desk."""

from django.urls import include, path

urlpatterns = [
    path("", include("laojian.portal.urls")),
    path("", include("laojian.web.urls")),
]

handler400 = "laojian.web.views.errors.bad_request"
handler403 = "laojian.web.views.errors.forbidden"
handler404 = "laojian.web.views.errors.not_found"
handler500 = "laojian.web.views.errors.server_error"
