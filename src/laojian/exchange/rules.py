"""What is the same for the same content: the digest of what is sent."""

import hashlib
import json
from collections.abc import Mapping


def digest(key: str, version: int, act: str, payload: Mapping) -> str:
    """The SHA-256 of a version, over JSON with sorted keys and no spaces, so that both sides count the same."""
    told = {"key": key, "version": version, "act": act, "payload": payload}
    return hashlib.sha256(
        json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    ).hexdigest()
