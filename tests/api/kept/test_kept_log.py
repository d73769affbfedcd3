"""A log of the first version loads, rebuilds and answers alike (C02, C05)."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from services.installation import Installation
from tests.api.kept.kept_office import ANSWERS, answers, asker, lost, rebuild, settings_in, unpack

ASKERS = sorted(path.stem for path in ANSWERS.glob("*.json"))


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the kept log, rebuilt."""
    folder = tmp_path_factory.mktemp("kept")
    with Installation(unpack(folder)) as office:
        rebuild(office)
    return folder


@pytest.mark.parametrize("name", ASKERS)
def test_C02_a_kept_log_is_answered_about_as_it_was(
    rebuilt: Path, tmp_path: Path, client: TestClient, name: str
) -> None:
    here = shutil.copytree(rebuilt, tmp_path / "office")
    who = asker(name)

    with Installation(settings_in(here)) as office:
        answered = dict(zip(who.answers, answers(client, office, who.actor, list(who.answers)), strict=True))

    assert lost(who.answers, answered) == []


def test_C02_a_kept_log_has_answers_of_everybody_who_differs() -> None:
    seats = {(asker(name).actor.unit, asker(name).actor.role) for name in ASKERS}

    assert len(seats) >= 8
    assert all(len(asker(name).answers) > 30 for name in ASKERS)


@pytest.mark.parametrize(
    ("recorded", "answered"),
    [
        ({"status": 200}, {"status": 404}),
        ({"a": 1}, {"b": 1}),
        ({"a": {"b": 1}}, {"a": {"b": 2}}),
        ([1, 2], [2, 1]),
        ([1], [1, 2]),
        ([{"a": 1}], [{"a": None}]),
        ("text", "other text"),
    ],
)
def test_what_an_answer_no_longer_says_is_found(recorded: Any, answered: Any) -> None:
    assert lost(recorded, answered) != []


def test_what_an_answer_says_beside_the_recorded_is_nothing_lost() -> None:
    assert lost({"a": [{"b": 1}]}, {"a": [{"b": 1, "new": 2}], "new": {}}) == []
