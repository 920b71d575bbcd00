"""The platform's own settings, with Django's admin beside it: the yardstick of the list of files, nowhere else installed."""

import os

os.environ.setdefault("LAOJIAN_SECRET_KEY", "worth nothing: signs benchmarks only")
os.environ["LAOJIAN_DEMO"] = "1"

from laojian.settings import *  # noqa: F403

ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]  # noqa: F405
ROOT_URLCONF = "ground.addresses"
STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
LOGGING = LOGGING | {"root": {"handlers": ["stderr"], "level": "ERROR"}}  # noqa: F405
