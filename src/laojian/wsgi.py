"""The web server's way in. It refuses to serve what is not safe to serve, and says what is missing."""

import io
import os
import sys

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

REQUIRED = {
    "LAOJIAN_SECRET_KEY": "a long random text, kept secret",
    "DATABASE_URL": "postgresql://laojian_app:…@host:5432/laojian",
    "LAOJIAN_HOSTS": "the host names this platform answers to, separated by commas",
}
if os.environ.get("LAOJIAN_DEMO") != "1":
    for name, meaning in REQUIRED.items():
        if not os.environ.get(name):
            sys.exit(f"laojian does not start: {name} is not set ({meaning}). See docs/deploy.md.")

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laojian.settings")
application = get_wsgi_application()
call_command("check", fail_level="ERROR", stdout=io.StringIO())
