"""Commands that meet, on both databases: each pair forced; many writers, twins and withdrawals by chance (R07, R09).

`make proof-races` does the latter at length, with two processes.
"""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response, codes

from services.api.app import create_app
from services.api.tokens import Verifier
from services.installation import Installation
from services.settings import Settings
from tests.api.office import Office
from tests.races.meeting import chance, twins_meet
from tests.races.pairs import PAIRS, Ground, Race, prepared
from tests.races.withdrawals import READERS, READS_AFTERWARDS, read_and_withdraw
from tests.races.writers import mistakes, write

SEED = 2027


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """An installation's settings on each database: each settles races in its own way."""
    folder = tmp_path_factory.mktemp("races")
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("migrated_folder"), folder, dirs_exist_ok=True)
        yield Settings(demo=True, data_dir=folder)
    else:
        server, template = request.getfixturevalue("postgres"), request.getfixturevalue("migrated_postgres")
        with server.database(template=template) as url:
            yield Settings(demo=True, data_dir=folder, database_url=url)


@pytest.fixture(scope="module")
def ground(settings: Settings) -> Iterator[Ground]:
    """A group in the middle of its half-year. Every race is about a case and a saksbehandler of its own."""
    with TestClient(create_app(settings)) as client, Installation(settings) as installation:
        assert isinstance(client.app, FastAPI)
        client.app.state.office, client.app.state.verifier = installation, Verifier(settings)
        yield prepared(Office(settings, client, installation))


def answered(race: Race, monkeypatch: pytest.MonkeyPatch) -> tuple[Response, Response]:
    """The answers to the command and to the change, which comes when the command has read and has not saved."""
    log = race.command.caller.office.installation.case_log
    save, changes = type(log).save, list[Response]()
    coming = [race.change]

    def save_after_the_change(self: Any, *aggregates: Any, **more: Any) -> Any:
        while coming:
            with ThreadPoolExecutor(1) as another_request:
                changes.append(another_request.submit(coming.pop().send).result())
        return save(self, *aggregates, **more)

    monkeypatch.setattr(type(log), "save", save_after_the_change)
    return race.command.send(), changes[0]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.__name__)
def test_R07_a_command_whose_ground_is_changed_before_it_is_stored_runs_again_and_is_refused(
    ground: Ground, pair: Callable[[Ground], Race], monkeypatch: pytest.MonkeyPatch
) -> None:
    command, change = answered(pair(ground), monkeypatch)

    assert change.is_success, change.text
    assert command.is_client_error, command.text
    assert command.json()["type"] != "/problems/race_lost"


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.__name__)
def test_R07_the_same_command_is_stored_when_nothing_changes(ground: Ground, pair: Callable[[Ground], Race]) -> None:
    """So that the pairs prove something."""
    answer = pair(ground).command.send()
    assert answer.status_code in (codes.OK, codes.CREATED), answer.text


def test_R07_many_writers_on_one_case_lose_and_double_nothing_and_no_withdrawal_loses_a_race(ground: Ground) -> None:
    case, tally = write(ground, [ground.office], writers=8, commands=64, seed=SEED)

    assert mistakes(ground, case, tally) == []
    assert tally.stored("supplement") > 0
    assert tally.stored("withdrawal") > 0


def test_D7_the_same_request_twice_at_the_same_moment_gets_the_same_answer(ground: Ground) -> None:
    assert twins_meet(ground, [ground.office, ground.office], 8, chance(SEED)) == {"alike": 8, "stored": 8}


def test_R09_every_read_begun_after_a_withdrawal_is_refused(ground: Ground) -> None:
    """The feeds run in one round and stand still in the other."""
    came = read_and_withdraw(ground, [ground.office], 2, chance(SEED))

    assert came["mistakes"] == 0
    assert came["after"] == 2 * READERS * READS_AFTERWARDS
    assert came["shown before"] > 0
