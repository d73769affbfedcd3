"""What still lacks approved minutes after its meeting, which may be over before they are written (M07)."""

from datetime import date
from uuid import UUID

from domain.access.kinds import InformationKind
from projections import agenda
from projections.agenda import Key
from services.context import Context
from services.installation import Installation
from services.queries.answer import ListRow
from services.queries.listing import Listing, named


class MinutesToWrite(ListRow):
    """One item. `written`: somebody has, and they wait to be approved. `meeting_on`: an Oslo date."""

    item: UUID
    case: UUID | None
    person: UUID | None
    name: str | None
    written: bool
    meeting_on: date


def missing_minutes(office: Installation, context: Context, *, limit: int) -> tuple[list[MinutesToWrite], bool]:
    """Those of the cases that open for the actor, and of the vacancies; and whether there are more than `limit`."""
    with office.views.connect() as connection:
        listing = Listing(
            view="missing_minutes", needs=InformationKind.MINUTES, fields=named,
            read=lambda reach, after, limit: agenda.without_minutes(connection, reach=reach, after=after, limit=limit),
            key=lambda row: Key(row.day, row.added_at),
            show=lambda row, opened: MinutesToWrite(
                item=row.item, case=row.case, person=row.person, name=opened.texts["name"], withheld=opened.closed,
                written=row.minutes == "written", meeting_on=row.day,
            ),
        )  # fmt: skip
        page = listing.page(office, context, None, limit)
        vacant = agenda.vacancies_without_minutes(connection, limit + 1)
    permits = office.gate.vacancies(context, [row.item for row in vacant])
    vacancies = [
        MinutesToWrite(
            item=row.item, case=None, person=None, name=None, written=row.minutes == "written", meeting_on=row.day
        )
        for row in vacant[:limit]
        if permits[row.item].decision.allowed
    ]  # fmt: skip
    return [*page.items, *vacancies], page.next is not None or len(vacant) > limit
