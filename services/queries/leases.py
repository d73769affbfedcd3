"""Leases that come to their end, and one tenancy (M18, M19, LL5, LL6)."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import Field

from domain.access.kinds import InformationKind
from domain.housing.dwelling import Dwelling
from domain.housing.tenancy import HouseholdChange, TakeoverState, Tenancy
from domain.people.person import Person
from projections import leases_ending
from projections.leases_ending import Key
from services.boxes import OwnedBy
from services.context import Context
from services.core.asked import Paged
from services.core.pages import Page, page_of
from services.core.permits.reading import Read, Reads, ReadsEach
from services.core.registry import Area, query
from services.installation import Installation
from services.log.streams import Streams
from services.queries.answer import Answer, ListRow
from services.queries.case_parts import Part
from services.queries.listing import Listing, Slice, ViewRow, named, shown
from services.queries.reading import Reading, read_as
from services.versions import version_of


class LeaseRow(ListRow):
    """One lease that has come within its longest warning. Only dwelling and end date where the case does not open (M18)."""

    tenancy: UUID
    dwelling: UUID
    ends_on: date
    case: UUID | None = Field(default=None, description="The thread about this end.")
    person: UUID | None = None
    name: str | None = None
    starts_on: date | None = None
    warn_on: tuple[date, ...] = Field(default=(), description="The days on which people are warned.")
    move_out_demand_by: date | None = Field(
        default=None, description="The last day to demand moving out before the lease may turn open-ended (LL6)."
    )
    application: UUID | None = Field(default=None, description="The application to extend it, if one has come.")
    answer: str | None = Field(default=None, description="granted or refused.", examples=["granted"])
    granted_until: date | None = None
    item: UUID | None = Field(default=None, description="The agenda item it is or was last up as.")
    item_state: str | None = None
    move_out_demanded_on: date | None = None


class NoticeView(Answer):
    """A notice of termination. Oslo dates, last days."""

    given_on: date
    ends_on: date
    protest_by: date
    action_by: date | None = Field(description="Once it is protested: to the court or Husleietvistutvalget (LL8).")
    action_brought: bool


class TakeoverView(Answer):
    """Who takes a lease over: where the question stands."""

    case: UUID
    change: HouseholdChange
    reply_by: date
    state: TakeoverState


class TenancyView(Part):
    """One tenancy. Dates are Oslo dates; the end is the last day. Who has only a task there sees where it is (M15)."""

    tenancy: UUID
    dwelling: UUID
    address: str | None
    case: UUID
    person: UUID
    name: str | None
    care_housing: bool
    starts_on: date | None = None
    ends_on: date | None = None
    can_be_terminated: bool | None = Field(
        default=None, description="Whether it can be terminated while it runs (LL5)."
    )
    open_ended_from: date | None = Field(
        default=None, description="When it turns open-ended if nobody demands moving out (LL6)."
    )
    exceptions: tuple[str, ...] = ()
    special_grounds: str | None = None
    weighty_grounds: str | None = None
    applied_for: UUID | None = Field(default=None, description="The application to extend it that waits for an answer.")
    granted_until: date | None = Field(default=None, description="Granted by a vedtak and not yet signed.")
    move_out_demanded_on: date | None = None
    is_open_ended: bool | None = Field(
        default=None, description="That it has no end any more, since nobody demanded moving out in time (LL6)."
    )
    notified_ground: str | None = Field(
        default=None, description="Told at signing, for a term under three years (LL3)."
    )
    notice: NoticeView | None = Field(default=None, description="The municipality's notice, if one stands (LL7).")
    tenants_notice_ends_on: date | None = Field(default=None, description="The last day, by the tenant's own notice.")
    eviction_opt_out_by: date | None = Field(
        default=None, description="The tenant's last day to keep the social services out of an eviction (LL9)."
    )
    takeover: TakeoverView | None = Field(default=None, description="After the latest change in the household (LL10).")
    ended_on: date | None = None
    withheld: list[str]


def ending(office: Installation, context: Context, *, after: Key | None, limit: int) -> Slice[LeaseRow]:
    """Leases within their longest warning, those that end first, first.

    Service og tildeling sees that every such lease is there, whoever's case it is: none may slip past (M18).
    """
    ours = context.actor.is_saksbehandler
    with office.views.connect() as connection:
        listing = Listing(
            view="leases_ending", needs=InformationKind.HOUSING, fields=named,
            read=lambda reach, after, limit: leases_ending.page(
                connection, reach=reach, today=context.today, care_housing=ours, after=after, limit=limit
            ),
            key=lambda row: Key(row.ends_on, row.tenancy),
            show=lambda row, opened: LeaseRow(**shown(row, opened)),
            masked=_masked if ours else None, opens_in_part=False,
        )  # fmt: skip
        return listing.page(office, context, after, limit)


@query("/leases-ending", Area.TENANCIES, ReadsEach())
def list_leases_ending(office: Installation, context: Context, _: None, asked: Paged) -> Page[LeaseRow]:
    """Leases within six months of their end, whether or not an extension was applied for (M18)."""
    return page_of(ending(office, context, after=asked.after(Key), limit=asked.limit))


def _masked(row: ViewRow) -> LeaseRow:
    return LeaseRow(tenancy=row.tenancy, dwelling=row.dwelling, ends_on=row.ends_on)


@query("/tenancies/{tenancy}", Area.TENANCIES, Reads(Tenancy, purpose="tenancy"))
def show_tenancy(office: Installation, context: Context, read: Read[Tenancy]) -> TenancyView:
    """One tenancy: where, until when, and what was agreed (M19, LL1-LL6)."""
    tenancy, decision = read.subject, read.permit.decision
    if not (decision.opens_in_case(InformationKind.HOUSING) or decision.opens(InformationKind.ADDRESS)):
        office.gate.refuse(context, read.permit, purpose="tenancy")
    streams = office.case_log.load_many([tenancy.dwelling, tenancy.person])
    return read_as(office, context, read.permit, lambda reading: _build(streams, tenancy, reading), purpose="tenancy")


def _build(streams: Streams, tenancy: Tenancy, reading: Reading) -> TenancyView:
    leases = reading.sees(InformationKind.HOUSING)
    dwelling = streams.load(Dwelling, tenancy.dwelling)
    name = streams.load(Person, tenancy.person).details.name
    return TenancyView(
        etag=version_of(tenancy), tenancy=tenancy.id, dwelling=tenancy.dwelling,
        address=reading.text(OwnedBy(dwelling.id, dwelling.address), in_part=True), case=tenancy.case, person=tenancy.person,
        name=reading.text(name, in_part=True), care_housing=tenancy.care_housing,
        **(_lease(tenancy, reading) if leases else {}), withheld=reading.withheld,
    )  # fmt: skip


def _lease(tenancy: Tenancy, reading: Reading) -> dict[str, Any]:
    terms = tenancy.terms
    return {
        "starts_on": terms.starts_on, "ends_on": terms.ends_on, "can_be_terminated": tenancy.can_be_terminated,
        "open_ended_from": tenancy.open_ended_from, "exceptions": terms.exceptions,
        "special_grounds": reading.text(terms.special_grounds), "weighty_grounds": reading.text(terms.weighty_grounds),
        "applied_for": tenancy.applied_for, "granted_until": tenancy.granted[1] if tenancy.granted else None,
        "notified_ground": reading.text(terms.notified_ground),
        "move_out_demanded_on": tenancy.move_out_demanded_on, "ended_on": tenancy.ended_on, **_endings(tenancy),
    }  # fmt: skip


def _endings(tenancy: Tenancy) -> dict[str, Any]:
    """Where notice, eviction and takeover stand: dates and codes only."""
    return {
        "is_open_ended": tenancy.is_open_ended,
        "notice": NoticeView(**vars(tenancy.notice)) if tenancy.notice else None,
        "tenants_notice_ends_on": tenancy.tenants_notice_ends_on,
        "eviction_opt_out_by": tenancy.eviction.opt_out_by if tenancy.eviction else None,
        "takeover": TakeoverView(**vars(tenancy.takeover)) if tenancy.takeover else None,
    }
