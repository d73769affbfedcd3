"""Municipal tenancies: the lease signed, extended by a new vedtak, challenged, ended (M01, M16-M19, LL1-LL6)."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.access.decision import Action
from domain.cases.case import Case
from domain.decisions.vedtak import Vedtak
from domain.housing.allocation import Allocation, AllocationState
from domain.housing.allocation_rules import NoOpenOfferError, Offer
from domain.housing.dwelling import CareDwellingNotForGroupError, Dwelling
from domain.housing.lease_rules import ONE_DAY, LeaseTerms
from domain.housing.tenancy import EndingReason, Tenancy
from domain.housing.waiting_list_entry import LeavingReason, WaitingListEntry
from domain.law.deadlines import months_after
from services.command_desk import Outcome
from services.commands.body import Body, Code, Day, Id, Text
from services.commands.days import require_happened
from services.context import Context
from services.core.codes import LEASE_EXCEPTIONS
from services.core.duties import SAKSBEHANDLER
from services.core.permits.casework import Handles
from services.core.permits.subject import itself
from services.core.registry import Area, command
from services.installation import Installation


class NoticesBody(Body):
    """What the tenant was told in writing beforehand, and why the term is short when it is."""

    notice_of_exceptions: Annotated[
        bool, Field(description="That the dwelling is for vanskeligstilte, and which exceptions are agreed (LL2).")
    ]
    notice_no_termination: Annotated[
        bool, Field(description="That the lease cannot be terminated while it runs (LL5).")
    ]
    exceptions: Annotated[
        tuple[Code, ...],
        LEASE_EXCEPTIONS,
        Field(max_length=20, description="Codes of terms that differ from the ordinary.", examples=[["no_subletting"]]),
    ] = ()
    special_grounds: Annotated[Text | None, Field(description="For a term under three years (LL3).")] = None
    weighty_grounds: Annotated[Text | None, Field(description="For a second such term (LL4).")] = None
    notified_ground: Annotated[
        Text | None,
        Field(
            description="For a term under three years: the ordinary ground (husleieloven § 9-3, letter b) that the tenant "
            "was told of in writing when the lease was signed at the latest (LL3)."
        ),
    ] = None


class ExtendLease(NoticesBody):
    """The signed extension. Its first and last day follow from the lease and the vedtak."""


class TermBody(NoticesBody):
    """The lease as it is signed; `ends_on` is its last day."""

    starts_on: Day
    ends_on: Annotated[Day, Field(examples=["2030-01-11"])]


class SignLease(TermBody):
    """The lease that follows an accepted offer."""

    allocation: Id


class RegisterTenancy(TermBody):
    """A lease that goes round the group: of a care dwelling (M20), or there before the dwelling was registered (M01)."""

    dwelling: Id
    case: Annotated[Id, Field(description="The tenant's case.")]


class DemandMoveOut(Body):
    """The written demand to move out: when it was made, and why."""

    demanded_on: Day
    in_writing: Annotated[bool, Field(description="That it is written; a spoken one counts for nothing (LL6).")]
    reasons: Annotated[Text, Field(examples=["Leietiden er ute, og søknaden om forlengelse er avslått."])]


class EndTenancy(Body):
    """The tenancy's last day, and why it ended."""

    ended_on: Day
    reason: EndingReason


@dataclass(frozen=True)
class LeaseSigned:
    """The tenancy that begins: its last Oslo date, and whether it can be terminated while it runs (LL5)."""

    tenancy: UUID
    case: UUID
    dwelling: UUID
    ends_on: date
    can_be_terminated: bool


@dataclass(frozen=True)
class LeaseExtended:
    """The tenancy's new last Oslo date."""

    tenancy: UUID
    ends_on: date


@dataclass(frozen=True)
class MoveOutDemanded:
    """The last Oslo date on which the demand could be made (LL6)."""

    tenancy: UUID
    last_day: date


