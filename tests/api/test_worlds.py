"""A world that is put back is the one that was built, and nobody else's (the tests of this folder rest on it)."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.api.decision_givens import A_TUESDAY, applied
from tests.api.givens import BEFORE, called_group
from tests.api.office import Office
from tests.api.worlds import LateOffice, Worlds


@pytest.fixture
def worlds(request: pytest.FixtureRequest, each_database: str) -> Worlds:
    found: Worlds = request.getfixturevalue(f"{each_database}_worlds")
    return found


@pytest.fixture
def offices(worlds: Worlds, client: TestClient, tmp_path: Path) -> Iterator[tuple[LateOffice, LateOffice]]:
    """Two offices in which nothing has happened."""
    with (
        closing(LateOffice(worlds, client, tmp_path / "first")) as first,
        closing(LateOffice(worlds, client, tmp_path / "second")) as second,
    ):
        yield first, second


def heads(office: Office) -> tuple[int, int]:
    return office.installation.case_log.head(), office.installation.disclosure_log.head()


def test_a_world_holds_what_was_built_and_takes_further_commands(offices: tuple[LateOffice, LateOffice]) -> None:
    first, second = offices
    group, again = called_group(first), called_group(second)

    assert [member.actor for member in again.members] == [member.actor for member in group.members]
    assert again.meetings == group.meetings
    assert again.nav.office is second
    assert heads(second) == heads(first)
    assert heads(second) != (0, 0)
    assert len(again.nav.get("/meetings").json()["items"]) == len(group.meetings)
    assert applied(second).case


def test_what_happens_in_one_copy_of_a_world_does_not_happen_in_another(
    offices: tuple[LateOffice, LateOffice],
) -> None:
    first, second = offices
    called_group(first)
    before = heads(first)
    called_group(second)

    applied(second)

    assert heads(second) > before
    assert heads(first) == before


def test_a_given_that_comes_after_something_else_happens_there(offices: tuple[LateOffice, LateOffice]) -> None:
    first, second = offices
    alone = applied(first)
    second.saksbehandler.do("/applications", second.application())

    after = applied(second)

    assert after.case != alone.case
    assert heads(second) > heads(first)


def test_a_given_that_asks_for_something_else_is_another_world(offices: tuple[LateOffice, LateOffice]) -> None:
    first, second = offices

    assert applied(first, "dwelling").case != applied(second, "assistance").case


def test_a_world_brings_its_clock_and_another_time_is_another_world(offices: tuple[LateOffice, LateOffice]) -> None:
    first, second = offices
    called_group(first)
    second.set_clock(A_TUESDAY)

    assert BEFORE <= first.now < A_TUESDAY
    assert applied(second).case
    assert second.now >= A_TUESDAY


def test_nobody_new_has_the_identity_number_of_somebody_in_the_world(offices: tuple[LateOffice, LateOffice]) -> None:
    first, second = offices
    first_number = first.identity_number()
    applied(second)

    assert applied(second).person != applied(second).person
    assert second.identity_number() != first_number
