"""When the tenant dies or the household breaks up: a case of its own, and who takes the lease over (LL10)."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.access.decision import Action
from domain.cases.case import Case, OpenedBy
from domain.cases.consent import Consent
from domain.housing.dwelling import CareDwellingNotForGroupError, Dwelling
from domain.housing.tenancy import HouseholdChange, TakeoverState, Tenancy
from services.command_desk import Outcome
from services.commands.body import Body, Day, Id, Text
from services.commands.care_leases import stays_with_owner
from services.commands.days import require_happened
from services.commands.vedtak_grounds import open_case
from services.context import Context
from services.core.permits.casework import Handles
from services.core.permits.keeping import DecidesItself
from services.core.registry import Area, command
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


@dataclass(frozen=True)
class HouseholdChanged:
    """The case that a death or break-up opened, and the last day (Oslo) to take the lease over."""

    tenancy: UUID
    case: UUID
    reply_by: date
    goes_on_agenda: bool


@dataclass(frozen=True)
class TakeoverChanged:
    """Whether the lease of a tenancy is taken over. `case`: the one it is about."""

    tenancy: UUID
    case: UUID
    state: TakeoverState | None


@dataclass(frozen=True)
class LeaseTakenOver:
    """The new tenancy in the lease as it runs, and the one before it. `ends_on`: Oslo."""

    tenancy: UUID
    predecessor: UUID
    case: UUID
    dwelling: UUID
    ends_on: date
    can_be_terminated: bool


@command("/tenancies/{tenancy}/household-changes", Area.TENANCIES, Handles(Tenancy), status=HTTPStatus.CREATED)
def change_household(
    office: Installation, context: Context, tenancy: Tenancy, body: ChangeHousehold
) -> Outcome[HouseholdChanged]:
    """Record that the tenant died or the household broke up. Opens a case that goes on the next agenda by itself (LL10).

    Nobody has consented in the new case, and the dead cannot: until somebody has, the item shows only the dwelling and
    the end date, to Service og tildeling. A lease that stands on an agenda already is not put on one twice.
    """
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
    changed = HouseholdChanged(tenancy.id, case.id, reply_by, needs_agenda)
    return Outcome((tenancy, case, consent), changed, tagged=tenancy)


@command("/tenancies/{tenancy}/takeover", Area.TENANCIES, Handles(Tenancy))
def claim_takeover(
    office: Installation, context: Context, tenancy: Tenancy, body: ClaimTakeover
) -> Outcome[TakeoverChanged]:
    """Record that somebody in the household wants to take the lease over, in time or not (LL10)."""
    require_happened(context, body.claimed_on)
    claimant = office.vault.seal(tenancy.person, _case_of(tenancy), "household.claimant", body.claimant)
    tenancy.claim_takeover(claimant=claimant, claimed_on=body.claimed_on, by=context.by, at=context.at)
    return _changed(tenancy)


@command("/tenancies/{tenancy}/takeover/acceptance", Area.TENANCIES, Handles(Tenancy))
def accept_takeover(_office: Installation, context: Context, tenancy: Tenancy) -> Outcome[TakeoverChanged]:
    """Record that whoever claimed it takes the lease over (LL10). `take_over_lease` then makes it theirs."""
    tenancy.accept_takeover(by=context.by, at=context.at)
    return _changed(tenancy)


@command(
    "/tenancies/{tenancy}/takeover/lease", Area.TENANCIES,
    DecidesItself("it asks about two cases at once: the lease's and the new tenant's"), status=HTTPStatus.CREATED,
)  # fmt: skip
def take_over_lease(
    office: Installation, context: Context, _: None, tenancy: UUID, body: TakeOverLease
) -> Outcome[LeaseTakenOver]:
    """Let whoever's claim is accepted step into the lease as it runs: same dwelling, same end, same terms (LL10).

    The old tenancy ends as taken over, and the dwelling is never vacant. It counts as no second short lease (LL4).
    """
    old = office.case_log.load(Tenancy, tenancy)
    office.gate.permit(context, Action.HANDLE, old.case, purpose="take_over_lease")
    context.expect(old)
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
    taken_over = LeaseTakenOver(new.id, old.id, case.id, dwelling.id, new.ends_on, new.can_be_terminated)
    return Outcome((new, old, dwelling), taken_over, tagged=new)


@command("/tenancies/{tenancy}/takeover/refusal", Area.TENANCIES, Handles(Tenancy))
def refuse_takeover(
    office: Installation, context: Context, tenancy: Tenancy, body: RefuseTakeover
) -> Outcome[TakeoverChanged]:
    """Record that whoever claimed it does not take the lease over, and why (LL10)."""
    reasons = office.vault.seal(tenancy.person, _case_of(tenancy), "housing.takeover_refused", body.reasons)
    tenancy.refuse_takeover(reasons=reasons, by=context.by, at=context.at)
    return _changed(tenancy)


def _case_of(tenancy: Tenancy) -> UUID:
    return tenancy.takeover.case if tenancy.takeover else tenancy.case


def _changed(tenancy: Tenancy) -> Outcome[TakeoverChanged]:
    """What every command about a claim answers with."""
    state = tenancy.takeover.state if tenancy.takeover else None
    return Outcome((tenancy,), TakeoverChanged(tenancy.id, _case_of(tenancy), state), tagged=tenancy)