@dataclass(frozen=True)
class TenancyEnded:
    """The tenancy's last Oslo date."""

    tenancy: UUID
    ended_on: date


def _accepted_offer(allocation: Allocation) -> Offer:
    """Raises `NoOpenOfferError` where nobody has said yes."""
    if allocation.offer is None or allocation.state is not AllocationState.ACCEPTED:
        raise NoOpenOfferError
    return allocation.offer


def _case_of_offer(_office: Installation, allocation: Allocation) -> UUID:
    return _accepted_offer(allocation).case


def _case_of_extension(office: Installation, tenancy: Tenancy) -> UUID:
    """The case in which the extension was granted; the lease's own where none was."""
    return office.case_log.load(Vedtak, tenancy.granted[0]).case if tenancy.granted else tenancy.case


@command(
    "/tenancies",
    Area.TENANCIES,
    Handles(Allocation, case_of=_case_of_offer, first=SAKSBEHANDLER, named_in="allocation"),
    status=HTTPStatus.CREATED,
)
def sign_lease(office: Installation, context: Context, allocation: Allocation, body: SignLease) -> Outcome[LeaseSigned]:
    """Sign the lease of an accepted offer: the tenant leaves the waiting list and the dwelling is let.

    Three years at least, or special grounds (LL1, LL3); a second short lease of the same dwelling needs weighty ones
    (LL4). Terms that differ from the ordinary need written notice beforehand (LL2).
    """
    offer = _accepted_offer(allocation)
    case = office.case_log.load(Case, offer.case)
    dwelling = office.case_log.load(Dwelling, allocation.dwelling)
    tenancy = _sign(office, context, case, dwelling, body, allocation=allocation.id)
    entry = office.case_log.load(WaitingListEntry, offer.entry)
    entry.leave(reason=LeavingReason.LEASE, cause=tenancy.id, by=context.by, at=context.at)
    dwelling.let_to(tenancy=tenancy.id, allocation=allocation.id, by=context.by, at=context.at)
    return _signed(tenancy, dwelling, entry)


@command("/tenancies/registration", Area.TENANCIES, Handles(Case, itself, named_in="case"), status=HTTPStatus.CREATED)
def register_tenancy(office: Installation, context: Context, case: Case, body: RegisterTenancy) -> Outcome[LeaseSigned]:
    """Register a lease that goes round the group: of a care dwelling (M20), or one older than this system (M01)."""
    dwelling = office.case_log.load(Dwelling, body.dwelling)
    if dwelling.facts.care_housing and not case.care_housing:
        raise CareDwellingNotForGroupError
    tenancy = _sign(office, context, case, dwelling, body)
    dwelling.let_to(tenancy=tenancy.id, by=context.by, at=context.at)
    return _signed(tenancy, dwelling)


@command("/tenancies/{tenancy}/extension", Area.TENANCIES, Handles(Tenancy, case_of=_case_of_extension))
def extend_lease(office: Installation, context: Context, tenancy: Tenancy, body: ExtendLease) -> Outcome[LeaseExtended]:
    """Sign the extension that a new vedtak has granted, to the day the vedtak says (M19)."""
    case = _case_of_extension(office, tenancy)
    new_end = tenancy.granted[1] if tenancy.granted else tenancy.ends_on
    terms = _terms(office, tenancy.person, case, tenancy.ends_on + ONE_DAY, new_end, body)
    tenancy.extend_lease(
        terms=terms, lease_years=office.rules(context).deadlines.lease_years, by=context.by, at=context.at
    )
    return Outcome((tenancy,), LeaseExtended(tenancy.id, tenancy.ends_on), tagged=tenancy)


