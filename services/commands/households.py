"""When the tenant dies or the household breaks up: a case of its own, and who takes the lease over (LL10)."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.access.decision import Action
from domain.cases.case import Case, OpenedBy
from domain.cases.consent import Consent
from domain.housing.dwelling import CareDwellingNotForGroupError, Dwelling
from domain.housing.tenancy import HouseholdChange, Tenancy
from services.command_desk import Outcome
from services.commands.body import Body, Day, Id, Text
from services.commands.care_leases import stays_with_owner
from services.commands.days import require_happened
from services.commands.tenancies import handled_tenancy
from services.commands.vedtak_grounds import open_case
from services.context import Context
from services.facts.lease_items import open_lease_item
from services.installation import Installation


class ChangeHousehold(Body):
    """What has happened, and who may take the lease over."""

    change: Annotated[HouseholdChange, Field(examples=["tenant_died"])]
    changed_on: Day
    who: Annotated[
        Text, Field(description="Who may take over, as far as is known.", examples=["Ektefellen bor i boligen."])
    ]


class ClaimTakeover(Body):
    """Who wants to take over, and when they said so."""

    claimant: Annotated[Text, Field(examples=["Ektefellen vil overta leieavtalen."])]
    claimed_on: Day


class RefuseTakeover(Body):
    """Why they may not."""

    reasons: Annotated[Text, Field(examples=["Hadde ikke felles husstand med leieren."])]


class TakeOverLease(Body):
    """Who steps into the lease, and from which day."""

    case: Annotated[Id, Field(description="The new tenant's case.")]
    taken_over_on: Annotated[Day, Field(description="The new tenant's first day.")]


def change_household(office: Installation, context: Context, tenancy_id: UUID, body: ChangeHousehold) -> Outcome:
    """Record a death or break-up, and open a case for it that goes on the next agenda by itself.

    Nobody has consented in the new case, and the dead cannot: until somebody has, it is for Service og tildeling alone.
    A lease that stands on an agenda already is not put on one twice.
    """
    tenancy = handled_tenancy(office, context, tenancy_id, "change_household")
    require_happened(context, body.changed_on)
    stays = stays_with_owner(office, context, care_housing=tenancy.care_housing)
    case = Case.open(
        id=uuid4(), person=tenancy.person, opened_by=OpenedBy.TENANCY_CHALLENGE, care_housing=stays,
        tenancy=tenancy.id, by=context.by, at=context.at,
    )  # fmt: skip
    case.assign_responsibility(to=context.actor.id, by=context.by, at=context.at)
    reply_by = office.rules(context).lease_deadlines.takeover_reply_by(body.changed_on, office.working_days)
    needs_agenda = not stays and open_lease_item(office, tenancy) is None
    tenancy.change_household(
        case=case.id, change=body.change, changed_on=body.changed_on, reply_by=reply_by, needs_agenda=needs_agenda,
        who=office.vault.seal(tenancy.person, case.id, "household.may_take_over", body.who), by=context.by,
        at=context.at,
    )  # fmt: skip
    consent = Consent.ask(case=case.id, person=case.person, by=context.by, at=context.at)
    answer = {"tenancy": tenancy.id, "case": case.id, "reply_by": reply_by, "goes_on_agenda": needs_agenda}
    return Outcome((tenancy, case, consent), answer, tagged=tenancy, status=HTTPStatus.CREATED)


def claim_takeover(office: Installation, context: Context, tenancy_id: UUID, body: ClaimTakeover) -> Outcome:
    """Record that somebody wants to take the lease over."""
    tenancy = handled_tenancy(office, context, tenancy_id, "claim_takeover")
    require_happened(context, body.claimed_on)
    claimant = office.vault.seal(tenancy.person, _case_of(tenancy), "household.claimant", body.claimant)
    tenancy.claim_takeover(claimant=claimant, claimed_on=body.claimed_on, by=context.by, at=context.at)
    return _answer(tenancy)


def accept_takeover(office: Installation, context: Context, tenancy_id: UUID) -> Outcome:
    """Record that whoever claimed it takes the lease over; `take_over_lease` then makes it theirs."""
    tenancy = handled_tenancy(office, context, tenancy_id, "accept_takeover")
    tenancy.accept_takeover(by=context.by, at=context.at)
    return _answer(tenancy)


def take_over_lease(office: Installation, context: Context, tenancy_id: UUID, body: TakeOverLease) -> Outcome:
    """Let the new tenant step into the lease as it runs. In the same save the old tenancy ends and the dwelling passes on."""
    old = handled_tenancy(office, context, tenancy_id, "take_over_lease")
    office.gate.permit(context, Action.HANDLE, body.case, purpose="take_over_lease")
    require_happened(context, body.taken_over_on)
    case = open_case(office, body.case)
    if old.care_housing and not case.care_housing:
        raise CareDwellingNotForGroupError
    lease = old.hand_over(to=case.person, on=body.taken_over_on, by=context.by, at=context.at)
    new = Tenancy.take_over(
        id=uuid4(), lease=lease, person=case.person, case=case.id, on=body.taken_over_on, by=context.by, at=context.at
    )
    dwelling = office.case_log.load(Dwelling, old.dwelling)
    dwelling.let_on(tenancy=new.id, predecessor=old.id, by=context.by, at=context.at)
    answer = {
        "tenancy": new.id, "predecessor": old.id, "case": case.id, "dwelling": dwelling.id, "ends_on": new.ends_on,
        "can_be_terminated": new.can_be_terminated,
    }  # fmt: skip
    return Outcome((new, old, dwelling), answer, tagged=new, status=HTTPStatus.CREATED)


def refuse_takeover(office: Installation, context: Context, tenancy_id: UUID, body: RefuseTakeover) -> Outcome:
    """Record that whoever claimed it does not take the lease over."""
    tenancy = handled_tenancy(office, context, tenancy_id, "refuse_takeover")
    reasons = office.vault.seal(tenancy.person, _case_of(tenancy), "housing.takeover_refused", body.reasons)
    tenancy.refuse_takeover(reasons=reasons, by=context.by, at=context.at)
    return _answer(tenancy)


def _case_of(tenancy: Tenancy) -> UUID:
    return tenancy.takeover.case if tenancy.takeover else tenancy.case


def _answer(tenancy: Tenancy) -> Outcome:
    state = tenancy.takeover.state if tenancy.takeover else None
    return Outcome((tenancy,), {"tenancy": tenancy.id, "case": _case_of(tenancy), "state": state}, tagged=tenancy)
