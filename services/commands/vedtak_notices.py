"""The party is told of a vedtak, opens it, or is told again (LK3, LD5, LH7)."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.access.decision import Action
from domain.actors import Role
from domain.decisions.vedtak import NotificationChannel, Vedtak
from domain.law.deadlines import weeks_after
from domain.people.person import Person
from services.command_desk import Outcome
from services.commands.body import Body, Day
from services.commands.days import require_happened
from services.commands.vedtak_grounds import handled_vedtak
from services.context import Context
from services.installation import Installation


class NotifyVedtak(Body):
    """How the party was told, and on which day."""

    channel: Annotated[NotificationChannel, Field(examples=["digital"])]
    notified_on: Annotated[
        Day, Field(description="The Oslo date it reached the party; the period to appeal runs from it.")
    ]
    reserved: Annotated[
        bool, Field(description="Whether the register shows that the party gets letters by post only (LD5).")
    ] = False


class RecordOpening(Body):
    """The day on which the party opened the digital vedtak."""

    opened_on: Day


def notify_vedtak(office: Installation, context: Context, vedtak_id: UUID, body: NotifyVedtak) -> Outcome:
    """Record that the party, or the representative (LH7), was told; the last day to appeal follows (LK3, LO2)."""
    vedtak = handled_vedtak(office, context, vedtak_id, "notify_vedtak")
    require_happened(context, body.notified_on, since=vedtak.issued_on)
    rules = office.rulebooks.version(vedtak.basis.rulebook_version)
    weeks = rules.deadlines.appeal_weeks_for(vedtak.subject)
    deadline = weeks_after(body.notified_on, weeks, office.working_days)
    person = office.case_log.load(Person, vedtak.person)
    has_representative = person.letter_recipient(body.notified_on, vedtak.subject).is_representative
    vedtak.notify(
        notified_on=body.notified_on, channel=body.channel, appeal_deadline=deadline, reserved=body.reserved,
        to_representative=has_representative, by=context.by, at=context.at,
    )  # fmt: skip
    answer = {"vedtak": vedtak.id, "appeal_deadline": deadline, "to_representative": has_representative}
    return Outcome((vedtak,), answer, tagged=vedtak)


def record_opening(office: Installation, context: Context, vedtak_id: UUID, body: RecordOpening) -> Outcome:
    """Record that the party opened it (LD5). The digital mailbox says so as a machine, or the saksbehandler does."""
    vedtak = office.case_log.load(Vedtak, vedtak_id)
    if context.actor.role is not Role.MACHINE:
        office.gate.permit(context, Action.HANDLE, vedtak.case, purpose="record_opening")
    context.expect(vedtak)
    require_happened(context, body.opened_on, since=vedtak.notified_on)
    vedtak.open_by_party(opened_on=body.opened_on, by=context.by, at=context.at)
    return Outcome((vedtak,), {"vedtak": vedtak.id, "opened_on": body.opened_on}, tagged=vedtak)
