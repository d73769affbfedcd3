"""What has become of a submission, as its submitter is told (M04)."""

from uuid import UUID

import pytest

from domain.base import Event
from domain.cases.case import Case, WithoutGroupGround
from domain.group.agenda_item import AgendaItem, RemovalReason
from domain.group.submission_status import SubmissionStanding, SubmissionStatus, submission_standing
from tests.domain.support import an_id
from tests.examples import example

FIRST, SECOND = an_id("first meeting"), an_id("second meeting")
CONCLUDED = SubmissionStanding(SubmissionStatus.CONCLUDED, FIRST)


def added(meeting: UUID) -> Event:
    return example(AgendaItem.Added, meeting=meeting)


def standing(since: list[Event], before: list[Event] | None = None) -> SubmissionStanding:
    submitted = example(Case.SubmittedToGroup)
    return submission_standing(submitted, [*(before or []), submitted, *since])


def declined(because: str) -> SubmissionStanding:
    return SubmissionStanding(SubmissionStatus.DECLINED, declined_because=because)


def test_M04_a_submission_is_received_until_something_is_done_with_it() -> None:
    assert standing([]) == SubmissionStanding(SubmissionStatus.RECEIVED)


def test_M04_a_submission_that_is_postponed_is_on_the_later_agenda() -> None:
    postponed = example(AgendaItem.Postponed, to_meeting=SECOND)
    assert standing([added(FIRST)]) == SubmissionStanding(SubmissionStatus.ON_AGENDA, FIRST)
    assert standing([added(FIRST), postponed]).status is SubmissionStatus.RECEIVED
    assert standing([added(FIRST), postponed, added(SECOND)]).meeting == SECOND


def test_M04_a_submission_that_is_taken_off_the_agenda_says_why_until_it_is_put_on_again() -> None:
    removed = example(AgendaItem.Removed, reason=RemovalReason.CONSENT_WITHDRAWN)
    assert standing([added(FIRST), removed]) == declined("consent_withdrawn")
    assert standing([added(FIRST), removed, added(SECOND)]).declined_because is None


def test_M04_a_submission_that_is_decided_without_the_group_says_on_which_ground() -> None:
    without = example(Case.DecidedWithoutGroup, ground=WithoutGroupGround.URGENT)
    assert standing([without]) == declined("urgent")


def test_M04_a_submission_whose_case_is_closed_undiscussed_says_why() -> None:
    assert standing([example(Case.Closed, reason="moved_away")]) == declined("moved_away")


@pytest.mark.parametrize("end", [AgendaItem.Concluded, AgendaItem.Settled])
@pytest.mark.parametrize("then", [Case.Closed, Case.DecidedWithoutGroup])
def test_M04_a_submission_that_the_group_has_dealt_with_stays_concluded(end: type[Event], then: type[Event]) -> None:
    assert standing([added(FIRST), example(end), example(then)]) == CONCLUDED


def test_M04_of_what_was_before_a_submission_only_that_the_case_is_on_an_agenda_counts() -> None:
    assert standing([], before=[added(FIRST)]) == SubmissionStanding(SubmissionStatus.ON_AGENDA, FIRST)
    assert standing([], before=[added(FIRST), example(AgendaItem.Concluded)]) == SubmissionStanding()
