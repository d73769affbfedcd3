"""Help after § 6 that is granted and that nobody is responsible for, among the deadlines (M15)."""

from datetime import date
from uuid import UUID

from sqlalchemy import Column, Connection, Table, Uuid, delete, exists, select, update

from domain.base import Event
from domain.cases.case import Case
from domain.decisions.follow_up import FollowUp
from domain.decisions.vedtak import Vedtak
from domain.decisions.vedtak_rules import Outcome
from domain.law.deadline_kinds import DeadlineKind
from domain.law.deadlines import oslo_date
from domain.law.rulebook import DecisionSubject
from projections.deadline_rows import TABLE, end_in_case, hold, start
from projections.rows import add
from projections.view import METADATA

TASKS = Table(
    "deadlines_tasks",
    METADATA,
    Column("follow_up", Uuid, primary_key=True),
    Column("vedtak", Uuid, nullable=False, index=True),
)
"""The tasks that a vedtak has put in force and that have not fallen away. One that is done has seen to the help."""


def granted_help_deadlines(connection: Connection, event: Event) -> None:
    """Listed from the day of the vedtak, or from the day its last task falls away, until somebody has a task under it."""
    subject, kind = event.originator_id, DeadlineKind.NOBODY_RESPONSIBLE
    match event:
        case Vedtak.Issued(subject=DecisionSubject.ASSISTANCE, outcome=Outcome.GRANT):
            start(connection, kind, subject, event.issued_on, event.case, event.person)
        case FollowUp.TookEffect() | FollowUp.AssignedByVedtak():
            connection.execute(delete(TASKS).where(TASKS.c.follow_up == subject))
            add(connection, TASKS, follow_up=subject, vedtak=event.vedtak)
            hold(connection, event.vedtak, kind)
        case FollowUp.Cancelled():
            _fell_away(connection, subject, oslo_date(event.timestamp))
        case Case.Closed():
            end_in_case(connection, subject, kind)


def _fell_away(connection: Connection, follow_up: UUID, on: date) -> None:
    vedtak = connection.scalar(select(TASKS.c.vedtak).where(TASKS.c.follow_up == follow_up))
    connection.execute(delete(TASKS).where(TASKS.c.follow_up == follow_up))
    if vedtak is None or connection.scalar(select(exists().where(TASKS.c.vedtak == vedtak))):
        return
    about_it = (TABLE.c.subject == vedtak, TABLE.c.kind == DeadlineKind.NOBODY_RESPONSIBLE)
    connection.execute(update(TABLE).where(*about_it).values(runs=True, due_on=on))
