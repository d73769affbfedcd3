"""The deadlines that run, each with its date: from the law and the guidelines, or set for one case.

A date is computed when its event is read, by the rulebook of that day (D11); a row goes when what it waits for has come.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, delete, exists, select

from domain.base import Event
from domain.care.dialogue import CareDialogue
from domain.cases.application import Application
from domain.cases.application_events import Forwarded, PartWithdrawn, Received
from domain.cases.case import Case
from domain.cases.consent import Consent
from domain.decisions.follow_up import FollowUp
from domain.decisions.hearing import Hearing, hearing_id
from domain.decisions.vedtak import Vedtak
from domain.group.conclusion import Conclusion
from domain.housing.allocation import Allocation
from domain.law.deadline_kinds import DeadlineKind
from domain.law.deadlines import days_after, oslo_date
from domain.law.rulebook import DecisionSubject
from projections.appeal_deadlines import appeal_deadlines
from projections.deadline_rows import ANY, TABLE, end, end_in_case, hold, move, release, start
from projections.granted_help import TASKS, granted_help_deadlines
from projections.lease_deadlines import lease_deadlines
from projections.rules import DatedRules
from projections.view import Source, View


def view(rules: DatedRules) -> View:
    """The view under these rules."""

    def apply(connection: Connection, event: Event, _position: int) -> None:
        _applications(rules, connection, event)
        _conclusions(rules, connection, event)
        _vedtak(connection, event)
        appeal_deadlines(rules, connection, event)
        _offers(connection, event)
        lease_deadlines(rules, connection, event)
        _follow_ups(connection, event)
        granted_help_deadlines(connection, event)
        _consents(connection, event)
        _care_dialogues(connection, event)

    return View("deadlines", rules.version_of(5), Source.CASE_LOG, (TABLE, TASKS), apply)


def _applications(rules: DatedRules, connection: Connection, event: Event) -> None:
    """The interim reply, and a vedtak on each thing applied for (LH2, LH4)."""
    subject = event.originator_id
    match event:
        case Application.Received():
            _application_received(rules, connection, event)
        case Application.InterimReplySent():
            end(connection, subject, DeadlineKind.INTERIM_REPLY)
            _promised(connection, subject, event.expected_on)
        case Application.DelayNoticeSent():
            _promised(connection, subject, event.expected_on)
        case Application.Answered():
            _application_answered(connection, subject, event.kind)
        case Application.Withdrawn() | Application.FoundDuplicate():
            end(connection, subject)
            _nothing_left(connection, event.case)
        case Application.PartWithdrawn():
            _put_away(connection, event, (event.kind,))
        case Application.Forwarded():
            _put_away(connection, event, event.kinds)
        case Application.DuplicateJoined() | Application.ReceivedDateCorrected() if event.answer_expected_on is None:
            due_on = _interim_reply_by(rules, event.counts_from)
            move(connection, subject, DeadlineKind.INTERIM_REPLY, due_on)
            move(connection, subject, DeadlineKind.VEDTAK_OUTSTANDING, due_on)


def _conclusions(rules: DatedRules, connection: Connection, event: Event) -> None:
    """The vedtak that a conclusion calls for, and the applicant's answer to what others told (B08, LH6)."""
    subject = event.originator_id
    match event:
        case Conclusion.Reached():
            _conclusion_reached(rules, connection, event)
        case Conclusion.FactsPutToApplicant() | Hearing.FactsPutToApplicant():
            end(connection, subject, DeadlineKind.APPLICANT_ANSWER)
            start(connection, DeadlineKind.APPLICANT_ANSWER, subject, event.answer_by, event.case, event.person)
        case (
            Conclusion.ApplicantAnswered() | Conclusion.FactsExceptionRecorded() | Conclusion.FactsReopened()
            | Hearing.ApplicantAnswered() | Hearing.ExceptionRecorded() | Hearing.FactsReopened()
            | Hearing.OthersTold()
        ):  # fmt: skip
            end(connection, subject, DeadlineKind.APPLICANT_ANSWER)
        case Conclusion.Superseded():
            end(connection, subject)
        case Vedtak.Issued() if event.ground.conclusion:
            _conclusion_followed(connection, event.ground.conclusion, event.subject)
        case Vedtak.Issued():
            end(connection, hearing_id(event.case), DeadlineKind.APPLICANT_ANSWER)
        case Case.Closed():
            end_in_case(connection, subject, DeadlineKind.CONCLUSION_WITHOUT_VEDTAK)


def _vedtak(connection: Connection, event: Event) -> None:
    """The time to appeal (LK3)."""
    subject = event.originator_id
    match event:
        case Vedtak.Notified():
            start(connection, DeadlineKind.APPEAL, subject, event.appeal_deadline, event.case, event.person)
        case Vedtak.Replaced():
            end(connection, subject)


def _offers(connection: Connection, event: Event) -> None:
    """The answer to an offered dwelling (M14)."""
    subject = event.originator_id
    match event:
        case Allocation.Offered():
            start(connection, DeadlineKind.OFFER_ANSWER, subject, event.answer_by, event.case, event.person)
        case Allocation.Accepted() | Allocation.Declined() | Allocation.Lapsed() | Allocation.Withdrawn():
            end(connection, subject)


