"""What the overview is counted from: each thing applied for once, as it is now, and nothing that is not ours (LR4)."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection

from domain.base import Event
from domain.cases.application import Application
from domain.cases.application_content import (
    ApplicationContent,
    ApplicationKind,
    ContentPart,
    Household,
    PresentHousing,
    RightContent,
    Wishes,
)
from domain.cases.case import WithoutGroupGround
from domain.decisions.vedtak import Vedtak
from domain.decisions.vedtak_rules import Ground, Outcome
from domain.housing.allocation import Allocation
from domain.housing.tenancy import Tenancy
from domain.housing.waiting_list_entry import LeavingReason, WaitingListEntry
from domain.law.rulebook import DecisionSubject
from domain.sealed import Sealed
from domain.statistics.need import Accessibility, HouseholdType
from projections import overview
from projections.overview import Period
from services.installation import Installation
from tests.examples import NOW, example

DAY = date(2027, 1, 12)
YEAR = Period(date(2027, 1, 1), date(2027, 12, 31))
APPLICATION = uuid4()
TEXT = Sealed(uuid4(), uuid4(), "housing.reason", b"closed")


@pytest.fixture
def view(office: Installation) -> Iterator[Connection]:
    """The empty view."""
    with office.views.connect() as connection:
        yield connection


def happened(view: Connection, *events: Event) -> None:
    for position, event in enumerate(events, start=1):
        overview.apply(view, event, position)


def received(*kinds: ApplicationKind, id: UUID = APPLICATION, **content: Any) -> Event:
    told = ApplicationContent(**{
        "household": Household(1), "present_housing": PresentHousing.NONE, "reason": TEXT, **content
    })  # fmt: skip
    return example(
        Application.Received, originator_id=id, kinds=kinds or (ApplicationKind.DWELLING,), received_on=DAY,
        content=told,
    )  # fmt: skip


def needs(view: Connection) -> list[tuple[str, str, str]]:
    return [
        (row.kind, row.household, Accessibility.of(lift=row.lift, step_free=row.step_free, adapted=row.adapted))
        for row in overview.needs(view, YEAR)
        for _ in range(row.number)
    ]


def test_LR4_each_thing_applied_for_is_a_need(view: Connection) -> None:
    happened(view, received(ApplicationKind.DWELLING, ApplicationKind.ASSISTANCE))
    assert sorted(kind for kind, _, _ in needs(view)) == ["assistance", "dwelling"]


def test_LR4_a_corrected_household_is_counted_as_it_is(view: Connection) -> None:
    right = {
        ContentPart.HOUSEHOLD: RightContent(household=Household(2, children=3)),
        ContentPart.WISHES: RightContent(wishes=Wishes(step_free=True)),
    }
    corrections = (
        example(Application.Corrected, originator_id=APPLICATION, part=part, right=content)
        for part, content in right.items()
    )
    happened(view, received(), *corrections)
    assert needs(view) == [("dwelling", "three_or_more_children", "step_free")]


def test_LR4_adaptations_that_are_told_of_later_make_it_an_adapted_dwelling(view: Connection) -> None:
    right = RightContent(adaptations=TEXT)
    corrected = example(Application.Corrected, originator_id=APPLICATION, part=ContentPart.ADAPTATIONS, right=right)
    happened(view, received(wishes=Wishes(lift=True)), corrected)
    assert needs(view) == [("dwelling", "single", "adapted")]


def test_LR4_what_is_forwarded_is_another_ones_need(view: Connection) -> None:
    both = received(ApplicationKind.DWELLING, ApplicationKind.ASSISTANCE)
    forwarded = example(Application.Forwarded, originator_id=APPLICATION, kinds=(ApplicationKind.DWELLING,))
    happened(view, both, forwarded)
    assert [kind for kind, _, _ in needs(view)] == ["assistance"]


def test_LR4_a_request_that_was_registered_twice_is_one_need_from_its_first_day(view: Connection) -> None:
    twice = uuid4()
    joined = example(Application.DuplicateJoined, originator_id=APPLICATION, counts_from=date(2026, 12, 30))
    happened(view, received(), received(id=twice), example(Application.FoundDuplicate, originator_id=twice), joined)
    assert needs(view) == []
    assert len(overview.needs(view, Period(date(2026, 12, 1), date(2026, 12, 31)))) == 1


def test_LR4_a_dismissal_is_no_refusal_and_a_replaced_vedtak_is_not_counted(view: Connection) -> None:
    old, new = uuid4(), uuid4()
    common = {"subject": DecisionSubject.DWELLING, "outcome": Outcome.REFUSE, "issued_on": DAY}
    dismissed = Ground(without_group=WithoutGroupGround.FORMALLY_DISMISSED)
    happened(
        view,
        example(Vedtak.Issued, originator_id=old, ground=Ground(conclusion=uuid4()), **common),
        example(Vedtak.Issued, originator_id=new, ground=dismissed, **common),
        example(Vedtak.Replaced, originator_id=old),
    )
    assert [tuple(row) for row in overview.outcomes(view, YEAR)] == [("dwelling", "dismiss", 1)]


def test_LR4_an_offer_that_was_accepted_and_then_withdrawn_is_one_withdrawn_offer(view: Connection) -> None:
    the = {"originator_id": uuid4(), "entry": uuid4(), "timestamp": NOW}
    steps = (Allocation.Offered, Allocation.Accepted, Allocation.Withdrawn)
    happened(view, *(example(step, **the) for step in steps))
    assert [tuple(row) for row in overview.offers(view, YEAR)] == [("withdrawn", 1)]


def test_LR4_only_a_lease_ends_the_wait(view: Connection) -> None:
    leaves = ((uuid4(), LeavingReason.WITHDRAWN), (uuid4(), LeavingReason.LEASE))
    for entry, reason in leaves:
        entered = example(WaitingListEntry.Entered, originator_id=entry, registered_on=date(2026, 12, 12))
        left = example(WaitingListEntry.Left, originator_id=entry, reason=reason, timestamp=NOW)
        happened(view, entered, left)
    assert [tuple(row) for row in overview.housed(view, YEAR)] == [(date(2026, 12, 12), DAY)]


def test_LR4_leases_are_counted_by_the_way_to_them_from_the_day_they_begin(view: Connection) -> None:
    signed = (
        example(Tenancy.LeaseSigned, originator_id=uuid4(), care_housing=care, allocation=allocation)
        for care, allocation in ((False, uuid4()), (True, None), (False, None))
    )
    happened(view, *signed)
    ways = {row.way: row.number for row in overview.leases(view, YEAR)}
    assert ways == {"allocated": 1, "care_housing": 1, "registered": 1}


@pytest.mark.parametrize(
    ("household", "counted_as"),
    [
        (Household(0), "not_told"), (Household(1), "single"), (Household(2), "couple"), (Household(5), "more_adults"),
        (Household(1, children=1), "one_child"), (Household(2, children_part_time=1), "one_child"),
        (Household(2, 1, 1), "two_children"), (Household(3, 4), "three_or_more_children"),
    ],
)  # fmt: skip
def test_LR4_a_household_is_counted_by_its_size(household: Household, counted_as: str) -> None:
    assert HouseholdType.of(household) == counted_as
