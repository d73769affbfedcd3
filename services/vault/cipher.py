"""AES-256-GCM with bound context: a box opens only with the key and the exact context it was closed with."""

import hmac
import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16


class SealBrokenError(Exception):
    """A box did not open: wrong key, wrong owner, case or field, or bytes that were changed (design D3)."""

    def __init__(self) -> None:
        super().__init__("a sealed value did not open with the key and context it is stored with")


def new_key() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def close(key: bytes, plain: bytes, context: tuple[bytes, ...]) -> bytes:
    """Nonce and ciphertext of `plain`, bound to `context`. The nonce is 96 random bits."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, canonical(context))


def open_box(key: bytes, box: bytes, context: tuple[bytes, ...]) -> bytes:
    """What `close` was given. Raises SealBrokenError when key, context or box is not the same."""
    if len(box) < NONCE_BYTES + TAG_BYTES:
        raise SealBrokenError
    try:
        return AESGCM(key).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], canonical(context))
    except InvalidTag:
        raise SealBrokenError from None


def canonical(parts: tuple[bytes, ...]) -> bytes:
    """`parts` as bytes that no other parts give: each with its length in front."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def derive(key: bytes, purpose: str) -> bytes:
    """A key of its own for one purpose (HKDF-Expand, RFC 5869, one block): uses of one secret never mix."""
    return hmac.digest(key, purpose.encode() + b"\x01", sha256)


def keyed_digest(key: bytes, content: bytes) -> bytes:
    """HMAC-SHA256: equal for equal content, and a guess cannot be checked without the key."""
    return hmac.digest(key, content, sha256)
