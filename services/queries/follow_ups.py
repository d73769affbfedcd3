"""The task inbox: one's own tasks first of all, those that are overdue before the others (M15)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import ColumnElement

from domain.access.decision import Rule
from domain.access.facts import FactName
from domain.access.kinds import InformationKind
from domain.actors import Actor, By, Role
from domain.decisions.follow_up_rules import FollowUpState
from domain.law.rulebook import DecisionSubject
from domain.refusals import NotAllowedError
from projections import task_inbox
from projections.leavings import Left
from projections.task_inbox import Key
from services.boxes import SealedFields
from services.context import Context
from services.core.asked import Paged
from services.core.duties import Duty
from services.core.pages import Page, page_of
from services.core.permits.reading import ReadsEach
from services.core.registry import Area, query
from services.installation import Installation
from services.permits import Permit
from services.queries.answer import Answer, ListRow
from services.queries.cases import Whose
from services.queries.listing import Listing, Slice, ViewRow, shown


class FollowUpRow(ListRow):
    """One task."""

    follow_up: UUID
    case: UUID
    person: UUID
    name: str | None
    what: str | None
    item: UUID | None = Field(description="Where it was shared out; null when that was outside a meeting.")
    assignee: UUID
    unit: str
    due_on: date
    overdue: bool
    state: FollowUpState
    vedtak_track: DecisionSubject | None = Field(description="What a vedtak must grant to put it in force.")
    vedtak: UUID | None
    escalated_to: UUID | None = Field(description="The leader who was told that it is overdue.")
    assignee_left: Left | None = Field(
        description="What the assignee has left since getting it: employment, or the group. To be handed on."
    )


class LeaderRow(Answer):
    """One task that a leader has to see to. Nothing of the case, not even which one (M15)."""

    follow_up: UUID
    unit: str
    assignee: UUID
    due_on: date
    days_overdue: int = Field(description="Zero when the day has not passed.")
    assignee_left: Left | None = Field(description="What the assignee has left; null when it is only overdue.")


class LeaderOnlyError(NotAllowedError):
    code = "leader_only"
    rule = "M15"
    missing = "Denne listen er for enhetens leder."
    next_step = "Se oppgavelisten i stedet."


def follow_ups(
    office: Installation, context: Context, *, whose: Whose, case: UUID | None, after: Key | None, limit: int,
    assignee_left: bool = False,
) -> Slice[FollowUpRow]:  # fmt: skip
    """One's own tasks that are in force; or all that are not over, in the cases that the actor may see.

    An own task opens no other task in its case (M15). Whoever stands in for somebody has that one's tasks as her own in
    the cases that she stands in in.
    """
    wanted: list[ColumnElement[bool]] = [task_inbox.OPEN]
    if assignee_left:
        wanted.append(task_inbox.has_left(context.at))
    if whose is Whose.MINE:
        wanted = [task_inbox.IN_FORCE, task_inbox.is_had_by(context.actor.id, context.today)]
    if case is not None:
        wanted.append(task_inbox.of_case(case))
    with office.views.connect() as connection:
        listing = Listing(
            view="task_inbox", needs=InformationKind.FOLLOW_UP, fields=_closed,
            read=lambda reach, after, limit: task_inbox.page(
                connection, *wanted, task_inbox.within(connection, reach, context.actor.id), now=context.at, after=after,
                limit=limit,
            ),
            key=_key,
            show=lambda row, opened: FollowUpRow(**_with_overdue(row, shown(row, opened), context.today)),
        )  # fmt: skip
        return listing.page(office, context, after, limit)


class AskedFollowUps(Paged):
    """Which tasks."""

    whose: Whose = Field(
        default=Whose.MINE,
        description="One's own tasks that are in force, or all open ones in the cases one may see.",
    )
    case: UUID | None = Field(default=None, description="Only tasks in this case.")
    assignee_left: bool = Field(
        default=False,
        description="Only tasks whose assignee has left employment or the group since getting them.",
    )


@query("/follow-ups", Area.FOLLOW_UPS, ReadsEach())
def list_follow_ups(office: Installation, context: Context, _: None, asked: AskedFollowUps) -> Page[FollowUpRow]:
    """The task inbox, overdue tasks first (M15)."""
    tasks = follow_ups(
        office, context, whose=asked.whose, case=asked.case, after=asked.after(Key), limit=asked.limit,
        assignee_left=asked.assignee_left,
    )  # fmt: skip
    return page_of(tasks)


def _require_leader(by: By) -> None:
    if by.role is not Role.LEADER:
        raise LeaderOnlyError


@query("/follow-ups/escalated", Area.FOLLOW_UPS, ReadsEach(first=Duty("leader", _require_leader)))
def list_escalated_follow_ups(office: Installation, context: Context, _: None, asked: Paged) -> Page[LeaderRow]:
    """For a unit's leader: tasks that are overdue and escalated, or whose assignee has left. No case content (M15).

    Care housing is not on it (M20), nor a case the leader is inhabil in.
    """
    actor, after, limit = context.actor, asked.after(Key), asked.limit
    wanted = task_inbox.is_for_leader(actor.unit, actor.id, context.at)
    rows = list[ViewRow]()
    with office.views.connect() as connection:
        while len(rows) <= limit and (
            chunk := task_inbox.page(connection, wanted, now=context.at, after=after, limit=limit + 1)
        ):
            rows += _for_leaders_eyes(office, context, chunk)
            after = _key(chunk[-1])
    items = [_leader_row(row, context.today) for row in rows[:limit]]
    return page_of(Slice(items, _key(rows[limit - 1]) if len(rows) > limit else None))


def _for_leaders_eyes(office: Installation, context: Context, rows: Sequence[ViewRow]) -> Iterator[ViewRow]:
    permits = office.gate.permits(context, [row.case for row in rows])
    return (row for row in rows if not _is_hidden_from(context.actor, permits[row.case]))


def _is_hidden_from(leader: Actor, permit: Permit) -> bool:
    """Whoever is inhabil stays so after every other relation to the case has ended (LI1)."""
    is_inhabil = bool(permit.facts.named(FactName.INHABIL, subject=leader.id))
    return is_inhabil or Rule.CARE_HOUSING in permit.decision.rules


def _leader_row(row: ViewRow, today: date) -> LeaderRow:
    return LeaderRow(
        follow_up=row.follow_up, unit=row.unit, assignee=row.assignee, due_on=row.due_on,
        days_overdue=max(0, (today - row.due_on).days), assignee_left=row.assignee_left,
    )  # fmt: skip


def _key(row: ViewRow) -> Key:
    return Key(row.due_on, row.follow_up)


def _closed(row: ViewRow) -> SealedFields:
    return {"name": row.name, "what": row.what}


def _with_overdue(row: ViewRow, values: dict[str, Any], today: date) -> dict[str, Any]:
    return {**values, "overdue": row.due_on < today and row.state == FollowUpState.IN_FORCE}
