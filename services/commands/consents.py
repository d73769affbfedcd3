"""Consent: given, refused, narrowed, withdrawn (M09, LC8)."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.access.facts import ConsentScope
from domain.access.kinds import InformationKind
from domain.cases.consent import Consent, consent_id
from domain.cases.consent_facts import ConsentState
from domain.group.agenda_item import AgendaItem, ItemState
from domain.law.deadlines import add_months
from services.command_desk import Outcome
from services.commands.body import Body, Code, Day, KnownUnit
from services.context import Context
from services.core.permits.casework import Handles
from services.core.registry import Area, command
from services.installation import Installation


class ConsentScopeBody(Body):
    """Which unit may be told which kinds. Without kinds: what the rulebook lets that unit hear."""

    unit: KnownUnit
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


@dataclass(frozen=True)
class ConsentGiven:
    """The consent of a case as it was given; it expires at the end of that day in Oslo."""

    case: UUID
    state: ConsentState
    expires_on: date | None


@dataclass(frozen=True)
class ConsentChanged:
    """The consent of a case as it is now."""

    case: UUID
    state: ConsentState


@command("/cases/{case}/consent", Area.CASES, Handles(Consent, consent_id))
def give_consent(office: Installation, context: Context, consent: Consent, body: GiveConsent) -> Outcome[ConsentGiven]:
    """Record the applicant's consent: which unit may be told what, and until when (M09)."""
    months = office.rules(context).consent.expires_after_months
    consent.give(
        scopes=_scopes(office, context, body.scopes), given_on=body.given_on,
        expires_on=body.expires_on or add_months(body.given_on, months), channel=body.channel, today=context.today,
        by=context.by, at=context.at,
    )  # fmt: skip
    return Outcome((consent,), ConsentGiven(consent.case, consent.state, consent.expires_on), tagged=consent)


@command("/cases/{case}/consent/refusal", Area.CASES, Handles(Consent, consent_id))
def refuse_consent(_office: Installation, context: Context, consent: Consent) -> Outcome[ConsentChanged]:
    """Record that the applicant does not consent; the application is decided all the same (M09)."""
    consent.refuse(by=context.by, at=context.at)
    return _changed(consent)


@command("/cases/{case}/consent/narrowing", Area.CASES, Handles(Consent, consent_id))
def narrow_consent(
    office: Installation, context: Context, consent: Consent, body: NarrowConsent
) -> Outcome[ConsentChanged]:
    """Record that the applicant consents to less than before (LC2).

    A discussion that is heard by a unit which the consent no longer covers stops in the same save.
    """
    scopes = _scopes(office, context, body.scopes)
    consent.narrow(scopes=scopes, today=context.today, by=context.by, at=context.at)
    items = _items(office, consent)
    stopped = [item for item in items if _is_heard_by_others(item, consent, context)]
    for item in stopped:
        item.close_discussion(by=context.by, at=context.at)
    return _changed(consent, *stopped)


@command("/cases/{case}/consent/withdrawal", Area.CASES, Handles(Consent, consent_id))
def withdraw_consent(office: Installation, context: Context, consent: Consent) -> Outcome[ConsentChanged]:
    """Record the withdrawal. It works at once: in the same save every item of the case stops or leaves its agenda (M09, LC8)."""
    consent.withdraw(by=context.by, at=context.at)
    items = _items(office, consent)
    for item in items:
        item.close_on_withdrawal(by=context.by, at=context.at)
    return _changed(consent, *items)


def _items(office: Installation, consent: Consent) -> list[AgendaItem]:
    return [office.case_log.load(AgendaItem, item) for item in office.case_log.items_of(consent.case)]


def _changed(consent: Consent, *items: AgendaItem) -> Outcome[ConsentChanged]:
    return Outcome((consent, *items), ConsentChanged(consent.case, consent.state), tagged=consent)


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
