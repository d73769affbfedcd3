"""What somebody who applied for care housing needs: housing, and health and care services (M20, LO1)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID, uuid5

from domain.actors import By, CaseId, PersonId
from domain.authority import require_saksbehandler
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.decisions.vedtak_rules import VedtakFacts
from domain.law.rulebook import DecisionSubject
from domain.refusals import Refusal, WrongStateError
from domain.sealed import Named, Sealed


class CareHousingKind(StrEnum):
    """Which kind of home is needed."""

    WITHOUT_STAFFING = "without_staffing"
    WITH_STAFFING = "with_staffing"
    ROUND_THE_CLOCK_PLACE = "round_the_clock_place"
    """A place with care day and night, which has a waiting list of its own (LO1)."""


class NeedsBecauseOf(StrEnum):
    """Whom care housing is for (M20)."""

    AGE = "age"
    DEMENTIA = "dementia"
    DISABILITY = "disability"


class CareService(StrEnum):
    """Which health and care services are needed."""

    HOME_NURSING = "home_nursing"
    PRACTICAL_ASSISTANCE = "practical_assistance"
    PERSONAL_ASSISTANT = "personal_assistant"
    SAFETY_ALARM = "safety_alarm"
    NIGHT_SUPERVISION = "night_supervision"
    DAY_ACTIVITY = "day_activity"
    RESPITE = "respite"
    REHABILITATION = "rehabilitation"


class CareUrgency(StrEnum):
    """How soon it is needed, the most urgent first."""

    AT_ONCE = "at_once"
    WITHIN_THREE_MONTHS = "within_three_months"
    CAN_WAIT = "can_wait"

    @property
    def order(self) -> int:
        """Where it stands among the others; 0 is the most urgent."""
        return tuple(CareUrgency).index(self)


class PlaceLeft(StrEnum):
    """Why somebody no longer waits for a place."""

    GOT_A_PLACE = "got_a_place"
    NO_LONGER_NEEDED = "no_longer_needed"
    DIED = "died"
    NEW_VEDTAK = "new_vedtak"


@dataclass(frozen=True)
class NeedsFound:
    """What the mapping found, as codes; the sentences stand beside it, closed. No services is an answer too."""

    housing: CareHousingKind
    because_of: tuple[NeedsBecauseOf, ...]
    services: tuple[CareService, ...]
    urgency: CareUrgency
    step_free: bool = False


class NotCareHousingError(Refusal):
    code = "not_care_housing"
    rule = "M20"
    missing = "Dette er ikke en sak om omsorgsbolig."
    next_step = "Kartlegg saken på vanlig måte, eller registrer en egen søknad om omsorgsbolig."


class CareGroundMissingError(Refusal):
    code = "care_ground_missing"
    rule = "M20"
    missing = "Kartleggingen sier ikke om behovet skyldes alder, demens eller funksjonsnedsettelse."
    next_step = "Oppgi hvorfor det trengs omsorgsbolig. Gjelder ingen av delene, er det en vanlig søknad om bolig."


class NoCarePlaceGrantedError(Refusal):
    code = "no_care_place_granted"
    rule = "LO1"
    missing = "Ventelisten er for dem som har et gyldig vedtak om omsorgsbolig i saken og trenger heldøgnsplass."
    next_step = "Kartlegg behovet for heldøgnsplass og fatt vedtak, og før deretter søkeren opp på listen."


class CarePlaceNotAwaitedError(WrongStateError):
    code = "care_place_not_awaited"
    rule = "LO1"
    missing = "Søkeren står ikke på ventelisten for heldøgnsplass."
    next_step = "Se ventelisten for heldøgnsplass."


class CarePlaceAwaitedError(WrongStateError):
    code = "care_place_awaited"
    rule = "LO1"
    missing = "Søkeren står allerede på ventelisten for heldøgnsplass."
    next_step = "Ingenting mer å gjøre."


def care_needs_id(case: CaseId) -> UUID:
    """The id of the one mapping of that case."""
    return uuid5(case, "care needs")


class CareNeeds(HusromAggregate):
    """The mapping of one applicant for care housing, and the wait for a place it can lead to (M20, LO1)."""

    TOPIC = "care_needs"

    class Mapped(CreatedEvent):
        """`about_housing`, `about_services`: what was found, in words."""

        TOPIC: ClassVar[str] = "care_needs.Mapped"
        case: CaseId
        person: PersonId
        found: NeedsFound
        about_housing: Annotated[Sealed, Named("housing.care")]
        about_services: Annotated[Sealed, Named("health.care")]

        def apply(self, needs: "CareNeeds") -> None:
            needs.case, needs.person, needs.found = self.case, self.person, self.found
            needs.about_housing, needs.about_services = self.about_housing, self.about_services

    class Revised(Event):
        """Found anew; the earlier mapping stays in the log."""

        TOPIC: ClassVar[str] = "care_needs.Revised"
        case: CaseId
        person: PersonId
        found: NeedsFound
        about_housing: Annotated[Sealed, Named("housing.care")]
        about_services: Annotated[Sealed, Named("health.care")]

        def apply(self, needs: "CareNeeds") -> None:
            needs.found = self.found
            needs.about_housing, needs.about_services = self.about_housing, self.about_services

    class PlaceAwaited(Event):
        """On the waiting list for a place with care day and night, from the Oslo date `since` (LO1)."""

        TOPIC: ClassVar[str] = "care_needs.PlaceAwaited"
        case: CaseId
        vedtak: UUID
        since: date

        def apply(self, needs: "CareNeeds") -> None:
            needs.awaits_place_since = self.since

    class PlaceNoLongerAwaited(Event):
        TOPIC: ClassVar[str] = "care_needs.PlaceNoLongerAwaited"
        case: CaseId
        reason: PlaceLeft

        def apply(self, needs: "CareNeeds") -> None:
            needs.awaits_place_since = None

    def __init__(self) -> None:
        self.case: CaseId
        self.person: PersonId
        self.found: NeedsFound
        self.about_housing: Sealed
        self.about_services: Sealed
        self.awaits_place_since: date | None = None

    @classmethod
    def map(
        cls, *, case: CaseId, person: PersonId, care_housing: bool, found: NeedsFound, about_housing: Sealed,
        about_services: Sealed, by: By, at: datetime,
    ) -> "CareNeeds":  # fmt: skip
        """Map what the applicant needs. `care_housing`: whether the case is about that.

        Raises `SaksbehandlerOnlyError`, `NotCareHousingError`, `CareGroundMissingError`.
        """
        require_saksbehandler(by)
        if not care_housing:
            raise NotCareHousingError()
        return cls.begin(
            cls.Mapped, id=care_needs_id(case), by=by, at=at, case=case, person=person, found=_grounded(found),
            about_housing=about_housing, about_services=about_services,
        )  # fmt: skip

    def revise(self, *, found: NeedsFound, about_housing: Sealed, about_services: Sealed, by: By, at: datetime) -> None:
        """Write down what is needed now. Raises `SaksbehandlerOnlyError`, `CareGroundMissingError`."""
        require_saksbehandler(by)
        self.record(
            self.Revised, by=by, at=at, case=self.case, person=self.person, found=_grounded(found),
            about_housing=about_housing, about_services=about_services,
        )  # fmt: skip

    def await_place(self, *, vedtak: VedtakFacts, since: date, by: By, at: datetime) -> None:
        """Enter the waiting list for a place with care day and night, on a vedtak that grants care housing (LO1).

        `since`: the Oslo date the wait counts from. Raises `SaksbehandlerOnlyError`, `NoCarePlaceGrantedError`,
        `CarePlaceAwaitedError`.
        """
        require_saksbehandler(by)
        is_granted = vedtak.case == self.case and vedtak.grants(DecisionSubject.CARE_HOUSING)
        if not is_granted or self.found.housing is not CareHousingKind.ROUND_THE_CLOCK_PLACE:
            raise NoCarePlaceGrantedError()
        if self.awaits_place_since is not None:
            raise CarePlaceAwaitedError()
        self.record(self.PlaceAwaited, by=by, at=at, case=self.case, vedtak=vedtak.id, since=since)

    def leave_waiting_list(self, *, reason: PlaceLeft, by: By, at: datetime) -> None:
        """Leave the waiting list for a coded reason. Raises `SaksbehandlerOnlyError`, `CarePlaceNotAwaitedError`."""
        require_saksbehandler(by)
        if self.awaits_place_since is None:
            raise CarePlaceNotAwaitedError()
        self.record(self.PlaceNoLongerAwaited, by=by, at=at, case=self.case, reason=reason)


def _grounded(found: NeedsFound) -> NeedsFound:
    if not found.because_of:
        raise CareGroundMissingError()
    return found
