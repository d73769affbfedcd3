"""The further notice when the promised day slips."""

from datetime import date

import pytest

from domain.cases.application import (
    Application,
    ApplicationAnsweredError,
    ApplicationContent,
    ApplicationKind,
    Household,
    NothingPromisedError,
    NotLaterThanPromisedError,
    PresentHousing,
    WayIn,
)
from tests.domain.support import CASE, PERSON, an_id, at, by_saksbehandler, last_event, sealed

PROMISED = date(2027, 3, 1)


def received() -> Application:
    today = date(2027, 1, 12)
    content = ApplicationContent(Household(1), PresentHousing.NONE, sealed("housing.reason"))
    return Application.receive(
        id=an_id("application"), case=CASE, person=PERSON, kinds=(ApplicationKind.DWELLING,), way_in=WayIn.FORM,
        received_on=today, today=today, content=content, by=by_saksbehandler(), at=at(),
    )  # fmt: skip


def promised() -> Application:
    application = received()
    application.send_interim_reply(reason="waiting", expected_on=PROMISED, by=by_saksbehandler(), at=at())
    return application


def told_anew(application: Application, expected_on: date, *, today: date = PROMISED) -> None:
    application.send_delay_notice(reason="ill", expected_on=expected_on, today=today, by=by_saksbehandler(), at=at())


def test_LH3_the_applicant_is_told_anew_when_the_promised_day_slips() -> None:
    application = promised()
    told_anew(application, date(2027, 4, 1))
    event = last_event(application)
    assert isinstance(event, Application.DelayNoticeSent)
    assert (event.promised_on, event.expected_on) == (PROMISED, date(2027, 4, 1))
    assert application.answer_expected_on == date(2027, 4, 1)


def test_LH3_the_new_day_can_slip_as_well() -> None:
    application = promised()
    told_anew(application, date(2027, 4, 1))
    told_anew(application, date(2027, 5, 1), today=date(2027, 4, 1))
    assert application.answer_expected_on == date(2027, 5, 1)


def test_LH3_without_a_promise_there_is_nothing_that_slips() -> None:
    with pytest.raises(NothingPromisedError):
        told_anew(received(), date(2027, 4, 1))


@pytest.mark.parametrize(
    ("expected_on", "today"), [(PROMISED, PROMISED), (date(2027, 2, 1), PROMISED), (date(2027, 4, 1), date(2027, 4, 2))]
)
def test_LH3_the_new_day_is_later_than_the_promised_one_and_to_come(expected_on: date, today: date) -> None:
    with pytest.raises(NotLaterThanPromisedError):
        told_anew(promised(), expected_on, today=today)


def test_LH3_nobody_is_told_to_wait_for_what_is_answered() -> None:
    application = promised()
    application.withdraw(by=by_saksbehandler(), at=at())
    with pytest.raises(ApplicationAnsweredError):
        told_anew(application, date(2027, 4, 1))
