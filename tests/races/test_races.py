"""Commands that meet, on both databases: each pair forced; many writers, twins and withdrawals by chance (R07, R09).

`make proof-races` does the latter at length, with two processes.
"""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response, codes

from domain.decisions.vedtak_rules import Outcome
from services.api.app import create_app
from services.api.tokens import Verifier
from services.installation import Installation
from services.log.event_log import CaseLog
from services.settings import Settings
from tests.api.appeal_givens import received, told
from tests.api.decision_givens import applied, concluded, issued, refused
from tests.api.office import Office
from tests.feeds import feeds_running
from tests.races.meeting import chance, twins_meet
from tests.races.pairs import (
    PAIRS,
    SENDER_GOES,
    Ground,
    Race,
    Sent,
    command_about_no_case_and_its_sender_left,
    prepared,
)
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


class Moment(StrEnum):
    """When the change comes, as the last thing that the command did in the log before: the names of what it does next."""

    AFTER_THE_DOOR = "find_with_head"
    BEFORE_THE_SAVE = "save"


def answered(race: Race, moment: Moment, monkeypatch: pytest.MonkeyPatch) -> tuple[Response, Response]:
    """The answers to the command and to the change, which comes at that moment of the command's first try."""
    changes = list[Response]()
    coming_between(moment, lambda: changes.append(race.change.send()), monkeypatch)
    return race.command.send(), changes[0]


def coming_between(moment: Moment, change: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `change` come, in another request, at that moment of the next command."""
    coming, goes_on = [change], getattr(CaseLog, moment)

    def go_on_after_the_change(self: CaseLog, *given: Any, **more: Any) -> Any:
        while coming:
            with ThreadPoolExecutor(1) as another_request:
                another_request.submit(coming.pop()).result()
        return goes_on(self, *given, **more)

    monkeypatch.setattr(CaseLog, moment, go_on_after_the_change)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.__name__)
def test_R07_a_command_whose_ground_is_changed_before_it_is_stored_runs_again_and_is_refused(
    ground: Ground, pair: Callable[[Ground], Race], monkeypatch: pytest.MonkeyPatch
) -> None:
    command, change = answered(pair(ground), Moment.BEFORE_THE_SAVE, monkeypatch)

    assert change.is_success, change.text
    assert command.is_client_error, command.text
    assert command.json()["type"] != "/problems/race_lost"


@pytest.mark.parametrize("pair", SENDER_GOES, ids=lambda pair: pair.__name__)
def test_R07_who_goes_once_the_door_has_let_her_in_stores_nothing(
    ground: Ground, pair: Callable[[Ground], Race], monkeypatch: pytest.MonkeyPatch
) -> None:
    command, change = answered(pair(ground), Moment.AFTER_THE_DOOR, monkeypatch)

    assert change.is_success, change.text
    assert command.is_client_error, command.text


def test_R07_who_goes_while_a_command_is_under_way_leaves_one_line(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(ground.office.disclosures("RefusedAtDoor"))
    answered(command_about_no_case_and_its_sender_left(ground), Moment.BEFORE_THE_SAVE, monkeypatch)

    (line,) = ground.office.disclosures("RefusedAtDoor")[before:]
    assert (line.operation, line.rules) == ("receive_application", ("M02_no_longer_employed",))


def test_R07_what_a_command_read_of_a_view_is_asked_again_when_anything_was_stored_since(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who took part in a case is looked up in the views: the conclusion comes when that has been done (LI4)."""
    hers, theirs = ground.with_a_saksbehandler(), ground.with_a_saksbehandler()
    about, today = applied(hers, "dwelling"), str(hers.now.date())
    vedtak = issued(hers, about, concluded(hers, about, dwelling=Outcome.REFUSE), "dwelling", "refuse")["vedtak"]
    told(hers, vedtak, on=today)
    naming = Sent(
        hers.saksbehandler, f"/appeals/{received(hers, vedtak, today)}/secretary",
        {"secretary": theirs.saksbehandler.id},
    )  # fmt: skip
    coming_between(Moment.BEFORE_THE_SAVE, lambda: concluded(theirs, about, vanskeligstilt=False), monkeypatch)
    with feeds_running(ground.office.installation):
        command = naming.send()

    assert refused(command) == (403, "took_part_in_the_case")


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
