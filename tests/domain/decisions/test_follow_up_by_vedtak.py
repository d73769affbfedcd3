"""Follow-up shared out under a vedtak, outside a meeting (M15)."""

from datetime import date

import pytest

from domain.decisions.follow_up import FollowUp
from domain.decisions.follow_up_rules import FollowUpState, VedtakDoesNotStartItError
from domain.group.proposed_task import ProposedTask, TaskOverdueError
from domain.refusals import SaksbehandlerOnlyError
from tests.domain.decision_support import (
    AT,
    NAV,
    NAV_EMPLOYEE,
    SAKSBEHANDLER,
    TODAY,
    sealed,
    uid,
    vedtak_facts,
)
from tests.domain.decisions.vedtak_support import ASSISTANCE, GRANT, REFUSE
from tests.domain.support import stored_and_replayed


def a_task(due_on: date = date(2027, 3, 1)) -> ProposedTask:
    return ProposedTask(uid(70), uid(910), NAV, due_on, sealed("follow_up.task"))


def test_M15_a_task_under_a_granting_vedtak_begins_at_once_without_a_meeting() -> None:
    follow_up = FollowUp.assign_by_vedtak(
        task=a_task(), vedtak=vedtak_facts(ASSISTANCE, id=uid(50)), today=TODAY, by=SAKSBEHANDLER, at=AT
    )
    after = stored_and_replayed(follow_up)
    assert (after.state, after.vedtak, after.assignee) == (FollowUpState.IN_FORCE, uid(50), uid(910))


@pytest.mark.parametrize(
    "facts",
    [vedtak_facts(ASSISTANCE, REFUSE), vedtak_facts(ASSISTANCE, GRANT, in_force=False)],
    ids=["refused", "over"],
)
def test_M15_nothing_is_shared_out_under_what_grants_nothing(facts: object) -> None:
    with pytest.raises(VedtakDoesNotStartItError):
        FollowUp.assign_by_vedtak(task=a_task(), vedtak=facts, today=TODAY, by=SAKSBEHANDLER, at=AT)  # type: ignore[arg-type]


def test_M15_a_task_is_not_due_before_it_is_given_nor_given_by_anybody() -> None:
    with pytest.raises(TaskOverdueError):
        FollowUp.assign_by_vedtak(
            task=a_task(date(2027, 2, 9)), vedtak=vedtak_facts(ASSISTANCE), today=TODAY, by=SAKSBEHANDLER, at=AT
        )
    with pytest.raises(SaksbehandlerOnlyError):
        FollowUp.assign_by_vedtak(task=a_task(), vedtak=vedtak_facts(ASSISTANCE), today=TODAY, by=NAV_EMPLOYEE, at=AT)


def test_M15_a_running_task_goes_on_under_the_vedtak_that_replaces() -> None:
    follow_up = FollowUp.assign_by_vedtak(
        task=a_task(), vedtak=vedtak_facts(ASSISTANCE, id=uid(50)), today=TODAY, by=SAKSBEHANDLER, at=AT
    )
    follow_up.carry_over(vedtak=vedtak_facts(ASSISTANCE, id=uid(52)), by=SAKSBEHANDLER, at=AT)
    assert (follow_up.state, follow_up.vedtak) == (FollowUpState.IN_FORCE, uid(52))
    with pytest.raises(VedtakDoesNotStartItError):
        follow_up.carry_over(vedtak=vedtak_facts(ASSISTANCE, REFUSE, id=uid(53)), by=SAKSBEHANDLER, at=AT)
