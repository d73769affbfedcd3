"""Submissions of a case as a reader sees them: in whose words, and what has become of them (M04)."""

from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from uuid import UUID

from pydantic import Field

from domain.access.access_facts import AccessFacts
from domain.access.facts import FactName
from domain.base import Event
from domain.cases.case import Case
from domain.group.agenda_item import AgendaItem
from domain.group.submission_status import SubmissionStatus, submission_standing
from services.log.streams import Readable
from services.queries.case_parts import SubmissionPart, submission
from services.queries.reading import Reading


class FollowedSubmission(SubmissionPart):
    """A submission, and what has become of it: never what was concluded (M04)."""

    status: SubmissionStatus
    meeting: UUID | None = Field(description="On whose agenda it is, or was when it was concluded.")
    meeting_on: date | None = Field(description="The day of that meeting, in Oslo.")
    declined_because: str | None = Field(
        description="The recorded code of why it was taken off the agenda, or decided or closed without the group.",
        examples=["consent_withdrawn"],
    )


def submissions(
    log: Readable, case: Case, items: Sequence[UUID], reading: Reading, *, own_only: bool = False
) -> tuple[FollowedSubmission, ...]:
    """Why the case was to be discussed, in the words of everybody who submitted it, or the reader's own (M04).

    `items`: the agenda items of the case, oldest first.
    """
    events = _events(log, case, items)
    submitted = (event for event in events if isinstance(event, Case.SubmittedToGroup))
    return tuple(
        _part(event, events, reading) for event in submitted if event.submitted_by == reading.reader or not own_only
    )


def _events(log: Readable, case: Case, items: Sequence[UUID]) -> list[Event]:
    """What has happened in the case and at its agenda items, but for those that only Service og tildeling sees (M18)."""
    found = [log.find(AgendaItem, item) for item in items]
    shown = [case.id, *(item.id for item in found if item is not None and not item.restricted)]
    return sorted((event for id in shown for event in log.stream(id)), key=attrgetter("timestamp"))


def _part(submitted: Case.SubmittedToGroup, events: Sequence[Event], reading: Reading) -> FollowedSubmission:
    standing = submission_standing(submitted, events)
    return FollowedSubmission(
        **submission(submitted, reading), status=standing.status, meeting=standing.meeting,
        meeting_on=_day_of(standing.meeting, reading.permit.facts), declined_because=standing.declined_because,
    )  # fmt: skip


def _day_of(meeting: UUID | None, facts: AccessFacts) -> date | None:
    return next((row.value.valid_from for row in facts.named(FactName.MEETING_DAY) if row.key.scope == meeting), None)
