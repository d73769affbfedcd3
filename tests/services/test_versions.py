"""A change says which version it builds on (D7)."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from services.refusals import StaleVersionError
from services.versions import etag, require_match


@dataclass
class Thing:
    id: UUID
    version: int


THING = Thing(UUID(int=5), 3)
CURRENT = etag(THING.id, THING.version)


def test_D7_an_etag_is_strong_quoted_and_opaque() -> None:
    assert CURRENT.startswith('"')
    assert CURRENT.endswith('"')
    assert THING.id.hex not in CURRENT


def test_D7_each_version_of_each_thing_has_an_etag_of_its_own() -> None:
    assert len({etag(thing, version) for thing in (uuid4(), uuid4()) for version in range(1, 50)}) == 98


@pytest.mark.parametrize("header", [None, "*", CURRENT, f"  {CURRENT} ", f'"other", {CURRENT}', f"{CURRENT},"])
def test_D7_a_change_that_builds_on_the_version_that_is_there_goes_through(header: str | None) -> None:
    require_match(THING, header)


@pytest.mark.parametrize(
    "header", [etag(THING.id, 2), etag(UUID(int=6), 3), f"W/{CURRENT}", CURRENT.strip('"'), CURRENT.upper(), '"', "3"]
)
def test_D7_a_change_that_builds_on_another_version_is_stale(header: str) -> None:
    with pytest.raises(StaleVersionError):
        require_match(THING, header)
