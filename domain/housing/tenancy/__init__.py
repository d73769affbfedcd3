"""A municipal tenancy: its lease, its extensions by vedtak, challenges in it, and how it ends (M01, M16-M19, LL1-LL10)."""

from domain.housing.tenancy.refusals import (
    ExtensionNotGrantedError,
    GrantedHelpMissingError,
    NoExtensionVedtakError,
    NothingAppliedForError,
    TenancyEndedError,
)
from domain.housing.tenancy.tenancy import Tenancy
from domain.housing.tenancy.words import (
    CHALLENGE_FIELDS,
    ActionVenue,
    ChallengeKind,
    EndingReason,
    HouseholdChange,
    Notice,
    NoticeForm,
    TakeoverState,
    TerminationGround,
)

__all__ = [
    "CHALLENGE_FIELDS",
    "ActionVenue",
    "ChallengeKind",
    "EndingReason",
    "ExtensionNotGrantedError",
    "GrantedHelpMissingError",
    "HouseholdChange",
    "NoExtensionVedtakError",
    "NothingAppliedForError",
    "Notice",
    "NoticeForm",
    "TakeoverState",
    "Tenancy",
    "TenancyEndedError",
    "TerminationGround",
]
