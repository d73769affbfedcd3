"""One place on the waiting list: its two dates and its facts, each with the event that said so (M14, B06)."""

from datetime import date
from uuid import UUID

from pydantic import Field

from domain.access.kinds import InformationKind
from domain.event_id import EventId
from domain.housing.fit import HousingNeed
from domain.housing.ranking import EFFECTIVE_DATE, REGISTERED_DATE
from domain.housing.ranking import Answer as Reply
from domain.housing.referred_decline import ReferredDecline
from domain.housing.waiting_list_entry import EntryState, LeavingReason, WaitingListEntry
from domain.refusals import NotFoundError
from projections import waiting_list
from services.context import Context
from services.core.permits.reading import Read, Reads
from services.core.registry import Area, query
from services.gate import ListEntry
from services.installation import Installation
from services.queries.answer import Answer
from services.queries.case_parts import Part
from services.queries.reading import Reading, read_as
from services.versions import version_of

PURPOSE = "place_on_the_list"


class StatedFact(Answer):
    """One answer to a criterion. `source`: the record it was taken from. `event`: the event that gave it."""

    criterion: str
    value: Reply
    source: UUID
    event: EventId | None


class EarlierPlace(Answer):
    """A place that the same person had before. Its date counts again only where the saksbehandler moves it, and says why."""

    entry: UUID
    registered_on: date
    effective_from: date
    left_because: LeavingReason | None


class PlaceOnTheList(Part):
    """One place, whatever its state. The date of registration never changes; the one that counts does with a reason."""

    entry: UUID
    case: UUID
    person: UUID
    vedtak: UUID
    state: EntryState
    left_because: LeavingReason | None
    registered_on: date
    registered_by: EventId | None
    effective_from: date
    effective_by: EventId | None
    facts: list[StatedFact]
    need: HousingNeed
    to_assess: ReferredDecline | None = Field(description="A decline that waits for the saksbehandler (LV5).")
    earlier: list[EarlierPlace]


@query("/waiting-list/{entry}", Area.WAITING_LIST, Reads(WaitingListEntry, purpose=PURPOSE))
def show_place_on_list(office: Installation, context: Context, read: Read[WaitingListEntry]) -> PlaceOnTheList:
    """One place: both its dates and each answer with the event that said so, and the places the person had before (M14)."""
    entry = read.subject
    earlier = _earlier(office, context, entry)

    def build(reading: Reading) -> PlaceOnTheList | None:
        return _place(entry, earlier) if reading.sees(InformationKind.ASSESSMENT) else None

    place = read_as(office, context, read.permit, build, purpose=PURPOSE)
    if place is None:
        raise NotFoundError
    return place


def _place(entry: WaitingListEntry, earlier: list[EarlierPlace]) -> PlaceOnTheList:
    facts = [StatedFact(**vars(fact), event=entry.stated_by(fact.criterion)) for fact in entry.facts]
    return PlaceOnTheList(
        etag=version_of(entry), entry=entry.id, case=entry.case, person=entry.person, vedtak=entry.vedtak,
        state=entry.state, left_because=entry.left_because, registered_on=entry.registered_on,
        registered_by=entry.stated_by(REGISTERED_DATE), effective_from=entry.effective_from,
        effective_by=entry.stated_by(EFFECTIVE_DATE), facts=facts, need=entry.need, to_assess=entry.to_assess,
        earlier=earlier,
    )  # fmt: skip


def _earlier(office: Installation, context: Context, entry: WaitingListEntry) -> list[EarlierPlace]:
    """The person's other places in cases that open for the reader; they stand in the log as a list."""
    with office.views.connect() as connection:
        ids = waiting_list.of_person(connection, entry.person)
    others = [office.case_log.load(WaitingListEntry, id) for id in ids if id != entry.id]
    permits = office.gate.permits(context, [other.case for other in others])
    shown = [o for o in others if permits[o.case].decision.opens_in_case(InformationKind.ASSESSMENT)]
    office.gate.open_list(context, "earlier_places", [ListEntry(o.case, o.person, {}) for o in shown], permits)
    return [
        EarlierPlace(
            entry=other.id, registered_on=other.registered_on, effective_from=other.effective_from,
            left_because=other.left_because,
        )
        for other in shown
        if other.registered_on <= entry.registered_on
    ]  # fmt: skip
