"""What may be asked for, and the rules by which it is allowed or refused; they stand in the disclosure log for ever."""

from enum import StrEnum


class Action(StrEnum):
    """What is asked for."""

    READ = "read"
    """See what the case says."""
    HANDLE = "handle"
    """Do casework in it: only who is responsible for it."""
    AUDIT = "audit"
    """See who knew of it, when and why, not what it says: only a reviewer."""
    DELIVER = "deliver"
    """Address a message: only the system, and only name and contact."""


class Rule(StrEnum):
    """Why access was given or refused; stands in the disclosure log for ever."""

    RESPONSIBLE = "responsible_saksbehandler"
    STAND_IN = "stands_in_for_responsible_saksbehandler"
    STATED_REASON = "same_unit_on_stated_reason"
    CALLED_AND_CONSENTED = "M09_called_to_item_within_consent"
    GUEST = "M03_guest_of_item_until_minutes_approved"
    SUBSTITUTE = "LI3_substitute_at_item_until_minutes_approved"
    COMPARED = "M14_compared_at_item_called_to"
    KEEPS_VACANCIES = "M14_service_og_tildeling_keeps_vacancies"
    SUBMITTER = "M04_own_submission"
    ASSIGNEE = "M15_own_task"
    EMERGENCY = "emergency_access_for_written_reason"
    OPEN_REVIEW = "C05_open_review"
    REVIEWER = "C05_reviewer_sees_access_log"
    DELIVERY = "C03_delivery"

    NO_RELATION = "no_lawful_relation"
    CARE_HOUSING = "M20_care_housing_only_service_og_tildeling"
    INHABIL = "LI1_inhabil"
    INHABIL_FOR_CANDIDATE = "B05_inhabil_for_one_compared"
    CONSENT_MISSING = "M09_consent_does_not_cover"
    NOT_RESPONSIBLE = "not_responsible_and_no_stated_reason"
    MEMBERSHIP_ENDED = "M02_not_a_member_on_this_date"
    GUEST_ACCESS_ENDED = "M03_minutes_approved"
    MINUTES_APPROVED = "M07_minutes_approved"
    CASE_OVER = "LC1_closed_and_nothing_runs"
    ACTION_NOT_COVERED = "action_not_covered"
    NO_LONGER_EMPLOYED = "M02_no_longer_employed"
    IN_NO_DIRECTORY = "D16_in_no_directory"
    NO_SEAT_TODAY = "D16_no_seat_today"
    SEAT_NOT_HELD = "D16_seat_not_held"


PARTIAL = frozenset({Rule.GUEST, Rule.SUBSTITUTE, Rule.COMPARED, Rule.SUBMITTER, Rule.ASSIGNEE})
"""Grounds that open an item, a comparison, a submission or a task, not the case it stands in (M03, M04, M14, M15)."""
