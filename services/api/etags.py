"""Which version a change builds on: strong, opaque ETags and If-Match (design D7)."""

from hashlib import sha256
from typing import Annotated, Final, Protocol
from uuid import UUID

from fastapi import Header

from services.refusals import PreconditionRequiredError, StaleVersionError

ETAG_HEX: Final = 32


class Versioned(Protocol):
    """An aggregate, as far as its version goes."""

    @property
    def id(self) -> UUID: ...

    @property
    def version(self) -> int: ...


IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", max_length=1000, description="The ETag of the version that the change builds on."),
]
"""The header as a route's parameter. Missing and `*` are refused by `require_match`, with words that say why."""


def etag(aggregate_id: UUID, version: int) -> str:
    """The ETag of one version, quoted as HTTP wants it. Says nothing about how many versions there are."""
    content = b"husrom etag 1" + aggregate_id.bytes + version.to_bytes(8, "big")
    return f'"{sha256(content).hexdigest()[:ETAG_HEX]}"'


def require_match(aggregate: Versioned, if_match: str | None) -> None:
    """Let a change through only if it builds on the version that is there.

    Raises PreconditionRequiredError when no version is named (`*` names none), StaleVersionError when it is another.
    Weak tags never match (RFC 9110).
    """
    named = [tag.strip() for tag in (if_match or "").split(",") if tag.strip()]
    if not named or "*" in named:
        raise PreconditionRequiredError
    if etag(aggregate.id, aggregate.version) not in named:
        raise StaleVersionError
