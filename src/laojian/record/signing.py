"""Who signs heads and receipts: a key in a file, a command, or an address elsewhere; one interface for Ed25519 and SM2.

The key may live off the host: then the platform knows the public key alone and asks for signatures. Arithmetic is that of
`cryptography` (Ed25519) and `gmalg` (SM2).
"""

import os
import secrets
import shlex
import subprocess
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import gmalg
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519
from django.conf import settings

from .signatures import SM2_BASE, SM2_NAME, SM2_ORDER, sm2_times
from .signatures import verified as verified_plainly

KINDS = ("ed25519", "sm2")
SECONDS = 10  # how long a signer elsewhere may take


class SigningError(Exception):
    """There is no signature: the sentence says why and what to do."""


@dataclass(frozen=True)
class Signer:
    """Signs for one public key."""

    key: str
    ask: Callable[[bytes], str]

    def sign(self, text: str) -> str:
        """The signature of a text, in hex, verified before it is given. Raises `SigningError`."""
        signature = self.ask(text.encode())
        if not verified(self.key, text.encode(), signature):
            raise SigningError("签名机的签名与登记的公钥不符，请核对 LAOJIAN_RECORD_KEYS 的第一把公钥")
        return signature


def signer() -> Signer | None:
    """The signer of this installation (LAOJIAN_RECORD_SIGNER); None while none is set. Raises `SigningError`."""
    told = settings.RECORD_SIGNER
    if not told:
        return None
    if told.startswith("command:"):
        return Signer(first_key(), by_command(shlex.split(told.removeprefix("command:"))))
    if told.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        return Signer(first_key(), by_address(told))
    return by_file(Path(told.removeprefix("file:")))


def known_keys() -> list[str]:
    """The public keys whose heads are ours: the signer's, and those of LAOJIAN_RECORD_KEYS (earlier ones stay there)."""
    try:
        own = signer()
    except SigningError:
        own = None
    return list(dict.fromkeys([*([own.key] if own else []), *settings.RECORD_KEYS]))


def first_key() -> str:
    """The public key of a signer elsewhere."""
    if not settings.RECORD_KEYS:
        raise SigningError("签名密钥不在本机时，须在 LAOJIAN_RECORD_KEYS 写明公钥")
    return settings.RECORD_KEYS[0]


def new_key(kind: str) -> str:
    """A new secret key as its file holds it: kind and 32 bytes in hex."""
    secret = secrets.token_bytes(32) if kind == "ed25519" else (secrets.randbelow(SM2_ORDER - 2) + 1).to_bytes(32)
    return f"{kind} {secret.hex()}\n"


def keep_key(place: Path, kind: str) -> str:
    """Write a new key to a file that did not exist, readable to its owner alone; answers the public key."""
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(new_key(kind))
    return by_file(place).key


def by_file(place: Path) -> Signer:
    """A signer whose key lies in a file: one line, `ed25519 …` or `sm2 …`."""
    try:
        kind, secret = place.read_text().split()
        told = bytes.fromhex(secret)
    except (OSError, ValueError) as wrong:
        raise SigningError(f"读不到签名密钥 {place}：{wrong}") from wrong
    if kind not in KINDS or len(told) != 32:
        raise SigningError(f"{place} 不是签名密钥：应为一行“ed25519 …”或者“sm2 …”")
    return ed25519_signer(told) if kind == "ed25519" else sm2_signer(told)


def ed25519_signer(secret: bytes) -> Signer:
    key = ed25519.Ed25519PrivateKey.from_private_bytes(secret)
    return Signer(f"ed25519:{key.public_key().public_bytes_raw().hex()}", lambda text: key.sign(text).hex())


def sm2_signer(secret: bytes) -> Signer:
    public = b"".join(part.to_bytes(32) for part in sm2_times(int.from_bytes(secret), SM2_BASE))
    key = gmalg.SM2(secret, SM2_NAME, b"\x04" + public)
    return Signer(f"sm2:{public.hex()}", lambda text: b"".join(key.sign(text)).hex())


def by_command(command: list[str]) -> Callable[[bytes], str]:
    """Ask a program: the text on its standard input, the signature in hex on its output."""

    def ask(text: bytes) -> str:
        try:
            done = subprocess.run(command, input=text, capture_output=True, timeout=SECONDS, check=True)
        except (OSError, subprocess.SubprocessError) as wrong:
            raise SigningError(f"签名程序没有签名：{wrong}") from wrong
        return done.stdout.decode(errors="replace").strip()

    return ask


def by_address(address: str) -> Callable[[bytes], str]:
    """Ask a signer elsewhere: the text by POST, the signature in hex as the answer."""

    def ask(text: bytes) -> str:
        asked = urllib.request.Request(address, data=text, headers={"Content-Type": "text/plain; charset=utf-8"})
        try:
            with urllib.request.urlopen(asked, timeout=SECONDS) as answer:
                return answer.read(1000).decode(errors="replace").strip()
        except OSError as wrong:
            raise SigningError(f"签名机没有应答：{wrong}") from wrong

    return ask


def verified(key: str, message: bytes, signature: str) -> bool:
    """As `signatures.verified`; Ed25519 by the library, which is a hundred times as fast."""
    if not key.startswith("ed25519:"):
        return verified_plainly(key, message, signature)
    try:
        public = ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.removeprefix("ed25519:")))
        public.verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True
