"""The main job from end to end, as plain processes: API, feed, worker, beat, Redis and a mail server.

The same `husrom` subcommands as in docker-compose.yml, on SQLite and on PostgreSQL.
"""

from pathlib import Path

import pytest
from rich.console import Console

from demo import leaks
from demo.__main__ import BEGINS
from demo.people import secrets
from demo.play import SCENES, play
from demo.stage import set_up
from demo.theatre import Theatre


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str | None:
    """Where the play is played; None for SQLite files."""
    return str(request.getfixturevalue("postgres_url")) if request.param == "postgres" else None


def test_C06_the_main_job_runs_over_http_from_application_to_reminder(database_url: str | None, tmp_path: Path) -> None:
    screen = Console(record=True, width=200)
    with set_up(tmp_path, begins=BEGINS, database_url=database_url) as stage:
        theatre = Theatre(stage, screen)
        play(theatre)
        assert theatre.held > 5 * len(SCENES)
        assert not leaks.search(tmp_path, secrets(), redis_url=stage.redis_url)
