"""Verifying signatures in plain Python: Ed25519 (RFC 8032) and SM2 with SM3 (GB/T 32918).

For the small script of a stranger who has nothing but Python; the platform itself verifies with its libraries (`signing.py`).
Nothing secret is handled here. A key is told as `ed25519:…` or `sm2:…` in hex, a signature as 64 bytes in hex.
"""

import hashlib

ED_P = 2**255 - 19
ED_ORDER = 2**252 + 27742317777372353535851937790883648493
ED_D = -121665 * pow(121666, -1, ED_P) % ED_P
ED_BASE_Y = 4 * pow(5, -1, ED_P) % ED_P
SM2_P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
SM2_A = SM2_P - 3
SM2_B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
SM2_ORDER = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
SM2_BASE = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)
SM2_NAME = b"1234567812345678"  # whom the standard names as signer where nobody else is named


def verified(key: str, message: bytes, signature: str) -> bool:
    """Whether this key signed this message. False for anything that is no key or no signature."""
    kind, _, public = key.partition(":")
    try:
        told, signed = bytes.fromhex(public), bytes.fromhex(signature)
    except ValueError:
        return False
    if len(signed) != 64 or len(told) != {"ed25519": 32, "sm2": 64}.get(kind):
        return False
    return {"ed25519": ed25519_verified, "sm2": sm2_verified}[kind](told, message, signed)


def ed_point(told: bytes) -> tuple[int, int] | None:
    """A point of the curve from its 32 bytes; None when they are none."""
    y = int.from_bytes(told, "little") & (1 << 255) - 1
    if y >= ED_P:
        return None
    square = (y * y - 1) * pow(ED_D * y * y + 1, -1, ED_P) % ED_P
    x = pow(square, (ED_P + 3) // 8, ED_P)
    if (x * x - square) % ED_P:
        x = x * pow(2, (ED_P - 1) // 4, ED_P) % ED_P
    odd = told[31] >> 7
    if (x * x - square) % ED_P or (x == 0 and odd):
        return None
    return (x if x & 1 == odd else ED_P - x), y


def ed_sum(one: tuple, other: tuple) -> tuple:
    """The sum of two points in extended coordinates (X, Y, Z, T)."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % ED_P
    b = (one[1] + one[0]) * (other[1] + other[0]) % ED_P
    c = 2 * one[3] * other[3] * ED_D % ED_P
    d = 2 * one[2] * other[2] % ED_P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % ED_P, g * h % ED_P, f * g % ED_P, e * h % ED_P


def ed_times(count: int, point: tuple[int, int]) -> tuple:
    """A point so many times, in extended coordinates."""
    x, y = point
    total, each = (0, 1, 1, 0), (x, y, 1, x * y % ED_P)
    while count:
        if count & 1:
            total = ed_sum(total, each)
        each, count = ed_sum(each, each), count >> 1
    return total


def ed25519_verified(public: bytes, message: bytes, signature: bytes) -> bool:
    """RFC 8032, 5.1.7, without a context."""
    key, promised = ed_point(public), ed_point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or promised is None or scalar >= ED_ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ED_ORDER
    base = ed_point(ED_BASE_Y.to_bytes(32, "little"))
    left = ed_times(scalar, base)
    right = ed_sum((*promised, 1, promised[0] * promised[1] % ED_P), ed_times(challenge, key))
    return not ((left[0] * right[2] - right[0] * left[2]) % ED_P or (left[1] * right[2] - right[1] * left[2]) % ED_P)


def sm2_sum(one: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int] | None:
    """The sum of two points; None is the point at infinity."""
    if one is None or other is None:
        return one or other
    if one[0] == other[0]:
        if (one[1] + other[1]) % SM2_P == 0:
            return None
        slope = (3 * one[0] * one[0] + SM2_A) * pow(2 * one[1], -1, SM2_P)
    else:
        slope = (other[1] - one[1]) * pow(other[0] - one[0], -1, SM2_P)
    x = (slope * slope - one[0] - other[0]) % SM2_P
    return x, (slope * (one[0] - x) - one[1]) % SM2_P


def sm2_times(count: int, point: tuple[int, int]) -> tuple[int, int] | None:
    """A point so many times."""
    total = None
    while count:
        if count & 1:
            total = sm2_sum(total, point)
        point, count = sm2_sum(point, point), count >> 1
    return total


def sm3(told: bytes) -> bytes:
    """SM3, where this Python's OpenSSL has it."""
    return hashlib.new("sm3", told).digest()


def sm2_verified(public: bytes, message: bytes, signature: bytes) -> bool:
    """GB/T 32918.2, 7.1, with the signer's default name."""
    x, y = int.from_bytes(public[:32], "big"), int.from_bytes(public[32:], "big")
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if max(x, y) >= SM2_P or (y * y - x * x * x - SM2_A * x - SM2_B) % SM2_P:
        return False
    if not (0 < r < SM2_ORDER and 0 < s < SM2_ORDER) or (r + s) % SM2_ORDER == 0:
        return False
    curve = b"".join(each.to_bytes(32, "big") for each in (SM2_A, SM2_B, *SM2_BASE))
    signer = sm3((len(SM2_NAME) * 8).to_bytes(2, "big") + SM2_NAME + curve + public)
    told = int.from_bytes(sm3(signer + message), "big")
    point = sm2_sum(sm2_times(s, SM2_BASE), sm2_times((r + s) % SM2_ORDER, (x, y)))
    return point is not None and (told + point[0] - r) % SM2_ORDER == 0
