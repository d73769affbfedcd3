"""Which event said something: how people and answers point at a line in the log (B06)."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class EventId:
    """One event in the log: the `version`-th of the stream of `aggregate`."""

    aggregate: UUID
    version: int
