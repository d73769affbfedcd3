"""How far a vedtak has come, how it was told, and what may be done to it."""

from enum import StrEnum


class VedtakState(StrEnum):
    """How far a vedtak has come."""

    DRAFTED = "drafted"
    DISCARDED = "discarded"
    ISSUED = "issued"
    NOTIFIED = "notified"
    REPLACED = "replaced"


class NotificationChannel(StrEnum):
    """How the party was told; when the appeal period starts hangs on it (LK3)."""

    DIGITAL = "digital"
    POST = "post"
    IN_PERSON = "in_person"


class CorrectedPart(StrEnum):
    """What a correction may touch. An outcome is never corrected, only replaced (LD6)."""

    REASONS = "reasons"
    MAIN_CONTENT = "main_content"
    FACTS = "facts"


CORRECTED_FIELDS = {part: f"vedtak.{part}" for part in CorrectedPart}
"""What the right text of each part is called."""


class DiscardReason(StrEnum):
    """Why a draft never becomes a vedtak."""

    WRITTEN_ANEW = "written_anew"
    GROUND_CHANGED = "ground_changed"
    APPLICATION_WITHDRAWN = "application_withdrawn"
    ENTERED_BY_MISTAKE = "entered_by_mistake"