@command("/tenancies/{tenancy}/move-out-demand", Area.TENANCIES, Handles(Tenancy))
def demand_move_out(
    office: Installation, context: Context, tenancy: Tenancy, body: DemandMoveOut
) -> Outcome[MoveOutDemanded]:
    """Record the written demand to move out, before the lease turns open-ended (LL6)."""
    require_happened(context, body.demanded_on)
    months = office.rules(context).deadlines.open_ended_after_months
    last_day = months_after(tenancy.ends_on, months, office.working_days)
    reasons = office.vault.seal(tenancy.person, tenancy.case, "housing.move_out_reasons", body.reasons)
    tenancy.demand_move_out(
        demanded_on=body.demanded_on, last_day=last_day, in_writing=body.in_writing, reasons=reasons, by=context.by,
        at=context.at,
    )  # fmt: skip
    return Outcome((tenancy,), MoveOutDemanded(tenancy.id, last_day), tagged=tenancy)


@command("/tenancies/{tenancy}/ending", Area.TENANCIES, Handles(Tenancy))
def end_tenancy(_office: Installation, context: Context, tenancy: Tenancy, body: EndTenancy) -> Outcome[TenancyEnded]:
    """Record that the tenancy is over."""
    require_happened(context, body.ended_on)
    tenancy.end(ended_on=body.ended_on, reason=body.reason, by=context.by, at=context.at)
    return Outcome((tenancy,), TenancyEnded(tenancy.id, body.ended_on), tagged=tenancy)


def handled_tenancy(office: Installation, context: Context, tenancy_id: UUID, purpose: str) -> Tenancy:
    tenancy = office.case_log.load(Tenancy, tenancy_id)
    office.gate.permit(context, Action.HANDLE, tenancy.case, purpose=purpose)
    context.expect(tenancy)
    return tenancy


def _sign(
    office: Installation, context: Context, case: Case, dwelling: Dwelling, body: TermBody,
    allocation: UUID | None = None,
) -> Tenancy:  # fmt: skip
    return Tenancy.sign_lease(
        id=uuid4(), dwelling=dwelling.id, person=case.person, case=case.id, allocation=allocation,
        terms=_terms(office, case.person, case.id, body.starts_on, body.ends_on, body),
        care_housing=dwelling.facts.care_housing, short_before=_had_short_lease(office, dwelling.id, case.person),
        lease_years=office.rules(context).deadlines.lease_years, by=context.by, at=context.at,
    )  # fmt: skip


def _terms(
    office: Installation, person: UUID, case: UUID, starts_on: date, ends_on: date, body: NoticesBody
) -> LeaseTerms:
    grounds = {
        "housing.special_grounds": body.special_grounds, "housing.weighty_grounds": body.weighty_grounds,
        "housing.notified_ground": body.notified_ground,
    }  # fmt: skip
    sealed = office.vault.seal_many(person, case, {field: text for field, text in grounds.items() if text is not None})
    return LeaseTerms(
        starts_on=starts_on, ends_on=ends_on, notice_of_exceptions=body.notice_of_exceptions,
        notice_no_termination=body.notice_no_termination, exceptions=body.exceptions,
        special_grounds=sealed.get("housing.special_grounds"), weighty_grounds=sealed.get("housing.weighty_grounds"),
        notified_ground=sealed.get("housing.notified_ground"),
    )  # fmt: skip


def _had_short_lease(office: Installation, dwelling: UUID, person: UUID) -> bool:
    """Whether the person has had a term under the least number of years in this dwelling (LL4)."""
    let = (event for event in office.case_log.stream(dwelling) if isinstance(event, Dwelling.Let))
    earlier = (office.case_log.load(Tenancy, event.tenancy) for event in let)
    return any(tenancy.person == person and tenancy.had_short_term for tenancy in earlier)


def _signed(tenancy: Tenancy, dwelling: Dwelling, *others: WaitingListEntry) -> Outcome[LeaseSigned]:
    answer = LeaseSigned(tenancy.id, tenancy.case, dwelling.id, tenancy.ends_on, tenancy.can_be_terminated)
    return Outcome((tenancy, dwelling, *others), answer, tagged=tenancy)
