"""The query code of a receipt: made from the number and a key, so that it can be printed again and is stored nowhere."""

import base64
import hashlib
import hmac

ALPHABET = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "ABCDEFGHJKLMNPQRSTUVWXYZ23456789")  # no I, O, 0, 1


def query_code(key: str, number: str, turn: int = 0) -> str:
    """Eight letters and digits for a receipt; another `turn` makes the earlier code void."""
    made = hmac.new(key.encode(), f"{number}|{turn}".encode(), hashlib.sha256).digest()
    return base64.b32encode(made[:5]).decode().translate(ALPHABET)


def same_code(given: str, key: str, number: str, turn: int) -> bool:
    """Whether the code is the receipt's; takes the same time whatever was typed."""
    typed = "".join(given.split()).replace("-", "").upper()
    return hmac.compare_digest(typed.encode(), query_code(key, number, turn).encode())
