"""A declined offer whose consequence the guidelines leave to a saksbehandler (M14, LV5)."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class DeclineOutcome(StrEnum):
    """What a saksbehandler makes of it."""

    KEEPS_PLACE = "keeps_place"
    LEAVES = "leaves"


@dataclass(frozen=True, kw_only=True)
class ReferredDecline:
    """A decline that waits for the assessment: of which allocation, and its coded reason."""

    allocation: UUID
    reason: str
