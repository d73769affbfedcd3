"""A party's demand for reasons, and the appeal period that it breaks off (LK5, LW1)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID, uuid5

from domain.actors import By, CaseId, PersonId
from domain.authority import require_saksbehandler
from domain.base import CreatedEvent, Event, HusromAggregate
from domain.refusals import Refusal, WrongStateError
from domain.sealed import Named, Sealed


class PeriodState(StrEnum):
    """Whether the time to appeal runs."""

    NOT_BEGUN = "not_begun"
    """The party has not been told of the vedtak."""
    RUNNING = "running"
    BROKEN_OFF = "broken_off"
    """Reasons are demanded and have not arrived; then it begins anew."""


@dataclass(frozen=True, kw_only=True)
class AppealPeriod:
    """The time to appeal. `last_day`: an Oslo date, only while it runs."""

    state: PeriodState
    last_day: date | None = None


class DemandTooLateError(Refusal):
    code = "reasons_demanded_too_late"
    rule = "LK5"
    missing = "Kravet om begrunnelse kom etter at klagefristen var ute."
    next_step = "Svar parten likevel om det er mulig; klagefristen løper ikke på nytt."


class NotToldYetError(WrongStateError):
    code = "not_told_yet"
    rule = "LK5"
    missing = "Parten har ikke fått vite om vedtaket ennå, så det er ingen klagefrist å avbryte."
    next_step = "Underrett parten om vedtaket først."


class NotInComparisonError(Refusal):
    code = "not_in_comparison"
    rule = "LW1"
    missing = "Søkeren var ikke med i rekkefølgen som ble beregnet for denne boligen."
    next_step = "Kontroller hvilken tildeling det gjelder."


def reasons_demand_id(about: UUID, case: CaseId) -> UUID:
    """The id of the one demand for reasons that a case has about a vedtak or an allocation."""
    return uuid5(about, f"reasons demanded in {case}")


class ReasonsDemand(HusromAggregate):
    """A demand for the reasons of a vedtak, or of an allocation that went out without any.

    Made in time it breaks the appeal period off; a new one begins the day the reasons arrive (LK5).
    """

    TOPIC = "reasons_demand"

    class Demanded(CreatedEvent):
        """Of a `vedtak`, or of an `allocation` by the candidate with that waiting list `entry`. `deadline`: the appeal period's last day, which it breaks off."""

        TOPIC: ClassVar[str] = "reasons_demand.Demanded"
        case: CaseId
        person: PersonId
        vedtak: UUID | None
        allocation: UUID | None
        entry: UUID | None
        demanded_on: date
        deadline: date

        def apply(self, demand: "ReasonsDemand") -> None:
            demand.case, demand.person = self.case, self.person
            demand.vedtak, demand.allocation, demand.entry = self.vedtak, self.allocation, self.entry
            demand.demanded_on, demand.period = self.demanded_on, AppealPeriod(state=PeriodState.BROKEN_OFF)

    class Given(Event):
        """`arrived_on`: the day they reached the party. `appeal_deadline`: the new period's last day. Oslo dates."""

        TOPIC: ClassVar[str] = "reasons_demand.Given"
        case: CaseId
        person: PersonId
        vedtak: UUID | None
        allocation: UUID | None
        reasons: Annotated[Sealed, Named("vedtak.reasons_on_demand")]
        arrived_on: date
        appeal_deadline: date

        def apply(self, demand: "ReasonsDemand") -> None:
            demand.reasons, demand.arrived_on = self.reasons, self.arrived_on
            demand.period = AppealPeriod(state=PeriodState.RUNNING, last_day=self.appeal_deadline)

    def __init__(self) -> None:
        self.case: CaseId
        self.person: PersonId
        self.vedtak: UUID | None = None
        self.allocation: UUID | None = None
        self.entry: UUID | None = None
        self.demanded_on: date
        self.period: AppealPeriod
        self.reasons: Sealed | None = None
        self.arrived_on: date | None = None

    @classmethod
    def demand(
        cls,
        *,
        case: CaseId,
        person: PersonId,
        vedtak: UUID | None = None,
        allocation: UUID | None = None,
        entry: UUID | None = None,
        demanded_on: date,
        deadline: date | None,
        by: By,
        at: datetime,
    ) -> "ReasonsDemand":
        """Record the demand, about a `vedtak`, or an `allocation` and an `entry`. Saksbehandler only. Oslo dates.

        `deadline`: the last day to appeal. Raises `NotToldYetError` while there is none, `DemandTooLateError`.
        """
        require_saksbehandler(by)
        about = vedtak or allocation
        if about is None or deadline is None:
            raise NotToldYetError()
        if demanded_on > deadline:
            raise DemandTooLateError()
        return cls.begin(
            cls.Demanded, id=reasons_demand_id(about, case), by=by, at=at, case=case, person=person, vedtak=vedtak,
            allocation=allocation, entry=entry, demanded_on=demanded_on, deadline=deadline,
        )  # fmt: skip

    def give(self, *, reasons: Sealed, arrived_on: date, appeal_deadline: date, by: By, at: datetime) -> None:
        """Record that the reasons reached the party; the period begins anew. Saksbehandler only; once."""
        require_saksbehandler(by)
        if self.reasons is not None:
            raise WrongStateError()
        self.record(
            self.Given, by=by, at=at, case=self.case, person=self.person, vedtak=self.vedtak,
            allocation=self.allocation, reasons=reasons, arrived_on=arrived_on, appeal_deadline=appeal_deadline,
        )  # fmt: skip


def appeal_period(*, notified_deadline: date | None, demand: ReasonsDemand | None) -> AppealPeriod:
    """The time to appeal a vedtak as it stands now (LK3, LK5). `notified_deadline`: counted from when it was told."""
    if notified_deadline is None:
        return AppealPeriod(state=PeriodState.NOT_BEGUN)
    if demand is not None:
        return demand.period
    return AppealPeriod(state=PeriodState.RUNNING, last_day=notified_deadline)
