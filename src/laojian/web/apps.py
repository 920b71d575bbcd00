from django.apps import AppConfig
from django.core import checks

from .checks import every_address_decides_access


class WebConfig(AppConfig):
    name = "laojian.web"
    verbose_name = "页面"

    def ready(self):
        checks.register(every_address_decides_access, checks.Tags.urls)
