"""Every setting by environment (docs/deploy.md); nothing secret has a default, and the demo makes its own."""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from laojian import cluster

ROOT = Path(__file__).resolve().parents[2]
HOME = cluster.home()
LAW = Path(os.environ.get("LAOJIAN_LAW", ROOT / "law"))
DEMO = os.environ.get("LAOJIAN_DEMO") == "1"
BEHIND_PROXY = os.environ.get("LAOJIAN_BEHIND_PROXY") == "1"
DEBUG = False


def listed(name: str) -> list[str]:
    """The words of an environment variable, separated by commas."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def database(url: str) -> dict:
    """A Django database from a URL such as postgresql://user:word@host:5432/name or one with ?host=/socket/folder."""
    at = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in at.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(at.path.lstrip("/")),
        "USER": unquote(at.username or ""),
        "PASSWORD": unquote(at.password or ""),
        "HOST": unquote(query.pop("host", at.hostname or "")),
        "PORT": str(at.port or query.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Only the statements of a step are prepared (procedure/statements.py); what the ORM writes is planned each time.
        "OPTIONS": {"prepare_threshold": 5} | query,
    }


# An empty key is legal for commands that sign nothing; laojian.wsgi refuses to serve with one.
SECRET_KEY = os.environ.get("LAOJIAN_SECRET_KEY", "")
# Query codes of receipts are made with this key; it outlives a change of the signing key when it is set apart.
QUERY_KEY = os.environ.get("LAOJIAN_QUERY_KEY") or SECRET_KEY
# The record's tree (docs/deploy.md): its name and hash are for good, the signer may change and may live elsewhere.
RECORD_LOG = os.environ.get("LAOJIAN_RECORD_LOG") or (listed("LAOJIAN_HOSTS") or ["laojian"])[0]
RECORD_DIGEST = os.environ.get("LAOJIAN_RECORD_DIGEST", "sha256")
RECORD_SIGNER = os.environ.get("LAOJIAN_RECORD_SIGNER", "")
RECORD_KEYS = listed("LAOJIAN_RECORD_KEYS")
RECORD_OUT = os.environ.get("LAOJIAN_RECORD_OUT", "")
ALLOWED_HOSTS = ["127.0.0.1", "localhost"] if DEMO else listed("LAOJIAN_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in listed("LAOJIAN_HOSTS")]

DATABASES = {"default": database(os.environ.get("DATABASE_URL") or cluster.Cluster(HOME / "pg").url(cluster.APP))}
# The owner only migrates; the application's role is one that the record's grants and the row policies bind.
DATABASE_OWNER = database(os.environ["DATABASE_OWNER_URL"]) if os.environ.get("DATABASE_OWNER_URL") else None
APP_ROLE = DATABASES["default"]["USER"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "django_cotton",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
    "csp",
    "laojian.record",
    "laojian.people",
    "laojian.employers",
    "laojian.dossier",
    "laojian.clocks",
    "laojian.evidence",
    "laojian.papers",
    "laojian.procedure",
    "laojian.exchange",
    "laojian.intake",
    "laojian.cases",
    "laojian.review",
    "laojian.enforcement",
    "laojian.transfers",
    "laojian.remedies",
    "laojian.archive",
    "laojian.visits",
    "laojian.inspections",
    "laojian.campaigns",
    "laojian.scoring",
    "laojian.interference",
    "laojian.publication",
    "laojian.listing",
    "laojian.repair",
    "laojian.credit",
    "laojian.portal",
    "laojian.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "laojian.web.sessions.SessionLimits",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "laojian.urls"
WSGI_APPLICATION = "laojian.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "laojian.web.shell.shell",
            ]
        },
    }
]

LANGUAGE_CODE = "zh-hans"
FORMAT_MODULE_PATH = ["laojian.formats"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("LAOJIAN_STATIC", HOME / "static"))
MEDIA_ROOT = Path(os.environ.get("LAOJIAN_FILES", HOME / "files"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# An object storage instead of the folder: https://key:secret@host:port/bucket?region=…
STORE_S3 = os.environ.get("LAOJIAN_S3", "")
# How much one officer may have begun to upload and not finished, in bytes.
UPLOAD_QUOTA = int(os.environ.get("LAOJIAN_UPLOAD_QUOTA_GB", "20")) << 30
FILE_UPLOAD_HANDLERS = ["laojian.evidence.uploads.StoreUploadHandler"]
# Ten thousand pasted rows are one field of a few megabytes.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

AUTH_USER_MODEL = "people.Officer"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "laojian.people.backend.AtWork"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    }
]
LOGIN_URL = "login"
OTP_TOTP_ISSUER = "劳监"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "laojian.web.lockout.locked"
AXES_CLIENT_IP_CALLABLE = "laojian.web.lockout.client_address"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SESSION_IDLE = timedelta(minutes=30)
SESSION_ABSOLUTE = timedelta(hours=12)
SESSION_COOKIE_AGE = int(SESSION_ABSOLUTE.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "laojian" if DEMO else "__Host-laojian"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

CSRF_FAILURE_VIEW = "laojian.web.views.errors.csrf_failure"
SECURE_SSL_REDIRECT = not DEMO
SECURE_HSTS_SECONDS = 0 if DEMO else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMO
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LAOJIAN_LOG_LEVEL", "INFO")},
    "loggers": {
        "procrastinate": {"level": "WARNING"},
        "axes": {"level": "WARNING"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # whoever scans addresses would fill the log
    },
}
