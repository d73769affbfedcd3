"""What an item came to, and its minutes: conclusion and tasks, per case (M07, M09, M11, M16–M18, LP2)."""

from datetime import date
from uuid import UUID

import pytest

from domain.actors import SERVICE_OG_TILDELING
from domain.cases.case_texts import TextOfAnotherCaseError
from domain.cases.consent_facts import ConsentFacts, ConsentMissingError, ConsentState
from domain.group.agenda_item import AgendaItem, ItemState, Matter, ReopenReason
from domain.group.agenda_item.refusals import (
    ConclusionNeededError,
    MinutesApprovedError,
    NotSettledError,
    OutcomeMissingError,
    RestrictedItemError,
    ThreeQuestionsError,
    WrongRevisionError,
)
from domain.group.proposed_task import ProposedTask, TaskOverdueError, TasksMissingError
from domain.refusals import SaksbehandlerOnlyError, WrongStateError
from domain.sealed import Sealed
from tests.domain.agenda_support import (
    DAY,
    Task,
    a_discussed_item,
    a_restricted_lease,
    a_vacancy,
    an_item,
    close_discussion,
    consent,
    open_discussion,
    task,
    with_people,
)
from tests.domain.support import (
    an_id,
    at,
    by_member,
    by_saksbehandler,
    events_of,
    sealed,
    state_of,
    stored_and_replayed,
)

CONCLUSION, OTHER_CASE = an_id("conclusion"), an_id("another case")
STATUS = sealed("minutes.outcome")
WITHDRAWN = consent(state=ConsentState.WITHDRAWN)


def settle(
    item: AgendaItem,
    outcome: Sealed | None = STATUS,
    tasks: tuple[ProposedTask, ...] | None = None,
    application_received: bool | None = None,
    given: ConsentFacts | None = None,
) -> AgendaItem:
    item.settle(
        outcome=outcome, tasks=task() if tasks is None else tasks, application_received=application_received,
        consent=given or consent(), day=DAY, by=by_saksbehandler(), at=at(hour=12),
    )  # fmt: skip
    return item


def conclude(item: AgendaItem, conclusion: UUID = CONCLUSION, supersedes: UUID | None = None) -> AgendaItem:
    item.conclude(conclusion=conclusion, supersedes=supersedes, by=by_saksbehandler(), at=at(hour=12))
    return item


def write(item: AgendaItem, case: UUID | None = None, given: ConsentFacts | None = None) -> AgendaItem:
    item.write_minutes(
        facts=sealed("minutes.facts"), assessment=sealed("minutes.assessment", case or item.case),
        consent=given or consent(), day=DAY, by=by_saksbehandler(), at=at(hour=15),
    )  # fmt: skip
    return item


def approve(item: AgendaItem, revision: int = 1) -> AgendaItem:
    item.approve_minutes(revision=revision, by=by_saksbehandler(), at=at(hour=16))
    return item


def reopen(item: AgendaItem, revision: int = 1) -> AgendaItem:
    item.reopen_minutes(revision=revision, reason=ReopenReason.FACTUAL_ERROR, by=by_saksbehandler(), at=at(day=13))
    return item


# --- concluded ---


def test_M07_an_item_is_settled_by_its_conclusion() -> None:
    item = a_discussed_item()
    assert not item.outcome.settled
    assert conclude(item).outcome.settled


def test_M11_nothing_is_concluded_that_was_not_discussed() -> None:
    with pytest.raises(WrongStateError):
        conclude(an_item())
    with pytest.raises(WrongStateError):
        _ = an_item().as_discussed


def test_M18_a_postponed_item_is_concluded_where_it_comes_back() -> None:
    item = a_discussed_item()
    item.postpone(to_meeting=an_id("next"), by=by_saksbehandler(), at=at(hour=12))
    with pytest.raises(WrongStateError):
        conclude(item)


def test_M11_an_item_has_one_conclusion_until_it_is_superseded() -> None:
    item = conclude(a_discussed_item())
    with pytest.raises(WrongStateError):
        conclude(item, an_id("second"))
    assert conclude(item, an_id("second"), supersedes=CONCLUSION).conclusion == an_id("second")


@pytest.mark.parametrize("matter", [Matter.NEW_CASE, Matter.SUBMITTED, Matter.EXTENSION])
def test_M11_what_a_vedtak_is_to_stand_on_is_not_settled_without_a_conclusion(matter: Matter) -> None:
    with pytest.raises(ConclusionNeededError):
        settle(a_discussed_item(matter))


@pytest.mark.parametrize("matter", [Matter.TENANCY_CHALLENGE, Matter.ASSISTANCE_CHALLENGE])
def test_M17_a_challenge_may_end_in_new_help_by_a_conclusion(matter: Matter) -> None:
    assert conclude(a_discussed_item(matter)).is_concluded


