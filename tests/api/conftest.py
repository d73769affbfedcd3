"""An installation with its API, and people who call it."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from services.api.app import create_app
from services.settings import Settings
from tests.api.decision_givens import A_TUESDAY
from tests.api.office import Office
from tests.api.worlds import LateOffice, World, Worlds
from tests.projections.story import BEGINNING, Story
from tests.servers.postgres import Postgres


@pytest.fixture(scope="session")
def client(migrated_folder: Path) -> Iterator[TestClient]:
    """The application, put together once; `office` gives it the installation and the keys of one test."""
    with TestClient(create_app(Settings(demo=True, data_dir=migrated_folder))) as client:
        yield client


@pytest.fixture(scope="session")
def sqlite_worlds(migrated_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    """The worlds of this process on SQLite."""
    with ExitStack() as closing:
        yield Worlds(World("", migrated_folder, None), tmp_path_factory.mktemp("worlds"), None, closing)


@pytest.fixture(scope="session")
def postgres_worlds(
    migrated_folder: Path, migrated_postgres: str, postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Worlds]:
    """The worlds of this process on PostgreSQL."""
    with ExitStack() as closing:
        beginning = World("", _without_stores(migrated_folder, tmp_path_factory.mktemp("keys")), migrated_postgres)
        yield Worlds(beginning, tmp_path_factory.mktemp("worlds"), postgres, closing)


def _without_stores(migrated: Path, folder: Path) -> Path:
    """A folder with the keys of that one, whose stores are elsewhere."""
    return shutil.copytree(migrated, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.sqlite"))


@pytest.fixture
def office(
    request: pytest.FixtureRequest, one_database: str, client: TestClient, tmp_path: Path
) -> Iterator[LateOffice]:
    """An office in which nothing has happened; a given marked `@world` puts it where that has been before."""
    office = LateOffice(request.getfixturevalue(f"{one_database}_worlds"), client, tmp_path)
    yield office
    office.close()


@pytest.fixture
def on_a_tuesday(office: Office) -> None:
    """It is 12 January 2027 at the office."""
    office.set_clock(A_TUESDAY)


@pytest.fixture
def story(office: Office) -> Story:
    """What happens in that office, recorded without commands; its clock stands where the story begins."""
    office.set_clock(BEGINNING)
    return Story(office.installation, saksbehandler=office.saksbehandler.actor.id)
