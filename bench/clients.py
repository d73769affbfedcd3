"""Several clients of one service, as light as can be: what a client costs is taken from what is measured."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from uuid import uuid4

from demo.patience import HUNG_AFTER


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
    """One keep-alive connection of the standard library's."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._connection = HTTPConnection(service.address, timeout=HUNG_AFTER)

    def register(self, body: Mapping[str, Any]) -> str:
        """Register an application and give the id to read it by."""
        key = {"Idempotency-Key": str(uuid4()), "Content-Type": "application/json"}
        answer = self._ask("POST", self._service.register, json.dumps(body).encode(), key)
        return str(json.loads(answer)[self._service.id])

    def read(self, id: str) -> None:
        """Read one."""
        self._ask("GET", f"{self._service.many}/{id}")

    def list(self) -> None:
        """Read the first page."""
        self._ask("GET", self._service.many)

    def close(self) -> None:
        """Close the connection; the next question opens another. A server does not keep an idle one for long."""
        self._connection.close()

    def spent(self) -> dict[str, float]:
        """Milliseconds of CPU by part, from a service that is profiled (`bench.profiled`)."""
        with closing(self):
            spent: dict[str, float] = json.loads(self._ask("GET", "/spent"))
        return spent

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


@contextmanager
def crowd(service: Service, clients: int) -> Iterator[Crowd]:
    """So many clients of that service."""
    with ThreadPoolExecutor(clients) as threads:
        yield Crowd([Client(service) for _ in range(clients)], threads)
