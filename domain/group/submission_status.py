"""What has become of a submission, as far as whoever submitted it is told: never what was concluded (M04)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from domain.base import Event
from domain.cases.case import Case
from domain.group.agenda_item import AgendaItem


class SubmissionStatus(StrEnum):
    """How far a submission has come."""

    RECEIVED = "received"
    ON_AGENDA = "on_agenda"
    DECLINED = "declined"
    """Taken off the agenda, or decided or closed without having been talked about. It may be taken up again."""
    CONCLUDED = "concluded"


@dataclass(frozen=True)
class SubmissionStanding:
    """How a submission stands. `meeting`: on whose agenda it is or was concluded. `declined_because`: the recorded code."""

    status: SubmissionStatus = SubmissionStatus.RECEIVED
    meeting: UUID | None = None
    declined_because: str | None = None


def submission_standing(submitted: Case.SubmittedToGroup, events: Iterable[Event]) -> SubmissionStanding:
    """How a submission stands after `events`: all of its case and of the case's agenda items, oldest first.

    Of what was before it counts only that the case stood on an agenda.
    """
    standing = SubmissionStanding()
    for event in events:
        standing = _after(standing, event)
        if event == submitted and standing.status is not SubmissionStatus.ON_AGENDA:
            standing = SubmissionStanding()
    return standing


def _after(standing: SubmissionStanding, event: Event) -> SubmissionStanding:
    match event:
        case AgendaItem.Added():
            return SubmissionStanding(SubmissionStatus.ON_AGENDA, event.meeting)
        case AgendaItem.Postponed():
            return SubmissionStanding()
        case AgendaItem.Removed():
            return _declined(event.reason)
        case AgendaItem.Concluded() | AgendaItem.Settled():
            return replace(standing, status=SubmissionStatus.CONCLUDED)
        case Case.DecidedWithoutGroup() if standing.status is not SubmissionStatus.CONCLUDED:
            return _declined(event.ground)
        case Case.Closed() if standing.status is not SubmissionStatus.CONCLUDED:
            return _declined(event.reason)
    return standing


def _declined(because: str) -> SubmissionStanding:
    return SubmissionStanding(SubmissionStatus.DECLINED, declined_because=str(because))
