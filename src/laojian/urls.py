"""The addresses of the platform: the public site, and the desk."""

from django.urls import include, path

urlpatterns = [
    path("", include("laojian.portal.urls")),
    path("", include("laojian.web.urls")),
]
