"""The deadlines that run, each with its date: from the law and the guidelines, or set for one case.

A date is computed when its event is read, by the rulebook of that day (D11); a row goes when what it waits for has come.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    Row,
    String,
    Table,
    Uuid,
    delete,
    exists,
    or_,
    select,
    update,
)

from domain.base import Event
from domain.cases.application import Application
from domain.cases.case import Case
from domain.decisions.follow_up import FollowUp
from domain.decisions.vedtak import Vedtak
from domain.group.conclusion import Conclusion
from domain.housing.allocation import Allocation
from domain.housing.tenancy import Tenancy
from domain.law.deadlines import days_after, oslo_date
from domain.law.rulebook import DecisionSubject
from projections import people
from projections.rows import add, beyond
from projections.rules import DatedRules
from projections.view import METADATA, Source, View


class DeadlineKind(StrEnum):
    """What runs out. The subject of a row is named in brackets."""

    INTERIM_REPLY = "interim_reply"
    """The applicant is to be told why it takes time (LH2) [application]."""
    VEDTAK_OUTSTANDING = "vedtak_outstanding"
    """A vedtak on one of the things applied for: within the month, or by the day promised (LH4) [application]."""
    CONCLUSION_WITHOUT_VEDTAK = "conclusion_without_vedtak"
    """The group has concluded and no vedtak followed (B08) [conclusion]."""
    APPLICANT_ANSWER = "applicant_answer"
    """The applicant's answer to what others told (LH6) [conclusion]."""
    APPEAL = "appeal"
    """The last day to appeal (LK3) [vedtak]."""
    OFFER_ANSWER = "offer_answer"
    """The answer to an offered dwelling (M14) [allocation]."""
    LEASE_WARNING = "lease_warning"
    """A lease comes so near its end that people are warned (M18) [tenancy]."""
    MOVE_OUT_DEMAND = "move_out_demand"
    """The last day to demand moving out before a lease may turn open-ended (LL6) [tenancy]."""
    FOLLOW_UP = "follow_up"
    """A task is due (M15) [follow-up]."""


PASSING = (DeadlineKind.APPEAL, DeadlineKind.LEASE_WARNING)
"""Dates that simply pass; the others stay, overdue, until something is done."""

TABLE = Table(
    "deadlines",
    METADATA,
    Column("kind", String, primary_key=True),
    Column("subject", Uuid, primary_key=True),
    Column("part", String, primary_key=True),
    Column("case", Uuid, nullable=False),
    Column("person", Uuid, nullable=False),
    Column("due_on", Date, nullable=False, index=True),
    Column("runs", Boolean, nullable=False),
)
"""`part`: which of several about one subject: what was applied for or is to be decided, the months before a lease ends;
else empty.

`due_on`: the last Oslo date in time. `runs`: false while a task waits for its vedtak (M15).
"""


ANY = ""


class Key(NamedTuple):
    """Where a page ends."""

    due_on: date
    kind: str
    subject: UUID
    part: str


def apply(rules: DatedRules, connection: Connection, event: Event, _position: int) -> None:  # noqa: C901  (a view is one match)
    subject: UUID = event.originator_id
    match event:
        case Application.Received():
            _application_received(rules, connection, event)
        case Application.InterimReplySent():
            _end(connection, subject, DeadlineKind.INTERIM_REPLY)
            _move(connection, subject, DeadlineKind.VEDTAK_OUTSTANDING, event.expected_on)
        case Application.Answered():
            _application_answered(connection, subject, event.kind)
        case Application.Withdrawn():
            _end(connection, subject)
        case Conclusion.Reached():
            _conclusion_reached(rules, connection, event)
        case Conclusion.FactsPutToApplicant():
            _end(connection, subject, DeadlineKind.APPLICANT_ANSWER)
            _start(connection, DeadlineKind.APPLICANT_ANSWER, subject, event.answer_by, event.case, event.person)
        case Conclusion.ApplicantAnswered() | Conclusion.FactsExceptionRecorded():
            _end(connection, subject, DeadlineKind.APPLICANT_ANSWER)
        case Conclusion.Superseded():
            _end(connection, subject)
        case Vedtak.Issued() if event.ground.conclusion:
            _conclusion_followed(connection, event.ground.conclusion, event.subject)
        case Vedtak.Notified():
            _start(connection, DeadlineKind.APPEAL, subject, event.appeal_deadline, event.case, event.person)
        case Vedtak.Replaced():
            _end(connection, subject)
        case Case.Closed():
            _end_in_case(connection, subject, DeadlineKind.CONCLUSION_WITHOUT_VEDTAK)
        case Allocation.Offered():
            _start(connection, DeadlineKind.OFFER_ANSWER, subject, event.answer_by, event.case, event.person)
        case Allocation.Accepted() | Allocation.Declined() | Allocation.Lapsed() | Allocation.Withdrawn():
            _end(connection, subject)
        case Tenancy.LeaseSigned():
            _lease_runs(rules, connection, event, event.terms.ends_on)
        case Tenancy.LeaseExtended():
            _end(connection, subject)
            _lease_runs(rules, connection, event, event.new_end)
        case Tenancy.MoveOutDemanded():
            _end(connection, subject, DeadlineKind.MOVE_OUT_DEMAND)
        case Tenancy.Ended():
            _end(connection, subject)
        case FollowUp.Assigned():
            runs = event.vedtak_track is None
            _start(connection, DeadlineKind.FOLLOW_UP, subject, event.due_on, event.case, event.person, runs=runs)
        case FollowUp.TookEffect():
            connection.execute(update(TABLE).where(TABLE.c.subject == subject).values(runs=True))
        case FollowUp.DueDateMoved():
            _move(connection, subject, DeadlineKind.FOLLOW_UP, event.due_on)
        case FollowUp.Completed() | FollowUp.Cancelled():
            _end(connection, subject)


