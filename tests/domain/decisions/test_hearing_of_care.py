"""What hjemmetjenesten or botjenesten told about the applicant goes to the applicant before the vedtak (LH6)."""

from datetime import date

import pytest

from domain.decisions.heard import FactsException
from domain.decisions.hearing import FactsWereToldError, Hearing
from domain.refusals import SaksbehandlerOnlyError
from tests.domain.support import CASE, PERSON, at, by_member, by_saksbehandler, sealed, state_of, stored_and_replayed

TODAY = date(2027, 1, 12)


def told() -> Hearing:
    hearing = Hearing.begin_in(case=CASE, person=PERSON, by=by_saksbehandler(), at=at())
    hearing.note_others_told(by=by_saksbehandler(), at=at())
    return hearing


def test_LH6_what_another_unit_told_is_open_until_the_applicant_has_heard_of_it() -> None:
    hearing = told()
    assert not hearing.heard.is_settled(TODAY)
    hearing.put_facts_to_applicant(
        facts=sealed("vedtak.facts_to_applicant"), answer_by=date(2027, 1, 26), today=TODAY, by=by_saksbehandler(),
        at=at(),
    )  # fmt: skip
    hearing.record_answer(answer=None, by=by_saksbehandler(), at=at())
    assert hearing.heard.is_settled(TODAY)


def test_LH6_an_exception_with_its_reason_settles_it() -> None:
    hearing = told()
    ground, because = FactsException.KNOWN_TO_APPLICANT, sealed("vedtak.facts_exception")
    hearing.record_exception(ground=ground, because=because, by=by_saksbehandler(), at=at())
    assert hearing.heard.is_settled(TODAY)


def test_LH6_nobody_can_say_that_nothing_was_told() -> None:
    with pytest.raises(FactsWereToldError):
        told().record_nothing_told(by=by_saksbehandler(), at=at())


def test_LH6_what_is_told_later_opens_it_again() -> None:
    hearing = Hearing.begin_in(case=CASE, person=PERSON, by=by_saksbehandler(), at=at())
    hearing.record_nothing_told(by=by_saksbehandler(), at=at())
    assert hearing.heard.is_settled(TODAY)
    hearing.note_others_told(by=by_saksbehandler(), at=at())
    assert not hearing.heard.is_settled(TODAY)


def test_LH6_only_the_saksbehandler_notes_what_was_told() -> None:
    with pytest.raises(SaksbehandlerOnlyError):
        told().note_others_told(by=by_member("hjemmetjenesten"), at=at())


def test_D2_a_replayed_hearing_equals_the_live_one() -> None:
    hearing = told()
    assert state_of(stored_and_replayed(hearing)) == state_of(hearing)
