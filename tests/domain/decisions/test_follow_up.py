"""A follow-up: shared out in the group, in force with the vedtak, carried out by the one who has it."""

from datetime import date, timedelta

import pytest

from domain.actors import SERVICE_OG_TILDELING, By, Role
from domain.decisions.follow_up import FollowUp
from domain.decisions.follow_up_rules import (
    CancellingReason,
    FollowUpNotOverdueError,
    FollowUpState,
    NotYourTaskError,
    VedtakDoesNotStartItError,
)
from domain.decisions.vedtak_rules import Outcome, VedtakFacts
from domain.group.proposed_task import ProposedTask, TaskOverdueError
from domain.law.rulebook import DecisionSubject
from domain.refusals import SaksbehandlerOnlyError, WrongStateError
from tests.domain.decision_support import (
    AT,
    CASE,
    CONCLUSION,
    NAV,
    NAV_EMPLOYEE,
    PERSON,
    PSYKISK_HELSE,
    SAKSBEHANDLER,
    SYSTEM,
    TODAY,
    by,
    sealed,
    uid,
    vedtak_facts,
)
from tests.domain.support import stored_and_replayed

ASSIGNEE = NAV_EMPLOYEE
LEADER = by(Role.LEADER, NAV, uid(930))
SOMEBODY_ELSE = by(Role.EMPLOYEE, PSYKISK_HELSE, uid(940))
DUE = TODAY + timedelta(days=30)
GRANTED_HELP = vedtak_facts(DecisionSubject.ASSISTANCE)


def assigned(
    track: DecisionSubject | None = DecisionSubject.ASSISTANCE, *, due_on: date = DUE, actor: By = SAKSBEHANDLER
) -> FollowUp:
    task = ProposedTask(
        id=uid(70), assignee=ASSIGNEE.actor, unit=NAV, due_on=due_on, what=sealed("follow_up.task"), vedtak_track=track
    )
    return FollowUp.assign(
        task=task, case=CASE, person=PERSON, item=uid(80), conclusion=CONCLUSION, today=TODAY, by=actor, at=AT
    )


def in_force() -> FollowUp:
    follow_up = assigned()
    follow_up.take_effect(vedtak=GRANTED_HELP, by=SAKSBEHANDLER, at=AT)
    return follow_up


def test_M15_a_task_has_a_named_assignee_a_unit_and_a_due_date_and_waits_for_the_vedtak() -> None:
    follow_up = stored_and_replayed(assigned())

    assert (follow_up.assignee, follow_up.unit, follow_up.due_on) == (ASSIGNEE.actor, NAV, DUE)
    assert follow_up.state is FollowUpState.PLANNED


def test_M15_it_takes_effect_with_the_vedtak() -> None:
    follow_up = stored_and_replayed(in_force())

    assert (follow_up.state, follow_up.vedtak) == (FollowUpState.IN_FORCE, GRANTED_HELP.id)


@pytest.mark.parametrize(
    "vedtak",
    [
        vedtak_facts(DecisionSubject.ASSISTANCE, in_force=False),
        vedtak_facts(DecisionSubject.ASSISTANCE, Outcome.REFUSE),
        vedtak_facts(DecisionSubject.DWELLING),
        vedtak_facts(DecisionSubject.ASSISTANCE, case=uid(99)),
    ],
)
def test_M15_no_other_vedtak_puts_it_in_force(vedtak: VedtakFacts) -> None:
    with pytest.raises(VedtakDoesNotStartItError):
        assigned().take_effect(vedtak=vedtak, by=SAKSBEHANDLER, at=AT)


def test_M07_a_task_that_belongs_to_no_vedtak_is_in_force_at_once() -> None:
    assert assigned(None).state is FollowUpState.IN_FORCE


def test_M15_it_takes_effect_once() -> None:
    with pytest.raises(WrongStateError):
        in_force().take_effect(vedtak=GRANTED_HELP, by=SAKSBEHANDLER, at=AT)


def test_M15_a_task_due_before_today_is_refused() -> None:
    with pytest.raises(TaskOverdueError):
        assigned(due_on=TODAY - timedelta(days=1))
    assert assigned(due_on=TODAY).due_on == TODAY


def test_M15_the_groups_tasks_are_recorded_by_the_saksbehandler() -> None:
    with pytest.raises(SaksbehandlerOnlyError):
        assigned(actor=NAV_EMPLOYEE)


