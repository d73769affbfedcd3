"""A demand for reasons breaks the appeal period off, and the reasons begin it anew (LK5, LW1)."""

from datetime import date, timedelta

import pytest

from domain.decisions.reasons_demand import (
    AppealPeriod,
    DemandTooLateError,
    NotToldYetError,
    PeriodState,
    ReasonsDemand,
    appeal_period,
)
from domain.refusals import SaksbehandlerOnlyError, WrongStateError
from tests.domain.decision_support import AT, CASE, NAV_EMPLOYEE, PERSON, SAKSBEHANDLER, TODAY, sealed, uid
from tests.domain.support import state_of, stored_and_replayed

VEDTAK, ALLOCATION = uid(60), uid(65)
ARRIVED = TODAY + timedelta(days=5)
ANEW = ARRIVED + timedelta(weeks=3)


def demanded(on: date = TODAY, deadline: date | None = TODAY) -> ReasonsDemand:
    return ReasonsDemand.demand(
        case=CASE, person=PERSON, vedtak=VEDTAK, demanded_on=on, deadline=deadline, by=SAKSBEHANDLER, at=AT
    )


def give(demand: ReasonsDemand) -> None:
    demand.give(reasons=sealed(), arrived_on=ARRIVED, appeal_deadline=ANEW, by=SAKSBEHANDLER, at=AT)


def test_LK5_a_demand_on_the_last_day_breaks_the_period_off() -> None:
    assert appeal_period(notified_deadline=TODAY, demand=demanded()) == AppealPeriod(state=PeriodState.BROKEN_OFF)


def test_LK5_the_period_begins_anew_when_the_reasons_arrive() -> None:
    give(demand := demanded())
    assert appeal_period(notified_deadline=TODAY, demand=demand) == AppealPeriod(
        state=PeriodState.RUNNING, last_day=ANEW
    )


def test_LK3_without_a_demand_the_period_is_the_one_that_was_told() -> None:
    assert appeal_period(notified_deadline=TODAY, demand=None).last_day == TODAY


def test_LK3_no_period_runs_before_the_party_is_told() -> None:
    assert appeal_period(notified_deadline=None, demand=None) == AppealPeriod(state=PeriodState.NOT_BEGUN)


def test_LK5_a_demand_after_the_last_day_breaks_nothing_off() -> None:
    with pytest.raises(DemandTooLateError):
        demanded(TODAY + timedelta(days=1))


def test_LK5_there_is_nothing_to_break_off_before_the_party_is_told() -> None:
    with pytest.raises(NotToldYetError):
        demanded(deadline=None)


def test_LW1_a_case_demands_the_reasons_of_one_allocation_once() -> None:
    one, same = (
        ReasonsDemand.demand(
            case=CASE, person=PERSON, allocation=ALLOCATION, demanded_on=TODAY, deadline=TODAY, by=SAKSBEHANDLER, at=AT
        )
        for _ in range(2)
    )  # fmt: skip
    assert one.id == same.id != demanded().id


def test_LK5_reasons_are_given_once() -> None:
    give(demand := demanded())
    with pytest.raises(WrongStateError):
        give(demand)


def test_LK5_only_the_saksbehandler_records_it() -> None:
    with pytest.raises(SaksbehandlerOnlyError):
        demanded().give(reasons=sealed(), arrived_on=ARRIVED, appeal_deadline=ANEW, by=NAV_EMPLOYEE, at=AT)


def test_C01_a_demand_comes_back_from_its_events_as_it_was() -> None:
    give(demand := demanded())
    assert state_of(stored_and_replayed(demand)) == state_of(demand)
