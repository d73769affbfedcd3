"""A municipal dwelling: what it is like, and whether it is vacant, reserved, let or out of use."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID

from domain.actors import By
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.refusals import Refusal, WrongStateError
from domain.sealed import Named, Sealed


class DwellingKind(StrEnum):
    """How the dwelling is built."""

    BEDSIT = "bedsit"
    FLAT = "flat"
    ROW_HOUSE = "row_house"
    HOUSE = "house"


class DwellingState(StrEnum):
    """Where a dwelling is on its way from one tenant to the next."""

    REGISTERED = "registered"
    VACANT = "vacant"
    RESERVED = "reserved"
    LET = "let"
    OUT_OF_USE = "out_of_use"


class OutOfUseReason(StrEnum):
    """Why nobody can live there now."""

    REPAIR = "repair"
    DAMAGE = "damage"
    SOLD = "sold"
    OTHER_USE = "other_use"


@dataclass(frozen=True, kw_only=True)
class DwellingFacts:
    """What a dwelling is like, without where it is.

    `area`: the municipality's code for a part of it. `rooms`: living room and bedrooms. `floor`: 0 is the basement,
    1 the ground floor. `step_free`: reached and used without a step. `care_housing`: an omsorgsbolig (M20). `lift`,
    `pets`: whether there is a lift, and whether pets may come along; None where nobody knows.
    """

    area: str
    kind: DwellingKind
    rooms: int
    square_metres: int
    floor: int
    step_free: bool
    care_housing: bool = False
    lift: bool | None = None
    pets: bool | None = None

    @staticmethod
    def upcast_v1(facts: dict[str, object]) -> None:
        """Nobody asked about lifts and pets then."""
        facts.update(lift=None, pets=None)


class ImpossibleDwellingError(Refusal):
    code = "impossible_dwelling"
    rule = "M14"
    missing = "En bolig må ha minst ett rom, et areal over null og et område."
    next_step = "Rett opplysningene om boligen og send dem på nytt."


class DwellingNotVacantError(WrongStateError):
    code = "dwelling_not_vacant"
    rule = "M14"
    missing = "Boligen er ikke ledig."
    next_step = "Meld boligen ledig før den reserveres, eller velg en annen bolig."


class DwellingReservedError(WrongStateError):
    code = "dwelling_reserved"
    rule = "M14"
    missing = "Boligen er reservert i en annen tildeling."
    next_step = "Avslutt tildelingen som har reservert boligen først."


class DwellingNotReservedError(WrongStateError):
    code = "dwelling_not_reserved"
    rule = "M14"
    missing = "En ledig bolig leies bare ut gjennom tildelingen som har reservert den."
    next_step = "Fullfør tildelingen av boligen før leiekontrakten registreres."


class DwellingInUseError(WrongStateError):
    code = "dwelling_in_use"
    rule = "M14"
    missing = "Boligen er utleid eller reservert."
    next_step = "Avslutt leieforholdet eller tildelingen først."


class DwellingLetToOtherError(WrongStateError):
    code = "dwelling_let_to_other"
    rule = "LL10"
    missing = "Boligen er ikke lenger leid ut i det leieforholdet som skal overtas."
    next_step = "Se hvem boligen er leid ut til nå."


class DwellingAlreadyVacantError(WrongStateError):
    code = "dwelling_already_vacant"
    rule = "M14"
    missing = "Boligen er allerede meldt ledig."
    next_step = "Åpne en tildeling for boligen."


class CareDwellingNotForGroupError(Refusal):
    code = "care_dwelling_not_for_group"
    rule = "M20"
    missing = "En omsorgsbolig tildeles ikke gjennom boligsosial arbeidsgruppe."
    next_step = "Service og tildeling tildeler omsorgsboligen selv."


class Dwelling(HusromAggregate):
    """One dwelling of the municipality. A vacant one goes out through an allocation (M14); care housing never (M20)."""

    TOPIC = "dwelling"

    class Registered(CreatedEvent):
        TOPIC: ClassVar[str] = "dwelling.Registered"
        class_version: ClassVar[int] = 2
        address: Annotated[Sealed, Named("address.street")]
        facts: DwellingFacts

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            DwellingFacts.upcast_v1(state["facts"])

        def apply(self, dwelling: "Dwelling") -> None:
            dwelling.address, dwelling.facts = self.address, self.facts

    class Changed(Event):
        TOPIC: ClassVar[str] = "dwelling.Changed"
        class_version: ClassVar[int] = 2
        address: Annotated[Sealed, Named("address.street")]
        facts: DwellingFacts

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            DwellingFacts.upcast_v1(state["facts"])

        def apply(self, dwelling: "Dwelling") -> None:
            dwelling.address, dwelling.facts = self.address, self.facts

    class BecameVacant(Event):
        TOPIC: ClassVar[str] = "dwelling.BecameVacant"
        vacant_from: date

        def apply(self, dwelling: "Dwelling") -> None:
            dwelling.state, dwelling.vacant_from = DwellingState.VACANT, self.vacant_from
            dwelling.tenancy = None

    class Reserved(Event):
        TOPIC: ClassVar[str] = "dwelling.Reserved"
        allocation: UUID

        def apply(self, dwelling: "Dwelling") -> None:
            dwelling.state, dwelling.allocation = DwellingState.RESERVED, self.allocation

    class Released(Event):
        TOPIC: ClassVar[str] = "dwelling.Released"
        allocation: UUID

        def apply(self, dwelling: "Dwelling") -> None:
            dwelling.state, dwelling.allocation = DwellingState.VACANT, None

    class Let(Event):
        TOPIC: ClassVar[str] = "dwelling.Let"
        tenancy: UUID
        allocation: UUID | None

        def apply(self, dwelling: "Dwelling") -> None:
            dwelling.state, dwelling.tenancy = DwellingState.LET, self.tenancy
            dwelling.allocation, dwelling.vacant_from = None, None

    class TakenOutOfUse(Event):
        TOPIC: ClassVar[str] = "dwelling.TakenOutOfUse"
        reason: OutOfUseReason

        def apply(self, dwelling: "Dwelling") -> None:
            dwelling.state, dwelling.vacant_from = DwellingState.OUT_OF_USE, None

    def __init__(self) -> None:
        self.address: Sealed
        self.facts: DwellingFacts
        self.state = DwellingState.REGISTERED
        self.vacant_from: date | None = None
        self.allocation: UUID | None = None
        self.tenancy: UUID | None = None

    @classmethod
    def register(cls, *, id: UUID, address: Sealed, facts: DwellingFacts, by: By, at: datetime) -> "Dwelling":
        """Register a dwelling, not yet vacant. Raises `ImpossibleDwellingError`."""
        _refuse_impossible(facts)
        return cls.begin(cls.Registered, id=id, by=by, at=at, address=address, facts=facts)

    def change(self, *, address: Sealed, facts: DwellingFacts, by: By, at: datetime) -> None:
        """Say what the dwelling is like now. A reserved one stays as the group knew it: `DwellingReservedError`."""
        _refuse_impossible(facts)
        if self.state is DwellingState.RESERVED:
            raise DwellingReservedError()
        self.record(self.Changed, by=by, at=at, address=address, facts=facts)

    def become_vacant(self, *, vacant_from: date, by: By, at: datetime) -> None:
        """Report that somebody can move in from `vacant_from` (Oslo date); from any state but vacant and reserved."""
        if self.state is DwellingState.VACANT:
            raise DwellingAlreadyVacantError()
        if self.state is DwellingState.RESERVED:
            raise DwellingReservedError()
        self.record(self.BecameVacant, by=by, at=at, vacant_from=vacant_from)

    def reserve(self, *, allocation: UUID, by: By, at: datetime) -> None:
        """Hold the vacant dwelling for one allocation (M14). Raises `CareDwellingNotForGroupError`, or by state."""
        if self.facts.care_housing:
            raise CareDwellingNotForGroupError()
        if self.state is DwellingState.RESERVED:
            raise DwellingReservedError()
        if self.state is not DwellingState.VACANT:
            raise DwellingNotVacantError()
        self.record(self.Reserved, by=by, at=at, allocation=allocation)

    def release(self, *, allocation: UUID, by: By, at: datetime) -> None:
        """Let go of a reservation; only the allocation that holds it can. The dwelling is vacant again."""
        self._refuse_unless_reserved_by(allocation)
        self.record(self.Released, by=by, at=at, allocation=allocation)

    def let_to(self, *, tenancy: UUID, allocation: UUID | None = None, by: By, at: datetime) -> None:
        """Let the dwelling.

        Through the `allocation` that reserved it (M14). Without one: a care dwelling (M20), or a tenancy that was
        there before the dwelling was registered here (M01).
        """
        if allocation is not None:
            self._refuse_unless_reserved_by(allocation)
        elif self.state is DwellingState.RESERVED or (self._is_vacant and not self.facts.care_housing):
            raise DwellingNotReservedError()
        elif self.state in (DwellingState.LET, DwellingState.OUT_OF_USE):
            raise DwellingNotVacantError()
        self.record(self.Let, by=by, at=at, tenancy=tenancy, allocation=allocation)

    def let_on(self, *, tenancy: UUID, predecessor: UUID, by: By, at: datetime) -> None:
        """Pass it from one tenancy to the next without its having been vacant: the lease is taken over (LL10)."""
        if self.state is not DwellingState.LET or self.tenancy != predecessor:
            raise DwellingLetToOtherError()
        self.record(self.Let, by=by, at=at, tenancy=tenancy, allocation=None)

    def take_out_of_use(self, *, reason: OutOfUseReason, by: By, at: datetime) -> None:
        """Nobody can live there now. Raises `DwellingInUseError` while it is let or reserved."""
        if self.state in (DwellingState.LET, DwellingState.RESERVED):
            raise DwellingInUseError()
        self.record(self.TakenOutOfUse, by=by, at=at, reason=reason)

    @property
    def _is_vacant(self) -> bool:
        return self.state is DwellingState.VACANT

    def _refuse_unless_reserved_by(self, allocation: UUID) -> None:
        if self.state is not DwellingState.RESERVED or self.allocation != allocation:
            raise DwellingNotReservedError()


def _refuse_impossible(facts: DwellingFacts) -> None:
    if facts.rooms < 1 or facts.square_metres < 1 or not facts.area:
        raise ImpossibleDwellingError()
