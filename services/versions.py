"""Versions as callers see them: strong, opaque ETags, and If-Match (design D7)."""

from hashlib import sha256
from typing import Final, Protocol
from uuid import UUID

from services.refusals import StaleVersionError

ETAG_HEX: Final = 32


class Versioned(Protocol):
    """An aggregate, as far as its version goes."""

    @property
    def id(self) -> UUID: ...

    @property
    def version(self) -> int: ...


def etag(aggregate_id: UUID, version: int) -> str:
    """The ETag of one version, quoted as HTTP wants it. Says nothing about how many versions there are."""
    content = b"husrom etag 1" + aggregate_id.bytes + version.to_bytes(8, "big")
    return f'"{sha256(content).hexdigest()[:ETAG_HEX]}"'


def require_match(aggregate: Versioned, if_match: str | None) -> None:
    """Let a change through only if it builds on the version that is there; None builds on whatever is there.

    Raises `StaleVersionError`. Weak tags never match, and `*` matches anything that exists (RFC 9110).
    """
    if if_match is None or if_match.strip() == "*":
        return
    if etag(aggregate.id, aggregate.version) not in [tag.strip() for tag in if_match.split(",")]:
        raise StaleVersionError
