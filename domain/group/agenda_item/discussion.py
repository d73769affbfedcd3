"""Who is in the room, and when the talk may begin and must end (M03, M08, M09, M11, M20, LI1)."""

from datetime import date, datetime

from domain.actors import By, EmployeeId, Unit
from domain.authority import require_saksbehandler
from domain.cases.consent_facts import ConsentFacts
from domain.group.agenda_item import events
from domain.group.agenda_item.facts import (
    CaseFacts,
    InhabilGround,
    ItemState,
    Matter,
    Presence,
    RemovalReason,
    StoppedBecause,
)
from domain.group.agenda_item.item_base import ItemBase, refuse_care_housing
from domain.group.agenda_item.refusals import AlreadyInhabilError, AttendanceOrderError, NotExpectedError
from domain.group.agenda_item.room import PersonPresent
from domain.group.meeting import CalledMember
from domain.group.together import LEAST_UNITS, require_together
from domain.refusals import NotAllowedError, WrongStateError


class Discussion(ItemBase):
    """The item at the meeting."""

    def record_attendance(
        self,
        *,
        person: EmployeeId,
        presence: Presence,
        called: tuple[CalledMember, ...],
        consent: ConsentFacts | None,
        day: date,
        inhabil_elsewhere: tuple[EmployeeId, ...] = (),
        by: By,
        at: datetime,
        happened_at: datetime | None = None,
    ) -> None:
        """Note that somebody is there, left, came back or stayed away, for this item.

        `called` is the meeting's; `inhabil_elsewhere` those declared so in the same case, or for anybody compared
        (B05). Whoever comes in while it is discussed must be covered by consent; what is noted afterwards is only
        the truth about who was told. Raises `NotExpectedError` (M03), `InhabilPresentError` (LI1),
        `ConsentMissingError` (M09), `RestrictedItemError` (M18), `AttendanceOrderError`.
        """
        require_saksbehandler(by)
        self._require(ItemState.PLANNED, ItemState.UNDER_DISCUSSION, ItemState.DISCUSSED)
        self._refuse_restricted()
        who = self._expected(person, called)
        self._require_order(person, presence, happened_at or at)
        if presence in (Presence.PRESENT, Presence.RETURNED):
            self._refuse_inhabil((person,), inhabil_elsewhere)
            if self.state is ItemState.UNDER_DISCUSSION:
                self._require_consent(consent, (who.unit,), day)
        self._note(
            events.AttendanceRecorded, by=by, at=at, happened_at=happened_at, person=person, unit=who.unit,
            presence=presence, substitute_for=who.substitute_for,
        )  # fmt: skip

    def declare_inhabil(
        self,
        *,
        person: EmployeeId,
        unit: Unit,
        ground: InhabilGround,
        substitute: EmployeeId | None = None,
        by: By,
        at: datetime,
    ) -> None:
        """Declare somebody inhabil: out of the room at once (LI1). Oneself, or the saksbehandler for another.

        `substitute`, from the same unit, may attend instead (LI3). Raises `NotAllowedError`, `AlreadyInhabilError`,
        and `InhabilPresentError` for a substitute who is inhabil too.
        """
        if by.actor != person and not by.as_actor.is_saksbehandler:
            raise NotAllowedError()
        if any(declared.person == person for declared in self.inhabil):
            raise AlreadyInhabilError()
        if substitute is not None:
            self._refuse_inhabil((substitute,), (person,))
        self._note(events.InhabilDeclared, by=by, at=at, person=person, unit=unit, ground=ground, substitute=substitute)

    def open_discussion(
        self,
        *,
        case: CaseFacts | None,
        consent: ConsentFacts | None,
        day: date,
        least_units: int = LEAST_UNITS,
        inhabil_elsewhere: tuple[EmployeeId, ...] = (),
        by: By,
        at: datetime,
    ) -> None:
        """Begin talking about it; `Consent.rely_on` goes in the same save (D1). `case` as it stands now.

        Raises `CareHousingOnAgendaError` (M20), `RestrictedItemError` (M18), `InhabilPresentError` (LI1),
        `TooFewUnitsError` (M11), `ConsentMissingError` naming the units in the room it does not cover (M09).
        """
        refuse_care_housing(case)
        require_saksbehandler(by)
        self._require(ItemState.PLANNED, ItemState.DISCUSSED)
        self._refuse_restricted()
        if self.is_concluded or (self.case is not None and (case is None or case.case != self.case)):
            raise WrongStateError()
        self._refuse_inhabil(tuple(person.person for person in self.room.present), inhabil_elsewhere)
        require_together(self.room.units, least_units)
        self._require_consent(consent, self.room.units, day)
        relied_on = consent.id if consent is not None and self.consent_needed else None
        self._note(events.DiscussionOpened, by=by, at=at, present=self.room.present, consent=relied_on)

    def close_discussion(self, *, by: By, at: datetime) -> None:
        """Stop talking about it; it may be taken up again until it is concluded."""
        require_saksbehandler(by)
        self._require(ItemState.UNDER_DISCUSSION)
        self._note(events.DiscussionClosed, by=by, at=at, because=StoppedBecause.FINISHED)

    def close_on_withdrawal(self, *, by: By, at: datetime) -> None:
        """Consent was withdrawn: stop at once (M09), whoever records it. In the withdrawal's own save (D1).

        What is not concluded leaves the agenda; an expiring lease stays, restricted (M18). Nothing happens to what
        needs no consent or is off already.
        """
        if not self.consent_needed:
            return
        if self.state is ItemState.UNDER_DISCUSSION:
            self._note(events.DiscussionClosed, by=by, at=at, because=StoppedBecause.CONSENT_WITHDRAWN)
        if self.outcome.settled or self.restricted:
            return
        if self.matter is Matter.LEASE_ENDING:
            self._note(events.Restricted, by=by, at=at)
        else:
            self._note(events.Removed, by=by, at=at, reason=RemovalReason.CONSENT_WITHDRAWN)

    def _expected(self, person: EmployeeId, called: tuple[CalledMember, ...]) -> PersonPresent:
        """As whom `person` may be there. Raises `NotExpectedError`."""
        for declared in self.inhabil:
            if declared.substitute == person:
                return PersonPresent(person, declared.unit, declared.person)
        for member in called:
            if member.member == person:
                return PersonPresent(person, member.unit, member.substitute_for)
        for invited in self.guests:
            if invited.guest == person:
                return PersonPresent(person, invited.unit)
        raise NotExpectedError()

    def _require_order(self, person: EmployeeId, presence: Presence, happened_at: datetime) -> None:
        """Only who is there can leave, only who left can return, and time goes one way."""
        is_there, has_been = self.room.holds(person), self.room.has_been(person)
        fits = {
            Presence.PRESENT: not has_been,
            Presence.LEFT: is_there,
            Presence.RETURNED: has_been and not is_there,
            Presence.ABSENT: not has_been,
        }
        if not fits[presence] or happened_at < self.room.last_change(person, happened_at):
            raise AttendanceOrderError()
