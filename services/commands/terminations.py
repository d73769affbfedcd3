"""A tenancy that somebody wants to end: notice, protest, action, and the warning before an eviction (LL5, LL7-LL9)."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.housing.tenancy import ActionVenue, NoticeForm, Tenancy, TerminationGround
from services.command_desk import Outcome
from services.commands.body import Body, Day, Text
from services.commands.days import require_happened
from services.commands.tenancies import handled_tenancy
from services.context import Context
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


def give_notice(office: Installation, context: Context, tenancy_id: UUID, body: GiveNotice) -> Outcome:
    """Record the municipality's notice; the end and the time to protest follow from the day it came."""
    tenancy = handled_tenancy(office, context, tenancy_id, "give_notice")
    require_happened(context, body.given_on)
    limits = office.rules(context).lease_deadlines
    tenancy.give_notice(
        ground=body.ground, form=NoticeForm(**body.form.model_dump()),
        reasons=office.vault.seal(tenancy.person, tenancy.case, "housing.notice_reasons", body.reasons),
        given_on=body.given_on, ends_on=limits.notice_ends_on(body.given_on),
        protest_by=limits.protest_by(body.given_on, office.working_days), by=context.by, at=context.at,
    )  # fmt: skip
    return _notice(tenancy)


def protest_notice(office: Installation, context: Context, tenancy_id: UUID, body: ProtestNotice) -> Outcome:
    """Record the tenant's protest; the time to act runs from the end of the time to protest."""
    tenancy = handled_tenancy(office, context, tenancy_id, "protest_notice")
    require_happened(context, body.protested_on)
    protest_by = tenancy.notice.protest_by if tenancy.notice else body.protested_on
    action_by = office.rules(context).lease_deadlines.action_by(protest_by, office.working_days)
    tenancy.protest_notice(protested_on=body.protested_on, action_by=action_by, by=context.by, at=context.at)
    return _notice(tenancy)


def bring_action(office: Installation, context: Context, tenancy_id: UUID, body: BringAction) -> Outcome:
    """Record that the protested notice is before the court or Husleietvistutvalget."""
    tenancy = handled_tenancy(office, context, tenancy_id, "bring_action")
    require_happened(context, body.brought_on)
    tenancy.bring_action(venue=body.venue, brought_on=body.brought_on, by=context.by, at=context.at)
    return _notice(tenancy)


def receive_notice(office: Installation, context: Context, tenancy_id: UUID, body: ReceiveNotice) -> Outcome:
    """Record the tenant's own notice."""
    tenancy = handled_tenancy(office, context, tenancy_id, "receive_notice")
    require_happened(context, body.received_on)
    ends_on = office.rules(context).lease_deadlines.notice_ends_on(body.received_on)
    tenancy.receive_notice(received_on=body.received_on, ends_on=ends_on, by=context.by, at=context.at)
    return _answer(tenancy, ends_on=ends_on)


def warn_of_eviction(office: Installation, context: Context, tenancy_id: UUID, body: WarnOfEviction) -> Outcome:
    """Record that the tenant has the warning that is meant for the social services, and time to say no."""
    tenancy = handled_tenancy(office, context, tenancy_id, "warn_of_eviction")
    require_happened(context, body.warned_on)
    opt_out_by = office.rules(context).lease_deadlines.opt_out_by(body.warned_on, office.working_days)
    tenancy.warn_of_eviction(
        warned_on=body.warned_on, opt_out_by=opt_out_by, tenant_has_copy=body.tenant_has_copy, by=context.by,
        at=context.at,
    )  # fmt: skip
    return _answer(tenancy, opt_out_by=opt_out_by)


def opt_out_of_eviction_warning(
    office: Installation, context: Context, tenancy_id: UUID, body: OptOutOfEvictionWarning
) -> Outcome:
    """Record that the tenant keeps the social services out of it."""
    tenancy = handled_tenancy(office, context, tenancy_id, "opt_out_of_eviction_warning")
    require_happened(context, body.opted_out_on)
    tenancy.opt_out_of_eviction_warning(opted_out_on=body.opted_out_on, by=context.by, at=context.at)
    return _answer(tenancy, opted_out_on=body.opted_out_on)


def warn_social_services(office: Installation, context: Context, tenancy_id: UUID) -> Outcome:
    """Record that the social services were warned today."""
    tenancy = handled_tenancy(office, context, tenancy_id, "warn_social_services")
    tenancy.warn_social_services(today=context.today, by=context.by, at=context.at)
    return _answer(tenancy, warned_on=context.today)


def _notice(tenancy: Tenancy) -> Outcome:
    notice = tenancy.notice
    assert notice is not None, "given, and not lapsed in the same command"
    dates = {"ends_on": notice.ends_on, "protest_by": notice.protest_by, "action_by": notice.action_by}
    return _answer(tenancy, **dates)


def _answer(tenancy: Tenancy, **dates: date | None) -> Outcome:
    return Outcome((tenancy,), {"tenancy": tenancy.id, **dates}, tagged=tenancy)
