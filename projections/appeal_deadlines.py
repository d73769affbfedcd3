"""The deadlines that appeals and demands for reasons bring (LK5, LK6, LK7, LW1). No law says how many weeks they take."""

from sqlalchemy import Connection

from domain.base import Event
from domain.decisions.appeal.appeal import Appeal
from domain.decisions.reasons_demand import ReasonsDemand
from domain.decisions.vedtak import Vedtak
from domain.law.deadline_kinds import DeadlineKind
from domain.law.deadlines import days_after, oslo_date
from projections.deadline_rows import end, end_in_case, start
from projections.rules import DatedRules


def appeal_deadlines(rules: DatedRules, connection: Connection, event: Event) -> None:
    """What `event` begins and ends."""
    subject = event.originator_id
    match event:
        case ReasonsDemand.Demanded():
            if event.vedtak:
                end(connection, event.vedtak, DeadlineKind.APPEAL)
            start(connection, DeadlineKind.REASONS_DEMANDED, subject, event.deadline, event.case, event.person)
        case ReasonsDemand.Given():
            end(connection, subject)
            about = event.vedtak or subject
            start(connection, DeadlineKind.APPEAL, about, event.appeal_deadline, event.case, event.person)
        case Appeal.Upheld():
            due_on = oslo_date(event.timestamp)
            start(connection, DeadlineKind.APPEAL_TO_FORWARD, subject, due_on, event.case, event.person)
        case Appeal.Forwarded() | Appeal.ReversedByMunicipality() | Appeal.Withdrawn():
            end(connection, subject)
        case Appeal.Decided() if event.outcome.needs_new_vedtak:
            days = rules.on(event.decided_on).deadlines.conclusion_without_vedtak_days
            due_on, kind = days_after(event.told_on, days, rules.working_days), DeadlineKind.NEW_VEDTAK_AFTER_APPEAL
            start(connection, kind, event.vedtak, due_on, event.case, event.person, part=event.subject)
        case Vedtak.Issued():
            end_in_case(connection, event.case, DeadlineKind.NEW_VEDTAK_AFTER_APPEAL, part=event.subject)
