"""The deadlines of a lease: warnings before its end, the trap after it, a notice, an eviction, a takeover (M18, LL6-LL10)."""

from datetime import date

from sqlalchemy import Connection

from domain.base import Event
from domain.housing.tenancy import Tenancy
from domain.housing.tenancy.lease_events import LeaseExtended, LeaseSigned
from domain.law.deadline_kinds import DeadlineKind
from domain.law.deadlines import oslo_date
from projections.deadline_rows import end, start
from projections.rules import DatedRules


def lease_deadlines(rules: DatedRules, connection: Connection, event: Event) -> None:
    """What runs about a tenancy from this event on, and what does not any more."""
    subject = event.originator_id
    match event:
        case Tenancy.LeaseSigned():
            _lease_runs(rules, connection, event, event.terms.ends_on)
        case Tenancy.LeaseExtended():
            _end_of_term(connection, event)
            _lease_runs(rules, connection, event, event.new_end)
        case Tenancy.MoveOutDemanded():
            end(connection, subject, DeadlineKind.MOVE_OUT_DEMAND)
        case Tenancy.BecameOpenEnded():
            _end_of_term(connection, event)
        case Tenancy.Ended():
            end(connection, subject)
        case _:
            _termination(connection, event)
            _household(connection, event)


def _termination(connection: Connection, event: Event) -> None:
    """The tenant's time to protest, the municipality's time to act, and a warning the tenant may keep back (LL7-LL9)."""
    subject = event.originator_id
    match event:
        case Tenancy.NoticeGiven():
            start(connection, DeadlineKind.NOTICE_PROTEST, subject, event.protest_by, event.case, event.person)
        case Tenancy.NoticeProtested():
            end(connection, subject, DeadlineKind.NOTICE_PROTEST)
            start(connection, DeadlineKind.NOTICE_ACTION, subject, event.action_by, event.case, event.person)
        case Tenancy.ActionBrought() | Tenancy.NoticeLapsed():
            end(connection, subject, DeadlineKind.NOTICE_ACTION)
        case Tenancy.EvictionWarned():
            end(connection, subject, DeadlineKind.EVICTION_OPT_OUT)
            start(connection, DeadlineKind.EVICTION_OPT_OUT, subject, event.opt_out_by, event.case, event.person)
        case Tenancy.EvictionWarningOptedOut() | Tenancy.SocialServicesWarned():
            end(connection, subject, DeadlineKind.EVICTION_OPT_OUT)


def _household(connection: Connection, event: Event) -> None:
    """The household's time to say who takes over, after the latest change (LL10)."""
    subject = event.originator_id
    match event:
        case Tenancy.HouseholdChanged():
            end(connection, subject, DeadlineKind.TAKEOVER_REPLY)
            start(connection, DeadlineKind.TAKEOVER_REPLY, subject, event.reply_by, event.case, event.person)
        case Tenancy.TakeoverClaimed():
            end(connection, subject, DeadlineKind.TAKEOVER_REPLY)


def _end_of_term(connection: Connection, event: Event) -> None:
    for kind in (DeadlineKind.LEASE_WARNING, DeadlineKind.MOVE_OUT_DEMAND):
        end(connection, event.originator_id, kind)


def _lease_runs(rules: DatedRules, connection: Connection, event: LeaseSigned | LeaseExtended, ends_on: date) -> None:
    deadlines = rules.on(oslo_date(event.timestamp)).deadlines
    tenancy, about = event.originator_id, (event.case, event.person)
    for months, warn_on in deadlines.lease_warnings(ends_on).items():
        start(connection, DeadlineKind.LEASE_WARNING, tenancy, warn_on, *about, part=str(months))
    start(connection, DeadlineKind.MOVE_OUT_DEMAND, tenancy, deadlines.move_out_demand_by(ends_on), *about)
