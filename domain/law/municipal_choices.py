"""What only a municipality can answer: part of its rulebook, with careful defaults (design D11)."""

from dataclasses import dataclass
from enum import StrEnum

from domain.law.requirement import require


class WithoutAgreement(StrEnum):
    """What happens to an item on which the group does not agree (a question for the municipality)."""

    NEXT_MEETING = "next_meeting"
    SAKSBEHANDLER_DECIDES = "saksbehandler_decides"


class UrgentCases(StrEnum):
    """What happens to a case that cannot wait for a meeting (a question for the municipality, M13)."""

    SAKSBEHANDLER_DECIDES = "saksbehandler_decides"
    EXTRA_MEETING = "extra_meeting"


@dataclass(frozen=True, kw_only=True)
class MunicipalChoices:
    """Answers to what only a municipality can answer; the defaults are the careful ones.

    `least_units_in_room`: how many units make "together" (M11).
    `departure_is_told_to_group`: a vedtak that departs from the conclusion is shown at the next meeting (M13, B08).
    `challenge_needs_consent`: tenants' challenges are discussed on consent only (M16, M17).
    `care_leases_stay_with_owner`: leases and challenges in care housing never reach the group (M20).
    `guest_days_after_meeting`: how long a guest sees the item when its minutes are not approved before (M03).
    `closed_case_days`: how long a closed case that is taken up again stays with whoever took it (LC1).
    `emergency_days`: after how many days at most an emergency access ends; 0 is the day itself (D4).
    `review_days`: after how many days at most a confidentiality review ends (C05).
    `retention_years`: None keeps everything until Nasjonalarkivet has made rules (LA2).
    """

    least_units_in_room: int = 2
    without_agreement: WithoutAgreement = WithoutAgreement.NEXT_MEETING
    urgent_cases: UrgentCases = UrgentCases.SAKSBEHANDLER_DECIDES
    departure_is_told_to_group: bool = True
    challenge_needs_consent: bool = True
    care_leases_stay_with_owner: bool = True
    guest_days_after_meeting: int = 30
    closed_case_days: int = 30
    emergency_days: int = 3
    review_days: int = 60
    retention_years: int | None = None

    def __post_init__(self) -> None:
        require(self.least_units_in_room >= 2, "choices.least_units_in_room must be at least 2 (M11).")
        require(self.guest_days_after_meeting >= 0, "choices.guest_days_after_meeting must not be negative (M03).")
        require(self.closed_case_days >= 1, "choices.closed_case_days must be at least 1 (LC1).")
        require(self.emergency_days >= 0, "choices.emergency_days must not be negative (D4).")
        require(self.review_days >= 1, "choices.review_days must be at least 1 (C05).")
        require(self.retention_years is None, "choices.retention_years must be left out for now (LA2).")