def _application_received(rules: DatedRules, connection: Connection, event: Application.Received) -> None:
    due_on = rules.on(event.received_on).deadlines.interim_reply_by(event.received_on, rules.working_days)
    subject, about = event.originator_id, (event.case, event.person)
    _start(connection, DeadlineKind.INTERIM_REPLY, subject, due_on, *about)
    for kind in dict.fromkeys(event.kinds):
        _start(connection, DeadlineKind.VEDTAK_OUTSTANDING, subject, due_on, *about, part=kind)


def _application_answered(connection: Connection, application: UUID, kind: str) -> None:
    outstanding = (TABLE.c.subject == application) & (TABLE.c.kind == DeadlineKind.VEDTAK_OUTSTANDING)
    connection.execute(delete(TABLE).where(outstanding, TABLE.c.part == kind))
    if not connection.execute(select(exists().where(outstanding))).scalar():
        _end(connection, application)


def _conclusion_reached(rules: DatedRules, connection: Connection, event: Conclusion.Reached) -> None:
    reached_on = oslo_date(event.timestamp)
    days = rules.on(reached_on).deadlines.conclusion_without_vedtak_days
    due_on = days_after(reached_on, days, rules.working_days)
    expected = {
        DecisionSubject.ASSISTANCE: event.vanskeligstilt,  # help follows from it (M12)
        DecisionSubject.DWELLING: event.dwelling is not None,
        DecisionSubject.EXTENSION: event.extension is not None,
    }
    kind, subject = DeadlineKind.CONCLUSION_WITHOUT_VEDTAK, event.originator_id
    for part in [str(what) for what, holds in expected.items() if holds] or [ANY]:
        _start(connection, kind, subject, due_on, event.case, event.person, part=part)


def _conclusion_followed(connection: Connection, conclusion: UUID, subject: DecisionSubject) -> None:
    _end(connection, conclusion, DeadlineKind.APPLICANT_ANSWER)
    followed = (TABLE.c.subject == conclusion) & TABLE.c.part.in_((subject, ANY))
    connection.execute(delete(TABLE).where(followed))


def _lease_runs(
    rules: DatedRules, connection: Connection, event: Tenancy.LeaseSigned | Tenancy.LeaseExtended, ends_on: date
) -> None:
    deadlines = rules.on(oslo_date(event.timestamp)).deadlines
    tenancy, about = event.originator_id, (event.case, event.person)
    for months, warn_on in deadlines.lease_warnings(ends_on).items():
        _start(connection, DeadlineKind.LEASE_WARNING, tenancy, warn_on, *about, part=str(months))
    _start(connection, DeadlineKind.MOVE_OUT_DEMAND, tenancy, deadlines.move_out_demand_by(ends_on), *about)


def _start(
    connection: Connection, kind: DeadlineKind, subject: UUID, due_on: date, case: UUID, person: UUID, *,
    part: str = ANY, runs: bool = True,
) -> None:  # fmt: skip
    add(connection, TABLE, kind=kind, subject=subject, part=part, case=case, person=person, due_on=due_on, runs=runs)


def _move(connection: Connection, subject: UUID, kind: DeadlineKind, due_on: date) -> None:
    connection.execute(update(TABLE).where(TABLE.c.subject == subject, TABLE.c.kind == kind).values(due_on=due_on))


def _end(connection: Connection, subject: UUID, kind: DeadlineKind | None = None) -> None:
    ended = delete(TABLE).where(TABLE.c.subject == subject)
    connection.execute(ended if kind is None else ended.where(TABLE.c.kind == kind))


def _end_in_case(connection: Connection, case: UUID, kind: DeadlineKind) -> None:
    connection.execute(delete(TABLE).where(TABLE.c.case == case, TABLE.c.kind == kind))


def view(rules: DatedRules) -> View:
    return View("deadlines", rules.version_of(1), Source.CASE_LOG, (TABLE,), partial(apply, rules))


def page(
    connection: Connection, *wanted: ColumnElement[bool], today: date, after: Key | None, limit: int
) -> Sequence[Row[Any]]:
    """The deadlines that run on the Oslo date `today`, overdue ones first."""
    columns = (TABLE.c.due_on, TABLE.c.kind, TABLE.c.subject, TABLE.c.part)
    named = TABLE.join(people.TABLE, TABLE.c.person == people.TABLE.c.person)
    stands = or_(TABLE.c.kind.not_in(PASSING), TABLE.c.due_on >= today)
    query = select(TABLE, people.TABLE.c.name).select_from(named).where(TABLE.c.runs, stands, *wanted)
    query = query.order_by(*columns).limit(limit)
    return connection.execute(query.where(beyond(columns, after)) if after else query).all()


def of_kind(kind: DeadlineKind) -> ColumnElement[bool]:
    return TABLE.c.kind == kind


def due_by(day: date) -> ColumnElement[bool]:
    return TABLE.c.due_on <= day
