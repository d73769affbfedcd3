"""What leases set off: warnings, a place on the agenda, the trap after the end, a notice that lapses (M18, LL6, LL8, LL10)."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Connection

from domain.base import Event
from domain.cases.case import lease_case_id
from domain.group.agenda_item import AgendaItem
from domain.group.agenda_item.facts import Matter
from domain.housing.tenancy import Tenancy
from domain.housing.tenancy.lease_events import BecameOpenEnded
from domain.law.deadlines import months_after, oslo_date
from domain.law.rulebook import Deadlines
from projections import due_rows
from projections.due_rows import DueRow, RowState, Task, due, morning
from projections.rules import DatedRules

BEFORE_THE_END = (Task.WARN_OF_LEASE_END, Task.PUT_ON_AGENDA)
THE_TRAP = (Task.WARN_OF_MOVE_OUT_DEMAND, Task.BECOME_OPEN_ENDED)
ANY_MEETING = date.max
"""A lease goes on the next agenda there is, also when its end has passed by then (M18)."""


def lease_work(connection: Connection, event: Event, rules: DatedRules) -> None:
    """What falls due because of this event, and what does not any more."""
    tenancy = event.originator_id
    match event:
        case Tenancy.LeaseSigned():
            _lease_runs(connection, event, event.terms.ends_on, rules)
            if not (event.care_housing and _care_leases_stay(event, rules)):
                due_rows.add(connection, (_ending_to_agenda(event, event.terms.ends_on, rules),))
        case Tenancy.LeaseExtended():
            due_rows.cancel(connection, tenancy, *BEFORE_THE_END, *THE_TRAP)
            _lease_runs(connection, event, event.new_end, rules)
            if due_rows.is_known(connection, tenancy, Task.PUT_ON_AGENDA):
                due_rows.add(connection, (_ending_to_agenda(event, event.new_end, rules),))
        case Tenancy.MoveOutDemanded():
            due_rows.cancel(connection, tenancy, *THE_TRAP)
        case Tenancy.BecameOpenEnded():
            _open_ended(connection, event)
        case Tenancy.NoticeProtested():
            lapses = morning(event.action_by + timedelta(days=1))
            due_rows.add(
                connection, (due(Task.LAPSE_NOTICE, tenancy, lapses, event.originator_version, case=event.case),)
            )
        case Tenancy.ActionBrought():
            due_rows.cancel(connection, tenancy, Task.LAPSE_NOTICE)
        case Tenancy.NoticeLapsed():
            due_rows.settle(connection, tenancy, Task.LAPSE_NOTICE)
            due_rows.add(connection, (_now(Task.TELL_OF_LAPSED_NOTICE, event, event.case),))
        case Tenancy.HouseholdChanged() if event.needs_agenda:
            due_rows.add(connection, (_now(Task.PUT_ON_AGENDA, event, event.case, meeting_by=ANY_MEETING),))
        case Tenancy.Ended():
            due_rows.cancel(connection, tenancy, *BEFORE_THE_END, *THE_TRAP, Task.LAPSE_NOTICE)
        case _:
            _agenda(connection, event)


def _agenda(connection: Connection, event: Event) -> None:
    """While it stands on an agenda it goes on no other; off it unsettled, it goes on the next (M18)."""
    match event:
        case AgendaItem.Added(matter=Matter.LEASE_ENDING | Matter.EXTENSION) if event.case:
            due_rows.exchange(connection, event.case, Task.PUT_ON_AGENDA, RowState.PENDING, RowState.WAITING)
        case AgendaItem.Settled() | AgendaItem.Concluded() if event.case:
            due_rows.exchange(connection, event.case, Task.PUT_ON_AGENDA, RowState.WAITING, RowState.DONE)
        case AgendaItem.Removed() if event.case:
            after = RowState.DONE if event.reason.may_end_a_lease_item else RowState.PENDING
            due_rows.exchange(connection, event.case, Task.PUT_ON_AGENDA, RowState.WAITING, after)


def _lease_runs(connection: Connection, event: Event, ends_on: date, rules: DatedRules) -> None:
    """Warnings before the end (M18) and before the last day to demand moving out, and what comes after that (LL6)."""
    book = rules.on(oslo_date(event.timestamp))
    tenancy, case, version = event.originator_id, lease_case_id(event.originator_id, ends_on), event.originator_version
    due_rows.add(connection, _warnings(event, case, ends_on, book.deadlines))
    demand_by = book.deadlines.move_out_demand_by(ends_on)
    due_rows.add(connection, (
        due(Task.WARN_OF_MOVE_OUT_DEMAND, tenancy, morning(day), version, case=case, occasion=days)
        for days, day in book.lease_deadlines.move_out_warnings(demand_by).items()
    ))  # fmt: skip
    last_day = months_after(ends_on, book.deadlines.open_ended_after_months, rules.working_days)
    too_late = morning(last_day + timedelta(days=1))
    due_rows.add(connection, (due(Task.BECOME_OPEN_ENDED, tenancy, too_late, version, case=case),))


def _warnings(event: Event, case: UUID, ends_on: date, deadlines: Deadlines) -> Iterator[DueRow]:
    tenancy, version = event.originator_id, event.originator_version
    for months, warned_on in deadlines.lease_warnings(ends_on).items():
        yield due(Task.WARN_OF_LEASE_END, tenancy, morning(warned_on), version, case=case, occasion=months)


def _ending_to_agenda(event: Event, ends_on: date, rules: DatedRules) -> DueRow:
    deadlines = rules.on(oslo_date(event.timestamp)).deadlines
    tenancy, moment = event.originator_id, morning(deadlines.lease_on_agenda_from(ends_on))
    case = lease_case_id(tenancy, ends_on)
    return due(Task.PUT_ON_AGENDA, tenancy, moment, event.originator_version, case=case, meeting_by=ANY_MEETING)


def _open_ended(connection: Connection, event: BecameOpenEnded) -> None:
    """Somebody is told. Once settled as about to end, it goes on the next agenda anew; else it is on its way (LL6)."""
    tenancy, case = event.originator_id, lease_case_id(event.originator_id, event.ended_on)
    is_for_group = due_rows.is_known(connection, tenancy, Task.PUT_ON_AGENDA, RowState.DONE)
    due_rows.settle(connection, tenancy, Task.BECOME_OPEN_ENDED)
    due_rows.cancel(connection, tenancy, Task.WARN_OF_LEASE_END, *THE_TRAP)
    due_rows.add(connection, (_now(Task.TELL_OF_OPEN_ENDED, event, case),))
    if is_for_group:
        due_rows.add(connection, (_now(Task.PUT_ON_AGENDA, event, case, meeting_by=ANY_MEETING),))


def _now(task: Task, event: Event, case: UUID, *, meeting_by: date | None = None) -> DueRow:
    tenancy, version = event.originator_id, event.originator_version
    return due(task, tenancy, event.timestamp, version, case=case, meeting_by=meeting_by)


def _care_leases_stay(event: Event, rules: DatedRules) -> bool:
    return rules.on(oslo_date(event.timestamp)).choices.care_leases_stay_with_owner