def _follow_ups(connection: Connection, event: Event) -> None:
    """A task runs from when it is in force until it is over (M15)."""
    subject = event.originator_id
    match event:
        case FollowUp.Assigned():
            runs = event.vedtak_track is None
            start(connection, DeadlineKind.FOLLOW_UP, subject, event.due_on, event.case, event.person, runs=runs)
        case FollowUp.AssignedByVedtak():
            start(connection, DeadlineKind.FOLLOW_UP, subject, event.due_on, event.case, event.person)
        case FollowUp.TookEffect():
            release(connection, subject)
        case FollowUp.DueDateMoved():
            move(connection, subject, DeadlineKind.FOLLOW_UP, event.due_on)
        case FollowUp.Completed() | FollowUp.Cancelled():
            end(connection, subject)


def _consents(connection: Connection, event: Event) -> None:
    """A consent's last day. Whether a meeting comes after it is looked up when the deadlines are read (M09)."""
    subject, kind = event.originator_id, DeadlineKind.CONSENT_EXPIRES
    match event:
        case Consent.Asked():
            start(connection, kind, subject, oslo_date(event.timestamp), event.case, event.person, runs=False)
        case Consent.Given(expires_on=date() as last_day):
            move(connection, subject, kind, last_day)
            release(connection, subject)
        case Consent.Given() | Consent.Refused() | Consent.Withdrawn() | Consent.Expired():
            hold(connection, subject, kind)


def _care_dialogues(connection: Connection, event: Event) -> None:
    """The answer of the unit that is asked about care housing (M20)."""
    subject, kind = event.originator_id, DeadlineKind.CARE_INPUT
    match event:
        case CareDialogue.InputAsked():
            start(connection, kind, subject, event.answer_by, event.case, event.person)
        case CareDialogue.InputGiven() | CareDialogue.QuestionWithdrawn():
            end(connection, subject)
        case Case.Closed():
            end_in_case(connection, subject, kind)


def _application_received(rules: DatedRules, connection: Connection, event: Received) -> None:
    due_on = _interim_reply_by(rules, event.received_on)
    subject, about = event.originator_id, (event.case, event.person)
    start(connection, DeadlineKind.INTERIM_REPLY, subject, due_on, *about)
    start(connection, DeadlineKind.DELAY_NOTICE, subject, due_on, *about, runs=False)
    for kind in dict.fromkeys(event.kinds):
        start(connection, DeadlineKind.VEDTAK_OUTSTANDING, subject, due_on, *about, part=kind)


def _promised(connection: Connection, application: UUID, expected_on: date) -> None:
    """The applicant was told when to expect an answer: until then, or there is to be a further notice."""
    for kind in (DeadlineKind.VEDTAK_OUTSTANDING, DeadlineKind.DELAY_NOTICE):
        move(connection, application, kind, expected_on)
    release(connection, application)


def _interim_reply_by(rules: DatedRules, received_on: date) -> date:
    return rules.on(received_on).deadlines.interim_reply_by(received_on, rules.working_days)


def _put_away(connection: Connection, event: PartWithdrawn | Forwarded, kinds: Iterable[str]) -> None:
    """These are not to be answered here; nor is a vedtak that a conclusion calls for on what was applied for."""
    for kind in kinds:
        _application_answered(connection, event.originator_id, kind)
        # Help follows from a conclusion though that part was taken back (M12), not when another authority gives it.
        if kind != DecisionSubject.ASSISTANCE or isinstance(event, Forwarded):
            end_in_case(connection, event.case, DeadlineKind.CONCLUSION_WITHOUT_VEDTAK, part=kind)
    if not event.left:
        _nothing_left(connection, event.case)


def _nothing_left(connection: Connection, case: UUID) -> None:
    """An application went away unanswered: when the case has no other, its conclusion calls for nothing any more."""
    waiting = (TABLE.c.case == case) & (TABLE.c.kind == DeadlineKind.VEDTAK_OUTSTANDING)
    if not connection.execute(select(exists().where(waiting))).scalar():
        end_in_case(connection, case, DeadlineKind.CONCLUSION_WITHOUT_VEDTAK)


def _application_answered(connection: Connection, application: UUID, kind: str) -> None:
    outstanding = (TABLE.c.subject == application) & (TABLE.c.kind == DeadlineKind.VEDTAK_OUTSTANDING)
    connection.execute(delete(TABLE).where(outstanding, TABLE.c.part == kind))
    if not connection.execute(select(exists().where(outstanding))).scalar():
        end(connection, application)


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
        start(connection, kind, subject, due_on, event.case, event.person, part=part)


def _conclusion_followed(connection: Connection, conclusion: UUID, subject: DecisionSubject) -> None:
    end(connection, conclusion, DeadlineKind.APPLICANT_ANSWER)
    followed = (TABLE.c.subject == conclusion) & TABLE.c.part.in_((subject, ANY))
    connection.execute(delete(TABLE).where(followed))