@pytest.mark.parametrize("actor", [ASSIGNEE, SAKSBEHANDLER])
def test_M15_the_assignee_or_the_saksbehandler_reports_and_completes(actor: By) -> None:
    follow_up = in_force()

    follow_up.progress(note=sealed("follow_up.note"), by=actor, at=AT)
    follow_up.complete(by=actor, at=AT)

    assert follow_up.state is FollowUpState.COMPLETED


def test_M15_nobody_else_reports_or_completes() -> None:
    follow_up = in_force()

    with pytest.raises(NotYourTaskError):
        follow_up.progress(note=sealed("follow_up.note"), by=SOMEBODY_ELSE, at=AT)
    with pytest.raises(NotYourTaskError):
        follow_up.complete(by=SOMEBODY_ELSE, at=AT)


def test_M15_a_planned_task_is_not_completed() -> None:
    with pytest.raises(WrongStateError):
        assigned().complete(by=ASSIGNEE, at=AT)


@pytest.mark.parametrize("actor", [SAKSBEHANDLER, LEADER])
def test_M15_the_saksbehandler_or_the_units_leader_gives_it_to_another(actor: By) -> None:
    follow_up = in_force()

    follow_up.reassign(assignee=uid(950), unit=NAV, by=actor, at=AT)

    event = follow_up.pending_events[-1]
    assert isinstance(event, FollowUp.Reassigned)
    assert (event.assignee, event.released) == (uid(950), ASSIGNEE.actor)


def test_M15_a_leader_moves_nothing_to_or_from_another_unit() -> None:
    with pytest.raises(SaksbehandlerOnlyError):
        in_force().reassign(assignee=uid(950), unit=SERVICE_OG_TILDELING, by=LEADER, at=AT)
    with pytest.raises(SaksbehandlerOnlyError):
        in_force().reassign(assignee=uid(950), unit=NAV, by=by(Role.LEADER, PSYKISK_HELSE), at=AT)


def test_M15_who_had_the_task_does_not_complete_it_any_more() -> None:
    follow_up = in_force()
    follow_up.reassign(assignee=uid(950), unit=NAV, by=SAKSBEHANDLER, at=AT)

    with pytest.raises(NotYourTaskError):
        follow_up.complete(by=ASSIGNEE, at=AT)


def test_M15_an_overdue_task_goes_to_the_leader_once() -> None:
    follow_up = in_force()

    follow_up.escalate(to=LEADER.actor, today=DUE + timedelta(days=7), by=SYSTEM, at=AT)

    assert follow_up.escalated_to == LEADER.actor
    with pytest.raises(WrongStateError):
        follow_up.escalate(to=LEADER.actor, today=DUE + timedelta(days=8), by=SYSTEM, at=AT)


def test_M15_a_task_goes_to_no_leader_on_its_due_date() -> None:
    with pytest.raises(FollowUpNotOverdueError):
        in_force().escalate(to=LEADER.actor, today=DUE, by=SYSTEM, at=AT)


def test_M15_a_moved_due_date_starts_anew() -> None:
    follow_up = in_force()
    follow_up.escalate(to=LEADER.actor, today=DUE + timedelta(days=7), by=SYSTEM, at=AT)
    later = DUE + timedelta(days=60)

    follow_up.move_due_date(due_on=later, today=DUE, by=SAKSBEHANDLER, at=AT)

    assert (follow_up.due_on, follow_up.escalated_to) == (later, None)


def test_M15_a_due_date_does_not_move_into_the_past() -> None:
    with pytest.raises(TaskOverdueError):
        in_force().move_due_date(due_on=TODAY - timedelta(days=1), today=TODAY, by=SAKSBEHANDLER, at=AT)


def test_M15_a_planned_task_falls_away_with_a_reason_when_the_help_is_not_granted() -> None:
    follow_up = assigned()

    follow_up.cancel(reason=CancellingReason.HELP_NOT_GRANTED, by=SAKSBEHANDLER, at=AT)

    assert follow_up.state is FollowUpState.CANCELLED
    with pytest.raises(WrongStateError):
        follow_up.take_effect(vedtak=GRANTED_HELP, by=SAKSBEHANDLER, at=AT)


def test_M15_the_assignee_cancels_nothing() -> None:
    with pytest.raises(SaksbehandlerOnlyError):
        in_force().cancel(reason=CancellingReason.NO_LONGER_NEEDED, by=ASSIGNEE, at=AT)
