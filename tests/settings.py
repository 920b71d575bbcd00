"""The platform's own settings as a test runs them: a worthless key, files in a folder of their own, quick passwords."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("LAOJIAN_SECRET_KEY", "worth nothing: signs tests only")
os.environ["LAOJIAN_DEMO"] = "1"

from laojian.settings import *  # noqa: F403

ALLOWED_HOSTS = ["*"]
KEY = tempfile.NamedTemporaryFile("w", prefix="laojian-record-", suffix=".key")  # noqa: SIM115
KEY.write("ed25519 " + "07" * 32), KEY.flush()
RECORD_SIGNER = f"file:{KEY.name}"
FILES = tempfile.TemporaryDirectory(prefix="laojian-files-")
MEDIA_ROOT = Path(FILES.name)
# The strong hash is tested by itself; a hundred logins must not each wait for it.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", "django.contrib.auth.hashers.Argon2PasswordHasher"]
STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
