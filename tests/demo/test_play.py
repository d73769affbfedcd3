"""The main job from end to end, as plain processes: API, feed, worker, beat, Redis and a mail server.

The same `husrom` subcommands as in docker-compose.yml, on PostgreSQL here; on SQLite before the journeys (test_journeys).
"""

from pathlib import Path

from rich.console import Console

from demo import leaks
from demo.__main__ import BEGINS
from demo.people import secrets
from demo.play import SCENES, play
from demo.stage import Stage, set_up
from demo.theatre import Theatre


def test_C06_the_main_job_runs_over_http_from_application_to_reminder(postgres_url: str, tmp_path: Path) -> None:
    with set_up(tmp_path, begins=BEGINS, database_url=postgres_url) as stage:
        assert_played(stage)


def assert_played(stage: Stage) -> None:
    """Play the main job: every expectation holds, and nothing personal lies anywhere afterwards (R10)."""
    theatre = Theatre(stage, Console(record=True, width=200))
    play(theatre)
    assert theatre.held > 5 * len(SCENES)
    assert not leaks.search(stage.folder, secrets(), redis_url=stage.redis_url)