def test_M18_an_expiring_lease_is_answered_not_concluded() -> None:
    with pytest.raises(WrongStateError):
        conclude(a_discussed_item(Matter.LEASE_ENDING))


def test_M07_a_concluded_item_is_not_discussed_postponed_or_concluded_by_others() -> None:
    item = conclude(a_discussed_item())
    with pytest.raises(WrongStateError):
        open_discussion(item, at(hour=13))
    with pytest.raises(WrongStateError):
        item.postpone(to_meeting=an_id("next"), by=by_saksbehandler(), at=at(hour=13))
    with pytest.raises(SaksbehandlerOnlyError):
        item.conclude(conclusion=CONCLUSION, by=by_member("nav"), at=at(hour=13))


# --- settled ---


@pytest.mark.parametrize("application_received", [True, False])
def test_M18_a_lease_is_settled_by_three_answers_whether_or_not_anybody_applied(application_received: bool) -> None:
    item = settle(a_discussed_item(Matter.LEASE_ENDING), application_received=application_received)
    assert item.outcome.settled


@pytest.mark.parametrize(
    ("outcome", "tasks", "application_received"), [(None, task(), True), (STATUS, (), True), (STATUS, task(), None)]
)
def test_M18_a_lease_is_not_settled_while_a_question_is_open(
    outcome: Sealed | None, tasks: tuple[ProposedTask, ...], application_received: bool | None
) -> None:
    with pytest.raises(ThreeQuestionsError):
        settle(a_discussed_item(Matter.LEASE_ENDING), outcome, tasks, application_received)


def test_M18_a_restricted_lease_is_settled_at_service_og_tildeling_without_a_discussion() -> None:
    own = task(Task(SERVICE_OG_TILDELING))
    item = settle(a_restricted_lease(), tasks=own, application_received=False, given=WITHDRAWN)
    assert item.outcome.settled


def test_M18_a_restricted_lease_gives_nobody_else_a_task() -> None:
    with pytest.raises(RestrictedItemError):
        settle(a_restricted_lease(), application_received=False)


def test_M18_a_lease_with_consent_is_settled_only_after_a_discussion() -> None:
    with pytest.raises(WrongStateError):
        settle(an_item(Matter.LEASE_ENDING), application_received=True)


def test_M16_a_challenge_ends_with_what_it_came_to_and_who_does_what() -> None:
    assert settle(a_discussed_item(Matter.TENANCY_CHALLENGE)).outcome.settled
    with pytest.raises(OutcomeMissingError):
        settle(a_discussed_item(Matter.TENANCY_CHALLENGE), outcome=None)
    with pytest.raises(TasksMissingError):
        settle(a_discussed_item(Matter.TENANCY_CHALLENGE), tasks=())


def test_M15_a_task_that_is_already_overdue_is_refused() -> None:
    with pytest.raises(TaskOverdueError):
        settle(a_discussed_item(Matter.TENANCY_CHALLENGE), tasks=task(Task(due_on=date(2027, 1, 11))))


def test_M07_a_task_written_for_another_case_is_refused() -> None:
    with pytest.raises(TextOfAnotherCaseError):
        settle(a_discussed_item(Matter.TENANCY_CHALLENGE), tasks=task(Task(case=OTHER_CASE)))


def test_M14_a_vacancy_is_settled_by_the_agreed_order_alone() -> None:
    item = close_discussion(open_discussion(with_people(a_vacancy()), case=None, without_consent=True))
    assert settle(item, outcome=None, tasks=()).outcome.settled


def test_D1_consent_is_checked_again_when_an_item_is_settled() -> None:
    with pytest.raises(ConsentMissingError):
        settle(a_discussed_item(Matter.TENANCY_CHALLENGE), given=WITHDRAWN)


def test_M07_an_item_is_settled_once() -> None:
    with pytest.raises(WrongStateError):
        settle(settle(a_discussed_item(Matter.TENANCY_CHALLENGE)))


# --- minutes ---


def test_LP2_minutes_keep_facts_and_assessment_apart() -> None:
    minutes = write(a_discussed_item()).minutes
    assert [(m.revision, m.facts.field, m.assessment.field) for m in minutes] == [
        (1, "minutes.facts", "minutes.assessment")
    ]


def test_M07_minutes_of_another_case_are_refused() -> None:
    with pytest.raises(TextOfAnotherCaseError):
        write(a_discussed_item(), case=OTHER_CASE)


def test_M07_minutes_are_not_written_before_the_discussion() -> None:
    with pytest.raises(WrongStateError):
        write(an_item())


@pytest.mark.parametrize("given", [WITHDRAWN, consent(expires_on=date(2027, 1, 11)), consent(SERVICE_OG_TILDELING)])
def test_D1_consent_is_checked_again_when_minutes_are_written(given: ConsentFacts) -> None:
    with pytest.raises(ConsentMissingError):
        write(a_discussed_item(), given=given)


