"""The hearing of a case that is decided without the group: every way to settle what others told (LH6)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from domain.actors import By
from domain.cases.case_texts import TextOfAnotherCaseError
from domain.decisions.heard import AnswerTimeError, FactsException, Heard
from domain.decisions.hearing import FactsWereToldError, Hearing, hearing_id
from domain.refusals import SaksbehandlerOnlyError, WrongStateError
from tests.domain.decision_support import AT, CASE, NAV_EMPLOYEE, PERSON, SAKSBEHANDLER, SYSTEM, TODAY, sealed, uid
from tests.domain.support import stored_and_replayed

ANSWER_BY = TODAY + timedelta(days=14)
LATER = ANSWER_BY + timedelta(days=1)


def hearing() -> Hearing:
    return Hearing.begin_in(case=CASE, person=PERSON, by=SAKSBEHANDLER, at=AT)


def put(hearing: Hearing, answer_by: date = ANSWER_BY) -> Hearing:
    facts = sealed("vedtak.facts_to_applicant")
    hearing.put_facts_to_applicant(facts=facts, answer_by=answer_by, today=TODAY, by=SAKSBEHANDLER, at=AT)
    return hearing


def answered(hearing: Hearing) -> Hearing:
    hearing.record_answer(answer=sealed("vedtak.applicant_answer"), by=SAKSBEHANDLER, at=AT)
    return hearing


def excepted(hearing: Hearing) -> Hearing:
    because = sealed("vedtak.facts_exception")
    hearing.record_exception(ground=FactsException.CANNOT_WAIT, because=because, by=SAKSBEHANDLER, at=AT)
    return hearing


def nothing_told(hearing: Hearing) -> Hearing:
    hearing.record_nothing_told(by=SAKSBEHANDLER, at=AT)
    return hearing


def reopened(hearing: Hearing) -> Hearing:
    hearing.reopen_facts(by=SAKSBEHANDLER, at=AT)
    return hearing


Step = Callable[[Hearing], Hearing]


@pytest.mark.parametrize(
    ("steps", "settled_today", "settled_later"),
    [
        ((), False, False),
        ((nothing_told,), True, True),
        ((put,), False, True),
        ((put, answered), True, True),
        ((put, excepted), True, True),
        ((excepted,), True, True),
        ((nothing_told, put), False, True),
        ((put, answered, put), False, True),
        ((excepted, put), False, True),
        ((nothing_told, reopened), False, False),
        ((put, answered, reopened), False, False),
        ((excepted, reopened), False, False),
        ((put, reopened), False, False),
        ((put, answered, reopened, put), False, True),
        ((put, answered, reopened, put, answered), True, True),
        ((put, answered, reopened, excepted), True, True),
    ],
)
def test_LH6_a_vedtak_waits_for_an_answer_the_time_to_answer_or_a_recorded_exception(
    steps: tuple[Step, ...], settled_today: bool, settled_later: bool
) -> None:
    heard = hearing()
    for step in steps:
        step(heard)
    after = stored_and_replayed(heard).heard
    assert (after.is_settled(TODAY), after.is_settled(LATER)) == (settled_today, settled_later)


def test_LH6_silence_settles_it_the_day_after_the_last_day_to_answer() -> None:
    heard = put(hearing()).heard
    assert not heard.is_settled(ANSWER_BY)
    assert heard.is_settled(LATER)


def test_LH6_nobody_may_say_that_nothing_was_told_once_something_is_put_to_the_applicant() -> None:
    for step in (put, excepted):
        with pytest.raises(FactsWereToldError):
            nothing_told(step(hearing()))


def test_LH6_the_applicant_gets_time_to_answer() -> None:
    with pytest.raises(AnswerTimeError):
        put(hearing(), answer_by=TODAY)


@pytest.mark.parametrize("steps", [(), (nothing_told,), (excepted,), (put, answered), (put, reopened)])
def test_LH6_nothing_is_answered_that_was_not_put_to_the_applicant(steps: tuple[Step, ...]) -> None:
    heard = hearing()
    for step in steps:
        step(heard)
    with pytest.raises(WrongStateError):
        answered(heard)


@pytest.mark.parametrize("by", [NAV_EMPLOYEE, SYSTEM])
def test_LH6_only_the_saksbehandler_hears_the_applicant(by: By) -> None:
    heard = put(hearing())
    for act in (
        lambda: Hearing.begin_in(case=CASE, person=PERSON, by=by, at=AT),
        lambda: heard.record_nothing_told(by=by, at=AT),
        lambda: heard.record_answer(answer=None, by=by, at=AT),
        lambda: heard.reopen_facts(by=by, at=AT),
        lambda: heard.rely_on(vedtak=uid(50), by=by, at=AT),
    ):
        with pytest.raises(SaksbehandlerOnlyError):
            act()


def test_M07_the_hearing_holds_no_text_of_another_case() -> None:
    other = sealed("vedtak.facts_exception")
    other = type(other)(other.owner, uid(77), other.field, other.box)
    with pytest.raises(TextOfAnotherCaseError):
        hearing().record_exception(ground=FactsException.NO_BEARING, because=other, by=SAKSBEHANDLER, at=AT)


def test_LH6_a_case_has_one_hearing() -> None:
    assert hearing().id == hearing_id(CASE)


def test_LH6_what_was_settled_says_nothing_of_facts_that_came_later() -> None:
    heard = Heard(told=False).excepted(FactsException.NO_BEARING).put(ANSWER_BY)
    assert (heard.exception, heard.is_answered, heard.awaits_answer) == (None, False, True)
