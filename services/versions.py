"""Versions as callers see them: strong, opaque, keyed ETags, and If-Match (design D7).

Inside, a version is named by what it is a version of. It is keyed where it leaves the system, so that an ETag tells
nobody which thing it is of, nor how often that has changed.
"""

from collections.abc import Callable
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


def version_of(aggregate: Versioned) -> str:
    """The name of the version that is there, for inside alone: `Etags.of_version` makes an ETag of it."""
    return f"{aggregate.id} {aggregate.version}"


class Etags:
    """Makes ETags. `digest`: a keyed digest in hex of at least 32 characters; who lacks the key can make none."""

    def __init__(self, digest: Callable[[bytes], str]) -> None:
        self._digest = digest

    def of(self, aggregate: Versioned) -> str:
        """The ETag of the version that is there, quoted as HTTP wants it."""
        return self.of_version(version_of(aggregate))

    def of_version(self, version: str) -> str:
        """The ETag of a version by its name (`version_of`)."""
        return f'"{self._digest(version.encode())[:ETAG_HEX]}"'

    def require_match(self, aggregate: Versioned, if_match: str | None) -> None:
        """Let a change through only if it builds on the version that is there; None builds on whatever is there.

        Raises `StaleVersionError`. Weak tags never match, and `*` matches anything that exists (RFC 9110).
        """
        if if_match is None or if_match.strip() == "*":
            return
        if self.of(aggregate) not in [tag.strip() for tag in if_match.split(",")]:
            raise StaleVersionError
