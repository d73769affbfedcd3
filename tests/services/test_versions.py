"""A change says which version it builds on (D7)."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from services.installation import Installation
from services.refusals import StaleVersionError
from services.settings import Settings
from services.vault.cipher import keyed_digest
from services.versions import Etags, version_of


@dataclass
class Thing:
    id: UUID
    version: int


ETAGS = Etags(lambda version: keyed_digest(bytes(32), version).hex())
THING = Thing(UUID(int=5), 3)
CURRENT = ETAGS.of(THING)


def test_D7_an_etag_is_strong_quoted_and_opaque() -> None:
    assert CURRENT.startswith('"')
    assert CURRENT.endswith('"')
    assert THING.id.hex not in CURRENT


def test_D7_each_version_of_each_thing_has_an_etag_of_its_own() -> None:
    things = [Thing(id, version) for id in (uuid4(), uuid4()) for version in range(1, 50)]

    assert len({ETAGS.of(thing) for thing in things}) == 98


def test_D7_an_etag_of_what_is_sent_is_that_of_the_version_that_is_there() -> None:
    assert ETAGS.of_version(version_of(THING)) == CURRENT


def test_D7_nobody_without_the_key_of_the_installation_can_tell_what_an_etag_is_of(tmp_path: Path) -> None:
    tags = set()
    for name in ("one", "other"):
        with Installation(Settings(demo=True, data_dir=tmp_path / name)) as office:
            tags.add(office.etags.of(THING))

    assert len(tags) == 2


@pytest.mark.parametrize("header", [None, "*", CURRENT, f"  {CURRENT} ", f'"other", {CURRENT}', f"{CURRENT},"])
def test_D7_a_change_that_builds_on_the_version_that_is_there_goes_through(header: str | None) -> None:
    ETAGS.require_match(THING, header)


@pytest.mark.parametrize(
    "header",
    [
        ETAGS.of(Thing(THING.id, 2)), ETAGS.of(Thing(UUID(int=6), 3)), f"W/{CURRENT}", CURRENT.strip('"'),
        CURRENT.upper(), '"', "3", version_of(THING), f'"{version_of(THING)}"',
    ],
)  # fmt: skip
def test_D7_a_change_that_builds_on_another_version_is_stale(header: str) -> None:
    with pytest.raises(StaleVersionError):
        ETAGS.require_match(THING, header)
