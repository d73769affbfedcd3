"""A tenancy that somebody wants to end: notice, protest, action, and the warning before an eviction (LL5, LL7-LL9)."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.housing.tenancy import ActionVenue, NoticeForm, Tenancy, TerminationGround
from services.command_desk import Outcome
from services.commands.body import Body, Day, Text
from services.commands.days import require_happened
from services.context import Context
from services.core.permits.casework import Handles
from services.core.registry import Area, command
from services.installation import Installation


class NoticeFormBody(Body):
    """What the notice holds, read off the letter; without any of it the notice is void (LL7)."""

    in_writing: Annotated[bool, Field(description="That it is written.")]
    right_to_protest: Annotated[bool, Field(description="That it says the tenant may protest within a month.")]
    consequence_of_silence: Annotated[bool, Field(description="That it says what is lost by not protesting.")]
    eviction: Annotated[bool, Field(description="That it says an eviction can then be demanded.")]


class GiveNotice(Body):
    """The municipality's notice of termination, as the tenant got it."""

    given_on: Annotated[Day, Field(description="The day it reached the tenant.")]
    ground: Annotated[
        TerminationGround, Field(description="Husleieloven § 9-5, second paragraph, a to d.", examples=["breach"])
    ]
    reasons: Annotated[Text, Field(description="The reasons given.", examples=["Husleien er ikke betalt siden mai."])]
    form: NoticeFormBody


class ProtestNotice(Body):
    """The day the tenant's written protest came."""

    protested_on: Day


class BringAction(Body):
    """Where the protested notice was brought, and when."""

    venue: Annotated[ActionVenue, Field(examples=["husleietvistutvalget"])]
    brought_on: Day


class ReceiveNotice(Body):
    """The day the tenant's own notice came."""

    received_on: Day


class WarnOfEviction(Body):
    """The warning as the tenant got it."""

    warned_on: Day
    tenant_has_copy: Annotated[
        bool,
        Field(description="That the tenant got a copy, and was told of the right to keep the social services out."),
    ]


class OptOutOfEvictionWarning(Body):
    """The day the tenant said no."""

    opted_out_on: Day


@dataclass(frozen=True)
class NoticeRecorded:
    """The municipality's notice: when the tenancy ends by it, and the last Oslo dates to protest and to act (LL7, LL8)."""

    tenancy: UUID
    ends_on: date
    protest_by: date
    action_by: date | None


@dataclass(frozen=True)
class TenantsNoticeReceived:
    """The Oslo date on which the tenancy ends by the tenant's own notice."""

    tenancy: UUID
    ends_on: date


@dataclass(frozen=True)
class EvictionWarned:
    """The last Oslo date on which the tenant can keep the social services out of it (LL9)."""

    tenancy: UUID
    opt_out_by: date


@dataclass(frozen=True)
class EvictionWarningRefused:
    """The Oslo date on which the tenant said no (LL9)."""

    tenancy: UUID
    opted_out_on: date


@dataclass(frozen=True)
class SocialServicesWarned:
    """The Oslo date on which the social services were warned (LL9)."""

    tenancy: UUID
    warned_on: date


@command("/tenancies/{tenancy}/notice", Area.TENANCIES, Handles(Tenancy))
def give_notice(office: Installation, context: Context, tenancy: Tenancy, body: GiveNotice) -> Outcome[NoticeRecorded]:
    """Terminate the tenancy: on a ground of the law, in writing, with all that a notice must say, else void (LL7).

    A lease that the tenant was told cannot be terminated is not (LL5). It ends three months later, with the month.
    """
    require_happened(context, body.given_on)
    limits = office.rules(context).lease_deadlines
    tenancy.give_notice(
        ground=body.ground, form=NoticeForm(**body.form.model_dump()),
        reasons=office.vault.seal(tenancy.person, tenancy.case, "housing.notice_reasons", body.reasons),
        given_on=body.given_on, ends_on=limits.notice_ends_on(body.given_on),
        protest_by=limits.protest_by(body.given_on, office.working_days), by=context.by, at=context.at,
    )  # fmt: skip
    return _notice(tenancy)


