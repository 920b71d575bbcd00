from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "laojian.archive"
    verbose_name = "档案"
