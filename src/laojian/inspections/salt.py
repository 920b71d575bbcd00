"""The salt of a draw: made anew from the number, the nonce and a key of the installation whenever it is needed, kept nowhere.

So no table, page or dump of the database holds it before it is revealed; and whoever has the key alone lacks the nonce.
"""

import hmac
import secrets

from django.conf import settings

from . import draw
from .models import Draw

NONCE_BYTES = 32


def nonce() -> str:
    """The half of the secret that is kept with the draw."""
    return secrets.token_hex(NONCE_BYTES)


def salt_of(row: Draw) -> str:
    """The draw's salt, 64 hexadecimal digits. Reveals the draw to whoever sees it: no view may call this."""
    told = f"laojian-salt|{row.number}|{row.nonce}".encode()
    return hmac.new(settings.QUERY_KEY.encode(), told, "sha256").hexdigest()


def committed(row: Draw) -> bool:
    """Whether the salt is still the one that was promised; it is not once the installation's key was replaced."""
    return hmac.compare_digest(draw.commitment(salt_of(row), row.number), row.commitment)