def test_M18_a_restricted_lease_has_minutes_without_consent() -> None:
    assert write(a_restricted_lease(), given=WITHDRAWN).minutes


def test_M07_unapproved_minutes_are_written_anew_under_the_same_number() -> None:
    assert [minutes.revision for minutes in write(write(a_discussed_item())).minutes] == [1]


def test_M07_minutes_are_not_approved_without_conclusion_and_tasks() -> None:
    with pytest.raises(NotSettledError):
        approve(write(a_discussed_item()))


def test_M07_minutes_of_a_concluded_item_are_approved() -> None:
    assert approve(write(conclude(a_discussed_item()))).minutes_are_approved


def test_M07_minutes_of_a_postponed_item_are_approved() -> None:
    item = write(a_discussed_item())
    item.postpone(to_meeting=an_id("next"), by=by_saksbehandler(), at=at(hour=13))
    assert approve(item).minutes_are_approved


def test_M07_minutes_are_not_approved_in_the_middle_of_the_talk() -> None:
    item = write(conclude(open_discussion(with_people(an_item()))))
    with pytest.raises(WrongStateError):
        approve(item)


@pytest.mark.parametrize("revision", [0, 2])
def test_M07_only_the_latest_revision_is_approved(revision: int) -> None:
    with pytest.raises(WrongRevisionError):
        approve(write(conclude(a_discussed_item())), revision)


def test_M07_approved_minutes_do_not_change() -> None:
    item = approve(write(conclude(a_discussed_item())))
    with pytest.raises(MinutesApprovedError):
        write(item)
    with pytest.raises(MinutesApprovedError):
        conclude(item, an_id("second"), supersedes=CONCLUSION)


def test_M07_reopened_minutes_get_a_new_revision_beside_the_approved_one() -> None:
    item = write(reopen(approve(write(conclude(a_discussed_item())))))
    assert [(minutes.revision, minutes.approved) for minutes in item.minutes] == [(1, True), (2, False)]
    assert approve(item, 2).minutes_are_approved


def test_M07_the_approved_revision_is_in_force_until_the_next_one_is_approved() -> None:
    item = write(conclude(a_discussed_item()))
    in_force = [item.revision_in_force]
    approve(item)
    item.reopen_minutes(revision=1, reason=ReopenReason.OMISSION, by=by_saksbehandler(), at=at(hour=16))
    write(item)
    in_force.append(item.revision_in_force)
    approve(item, revision=2)
    in_force.append(item.revision_in_force)
    assert in_force == [None, 1, 2]
    assert [minutes.revision for minutes in item.minutes] == [1, 2]


def test_LP2_the_minutes_of_a_vacancy_stand_in_nobodys_case() -> None:
    item = settle(close_discussion(open_discussion(with_people(a_vacancy()), case=None)), outcome=None, tasks=())
    with pytest.raises(TextOfAnotherCaseError):
        write(item, case=OTHER_CASE)
    item.write_minutes(
        facts=sealed("minutes.facts", None), assessment=sealed("minutes.assessment", None), consent=None, day=DAY,
        by=by_saksbehandler(), at=at(hour=15),
    )  # fmt: skip
    approve(item)
    assert item.minutes_are_approved


def test_M07_a_conclusion_changes_when_the_minutes_are_reopened() -> None:
    item = reopen(approve(write(conclude(a_discussed_item()))))
    assert conclude(item, an_id("second"), supersedes=CONCLUSION).conclusion == an_id("second")


def test_M07_minutes_that_are_not_approved_are_not_reopened() -> None:
    with pytest.raises(WrongStateError):
        reopen(write(conclude(a_discussed_item())))


def test_M07_only_the_saksbehandler_approves_minutes() -> None:
    with pytest.raises(SaksbehandlerOnlyError):
        write(conclude(a_discussed_item())).approve_minutes(revision=1, by=by_member("nav"), at=at())


def test_M09_a_withdrawal_after_the_conclusion_changes_nothing_that_is_concluded() -> None:
    item = conclude(a_discussed_item())
    before = events_of(item)
    item.close_on_withdrawal(by=by_saksbehandler(), at=at(hour=13))
    assert (events_of(item), item.state) == (before, ItemState.DISCUSSED)


def test_M09_a_withdrawal_between_conclusion_and_the_end_of_the_talk_still_ends_the_talk() -> None:
    item = conclude(open_discussion(with_people(an_item())))
    item.close_on_withdrawal(by=by_saksbehandler(), at=at(hour=12))
    assert item.state is ItemState.DISCUSSED


def test_D2_an_item_with_minutes_comes_back_from_its_stored_events_as_it_was() -> None:
    item = reopen(approve(write(settle(a_discussed_item(Matter.LEASE_ENDING), application_received=True))))
    assert state_of(stored_and_replayed(item)) == state_of(item)
