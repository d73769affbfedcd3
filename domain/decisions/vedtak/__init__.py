"""The vedtak: what the municipality decides on one track of one application, and what it stands on (M12, M13, M19)."""

from domain.decisions.vedtak.refusals import (
    AlreadyToldError,
    AppealDeadlineError,
    DepartureNotForGroupError,
    InhabilDeciderError,
    LeaderOutsideOnlyError,
    NothingToCorrectError,
    NotItsSuccessorError,
    NotSentDigitallyError,
    ReservedAgainstDigitalError,
)
from domain.decisions.vedtak.vedtak import Vedtak
from domain.decisions.vedtak.words import (
    CORRECTED_FIELDS,
    CorrectedPart,
    DiscardReason,
    NotificationChannel,
    VedtakState,
)

__all__ = [
    "CORRECTED_FIELDS",
    "AlreadyToldError",
    "AppealDeadlineError",
    "CorrectedPart",
    "DepartureNotForGroupError",
    "DiscardReason",
    "InhabilDeciderError",
    "LeaderOutsideOnlyError",
    "NotItsSuccessorError",
    "NotSentDigitallyError",
    "NothingToCorrectError",
    "NotificationChannel",
    "ReservedAgainstDigitalError",
    "Vedtak",
    "VedtakState",
]
