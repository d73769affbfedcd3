"""Appeals as the municipality handles them: received, late or in time, investigated, kept or reversed (LK3–LK6, LK8)."""

from datetime import date
from http import HTTPStatus
from typing import Annotated

from pydantic import Field

from domain.cases.application import WayIn
from domain.decisions.appeal.appeal import Appeal
from domain.decisions.appeal.facts import AppealedVedtak, DismissalGround, LateGround
from domain.decisions.appeal.refusals import AppealOpenError, VedtakNotIssuedError
from domain.decisions.appeal.rules import hard_stop
from domain.decisions.reasons_demand import AppealPeriod, ReasonsDemand, appeal_period, reasons_demand_id
from domain.decisions.vedtak import Vedtak
from domain.housing.waiting_list_entry import waiting_list_entry_id
from domain.law.deadlines import weeks_after
from domain.law.rulebook import DecisionSubject, Rulebook
from domain.people.person import Person
from domain.sealed import Sealed
from services.command_desk import Outcome
from services.commands.appeal_answers import (
    AppealChanged,
    AppealDismissed,
    AppealReceived,
    AppealReversed,
    DismissalAppealed,
    StatementCopied,
    answered,
)
from services.commands.body import Body, Day, Id, Text
from services.commands.days import require_happened
from services.commands.reasons import refuse_unless_compared
from services.commands.vedtak_grounds import appeals_on, refuse_under_inhabil_leader
from services.context import Context
from services.core.permits.casework import Handles
from services.core.registry import Area, command
from services.installation import Installation


class ReceiveAppeal(Body):
    """What came in, and when. A letter counts from the day it was posted."""

    received_on: Day
    posted_on: Annotated[Day | None, Field(description="For a letter: the day that counts instead of the other.")] = (
        None
    )
    way_in: Annotated[WayIn, Field(examples=["letter"])]
    by_representative: Annotated[bool, Field(description="Whether a representative sent it.")] = False
    grounds: Annotated[Text, Field(examples=["Jeg har ventet i to år og er fortsatt uten bolig."])]
    allocation: Annotated[
        Id | None, Field(description="The allocation it is about, when somebody else got the dwelling (B14).")
    ] = None


class AcceptLateAppeal(Body):
    """Why it is tried though it is late."""

    ground: Annotated[LateGround, Field(examples=["no_fault"])]
    because: Annotated[Text, Field(examples=["Klageren lå på sykehus hele fristen."])]


class DismissAppeal(Body):
    """Why it is not tried, and when the party was told."""

    ground: Annotated[DismissalGround, Field(examples=["too_late"])]
    because: Annotated[Text, Field(examples=["Klagen kom fem uker etter fristen uten noen grunn."])]
    told_on: Day


class NoteInvestigation(Body):
    """What was found out because of the appeal."""

    note: Annotated[Text, Field(examples=["Utleieren bekrefter at avtalen er sagt opp."])]


class UpholdVedtak(Body):
    """The municipality's statement to the appeal body."""

    statement: Annotated[Text, Field(examples=["Vi ser ikke grunn til å endre vedtaket."])]


class CopyStatement(Body):
    """When the party got a copy of the statement."""

    sent_on: Day


class ReverseVedtak(Body):
    """The new vedtak that gives the party what was asked for."""

    vedtak: Annotated[Id, Field(description="It must have replaced the appealed one already, and grant.")]


class AppealDismissal(Body):
    """Why the party thinks that the appeal should have been tried."""

    received_on: Day
    grounds: Annotated[Text, Field(examples=["Klagen ble levert i tide."])]


class WithdrawAppeal(Body):
    """When the party took it back."""

    received_on: Day


