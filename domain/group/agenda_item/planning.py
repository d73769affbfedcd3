"""Getting a case onto, around and off the agenda, and asking guests to it (M03, M04, M09, M10, M18, M20)."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from domain.actors import By, EmployeeId, Role, Unit
from domain.authority import require_saksbehandler
from domain.cases.consent_facts import ConsentFacts, ConsentMissingError
from domain.group.agenda_item import events
from domain.group.agenda_item.facts import AddedBy, CaseFacts, ItemState, Matter, RemovalReason
from domain.group.agenda_item.item_base import ItemBase, refuse_care_housing
from domain.group.agenda_item.refusals import (
    AlreadyGuestError,
    AlreadyOnAgendaError,
    AttendanceOrderError,
    GuestFromPermanentUnitError,
    LeaseMustNotSlipError,
    PreAssessmentMissingError,
    SubjectMissingError,
)
from domain.group.together import require_consent
from domain.refusals import WrongStateError


class Planning(ItemBase):
    """The item before the meeting."""

    @classmethod
    def add(
        cls, *, id: UUID, meeting: UUID, meeting_date: date, matter: Matter, added_by: AddedBy,
        case: CaseFacts | None = None, consent: ConsentFacts | None = None, pre_assessment_completed: bool = False,
        tenancy: UUID | None = None, allocation: UUID | None = None, is_already_open: bool = False,
        challenge_needs_consent: bool = True, guest_days: int = 30, by: By, at: datetime,
    ) -> Self:  # fmt: skip
        """Put a matter on a meeting's agenda; the system may too, by a rule.

        `meeting_date` is an Oslo date, on which the consent must hold. `is_already_open`: the same lease or matter
        stands unsettled on an agenda. `challenge_needs_consent` and `guest_days` are the municipality's choices. An expiring lease
        without consent goes on restricted to Service og tildeling (M18).

        Raises `CareHousingOnAgendaError` before anything else (M20), `SubjectMissingError`, `AlreadyOnAgendaError`,
        `PreAssessmentMissingError` (M10), `ConsentMissingError` (M09).
        """
        refuse_care_housing(case)
        if not (added_by is AddedBy.RULE and by.role is Role.SYSTEM):
            require_saksbehandler(by)
        _require_subject(matter, case, tenancy, allocation)
        if is_already_open:
            raise AlreadyOnAgendaError()
        if matter.is_new and not pre_assessment_completed:
            raise PreAssessmentMissingError()
        consent_needed = matter is not Matter.VACANCY and (challenge_needs_consent or not matter.is_challenge)
        has_consent = consent is not None and consent.is_valid_on(meeting_date)
        if consent_needed and matter is not Matter.LEASE_ENDING:
            require_consent(consent, (), meeting_date)
        return cls.begin(
            events.Added, id=id, by=by, at=at, meeting=meeting, meeting_date=meeting_date, matter=matter,
            case=case.case if case else None, person=case.person if case else None, tenancy=tenancy,
            allocation=allocation, added_by=added_by, consent_needed=consent_needed,
            restricted=matter is Matter.LEASE_ENDING and not has_consent, guest_days=guest_days,
        )  # fmt: skip

    def order(self, *, position: int, by: By, at: datetime) -> None:
        """Give it its place on the agenda, from 1."""
        require_saksbehandler(by)
        self._require(ItemState.PLANNED)
        self._note(events.Ordered, by=by, at=at, position=position)

    def lift_restriction(self, *, consent: ConsentFacts | None, day: date, by: By, at: datetime) -> None:
        """Open a restricted lease to the group once consent is there. Raises `ConsentMissingError`."""
        require_saksbehandler(by)
        self._require(ItemState.PLANNED, ItemState.DISCUSSED)
        if not self.restricted or self.is_concluded:
            raise WrongStateError()
        if consent is None or not consent.is_valid_on(day):
            raise ConsentMissingError()
        self._note(events.RestrictionLifted, by=by, at=at, consent=consent.id)

    def postpone(self, *, to_meeting: UUID, by: By, at: datetime) -> None:
        """Let it come back at another meeting; the command adds it there in the same save (M18)."""
        require_saksbehandler(by)
        self._require(ItemState.PLANNED, ItemState.DISCUSSED)
        if self.is_concluded or to_meeting == self.meeting:
            raise WrongStateError()
        self._note(events.Postponed, by=by, at=at, to_meeting=to_meeting)

    def remove(self, *, reason: RemovalReason, by: By, at: datetime) -> None:
        """Take it off the agenda. Raises `LeaseMustNotSlipError` for a lease that still expires (M18)."""
        require_saksbehandler(by)
        self._require(ItemState.PLANNED, ItemState.DISCUSSED)
        if self.is_concluded:
            raise WrongStateError()
        if self.matter is Matter.LEASE_ENDING and not reason.may_end_a_lease_item:
            raise LeaseMustNotSlipError()
        self._note(events.Removed, by=by, at=at, reason=reason)

    def invite_guest(
        self,
        *,
        guest: EmployeeId,
        unit: Unit,
        permanent_units: tuple[Unit, ...],
        consent: ConsentFacts | None,
        day: date,
        by: By,
        at: datetime,
    ) -> None:
        """Invite somebody from outside the permanent units to this item only (M03), within the consent (M09).

        Raises `GuestFromPermanentUnitError`, `RestrictedItemError`, `ConsentMissingError`, `InhabilPresentError`,
        `AlreadyGuestError`.
        """
        require_saksbehandler(by)
        self._require(ItemState.PLANNED, ItemState.UNDER_DISCUSSION)
        self._refuse_restricted()
        if unit in permanent_units:
            raise GuestFromPermanentUnitError()
        if any(invited.guest == guest for invited in self.guests):
            raise AlreadyGuestError()
        self._refuse_inhabil((guest,))
        self._require_consent(consent, (unit,), day)
        self._note(events.GuestInvited, by=by, at=at, guest=guest, unit=unit)

    def uninvite_guest(self, *, guest: EmployeeId, by: By, at: datetime) -> None:
        """Take an invitation back. Raises `AttendanceOrderError` when the guest has been in the room."""
        require_saksbehandler(by)
        if not any(invited.guest == guest for invited in self.guests):
            raise WrongStateError()
        if self.room.has_been(guest):
            raise AttendanceOrderError()
        self._note(events.GuestUninvited, by=by, at=at, guest=guest)


def _require_subject(matter: Matter, case: CaseFacts | None, tenancy: UUID | None, allocation: UUID | None) -> None:
    """A vacancy is about an allocation and no single case; all else is about a case, some about a tenancy too."""
    if matter is Matter.VACANCY:
        is_named = allocation is not None and case is None
    else:
        is_named = case is not None and (tenancy is not None or not matter.is_about_a_tenancy)
    if not is_named:
        raise SubjectMissingError()
