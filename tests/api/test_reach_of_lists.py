"""The database returns no row of a list that the decision then refuses: what is queried is what opens (D17)."""

from collections import defaultdict

import pytest

from services.core.catalogue import operations
from services.core.permits.reading import ReadsEach
from services.permits import Permit
from services.queries.listing import Listing
from tests.api.office import Office
from tests.api.walk.requests import request
from tests.api.walk.special import special
from tests.api.walk.world import world

WITH_ROWS = {"case_overview", "deadlines", "appeals", "care_housing", "waiting_list"}
"""Lists with a reach of which the walk's world has rows."""


def test_D17_no_row_that_a_list_with_a_reach_gets_from_its_database_is_refused_by_the_decision(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = world(office)
    office.carry_forward()
    decided, really = defaultdict[str, list[bool]](list), Listing._opens

    def opens(listing: Listing[tuple[object], object], permit: Permit) -> bool:
        answer = really(listing, permit)
        if listing.masked is None:
            decided[listing.view].append(answer)
        return answer

    monkeypatch.setattr(Listing, "_opens", opens)
    for each in (one for one in operations() if isinstance(one.permit, ReadsEach)):
        for caller in (at.lead, at.talk.group.nav, at.guest):
            caller.look(request(each, at.things, special(at)).path)

    print({view: len(rows) for view, rows in decided.items()})
    assert decided.keys() >= WITH_ROWS
    assert {view for view, rows in decided.items() if not all(rows)} == set()