@command("/vedtak/{vedtak}/appeals", Area.APPEALS, Handles(Vedtak), status=HTTPStatus.CREATED)
def receive_appeal(
    office: Installation, context: Context, vedtak: Vedtak, body: ReceiveAppeal
) -> Outcome[AppealReceived]:
    """Receive a party's appeal. It goes to the vedtak's own appeal body (LK1, LK2, LO2).

    One that came after the last day is received as well and found late (LK3); a party has one open appeal on a vedtak.
    """
    appealed = _appealed(office, vedtak)
    require_happened(context, body.received_on, since=appealed.issued_on)
    if body.posted_on is not None:
        require_happened(context, body.posted_on, since=appealed.issued_on)
        require_happened(context, body.received_on, since=body.posted_on)
    if body.allocation is not None:
        refuse_unless_compared(office, body.allocation, waiting_list_entry_id(vedtak.id))
    earlier = appeals_on(office, vedtak.id, vedtak.person)
    _refuse_open(earlier)
    appeal = Appeal.receive(
        number=len(earlier) + 1, vedtak=appealed, body=vedtak.basis.appeal_body,
        received_on=body.received_on, posted_on=body.posted_on, way_in=body.way_in,
        by_representative=body.by_representative, allocation=body.allocation, by=context.by, at=context.at,
        grounds=office.vault.seal(vedtak.person, vedtak.case, "vedtak.appeal_grounds", body.grounds),
    )  # fmt: skip
    return answered(appeal, AppealReceived, vedtak=vedtak.id, appeal_body=appeal.body.kind, late=appeal.late)


@command("/appeals/{appeal}/acceptance", Area.APPEALS, Handles(Appeal))
def accept_late_appeal(
    office: Installation, context: Context, appeal: Appeal, body: AcceptLateAppeal
) -> Outcome[AppealChanged]:
    """Try a late appeal: no fault, or special reasons; never more than a year after the vedtak (LK4)."""
    because = sealed(office, appeal, "late_because", body.because)
    appeal.accept_though_late(ground=body.ground, because=because, by=context.by, at=context.at)
    return answered(appeal, AppealChanged)


@command("/appeals/{appeal}/dismissal", Area.APPEALS, Handles(Appeal))
def dismiss_appeal(
    office: Installation, context: Context, appeal: Appeal, body: DismissAppeal
) -> Outcome[AppealDismissed]:
    """Refuse to try it, on a formal ground. What is not known of other applicants is none: the pool is there (B14)."""
    refuse_under_inhabil_leader(office, context, appeal.case)
    require_happened(context, body.told_on, since=appeal.received_on)
    because = sealed(office, appeal, "dismissed_because", body.because)
    deadline = appeal_deadline(office, appeal, body.told_on)
    appeal.dismiss(
        ground=body.ground, because=because, told_on=body.told_on, deadline=deadline, by=context.by, at=context.at
    )
    return answered(appeal, AppealDismissed, appeal_deadline=deadline)


@command("/appeals/{appeal}/investigation", Area.APPEALS, Handles(Appeal))
def note_investigation(
    office: Installation, context: Context, appeal: Appeal, body: NoteInvestigation
) -> Outcome[AppealChanged]:
    """Add what the appeal gave reason to find out (LK6)."""
    appeal.note_investigation(note=sealed(office, appeal, "investigation", body.note), by=context.by, at=context.at)
    return answered(appeal, AppealChanged)


@command("/appeals/{appeal}/upholding", Area.APPEALS, Handles(Appeal))
def uphold_vedtak(office: Installation, context: Context, appeal: Appeal, body: UpholdVedtak) -> Outcome[AppealChanged]:
    """Keep the vedtak, with a statement to the appeal body (LK6)."""
    refuse_under_inhabil_leader(office, context, appeal.case)
    appeal.uphold(statement=sealed(office, appeal, "statement", body.statement), by=context.by, at=context.at)
    return answered(appeal, AppealChanged)


@command("/appeals/{appeal}/statement-copy", Area.APPEALS, Handles(Appeal))
def copy_statement(
    office: Installation, context: Context, appeal: Appeal, body: CopyStatement
) -> Outcome[StatementCopied]:
    """Record that the party, or the representative, got a copy of the statement (LK6, LH7)."""
    require_happened(context, body.sent_on, since=appeal.received_on)
    recipient = office.case_log.load(Person, appeal.person).letter_recipient(body.sent_on, appeal.subject)
    to_representative = recipient.authority is not None
    appeal.copy_statement(sent_on=body.sent_on, to_representative=to_representative, by=context.by, at=context.at)
    return answered(appeal, StatementCopied, to_representative=to_representative)