@command("/tenancies/{tenancy}/notice/protest", Area.TENANCIES, Handles(Tenancy))
def protest_notice(
    office: Installation, context: Context, tenancy: Tenancy, body: ProtestNotice
) -> Outcome[NoticeRecorded]:
    """Record the tenant's protest within a month; the notice lapses unless it is brought before somebody in time (LL8)."""
    require_happened(context, body.protested_on)
    protest_by = tenancy.notice.protest_by if tenancy.notice else body.protested_on
    action_by = office.rules(context).lease_deadlines.action_by(protest_by, office.working_days)
    tenancy.protest_notice(protested_on=body.protested_on, action_by=action_by, by=context.by, at=context.at)
    return _notice(tenancy)


@command("/tenancies/{tenancy}/notice/action", Area.TENANCIES, Handles(Tenancy))
def bring_action(
    _office: Installation, context: Context, tenancy: Tenancy, body: BringAction
) -> Outcome[NoticeRecorded]:
    """Record that a protested notice is before the court or Husleietvistutvalget (LL8)."""
    require_happened(context, body.brought_on)
    tenancy.bring_action(venue=body.venue, brought_on=body.brought_on, by=context.by, at=context.at)
    return _notice(tenancy)


@command("/tenancies/{tenancy}/tenants-notice", Area.TENANCIES, Handles(Tenancy))
def receive_notice(
    office: Installation, context: Context, tenancy: Tenancy, body: ReceiveNotice
) -> Outcome[TenantsNoticeReceived]:
    """Record the tenant's own notice, of a lease that can be terminated (LL5)."""
    require_happened(context, body.received_on)
    ends_on = office.rules(context).lease_deadlines.notice_ends_on(body.received_on)
    tenancy.receive_notice(received_on=body.received_on, ends_on=ends_on, by=context.by, at=context.at)
    return Outcome((tenancy,), TenantsNoticeReceived(tenancy.id, ends_on), tagged=tenancy)


@command("/tenancies/{tenancy}/eviction-warning", Area.TENANCIES, Handles(Tenancy))
def warn_of_eviction(
    office: Installation, context: Context, tenancy: Tenancy, body: WarnOfEviction
) -> Outcome[EvictionWarned]:
    """Record that the tenant has a copy of the warning to the social services, and two weeks to say no (LL9)."""
    require_happened(context, body.warned_on)
    opt_out_by = office.rules(context).lease_deadlines.opt_out_by(body.warned_on, office.working_days)
    tenancy.warn_of_eviction(
        warned_on=body.warned_on, opt_out_by=opt_out_by, tenant_has_copy=body.tenant_has_copy, by=context.by,
        at=context.at,
    )  # fmt: skip
    return Outcome((tenancy,), EvictionWarned(tenancy.id, opt_out_by), tagged=tenancy)


@command("/tenancies/{tenancy}/eviction-warning/opt-out", Area.TENANCIES, Handles(Tenancy))
def opt_out_of_eviction_warning(
    _office: Installation, context: Context, tenancy: Tenancy, body: OptOutOfEvictionWarning
) -> Outcome[EvictionWarningRefused]:
    """Record that the tenant keeps the social services out of it (LL9)."""
    require_happened(context, body.opted_out_on)
    tenancy.opt_out_of_eviction_warning(opted_out_on=body.opted_out_on, by=context.by, at=context.at)
    return Outcome((tenancy,), EvictionWarningRefused(tenancy.id, body.opted_out_on), tagged=tenancy)


@command("/tenancies/{tenancy}/eviction-warning/passing-on", Area.TENANCIES, Handles(Tenancy))
def warn_social_services(_office: Installation, context: Context, tenancy: Tenancy) -> Outcome[SocialServicesWarned]:
    """Record that the social services were warned: not before the tenant's time is over, never against a no (LL9)."""
    tenancy.warn_social_services(today=context.today, by=context.by, at=context.at)
    return Outcome((tenancy,), SocialServicesWarned(tenancy.id, context.today), tagged=tenancy)


def _notice(tenancy: Tenancy) -> Outcome[NoticeRecorded]:
    notice = tenancy.notice
    assert notice is not None, "given, and not lapsed in the same command"
    answer = NoticeRecorded(tenancy.id, notice.ends_on, notice.protest_by, notice.action_by)
    return Outcome((tenancy,), answer, tagged=tenancy)
