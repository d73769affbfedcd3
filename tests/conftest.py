"""What tests ask for by name: real servers, and both kinds of installation.

A test process starts a server when a test first asks for it, and no server outlives its test process, also when
that is killed. So runs at the same time, and the processes of one run, never share anything.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NotRequired, TypedDict

import pytest
from redis import Redis

from demo.mailbox import Mailbox
from services.installation import Installation as Office
from services.settings import Settings
from tests.servers.postgres import Postgres, running_postgres
from tests.servers.redis import running_redis


class Installation(TypedDict):
    """What `Settings(**installation)` needs to know about where an installation keeps its data."""

    data_dir: Path
    database_url: NotRequired[str]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server, to make databases on."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """A new, empty PostgreSQL database."""
    with postgres.database() as url:
        yield url


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The URL of a Redis server."""
    with running_redis() as url:
        yield url


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """The URL of a Redis server that holds nothing."""
    with Redis.from_url(redis_server) as client:
        client.flushall()
    return redis_server


@pytest.fixture
def smtp() -> Iterator[Mailbox]:
    """A mail server: `port` is where it listens, `messages` what it got."""
    with Mailbox() as mailbox:
        yield mailbox


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """A fresh place for an installation's data, on each database in turn (design D5)."""
    if request.param == "sqlite":
        yield Installation(data_dir=tmp_path)
    else:
        yield Installation(data_dir=tmp_path, database_url=request.getfixturevalue("postgres_url"))


@pytest.fixture(scope="session")
def migrated_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """SQLite files with every table and nothing in them, to copy: faster than to migrate anew for each test."""
    folder = tmp_path_factory.mktemp("migrated")
    with Office(Settings(demo=True, data_dir=folder)) as office:
        office.migrate()
    return folder


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL database with every table and nothing in it, to copy."""
    with postgres.database() as url:
        with Office(Settings(demo=True, data_dir=tmp_path_factory.mktemp("migrated"), database_url=url)) as office:
            office.migrate()
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def migrated(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """A fresh installation that `husrom migrate` has been run on, on each database in turn."""
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("migrated_folder"), tmp_path, dirs_exist_ok=True)
        yield Installation(data_dir=tmp_path)
    else:
        server, template = request.getfixturevalue("postgres"), request.getfixturevalue("migrated_postgres")
        with server.database(template=template) as url:
            yield Installation(data_dir=tmp_path, database_url=url)