@command("/appeals/{appeal}/reversal", Area.APPEALS, Handles(Appeal))
def reverse_vedtak(
    office: Installation, context: Context, appeal: Appeal, body: ReverseVedtak
) -> Outcome[AppealReversed]:
    """End the appeal by a new vedtak in the party's favour that has replaced the appealed one (LK6, LD6)."""
    successor = office.case_log.load(Vedtak, body.vedtak)
    replaced_by = office.case_log.load(Vedtak, appeal.vedtak).successor
    appeal.reverse(successor=successor.facts, replaced_by=replaced_by, by=context.by, at=context.at)
    return answered(appeal, AppealReversed, vedtak=successor.id)


@command("/appeals/{appeal}/dismissal-appeal", Area.APPEALS, Handles(Appeal))
def appeal_dismissal(
    office: Installation, context: Context, appeal: Appeal, body: AppealDismissal
) -> Outcome[DismissalAppealed]:
    """Take a dismissal further: the municipality's to the appeal body, that body's to statsforvalteren (LK8)."""
    require_happened(context, body.received_on, since=appeal.received_on)
    _refuse_open(appeals_on(office, appeal.vedtak, appeal.person))
    state_body = _rules(office, appeal).appeal_bodies[DecisionSubject.ASSISTANCE]
    appeal.appeal_dismissal(
        received_on=body.received_on, grounds=sealed(office, appeal, "grounds", body.grounds), state_body=state_body,
        by=context.by, at=context.at,
    )  # fmt: skip
    return answered(appeal, DismissalAppealed, appeal_body=appeal.body.kind, late=appeal.late)


@command("/appeals/{appeal}/withdrawal", Area.APPEALS, Handles(Appeal))
def withdraw_appeal(
    _office: Installation, context: Context, appeal: Appeal, body: WithdrawAppeal
) -> Outcome[AppealChanged]:
    """Record that the party took the appeal back."""
    require_happened(context, body.received_on, since=appeal.received_on)
    appeal.withdraw(received_on=body.received_on, by=context.by, at=context.at)
    return answered(appeal, AppealChanged)


def sealed(office: Installation, appeal: Appeal, name: str, text: str) -> Sealed:
    """A text about the appeal, closed: it is of the same kind as what the vedtak says."""
    return office.vault.seal(appeal.person, appeal.case, f"vedtak.appeal_{name}", text)


def appeal_deadline(office: Installation, appeal: Appeal, told_on: date) -> date:
    """The last day to appeal a dismissal that the party was told of on that Oslo date (LK3, LH9)."""
    weeks = _rules(office, appeal).deadlines.appeal_weeks_for(appeal.subject)
    return weeks_after(told_on, weeks, office.working_days)


def period_of(office: Installation, vedtak: Vedtak) -> AppealPeriod:
    """The time to appeal `vedtak` as it stands now (LK3, LK5)."""
    demand = office.case_log.find(ReasonsDemand, reasons_demand_id(vedtak.id, vedtak.case))
    return appeal_period(notified_deadline=vedtak.appeal_deadline, demand=demand)


def _appealed(office: Installation, vedtak: Vedtak) -> AppealedVedtak:
    """Raises `VedtakNotIssuedError` for a draft and for one that is replaced."""
    if vedtak.issued_on is None or not vedtak.facts.in_force:
        raise VedtakNotIssuedError
    years = office.rulebooks.version(vedtak.basis.rulebook_version).deadlines.appeal_hard_stop_years
    return AppealedVedtak(
        id=vedtak.id, case=vedtak.case, person=vedtak.person, subject=vedtak.subject, issued_on=vedtak.issued_on,
        deadline=period_of(office, vedtak).last_day, hard_stop=hard_stop(vedtak.issued_on, years),
    )  # fmt: skip


def _refuse_open(appeals: list[Appeal]) -> None:
    """Raise `AppealOpenError` while one of them is not over."""
    if not all(appeal.is_over for appeal in appeals):
        raise AppealOpenError


def _rules(office: Installation, appeal: Appeal) -> Rulebook:
    vedtak = office.case_log.load(Vedtak, appeal.vedtak)
    return office.rulebooks.version(vedtak.basis.rulebook_version)
