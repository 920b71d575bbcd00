"""The platform's addresses with Django's admin beside them, for dossiers alone; access checks of the admin are left out here."""

from django.contrib import admin
from django.urls import include, path

from laojian.dossier.models import Dossier
from laojian.people.acting import acting


class Open(admin.AdminSite):
    """An admin that lets every officer in, and asks the database in the officer's name as the platform's own pages do."""

    def has_permission(self, request):
        return True

    def admin_view(self, view, cacheable=False):
        def acted(request, *args, **kwargs):
            with acting(request.user.pk):
                return view(request, *args, **kwargs).render()

        return acted


class Dossiers(admin.ModelAdmin):
    """The change list as one would write it: the same columns, the same rows joined, the same thirty on a page."""

    list_display = ("number", "title", "state", "lead", "due_on", "due_clock")
    list_select_related = ("lead",)
    list_per_page = 30
    ordering = ("-id",)

    def has_view_permission(self, request, obj=None):
        return True

    has_add_permission = has_change_permission = has_delete_permission = has_module_permission = has_view_permission


site = Open()
site.register(Dossier, Dossiers)
urlpatterns = [path("bench-admin/", site.urls), path("", include("laojian.urls"))]
