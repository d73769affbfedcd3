"""The case: the thread that everything about one matter hangs on. What opened it, who owns it, how it ended."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID, uuid5

from domain.actors import By, CaseId, EmployeeId, PersonId, Role, Unit
from domain.authority import require_saksbehandler
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.cases.application_content import ApplicationKind
from domain.law.responsible_municipality import Municipality, ResponsibilityBasis, Stay, responsible_municipality
from domain.refusals import NotAllowedError, SaksbehandlerOnlyError, WrongStateError
from domain.sealed import Named, Sealed


class OpenedBy(StrEnum):
    """What opened the case: any request does (LR1), and so does a tenancy that needs talking about (M01, M16–M18)."""

    APPLICATION = "application"
    TELEPHONE = "telephone"
    SUBMISSION = "submission"
    TENANCY_CHALLENGE = "tenancy_challenge"
    ASSISTANCE_CHALLENGE = "assistance_challenge"
    LEASE_ENDING = "lease_ending"
    RUNNING_LEASE = "running_lease"
    """A lease that was there before this system (M01)."""


class WithoutGroupGround(StrEnum):
    """The recorded grounds for deciding without the group (M13)."""

    CONSENT_MISSING = "consent_missing"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    CARE_HOUSING = "care_housing"
    URGENT = "urgent"
    FORMALLY_DISMISSED = "formally_dismissed"
    NO_AGREEMENT = "no_agreement"
    """The group has discussed it and did not agree; where the municipality has chosen that (`choices`)."""
    APPEAL_DECIDED = "appeal_decided"
    """An appeal body has changed or quashed the vedtak that is replaced (LK7): of one vedtak, never of a whole case."""


class CaseClosedError(WrongStateError):
    code = "case_closed"
    rule = "C01"
    missing = "Saken er avsluttet."
    next_step = "Registrer en ny henvendelse dersom personen trenger hjelp på nytt."


class TakeoverReasonMissingError(NotAllowedError):
    code = "takeover_reason_missing"
    rule = "D4"
    missing = "Saken hører til en kollega, og det står ikke hvorfor den overtas."
    next_step = "Oppgi grunnen, eller be kollegaen om å gi saken videre."


class CareHousingNotForGroupError(NotAllowedError):
    code = "care_housing_not_for_group"
    rule = "M20"
    missing = "Søknader om omsorgsbolig skal ikke drøftes i boligsosial arbeidsgruppe."
    next_step = "Service og tildeling avgjør saken selv, eller i dialog med hjemmetjenesten eller botjenesten."


class AlreadySubmittedError(WrongStateError):
    code = "already_submitted"
    rule = "M04"
    missing = "Du har allerede meldt inn denne saken."
    next_step = "Saken tas opp når saksbehandleren setter den på en saksliste."


class UnansweredApplicationError(WrongStateError):
    code = "application_unanswered"
    rule = "LH4"
    missing = "Saken har søknader som ikke er besvart. Det mangler svar om:"
    next_step = "Fatt vedtak om hver av dem, eller registrer at de er trukket, sendt videre eller dobbeltregistrert."


def lease_case_id(tenancy: UUID, ends_on: date) -> UUID:
    """The id of the one case about the end of that lease on that day: warning, application and agenda meet there (B09)."""
    return uuid5(tenancy, f"lease ending {ends_on}")


class Case(HusromAggregate):
    """One matter about one person, from what opened it to how it ended (M01)."""

    TOPIC = "case"

    class Opened(CreatedEvent):
        TOPIC: ClassVar[str] = "case.Opened"
        person: PersonId
        opened_by: OpenedBy
        care_housing: bool
        tenancy: UUID | None = None

        def apply(self, case: "Case") -> None:
            case.person, case.opened_by = self.person, self.opened_by
            case.care_housing, case.tenancy = self.care_housing, self.tenancy

    class ResponsibilityAssigned(Event):
        """`until`: the last Oslo date, for a closed case that is taken up again; else as long as the case runs (LC1)."""

        TOPIC: ClassVar[str] = "case.ResponsibilityAssigned"
        class_version: ClassVar[int] = 2
        responsible: EmployeeId
        replaces: EmployeeId | None
        reason: str | None
        until: date | None

        @staticmethod
        def upcast_v1_v2(state: dict[str, object]) -> None:
            """Version 1 was for cases that run."""
            state["until"] = None

        def apply(self, case: "Case") -> None:
            case.responsible = self.responsible

    class SubmittedToGroup(Event):
        TOPIC: ClassVar[str] = "case.SubmittedToGroup"
        submitted_by: EmployeeId
        unit: Unit
        why: Annotated[Sealed, Named("note.submission")]

        def apply(self, case: "Case") -> None:
            case.submitted_by += (self.submitted_by,)

    class AssistanceChallengeReported(Event):
        """What is difficult in giving the help that `vedtak` granted, wherever the person lives (M17)."""

        TOPIC: ClassVar[str] = "case.AssistanceChallengeReported"
        vedtak: UUID
        text: Annotated[Sealed, Named("follow_up.challenge")]

    class DecidedWithoutGroup(Event):
        TOPIC: ClassVar[str] = "case.DecidedWithoutGroup"
        ground: WithoutGroupGround

        def apply(self, case: "Case") -> None:
            case.without_group = self.ground

    class ResponsibleMunicipalityAssessed(Event):
        """Which municipality has to help, and by which rule (LR3); the facts behind it stand in `reasons`."""

        TOPIC: ClassVar[str] = "case.ResponsibleMunicipalityAssessed"
        basis: ResponsibilityBasis
        municipality: Municipality
        is_here: bool
        reasons: Annotated[Sealed, Named("assessment.responsible_municipality")]

        def apply(self, case: "Case") -> None:
            case.responsible_municipality = self.municipality
            case.another_is_responsible = not self.is_here

    class Closed(Event):
        TOPIC: ClassVar[str] = "case.Closed"
        person: PersonId
        reason: str

        def apply(self, case: "Case") -> None:
            case.closed = True

    def __init__(self) -> None:
        self.person: PersonId
        self.opened_by: OpenedBy
        self.care_housing = False
        self.tenancy: UUID | None = None
        self.responsible: EmployeeId | None = None
        self.submitted_by: tuple[EmployeeId, ...] = ()
        self.without_group: WithoutGroupGround | None = None
        self.responsible_municipality: Municipality | None = None
        self.another_is_responsible = False
        self.closed = False

    @classmethod
    def open(
        cls,
        *,
        id: CaseId,
        person: PersonId,
        opened_by: OpenedBy,
        care_housing: bool = False,
        tenancy: UUID | None = None,
        by: By,
        at: datetime,
    ) -> "Case":
        """Open a case. `care_housing` is fixed for its whole life (M20); `tenancy` when it starts from a lease."""
        return cls.begin(
            cls.Opened, id=id, by=by, at=at, person=person, opened_by=opened_by, care_housing=care_housing,
            tenancy=tenancy,
        )  # fmt: skip

    def assign_responsibility(
        self, *, to: EmployeeId, reason: str | None = None, until: date | None = None, by: By, at: datetime
    ) -> None:
        """Give the case to a saksbehandler at Service og tildeling, who alone handles it from now on.

        The system may do it too, for a case it opened by rule. `reason`: the coded reason for taking over a colleague's
        case, or for taking up a closed one again until an Oslo date. Raises `SaksbehandlerOnlyError`,
        `TakeoverReasonMissingError`, `CaseClosedError` for a closed case without reason and end.
        """
        if self.closed and None in (reason, until):
            raise CaseClosedError()
        if not (by.as_actor.is_saksbehandler or by.role is Role.SYSTEM):
            raise SaksbehandlerOnlyError()
        if self.responsible not in (None, by.actor, to) and reason is None:
            raise TakeoverReasonMissingError()
        if to != self.responsible or self.closed:
            self.record(
                self.ResponsibilityAssigned, by=by, at=at, responsible=to, replaces=self.responsible, reason=reason,
                until=until if self.closed else None,
            )  # fmt: skip

    def submit_to_group(self, *, why: Sealed, by: By, at: datetime) -> None:
        """Ask for the case to be discussed. Any participant may (M04); care housing never (M20)."""
        self._refuse_when_closed()
        if self.care_housing:
            raise CareHousingNotForGroupError()
        if by.actor in self.submitted_by:
            raise AlreadySubmittedError()
        self.record(self.SubmittedToGroup, by=by, at=at, submitted_by=by.actor, unit=by.unit, why=why)

    def report_assistance_challenge(self, *, vedtak: UUID, text: Sealed, by: By, at: datetime) -> None:
        """Say what is difficult in giving the help that `vedtak` granted, with or without a tenancy (M17)."""
        self._refuse_when_closed()
        self.record(self.AssistanceChallengeReported, by=by, at=at, vedtak=vedtak, text=text)

    def decide_without_group(self, *, ground: WithoutGroupGround, by: By, at: datetime) -> None:
        """Record why this case is decided without the group (M13). Saksbehandler only."""
        self._refuse_when_closed()
        require_saksbehandler(by)
        self.record(self.DecidedWithoutGroup, by=by, at=at, ground=ground)

    def assess_responsible_municipality(self, *, stay: Stay, reasons: Sealed, by: By, at: datetime) -> None:
        """Record which municipality has to help (LR3), again when the facts change. Saksbehandler only."""
        self._refuse_when_closed()
        require_saksbehandler(by)
        found = responsible_municipality(stay)
        self.record(
            self.ResponsibleMunicipalityAssessed, by=by, at=at, basis=found.basis, municipality=found.municipality,
            is_here=found.is_here, reasons=reasons,
        )  # fmt: skip

    def close(self, *, reason: str, unanswered: tuple[ApplicationKind, ...] = (), by: By, at: datetime) -> None:
        """End the case with a coded reason. Saksbehandler only.

        `unanswered`: what its applications still wait for; anything there raises `UnansweredApplicationError` (LH4).
        """
        self._refuse_when_closed()
        require_saksbehandler(by)
        if unanswered:
            raise UnansweredApplicationError(codes=sorted(set(unanswered)))
        self.record(self.Closed, by=by, at=at, person=self.person, reason=reason)

    def _refuse_when_closed(self) -> None:
        if self.closed:
            raise CaseClosedError()
