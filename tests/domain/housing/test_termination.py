"""How a tenancy is brought to an end: notice, protest, action, the warning before an eviction (LL5-LL9)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.housing.lease_rules import MoveOutDemandTooLateError
from domain.housing.tenancy import ActionVenue, EndingReason, NoticeForm, Tenancy, TerminationGround
from domain.housing.tenancy.refusals import (
    ActionTooLateError,
    EvictionCopyMissingError,
    EvictionOptedOutError,
    LeaseCannotBeTerminatedError,
    LeaseIsOpenEndedError,
    MoveOutDemandNotWrittenError,
    NoEvictionWarningError,
    NoNoticeError,
    NoticeAlreadyGivenError,
    NoticeVoidError,
    NotYetOpenEndedError,
    OnlyTheSystemError,
    OptOutStillRunsError,
    ProtestTooLateError,
    TakeoverNotAcceptedError,
    TerminationMissingError,
)
from domain.refusals import WrongStateError
from tests.domain.decision_support import APPLICATION, AT, CASE, SAKSBEHANDLER, SYSTEM, sealed
from tests.domain.housing.test_tenancy import END, applied_for, signed, terms
from tests.domain.support import stored_and_replayed

LAST_DAY = date(2030, 5, 28)
DAY_AFTER = date(2030, 5, 29)
COMPLETE = NoticeForm(in_writing=True, right_to_protest=True, consequence_of_silence=True, eviction=True)
GIVEN, PROTEST_BY, ACTION_BY, NOTICE_ENDS = date(2028, 1, 12), date(2028, 2, 14), date(2028, 5, 15), date(2028, 4, 30)


def open_ended() -> Tenancy:
    tenancy = signed()
    tenancy.become_open_ended(today=DAY_AFTER, last_day=LAST_DAY, by=SYSTEM, at=AT)
    return tenancy


def terminable() -> Tenancy:
    return signed(terms(notice_no_termination=False))


def given(tenancy: Tenancy | None = None, *, form: NoticeForm = COMPLETE) -> Tenancy:
    tenancy = tenancy or terminable()
    tenancy.give_notice(
        ground=TerminationGround.BREACH, reasons=sealed("housing.notice"), form=form, given_on=GIVEN,
        ends_on=NOTICE_ENDS, protest_by=PROTEST_BY, by=SAKSBEHANDLER, at=AT,
    )  # fmt: skip
    return tenancy


def protested(tenancy: Tenancy | None = None, on: date = PROTEST_BY) -> Tenancy:
    tenancy = tenancy or given()
    tenancy.protest_notice(protested_on=on, action_by=ACTION_BY, by=SAKSBEHANDLER, at=AT)
    return tenancy


def end(tenancy: Tenancy, reason: EndingReason, on: date = NOTICE_ENDS) -> None:
    tenancy.end(ended_on=on, reason=reason, by=SAKSBEHANDLER, at=AT)


def warned(tenancy: Tenancy | None = None) -> Tenancy:
    tenancy = tenancy or signed()
    tenancy.warn_of_eviction(
        warned_on=GIVEN, opt_out_by=date(2028, 1, 26), tenant_has_copy=True, by=SAKSBEHANDLER, at=AT
    )
    return tenancy


def test_LL6_a_lease_that_nobody_asked_the_tenant_to_leave_becomes_open_ended() -> None:
    tenancy = stored_and_replayed(open_ended())

    assert (tenancy.is_open_ended, tenancy.open_ended_from, tenancy.can_be_terminated) == (True, None, True)


@pytest.mark.parametrize("today", [END, LAST_DAY])
def test_LL6_it_does_not_while_a_demand_can_still_be_in_time(today: date) -> None:
    with pytest.raises(NotYetOpenEndedError):
        signed().become_open_ended(today=today, last_day=LAST_DAY, by=SYSTEM, at=AT)


def test_LL6_a_written_demand_in_time_keeps_the_end() -> None:
    tenancy = signed()
    tenancy.demand_move_out(demanded_on=LAST_DAY, last_day=LAST_DAY, by=SAKSBEHANDLER, at=AT)

    with pytest.raises(NotYetOpenEndedError):
        tenancy.become_open_ended(today=DAY_AFTER, last_day=LAST_DAY, by=SYSTEM, at=AT)


def test_LL6_a_spoken_demand_is_none() -> None:
    with pytest.raises(MoveOutDemandNotWrittenError):
        signed().demand_move_out(demanded_on=END, last_day=LAST_DAY, in_writing=False, by=SAKSBEHANDLER, at=AT)


def test_LL6_a_tenancy_that_is_over_does_not_become_open_ended() -> None:
    tenancy = signed()
    end(tenancy, EndingReason.MOVED_OUT, END)

    with pytest.raises(NotYetOpenEndedError):
        tenancy.become_open_ended(today=DAY_AFTER, last_day=LAST_DAY, by=SYSTEM, at=AT)


def test_LL6_nobody_but_the_system_says_that_a_lease_became_open_ended() -> None:
    with pytest.raises(OnlyTheSystemError):
        signed().become_open_ended(today=DAY_AFTER, last_day=LAST_DAY, by=SAKSBEHANDLER, at=AT)


def test_LL6_an_open_ended_lease_has_no_end_to_extend_or_to_demand() -> None:
    with pytest.raises(LeaseIsOpenEndedError):
        open_ended().apply_for_extension(application=APPLICATION, case=CASE, by=SAKSBEHANDLER, at=AT)
    with pytest.raises(MoveOutDemandTooLateError):
        open_ended().demand_move_out(demanded_on=END, last_day=LAST_DAY, by=SAKSBEHANDLER, at=AT)


def test_LL6_a_lease_becomes_open_ended_though_an_extension_is_applied_for() -> None:
    tenancy = applied_for()
    tenancy.become_open_ended(today=DAY_AFTER, last_day=LAST_DAY, by=SYSTEM, at=AT)

    assert tenancy.is_open_ended


@pytest.mark.parametrize("reason", [EndingReason.MOVED_OUT, EndingReason.TERMINATED, EndingReason.EVICTED])
def test_LL6_an_open_ended_lease_ends_by_notice(reason: EndingReason) -> None:
    with pytest.raises(TerminationMissingError):
        end(open_ended(), reason, date(2031, 1, 31))

    tenancy = given(open_ended())
    end(tenancy, reason)
    assert tenancy.ended_on == NOTICE_ENDS


def test_LL6_an_open_ended_lease_ends_when_the_tenant_dies() -> None:
    tenancy = open_ended()
    end(tenancy, EndingReason.DEATH)
    assert tenancy.ended_on == NOTICE_ENDS


def test_LL7_a_complete_notice_is_recorded_with_its_dates() -> None:
    notice = stored_and_replayed(given()).notice

    assert notice is not None
    assert (notice.ends_on, notice.protest_by, notice.action_by) == (NOTICE_ENDS, PROTEST_BY, None)


@pytest.mark.parametrize("missing", ["in_writing", "right_to_protest", "consequence_of_silence", "eviction"])
def test_LL7_a_notice_that_lacks_anything_is_void(missing: str) -> None:
    with pytest.raises(NoticeVoidError):
        given(form=replace(COMPLETE, **{missing: False}))


def test_LL5_a_lease_that_cannot_be_terminated_is_not() -> None:
    with pytest.raises(LeaseCannotBeTerminatedError):
        given(signed())
    with pytest.raises(LeaseCannotBeTerminatedError):
        signed().receive_notice(received_on=GIVEN, ends_on=NOTICE_ENDS, by=SAKSBEHANDLER, at=AT)


def test_LL7_one_notice_at_a_time() -> None:
    with pytest.raises(NoticeAlreadyGivenError):
        given(given())


def test_LL7_a_terminated_tenancy_ends_when_the_notice_runs_out_and_not_before() -> None:
    with pytest.raises(TerminationMissingError):
        end(given(), EndingReason.TERMINATED, date(2028, 4, 29))

    tenancy = given()
    end(tenancy, EndingReason.TERMINATED)
    assert tenancy.ended_on == NOTICE_ENDS


def test_LL7_no_tenancy_is_terminated_without_a_notice() -> None:
    with pytest.raises(TerminationMissingError):
        end(terminable(), EndingReason.TERMINATED)


def test_LL7_who_moves_because_of_a_notice_has_accepted_it() -> None:
    tenancy = protested(given(open_ended()))
    end(tenancy, EndingReason.MOVED_OUT, date(2028, 3, 1))
    assert tenancy.ended_on == date(2028, 3, 1)


def test_LL7_the_tenants_own_notice_ends_the_tenancy_too() -> None:
    tenancy = open_ended()
    tenancy.receive_notice(received_on=GIVEN, ends_on=NOTICE_ENDS, by=SAKSBEHANDLER, at=AT)
    with pytest.raises(NoticeAlreadyGivenError):
        tenancy.receive_notice(received_on=GIVEN, ends_on=NOTICE_ENDS, by=SAKSBEHANDLER, at=AT)

    end(stored_and_replayed(tenancy), EndingReason.TERMINATED)


@pytest.mark.parametrize("on", [date(2028, 1, 11), date(2028, 2, 15)])
def test_LL8_a_protest_outside_its_month_stops_nothing(on: date) -> None:
    with pytest.raises(ProtestTooLateError):
        protested(on=on)


def test_LL8_without_a_notice_there_is_nothing_to_protest() -> None:
    with pytest.raises(NoNoticeError):
        protested(terminable())


def test_LL8_a_notice_is_protested_once() -> None:
    with pytest.raises(WrongStateError):
        protested(protested())


def test_LL8_a_protested_notice_ends_nothing_until_it_is_brought_before_somebody() -> None:
    with pytest.raises(TerminationMissingError):
        end(protested(), EndingReason.TERMINATED)

    tenancy = protested()
    tenancy.bring_action(venue=ActionVenue.HUSLEIETVISTUTVALGET, brought_on=ACTION_BY, by=SAKSBEHANDLER, at=AT)
    end(stored_and_replayed(tenancy), EndingReason.TERMINATED)


def test_LL8_action_after_the_last_day_comes_too_late() -> None:
    with pytest.raises(ActionTooLateError):
        protested().bring_action(venue=ActionVenue.COURT, brought_on=date(2028, 5, 16), by=SAKSBEHANDLER, at=AT)


def test_LL8_only_a_protested_notice_is_brought_before_somebody() -> None:
    with pytest.raises(WrongStateError):
        given().bring_action(venue=ActionVenue.COURT, brought_on=PROTEST_BY, by=SAKSBEHANDLER, at=AT)


def test_LL8_a_protested_notice_that_nobody_acts_on_lapses_and_another_can_be_given() -> None:
    tenancy = protested()
    with pytest.raises(WrongStateError):
        tenancy.lapse_notice(today=ACTION_BY, by=SYSTEM, at=AT)
    with pytest.raises(OnlyTheSystemError):
        tenancy.lapse_notice(today=date(2028, 5, 16), by=SAKSBEHANDLER, at=AT)

    tenancy.lapse_notice(today=date(2028, 5, 16), by=SYSTEM, at=AT)

    assert stored_and_replayed(tenancy).notice is None
    assert given(tenancy).notice is not None


def test_LL8_a_notice_before_the_court_does_not_lapse() -> None:
    tenancy = protested()
    tenancy.bring_action(venue=ActionVenue.COURT, brought_on=ACTION_BY, by=SAKSBEHANDLER, at=AT)
    with pytest.raises(WrongStateError):
        tenancy.lapse_notice(today=date(2028, 5, 16), by=SYSTEM, at=AT)


def test_LL9_the_social_services_are_warned_when_the_time_to_say_no_is_over() -> None:
    tenancy = warned()
    with pytest.raises(OptOutStillRunsError):
        tenancy.warn_social_services(today=date(2028, 1, 26), by=SAKSBEHANDLER, at=AT)

    tenancy.warn_social_services(today=date(2028, 1, 27), by=SAKSBEHANDLER, at=AT)

    eviction = stored_and_replayed(tenancy).eviction
    assert eviction is not None
    assert eviction.passed_on
    with pytest.raises(NoEvictionWarningError):
        tenancy.warn_social_services(today=date(2028, 1, 28), by=SAKSBEHANDLER, at=AT)


def test_LL9_a_tenant_who_says_no_keeps_the_social_services_out() -> None:
    tenancy = warned()
    tenancy.opt_out_of_eviction_warning(opted_out_on=date(2028, 1, 20), by=SAKSBEHANDLER, at=AT)
    with pytest.raises(EvictionOptedOutError):
        stored_and_replayed(tenancy).warn_social_services(today=date(2028, 3, 1), by=SAKSBEHANDLER, at=AT)


def test_LL9_without_a_copy_to_the_tenant_there_is_no_warning() -> None:
    with pytest.raises(EvictionCopyMissingError):
        signed().warn_of_eviction(warned_on=GIVEN, opt_out_by=GIVEN, tenant_has_copy=False, by=SAKSBEHANDLER, at=AT)
    with pytest.raises(NoEvictionWarningError):
        signed().warn_social_services(today=GIVEN, by=SAKSBEHANDLER, at=AT)


def test_LL9_a_new_warning_waits_for_the_answer_to_the_first() -> None:
    with pytest.raises(WrongStateError):
        warned(warned())


def test_LL10_a_lease_is_taken_over_only_when_that_was_accepted() -> None:
    with pytest.raises(TakeoverNotAcceptedError):
        end(signed(), EndingReason.TAKEN_OVER)
