"""An application: what was asked for, when, how it came in, and what was told along with it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from domain.actors import By, CaseId, PersonId
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.refusals import Refusal, WrongStateError
from domain.sealed import Sealed


class ApplicationKind(StrEnum):
    """What can be applied for."""

    DWELLING = "dwelling"
    ASSISTANCE = "assistance"
    EXTENSION = "extension"
    CARE_HOUSING = "care_housing"


class WayIn(StrEnum):
    """How it reached the municipality. Any way counts (LR1)."""

    FORM = "form"
    LETTER = "letter"
    TELEPHONE = "telephone"
    VISIT = "visit"


class PresentHousing(StrEnum):
    """How the applicant lives now."""

    NONE = "none"
    WITH_OTHERS = "with_others"
    TEMPORARY = "temporary"
    INSTITUTION = "institution"
    PRISON = "prison"
    UNSUITABLE = "unsuitable"
    OWN_LEASE = "own_lease"
    MUNICIPAL_LEASE = "municipal_lease"


@dataclass(frozen=True)
class Household:
    """Head counts; names and ages stay sealed in the free text."""

    adults: int
    children: int = 0
    children_part_time: int = 0


@dataclass(frozen=True)
class Urgency:
    """Dates and yes/no answers that make a case urgent. Dates are Oslo dates."""

    eviction_on: date | None = None
    discharge_on: date | None = None
    violence: bool = False


@dataclass(frozen=True)
class Wishes:
    """What the applicant wants (LV3): area codes, rooms, floor and so on."""

    areas: tuple[str, ...] = ()
    rooms_at_least: int | None = None
    step_free: bool = False
    lift: bool = False
    pets: bool = False


@dataclass(frozen=True)
class ApplicationContent:
    """All that an application holds. Plain codes, dates and counts; every sentence and figure about a life is sealed.

    `attachments` are references (random ids) to files kept elsewhere.
    """

    household: Household
    present_housing: PresentHousing
    reason: Sealed
    lease_ends_on: date | None = None
    residence_permit: Sealed | None = None
    years_in_municipality: int | None = None
    urgency: Urgency = Urgency()
    economy: Sealed | None = None
    health: Sealed | None = None
    adaptations: Sealed | None = None
    wishes: Wishes = Wishes()
    follow_up_need: Sealed | None = None
    attachments: tuple[UUID, ...] = ()


class NothingAppliedForError(Refusal):
    code = "nothing_applied_for"
    rule = "M01"
    missing = "Henvendelsen sier ikke hva det søkes om."
    next_step = "Oppgi minst én av: bolig, bistand, forlengelse eller omsorgsbolig."


class CareHousingApartError(Refusal):
    code = "care_housing_apart"
    rule = "M20"
    missing = "Omsorgsbolig behandles i en egen sak og kan ikke stå sammen med andre søknader."
    next_step = "Registrer søknaden om omsorgsbolig for seg, og det andre i en ny søknad."


class ExtensionNeedsTenancyError(Refusal):
    code = "extension_needs_tenancy"
    rule = "M19"
    missing = "En søknad om forlengelse må vise til leieforholdet den gjelder."
    next_step = "Oppgi id-en til leieforholdet."


class ReceivedInFutureError(Refusal):
    code = "received_in_future"
    rule = "LH1"
    missing = "Søknaden kan ikke være mottatt fram i tid."
    next_step = "Kontroller datoen for mottak."


class ApplicationAnsweredError(WrongStateError):
    code = "application_closed"
    rule = "C01"
    missing = "Søknaden er trukket eller ferdig behandlet."
    next_step = "Registrer en ny søknad dersom personen søker på nytt."


class NotAppliedForError(Refusal):
    code = "not_applied_for"
    rule = "M13"
    missing = "Det er ikke søkt om dette i søknaden."
    next_step = "Fatt vedtak om det som er søkt om, eller registrer en ny søknad."


class Application(HusromAggregate):
    """One application with one or more things applied for, each to be answered on its own (M13)."""

    TOPIC = "application"

    class Received(CreatedEvent):
        """What came in. Version 1 knew one kind only; an application for both was entered twice."""

        TOPIC: ClassVar[str] = "application.Received"
        class_version: ClassVar[int] = 2
        case: CaseId
        person: PersonId
        kinds: tuple[ApplicationKind, ...]
        way_in: WayIn
        received_on: date
        content: ApplicationContent
        tenancy: UUID | None = None

        @staticmethod
        def upcast_v1_v2(state: dict[str, object]) -> None:
            """Version 1 knew one kind only and called it `kind`."""
            state["kinds"] = [state.pop("kind")]

        def apply(self, application: "Application") -> None:
            application.case, application.person = self.case, self.person
            application.kinds, application.received_on = self.kinds, self.received_on
            application.content, application.tenancy = self.content, self.tenancy

    class Supplemented(Event):
        TOPIC: ClassVar[str] = "application.Supplemented"
        case: CaseId
        text: Sealed
        attachments: tuple[UUID, ...]

        def apply(self, application: "Application") -> None:
            application.supplements += (self.text,)

    class InterimReplySent(Event):
        """The applicant was told why it takes time and when to expect an answer (LH2)."""

        TOPIC: ClassVar[str] = "application.InterimReplySent"
        case: CaseId
        reason: str
        expected_on: date

        def apply(self, application: "Application") -> None:
            application.answer_expected_on = self.expected_on

    class Withdrawn(Event):
        TOPIC: ClassVar[str] = "application.Withdrawn"
        case: CaseId

        def apply(self, application: "Application") -> None:
            application.closed = application.withdrawn = True

    class Answered(Event):
        """A vedtak answers one thing; when nothing applied for is left, the application is closed."""

        TOPIC: ClassVar[str] = "application.Answered"
        case: CaseId
        kind: ApplicationKind
        vedtak: UUID

        def apply(self, application: "Application") -> None:
            application.answers = {**application.answers, self.kind: self.vedtak}
            application.closed = not application.unanswered

    def __init__(self) -> None:
        self.case: CaseId
        self.person: PersonId
        self.kinds: tuple[ApplicationKind, ...] = ()
        self.answers: dict[ApplicationKind, UUID] = {}
        self.received_on: date
        self.content: ApplicationContent
        self.tenancy: UUID | None = None
        self.supplements: tuple[Sealed, ...] = ()
        self.answer_expected_on: date | None = None
        self.withdrawn = False
        self.closed = False

    @classmethod
    def receive(
        cls,
        *,
        id: UUID,
        case: CaseId,
        person: PersonId,
        kinds: tuple[ApplicationKind, ...],
        way_in: WayIn,
        received_on: date,
        today: date,
        content: ApplicationContent,
        tenancy: UUID | None = None,
        by: By,
        at: datetime,
    ) -> "Application":
        """Receive an application. `received_on` and `today` are Oslo dates; deadlines run from `received_on`.

        Raises `NothingAppliedForError`, `CareHousingApartError`, `ExtensionNeedsTenancyError`,
        `ReceivedInFutureError`.
        """
        distinct = tuple(kind for kind in ApplicationKind if kind in kinds)
        if not distinct:
            raise NothingAppliedForError()
        if ApplicationKind.CARE_HOUSING in distinct and len(distinct) > 1:
            raise CareHousingApartError()
        if ApplicationKind.EXTENSION in distinct and tenancy is None:
            raise ExtensionNeedsTenancyError()
        if received_on > today:
            raise ReceivedInFutureError()
        return cls.begin(
            cls.Received, id=id, by=by, at=at, case=case, person=person, kinds=distinct, way_in=way_in,
            received_on=received_on, content=content, tenancy=tenancy,
        )  # fmt: skip

    @property
    def unanswered(self) -> tuple[ApplicationKind, ...]:
        """What has been applied for and not yet decided."""
        return tuple(kind for kind in self.kinds if kind not in self.answers)

    def supplement(self, *, text: Sealed, attachments: tuple[UUID, ...] = (), by: By, at: datetime) -> None:
        """Add what the applicant sent later; nothing of the original changes."""
        self._refuse_when_closed()
        self.record(self.Supplemented, by=by, at=at, case=self.case, text=text, attachments=attachments)

    def send_interim_reply(self, *, reason: str, expected_on: date, by: By, at: datetime) -> None:
        """Record the interim reply with a coded reason and the expected date (LH2)."""
        self._refuse_when_closed()
        self.record(self.InterimReplySent, by=by, at=at, case=self.case, reason=reason, expected_on=expected_on)

    def withdraw(self, *, by: By, at: datetime) -> None:
        """The applicant takes the application back."""
        self._refuse_when_closed()
        self.record(self.Withdrawn, by=by, at=at, case=self.case)

    def answer(self, *, kind: ApplicationKind, vedtak: UUID, by: By, at: datetime) -> None:
        """Record the first vedtak on `kind`; a later one replaces that vedtak, not this answer (M13)."""
        self.refuse_unless_asked(kind)
        if kind in self.answers:
            raise ApplicationAnsweredError(kind.value)
        self.record(self.Answered, by=by, at=at, case=self.case, kind=kind, vedtak=vedtak)

    def refuse_unless_asked(self, kind: ApplicationKind) -> None:
        """Raise `NotAppliedForError` or, when withdrawn, `ApplicationAnsweredError` unless `kind` is to be decided.

        Help after § 6 is, without having been applied for: it follows from being vanskeligstilt (M12).
        """
        if kind not in self.kinds and kind is not ApplicationKind.ASSISTANCE:
            raise NotAppliedForError(kind.value)
        if self.withdrawn:
            raise ApplicationAnsweredError()

    def _refuse_when_closed(self) -> None:
        if self.closed:
            raise ApplicationAnsweredError()
