"""`husrom rebuild`: empties views, fills them again, and leaves them as they were."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from services import cli
from services.installation import Installation
from services.settings import Settings
from tests.conftest import Installation as Database
from tests.projections.story import Story
from tests.projections.test_feed import a_varied_history, contents

RUNNER = CliRunner()


@pytest.fixture
def here(database: Database, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of an installation that `husrom` finds in its environment."""
    monkeypatch.setenv("HUSROM_DEMO", "1")
    for name, value in database.items():
        monkeypatch.setenv(f"HUSROM_{name.upper()}", str(value))
    monkeypatch.setenv("HUSROM_RULEBOOKS", str(Path("config/rulebooks").absolute()))
    settings = Settings()
    with Installation(settings) as office:
        office.migrate()
        story = Story(office)
        a_varied_history(story)
        story.carry_forward()
    return settings


@pytest.mark.parametrize("named", [[], ["waiting_list", "deadlines"]], ids=["all", "two"])
def test_C02_husrom_rebuild_gives_what_was_live(here: Settings, named: list[str]) -> None:
    with Installation(here) as office:
        live = contents(office)
    result = RUNNER.invoke(cli.app, ["rebuild", *named])
    assert result.exit_code == 0, result.output
    with Installation(here) as office:
        assert contents(office) == live
        assert max(feed.lag() for feed in office.feeds) == 0


def test_C02_husrom_rebuild_names_the_views_there_are(here: Settings) -> None:
    result = RUNNER.invoke(cli.app, ["rebuild", "nonsense"])
    assert result.exit_code != 0
    assert "waiting_list" in result.output
    assert here.demo
