"""An appeal: late or in time, kept or reversed, sent on by the right people with the right papers, decided."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from domain.actors import By
from domain.decisions.appeal.appeal import Appeal, appeal_id
from domain.decisions.appeal.facts import (
    AppealOutcome,
    AppealState,
    DismissalGround,
    LateGround,
    Part,
    TookPart,
)
from domain.decisions.appeal.refusals import (
    AppealHardStopError,
    AppealIsLateError,
    AppealNotLateError,
    AssessmentsNeedReasonError,
    DismissalNotAppealableError,
    NotInFavourError,
    NotItsReplacementError,
    NotMunicipalBodyError,
    PoolMissingError,
    SecretaryMissingError,
    StatementNotCopiedError,
    TookPartError,
    WorseTooLateError,
)
from domain.decisions.vedtak_rules import Outcome
from domain.law.rulebook import DecisionSubject
from domain.refusals import SaksbehandlerOnlyError, WrongStateError
from tests.domain.decision_support import (
    AT,
    NAV_EMPLOYEE,
    PERSON,
    SAKSBEHANDLER,
    SYSTEM,
    TODAY,
    sealed,
    uid,
    vedtak_facts,
)
from tests.domain.decisions.appeals import (
    HARD_STOP,
    LAST_DAY,
    MUNICIPAL,
    SECRETARY,
    STATE,
    VEDTAK,
    decide,
    forward,
    forwarded,
    late,
    papers,
    ready,
    received,
    upheld,
)
from tests.domain.support import events_of, last_event, state_of, stored_and_replayed

NEW = uid(62)
ASSISTANCE = DecisionSubject.ASSISTANCE


def accept(appeal: Appeal, ground: LateGround = LateGround.NO_FAULT) -> None:
    appeal.accept_though_late(ground=ground, because=sealed("vedtak.appeal_late"), by=SAKSBEHANDLER, at=AT)


def dismiss(appeal: Appeal, ground: DismissalGround = DismissalGround.TOO_LATE) -> None:
    appeal.dismiss(
        ground=ground, because=sealed("vedtak.appeal_dismissed"), told_on=TODAY, deadline=TODAY + timedelta(weeks=3),
        by=SAKSBEHANDLER, at=AT,
    )  # fmt: skip


def appeal_dismissal(appeal: Appeal, on: date = TODAY) -> None:
    appeal.appeal_dismissal(
        received_on=on, grounds=sealed("vedtak.appeal_grounds"), state_body=STATE, by=SAKSBEHANDLER, at=AT
    )


@pytest.mark.parametrize("deadline", [LAST_DAY, LAST_DAY + timedelta(days=1), None])
def test_LK3_an_appeal_on_the_last_day_or_while_no_period_runs_is_in_time(deadline: date | None) -> None:
    assert received(LAST_DAY, deadline=deadline).state is AppealState.RECEIVED


def test_LK3_an_appeal_after_the_last_day_is_received_and_found_late() -> None:
    appeal = late()
    assert [type(event).__name__ for event in events_of(appeal)] == ["Received", "FoundLate"]
    assert appeal.state is AppealState.LATE


def test_LK3_a_letter_posted_on_the_last_day_is_in_time() -> None:
    assert received(LAST_DAY + timedelta(days=3), posted_on=LAST_DAY).state is AppealState.RECEIVED


def test_LK2_the_body_is_the_one_on_the_vedtak() -> None:
    assert (received().body, received(subject=ASSISTANCE, body=STATE).body) == (MUNICIPAL, STATE)


def test_LK6_two_appeals_of_one_party_on_one_vedtak_at_the_same_time_are_one() -> None:
    assert received().id == received().id == appeal_id(VEDTAK, PERSON, 1)


@pytest.mark.parametrize("ground", list(LateGround))
def test_LK4_a_late_appeal_is_tried_when_nobody_is_to_blame_or_for_special_reasons(ground: LateGround) -> None:
    accept(appeal := late(), ground)
    assert appeal.state is AppealState.RECEIVED


def test_LK4_more_than_a_year_after_the_vedtak_no_late_appeal_is_tried() -> None:
    appeal = received(HARD_STOP + timedelta(days=1))
    with pytest.raises(AppealHardStopError):
        accept(appeal)


def test_LK4_a_year_after_the_vedtak_to_the_day_is_not_more_than_a_year() -> None:
    accept(appeal := received(HARD_STOP))
    assert appeal.state is AppealState.RECEIVED


def test_LK4_nothing_is_decided_about_a_late_appeal_before_its_lateness_is() -> None:
    with pytest.raises(AppealIsLateError):
        upheld(late())


def test_LK4_a_late_appeal_is_dismissed_with_a_way_to_appeal_that() -> None:
    dismiss(appeal := late())
    assert (appeal.state, appeal.is_over) == (AppealState.DISMISSED, True)
    assert appeal.dismissal_deadline == TODAY + timedelta(weeks=3)


def test_LK4_an_appeal_in_time_is_not_dismissed_as_late() -> None:
    with pytest.raises(AppealNotLateError):
        dismiss(received())


def test_LK4_an_appeal_accepted_though_late_is_not_dismissed_as_late_afterwards() -> None:
    accept(appeal := late())
    with pytest.raises(AppealNotLateError):
        dismiss(appeal)


def test_B14_what_is_unknown_about_other_applicants_is_no_ground_to_dismiss() -> None:
    assert {ground.value for ground in DismissalGround} == {"too_late", "no_right_to_appeal", "nothing_to_appeal"}


def test_LK6_the_municipality_investigates_and_keeps_its_vedtak_with_a_statement() -> None:
    appeal = received()
    appeal.note_investigation(note=sealed("vedtak.appeal_investigation"), by=SAKSBEHANDLER, at=AT)
    upheld(appeal)
    assert (appeal.state, len(appeal.investigation), appeal.copied) == (AppealState.UPHELD, 1, True)


def test_LK6_nothing_is_forwarded_before_the_party_has_a_copy_of_the_statement() -> None:
    appeal = upheld(copied=False)
    with pytest.raises(StatementNotCopiedError):
        forward(appeal)


def test_LK6_the_municipality_reverses_by_a_new_vedtak_in_the_partys_favour() -> None:
    appeal = received()
    appeal.reverse(successor=vedtak_facts(id=NEW), replaced_by=NEW, by=SAKSBEHANDLER, at=AT)
    assert (appeal.state, appeal.successor) == (AppealState.REVERSED, NEW)


@pytest.mark.parametrize(
    ("replaced_by", "in_force"), [(None, True), (uid(63), True), (NEW, False)], ids=["not replaced", "other", "ended"]
)
def test_LK6_what_has_not_replaced_the_vedtak_reverses_nothing(replaced_by: object, in_force: bool) -> None:
    with pytest.raises(NotItsReplacementError):
        received().reverse(
            successor=vedtak_facts(id=NEW, in_force=in_force), replaced_by=replaced_by, by=SAKSBEHANDLER, at=AT  # type: ignore[arg-type]
        )  # fmt: skip


def test_LD6_an_appeal_is_not_ended_by_a_refusal() -> None:
    refusal = vedtak_facts(outcome=Outcome.REFUSE, id=NEW)
    with pytest.raises(NotInFavourError):
        received().reverse(successor=refusal, replaced_by=NEW, by=SAKSBEHANDLER, at=AT)


@pytest.mark.parametrize("part", list(Part))
@pytest.mark.parametrize("who", [SECRETARY, uid(64)], ids=["secretary", "member"])
def test_LI4_nobody_who_took_part_prepares_for_the_body_or_sits_in_it(part: Part, who: object) -> None:
    took_part = (TookPart(employee=who, part=part),)  # type: ignore[arg-type]  # uuid either way
    with pytest.raises(TookPartError, match=part):
        received().name_secretary(
            secretary=SECRETARY, members=(uid(64),), took_part=took_part, by=SAKSBEHANDLER, at=AT
        )  # fmt: skip


def test_LI4_a_secretary_who_has_come_into_the_case_since_gets_nothing() -> None:
    appeal = ready()
    with pytest.raises(TookPartError):
        forward(appeal, took_part=(TookPart(employee=SECRETARY, part=Part.IN_THE_ROOM),))


def test_LI4_the_municipalitys_body_gets_nothing_before_somebody_is_named_to_prepare_it() -> None:
    appeal = upheld()
    with pytest.raises(SecretaryMissingError):
        forward(appeal)


def test_LK1_the_state_chooses_its_own_people() -> None:
    appeal = received(subject=ASSISTANCE, body=STATE)
    with pytest.raises(NotMunicipalBodyError):
        appeal.name_secretary(secretary=SECRETARY, took_part=(), by=SAKSBEHANDLER, at=AT)
    forward(upheld(appeal), papers=papers(pool=None))
    assert appeal.state is AppealState.FORWARDED


@pytest.mark.parametrize("subject", [DecisionSubject.DWELLING, DecisionSubject.EXTENSION])
def test_B14_no_appeal_about_a_dwelling_is_forwarded_without_the_pool(subject: DecisionSubject) -> None:
    appeal = ready(received(subject=subject))
    with pytest.raises(PoolMissingError):
        forward(appeal, papers=papers(pool=None))


def test_B14_the_checksum_of_the_pool_stands_in_what_was_sent() -> None:
    sent = forwarded().sent
    assert sent is not None
    assert sent.pool_checksum == "a checksum"


def test_LP2_internal_assessments_are_sent_only_with_a_reason() -> None:
    appeal = ready()
    with pytest.raises(AssessmentsNeedReasonError):
        forward(appeal, papers=papers(assessments=True))
    forward(appeal, papers=papers(assessments=True), assessments_because=sealed("vedtak.appeal_assessments"))
    assert appeal.sent == papers(assessments=True)


@pytest.mark.parametrize("outcome", list(AppealOutcome))
def test_LK7_what_the_body_decided_ends_the_appeal(outcome: AppealOutcome) -> None:
    decide(appeal := forwarded(), outcome)
    assert (appeal.state, appeal.outcome) == (AppealState.DECIDED, outcome)


@pytest.mark.parametrize(
    ("outcome", "needed"),
    [
        (AppealOutcome.UPHELD, False), (AppealOutcome.DISMISSED, False), (AppealOutcome.CHANGED_IN_FAVOUR, True),
        (AppealOutcome.CHANGED_TO_DETRIMENT, True), (AppealOutcome.QUASHED, True),
    ],
)  # fmt: skip
def test_LK7_what_is_changed_or_quashed_needs_a_new_vedtak(outcome: AppealOutcome, needed: bool) -> None:
    assert outcome.needs_new_vedtak is needed


def test_LK7_a_worse_outcome_reaches_the_party_within_three_months() -> None:
    decide(appeal := forwarded(), AppealOutcome.CHANGED_TO_DETRIMENT, date(2027, 5, 10))
    assert appeal.outcome is AppealOutcome.CHANGED_TO_DETRIMENT


def test_LK7_a_worse_outcome_after_three_months_is_none() -> None:
    with pytest.raises(WorseTooLateError):
        decide(forwarded(), AppealOutcome.CHANGED_TO_DETRIMENT, date(2027, 5, 11))


def test_LK7_a_better_outcome_may_come_at_any_time() -> None:
    decide(appeal := forwarded(), AppealOutcome.CHANGED_IN_FAVOUR, date(2028, 5, 11))
    assert appeal.is_over


def test_LK8_what_the_municipalitys_body_dismissed_goes_to_the_state() -> None:
    decide(appeal := forwarded(), AppealOutcome.DISMISSED)
    appeal_dismissal(appeal)
    assert (appeal.state, appeal.body) == (AppealState.RECEIVED, STATE)
    forward(upheld(appeal))
    assert appeal.state is AppealState.FORWARDED


def test_LK8_what_the_municipality_dismissed_itself_goes_to_the_vedtaks_own_body() -> None:
    dismiss(appeal := received(), DismissalGround.NO_RIGHT_TO_APPEAL)
    appeal_dismissal(appeal)
    assert (appeal.state, appeal.body) == (AppealState.RECEIVED, MUNICIPAL)


def test_LK8_a_dismissal_appealed_after_its_last_day_is_late_too() -> None:
    dismiss(appeal := late())
    appeal_dismissal(appeal, TODAY + timedelta(weeks=3, days=1))
    assert appeal.state is AppealState.LATE


def the_state_dismisses() -> Appeal:
    appeal = upheld(received(subject=ASSISTANCE, body=STATE))
    forward(appeal, papers=papers(pool=None))
    decide(appeal, AppealOutcome.DISMISSED)
    return appeal


def the_body_upholds() -> Appeal:
    decide(appeal := forwarded(), AppealOutcome.UPHELD)
    return appeal


@pytest.mark.parametrize("make", [received, the_state_dismisses, the_body_upholds])
def test_LK8_only_a_dismissal_of_the_municipality_or_its_body_goes_further(make: Callable[[], Appeal]) -> None:
    with pytest.raises(DismissalNotAppealableError):
        appeal_dismissal(make())


def test_LK6_the_party_may_take_the_appeal_back_until_it_is_over() -> None:
    appeal = forwarded()
    appeal.withdraw(received_on=TODAY, by=SAKSBEHANDLER, at=AT)
    assert appeal.is_over
    with pytest.raises(WrongStateError):
        appeal.withdraw(received_on=TODAY, by=SAKSBEHANDLER, at=AT)


@pytest.mark.parametrize("actor", [NAV_EMPLOYEE, SYSTEM], ids=["member", "system"])
def test_LK6_only_the_saksbehandler_handles_an_appeal(actor: By) -> None:
    appeal = received()
    with pytest.raises(SaksbehandlerOnlyError):
        received(by=actor)
    with pytest.raises(SaksbehandlerOnlyError):
        appeal.uphold(statement=sealed(), by=actor, at=AT)
    with pytest.raises(SaksbehandlerOnlyError):
        appeal.withdraw(received_on=TODAY, by=actor, at=AT)


def test_C01_an_appeal_comes_back_from_its_events_as_it_was() -> None:
    accept(appeal := late())
    decide(forwarded(appeal), AppealOutcome.DISMISSED)
    appeal_dismissal(appeal)
    assert state_of(stored_and_replayed(appeal)) == state_of(appeal)
    assert last_event(appeal).TOPIC == "appeal.DismissalAppealed"
