"""Keys of platforms at rest: encrypted with the installation's own secret, so that a copy of the database alone signs nothing."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def _box() -> Fernet:
    return Fernet(
        base64.urlsafe_b64encode(hashlib.sha256(b"laojian exchange " + settings.SECRET_KEY.encode()).digest())
    )


def lock(secret: str) -> str:
    """The key as it is kept."""
    return _box().encrypt(secret.encode()).decode()


def unlock(kept: str) -> str:
    """The key as it signs. LookupError where the installation's secret has changed since."""
    try:
        return _box().decrypt(kept.encode()).decode()
    except InvalidToken as wrong:
        raise LookupError("平台的密钥无法解开：系统的密钥已经更换，请系统管理员重新登记平台的密钥") from wrong
