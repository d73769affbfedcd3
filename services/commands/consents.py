"""Consent: given, refused, narrowed, withdrawn (M09, LC8)."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.access.decision import Action
from domain.access.facts import ConsentScope
from domain.access.kinds import InformationKind
from domain.cases.consent import Consent, consent_id
from domain.group.agenda_item import AgendaItem, ItemState
from domain.law.deadlines import add_months
from services.command_desk import Outcome
from services.commands.body import Body, Code, Day, UnitCode
from services.context import Context
from services.installation import Installation


class ConsentScopeBody(Body):
    """Which unit may be told which kinds. Without kinds: what the rulebook lets that unit hear."""

    unit: UnitCode
    kinds: Annotated[tuple[InformationKind, ...], Field(max_length=20)] | None = None


Scopes = Annotated[tuple[ConsentScopeBody, ...], Field(min_length=1, max_length=20)]


class GiveConsent(Body):
    """The applicant's consent. Without `expires_on` it lasts as long as the rulebook says."""

    scopes: Scopes
    given_on: Day
    expires_on: Day | None = None
    channel: Annotated[
        Code, Field(examples=["form"], description="How it was given: letter, form, meeting, telephone.")
    ]


class NarrowConsent(Body):
    """What is left of the consent."""

    scopes: Scopes


def give_consent(office: Installation, context: Context, case: UUID, body: GiveConsent) -> Outcome:
    """Record a consent."""
    consent = _consent(office, context, case, "give_consent")
    months = office.rules(context).consent.expires_after_months
    consent.give(
        scopes=_scopes(office, context, body.scopes), given_on=body.given_on,
        expires_on=body.expires_on or add_months(body.given_on, months), channel=body.channel, today=context.today,
        by=context.by, at=context.at,
    )  # fmt: skip
    return Outcome((consent,), {"case": case, "state": consent.state, "expires_on": consent.expires_on}, tagged=consent)


def refuse_consent(office: Installation, context: Context, case: UUID) -> Outcome:
    """Record that the applicant said no; the application is to be decided all the same."""
    consent = _consent(office, context, case, "refuse_consent")
    consent.refuse(by=context.by, at=context.at)
    return Outcome((consent,), {"case": case, "state": consent.state}, tagged=consent)


def narrow_consent(office: Installation, context: Context, case: UUID, body: NarrowConsent) -> Outcome:
    """Record that the applicant consents to less than before; a discussion heard by others stops in the same save."""
    consent = _consent(office, context, case, "narrow_consent")
    scopes = _scopes(office, context, body.scopes)
    consent.narrow(scopes=scopes, today=context.today, by=context.by, at=context.at)
    items = [office.case_log.load(AgendaItem, item) for item in office.case_log.items_of(case)]
    stopped = [item for item in items if _is_heard_by_others(item, consent, context)]
    for item in stopped:
        item.close_discussion(by=context.by, at=context.at)
    return Outcome((consent, *stopped), {"case": case, "state": consent.state}, tagged=consent)


def withdraw_consent(office: Installation, context: Context, case: UUID) -> Outcome:
    """Record the withdrawal; in the same save every item of the case stops or leaves its agenda (M09, D1)."""
    consent = _consent(office, context, case, "withdraw_consent")
    consent.withdraw(by=context.by, at=context.at)
    items = [office.case_log.load(AgendaItem, item) for item in office.case_log.items_of(case)]
    for item in items:
        item.close_on_withdrawal(by=context.by, at=context.at)
    return Outcome((consent, *items), {"case": case, "state": consent.state}, tagged=consent)


def _consent(office: Installation, context: Context, case: UUID, purpose: str) -> Consent:
    office.gate.permit(context, Action.HANDLE, case, purpose=purpose)
    consent = office.case_log.load(Consent, consent_id(case))
    context.expect(consent)
    return consent


def _is_heard_by_others(item: AgendaItem, consent: Consent, context: Context) -> bool:
    """Whether the item is under discussion with a unit in the room that the consent no longer covers."""
    under_discussion = item.state is ItemState.UNDER_DISCUSSION and item.consent_needed
    return under_discussion and not consent.facts.covers(item.room.units, context.today)


def _scopes(office: Installation, context: Context, bodies: tuple[ConsentScopeBody, ...]) -> tuple[ConsentScope, ...]:
    rules = office.rules(context).consent
    return tuple(
        ConsentScope(body.unit, tuple(sorted(body.kinds if body.kinds is not None else rules.kinds_for(body.unit))))
        for body in bodies
    )
