"""Husrom beside a plain service: the same three things asked of both by several clients at once (R17)."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import URL

from bench.ground import ROOT, SAKSBEHANDLER, Ground, headers, running, wait_for
from bench.pairs import in_turn
from bench.size import Size
from bench.table import Row, share
from demo.redis_server import free_port
from demo.supervisor import Supervisor
from services.settings import Store

LISTED = 50
"""Rows on the page that is asked for."""


@dataclass(frozen=True)
class Service:
    """One of the two: where it is, what a caller sends with each request, and what it calls what it is asked for.

    `register`: the path to register an application at. `many`: the path of the list; an id after it reads one.
    `id`: where the answer to a registration says that id.
    """

    address: str
    headers: Mapping[str, str]
    register: str
    many: str
    id: str


class Client:
    """One keep-alive connection of the standard library's: what the client costs is taken from both."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._connection = HTTPConnection(service.address, timeout=60)

    def register(self, body: Mapping[str, Any]) -> str:
        """Register an application and give the id to read it by."""
        key = {"Idempotency-Key": str(uuid4()), "Content-Type": "application/json"}
        answer = self._ask("POST", self._service.register, json.dumps(body).encode(), key)
        return str(json.loads(answer)[self._service.id])

    def read(self, id: str) -> None:
        self._ask("GET", f"{self._service.many}/{id}")

    def list(self) -> None:
        self._ask("GET", self._service.many)

    def close(self) -> None:
        """Close the connection; the next question opens another. A server does not keep an idle one for long."""
        self._connection.close()

    def _ask(self, method: str, path: str, body: bytes | None = None, more: Mapping[str, str] | None = None) -> bytes:
        self._connection.request(method, path, body, {**self._service.headers, **(more or {})})
        response = self._connection.getresponse()
        content = response.read()
        if response.status >= 300:
            raise RuntimeError(f"{method} {path}: {response.status} {content.decode()}")
        return content


Ask = Callable[[Client], object]


@dataclass(frozen=True)
class Crowd:
    """All clients of one service."""

    clients: Sequence[Client]
    threads: ThreadPoolExecutor

    def each(self, ask: Ask, times: int) -> list[Any]:
        """Every client asks at the same time, `times` times; what they were answered."""

        def one(client: Client) -> list[Any]:
            with closing(client):
                return [ask(client) for _ in range(times)]

        return [answer for its in self.threads.map(one, self.clients) for answer in its]


def measure(where: Ground, folder: Path, size: Size) -> Iterator[Row]:
    """A line each: register, read, list. Each service is one process; they take turns, so that neither slows the other.

    The feed stands still meanwhile: in production it is a process of its own on a core of its own.
    """
    with both(where, folder) as services, ExitStack() as stack:
        crowds = [stack.enter_context(_crowd(service, size.clients)) for service in services]
        ids = [_registered(where, crowd) for crowd in crowds]
        for _ in where.office.feeds[0].catch_up():
            pass
        line = partial(_line, where, size, crowds)
        yield line("register", [lambda client: client.register(where.application())] * 2)
        yield line("read", [partial(_read_next, its) for its in ids])
        yield line("list", [Client.list] * 2)


@contextmanager
def both(where: Ground, folder: Path) -> Iterator[tuple[Service, Service]]:
    """Husrom and the plain service, on the same database server."""
    with running(where, folder, "api") as address, _plain(where, folder) as other:
        yield (
            Service(address.removeprefix("http://"), headers(where), "/api/v1/applications", "/api/v1/cases", "case"),
            Service(other, {"employee": str(SAKSBEHANDLER.id)}, "/applications", "/applications", "application"),
        )


@contextmanager
def _plain(where: Ground, folder: Path) -> Iterator[str]:
    port, database = free_port(), where.office.settings.sqlalchemy_url(Store.VIEWS)
    command = [sys.executable, "-m", "bench.plain", "--port", str(port), "--database", _in_full(database)]
    with Supervisor() as processes:
        processes.start("plain", command, cwd=ROOT, log=folder / "plain.log")
        address = f"127.0.0.1:{port}"
        wait_for(f"http://{address}/openapi.json")
        yield address


def _in_full(database: URL) -> str:
    return database.render_as_string(hide_password=False)


@contextmanager
def _crowd(service: Service, clients: int) -> Iterator[Crowd]:
    with ThreadPoolExecutor(clients) as threads:
        yield Crowd([Client(service) for _ in range(clients)], threads)


def _registered(where: Ground, crowd: Crowd) -> Iterator[str]:
    """The ids of enough applications to fill a page, over and over."""
    times = -(-LISTED // len(crowd.clients))
    return cycle(crowd.each(lambda client: client.register(where.application()), times))


def _read_next(ids: Iterator[str], client: Client) -> None:
    client.read(next(ids))


def _line(where: Ground, size: Size, crowds: Sequence[Crowd], name: str, asks: Sequence[Ask]) -> Row:
    husrom, plain = (partial(crowd.each, ask, size.burst) for crowd, ask in zip(crowds, asks, strict=True))
    pairs = in_turn(size.beside, husrom, plain, warm_up=1)
    return share(
        f"{name}, HTTP, {size.clients} clients", where.database, size.clients * size.burst, pairs.ours, pairs.raw
    )
