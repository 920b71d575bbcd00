"""Every setting by environment; nothing secret has a default outside the demo."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
LAW = Path(os.environ.get("LAOJIAN_LAW", ROOT / "law"))
DEMO = os.environ.get("LAOJIAN_DEMO") == "1"
SECRET_KEY = os.environ.get("LAOJIAN_SECRET_KEY", "demo-only" * 6)
DEBUG = False
ALLOWED_HOSTS = ["*"]


def database(url: str) -> dict:
    """A Django database from a URL such as postgresql://user:word@host:5432/name or one with ?host=/socket/folder."""
    at = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in at.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": at.path.lstrip("/"),
        "USER": unquote(at.username or ""),
        "PASSWORD": unquote(at.password or ""),
        "HOST": unquote(query.get("host", at.hostname or "")),
        "PORT": str(at.port or query.get("port", "")),
        "CONN_MAX_AGE": 60,
    }


DATABASES = {"default": database(os.environ.get("DATABASE_URL", "postgresql:///laojian"))}
APP_ROLE = "laojian_app"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "laojian.record",
    "laojian.people",
    "laojian.employers",
    "laojian.dossier",
    "laojian.clocks",
    "laojian.evidence",
    "laojian.papers",
    "laojian.procedure",
    "laojian.intake",
    "laojian.cases",
    "laojian.portal",
    "laojian.web",
]
AUTH_USER_MODEL = "people.Officer"
ROOT_URLCONF = "laojian.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
STATIC_URL = "/static/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
