"""What tests ask for by name: real servers, and both kinds of installation.

A test of logs, feeds and views asks for `database` or `migrated` and runs on both databases (design D5). A test of
what lies above them asks for `installed` and runs on one, the same one every time: `--databases=both` runs it on both.

A test process starts a server when a test first asks for it, and no server outlives its test process, also when
that is killed. So runs at the same time, and the processes of one run, never share anything.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NotRequired, TypedDict
from zlib import crc32

import pytest
from redis import Redis

from demo.mailbox import Mailbox
from services import demo_tokens
from services.installation import Installation as Office
from services.settings import Settings
from tests.patience import be_patient
from tests.servers.postgres import Postgres, running_postgres
from tests.servers.redis import running_redis

SQLITE: Final = "sqlite"
POSTGRES: Final = "postgres"
DATABASES: Final = (SQLITE, POSTGRES)


be_patient()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--databases`: where the tests run that ask for an installation."""
    parser.addoption(
        "--databases",
        choices=("one", "both", *DATABASES),
        default="one",
        help="one: logs, feeds and views on both, the rest on one of them; both: all on both; or all on the named one",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Once on each database that was asked for; a test of `one_database` picks its own unless one was."""
    wanted = metafunc.config.getoption("databases")
    named = (wanted,) if wanted in DATABASES else DATABASES
    if "each_database" in metafunc.fixturenames:
        metafunc.parametrize("each_database", named, indirect=True)
    if "one_database" in metafunc.fixturenames and wanted != "one" and not _picks_its_own(metafunc):
        metafunc.parametrize("one_database", named, indirect=True)


def _picks_its_own(metafunc: pytest.Metafunc) -> bool:
    """Whether the test itself says on which database it runs."""
    return any(mark.args[0] == "one_database" for mark in metafunc.definition.iter_markers("parametrize"))


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


@pytest.fixture
def each_database(request: pytest.FixtureRequest) -> str:
    """Each of `DATABASES` in turn."""
    return str(request.param)


@pytest.fixture
def one_database(request: pytest.FixtureRequest) -> str:
    """One of `DATABASES`, always the same for the same test; a failure says which."""
    chosen = getattr(request, "param", None) or DATABASES[crc32(request.node.nodeid.encode()) % len(DATABASES)]
    request.node.add_report_section("setup", "database", chosen)
    return str(chosen)


@pytest.fixture
def database(request: pytest.FixtureRequest, each_database: str, tmp_path: Path) -> Installation:
    """A fresh place for an installation's data, on each database in turn (design D5)."""
    if each_database == SQLITE:
        return Installation(data_dir=tmp_path)
    return Installation(data_dir=tmp_path, database_url=request.getfixturevalue("postgres_url"))


@pytest.fixture(scope="session")
def migrated_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys, and SQLite files with every table and nothing in them, to copy: faster than to make anew for each test."""
    folder = tmp_path_factory.mktemp("migrated")
    settings = Settings(demo=True, data_dir=folder)
    demo_tokens.prepare_keys(settings)
    with Office(settings) as office:
        office.migrate()
    return folder


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL database with every table and nothing in it, to copy."""
    with postgres.database() as url:
        with Office(Settings(demo=True, data_dir=tmp_path_factory.mktemp("migrated"), database_url=url)) as office:
            office.migrate()
        yield url


@pytest.fixture
def migrated(request: pytest.FixtureRequest, each_database: str, tmp_path: Path) -> Iterator[Installation]:
    """A fresh installation that `husrom migrate` has been run on, on each database in turn (design D5)."""
    with _migrated(request, each_database, tmp_path) as place:
        yield place


@pytest.fixture
def installed(request: pytest.FixtureRequest, one_database: str, tmp_path: Path) -> Iterator[Installation]:
    """A fresh installation that `husrom migrate` has been run on, on one database."""
    with _migrated(request, one_database, tmp_path) as place:
        yield place


@contextmanager
def _migrated(request: pytest.FixtureRequest, database: str, folder: Path) -> Iterator[Installation]:
    if database == SQLITE:
        shutil.copytree(request.getfixturevalue("migrated_folder"), folder, dirs_exist_ok=True)
        yield Installation(data_dir=folder)
    else:
        server, template = request.getfixturevalue("postgres"), request.getfixturevalue("migrated_postgres")
        with server.database(template=template) as url:
            yield Installation(data_dir=folder, database_url=url)
