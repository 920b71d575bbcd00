"""The addresses of the phone on the spot; all that its service worker keeps lies under them."""

from django.urls import path

from .views import site, site_batches

urlpatterns = [
    path("site", site.site, name="site"),
    path("site/hello", site.site_hello, name="site_hello"),
    path("site/worker.js", site.site_worker, name="site_worker"),
    path("site/numbers", site_batches.site_numbers, name="site_numbers"),
    path("site/<int:dossier_id>", site.site_visit, name="site_visit"),
    path("site/<int:dossier_id>/batches", site_batches.site_batch, name="site_batch"),
]
