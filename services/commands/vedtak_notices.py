"""The party is told of a vedtak, opens it, or is told again (LK3, LD5, LH7)."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.actors import Role
from domain.decisions.vedtak import NotificationChannel, Vedtak
from domain.law.deadlines import weeks_after
from domain.people.person import Person
from services.command_desk import Outcome
from services.commands.body import Body, Day
from services.commands.days import require_happened
from services.context import Context
from services.core.permits.casework import Handles
from services.core.registry import Area, command
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


@dataclass(frozen=True)
class VedtakNotified:
    """The last Oslo date to appeal, and whether the representative was told instead of the party (LH7)."""

    vedtak: UUID
    appeal_deadline: date
    to_representative: bool


@dataclass(frozen=True)
class OpeningRecorded:
    """The Oslo date on which the party opened it."""

    vedtak: UUID
    opened_on: date


def machine(context: Context, _vedtak: Vedtak) -> bool:
    """Whether a machine reports it: the digital mailbox says when something is opened, and learns nothing by it."""
    return context.actor.role is Role.MACHINE


@command("/vedtak/{vedtak}/notification", Area.VEDTAK, Handles(Vedtak))
def notify_vedtak(
    office: Installation, context: Context, vedtak: Vedtak, body: NotifyVedtak
) -> Outcome[VedtakNotified]:
    """Record that the party was told, and from it the last day to appeal (LK3, LO2, LH9).

    Who is reserved against digital contact gets it by post (LD5).
    """
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
    return Outcome((vedtak,), VedtakNotified(vedtak.id, deadline, has_representative), tagged=vedtak)


@command("/vedtak/{vedtak}/opening", Area.VEDTAK, Handles(Vedtak, also=machine))
def record_opening(
    _office: Installation, context: Context, vedtak: Vedtak, body: RecordOpening
) -> Outcome[OpeningRecorded]:
    """Record that the party has opened the digital vedtak; what is not opened in a week is noticed again (LD5)."""
    require_happened(context, body.opened_on, since=vedtak.notified_on)
    vedtak.open_by_party(opened_on=body.opened_on, by=context.by, at=context.at)
    return Outcome((vedtak,), OpeningRecorded(vedtak.id, body.opened_on), tagged=vedtak)
