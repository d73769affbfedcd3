"""Husrom beside a plain service: the same three things asked of both by several clients at once (R17)."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from pathlib import Path

from bench.clients import Ask, Client, Crowd, Service, crowd
from bench.ground import API, SAKSBEHANDLER, Ground, headers, serving
from bench.pairs import in_turn
from bench.size import Size
from bench.table import Row, share
from services.settings import Store

LISTED = 50
"""Rows on the page that is asked for."""

Module = tuple[str, ...]
PLAIN = ("bench.plain",)


@dataclass(frozen=True)
class Question:
    """The same thing asked of Husrom and of the plain service."""

    name: str
    husrom: Ask
    plain: Ask


def measure(where: Ground, folder: Path, size: Size) -> Iterator[Row]:
    """A line each: register, read, list. Each service is one process; they take turns, so that neither slows the other.

    The feed stands still meanwhile: in production it is a process of its own on a core of its own.
    """
    with both(where, folder, size.clients, API, PLAIN) as (husrom, plain):
        for question in questions(where, husrom, plain):
            pairs = in_turn(
                size.beside, partial(husrom.each, question.husrom, size.burst),
                partial(plain.each, question.plain, size.burst), warm_up=1,
            )  # fmt: skip
            operation, requests = f"{question.name}, HTTP, {size.clients} clients", size.clients * size.burst
            yield share(operation, where.database, requests, pairs.ours, pairs.raw)


@contextmanager
def both(where: Ground, folder: Path, clients: int, husrom: Module, plain: Module) -> Iterator[tuple[Crowd, Crowd]]:
    """The clients of Husrom and of the plain service, which run as these modules on the same database server."""
    database = where.office.settings.sqlalchemy_url(Store.VIEWS).render_as_string(hide_password=False)
    with ExitStack() as stack:
        ours = stack.enter_context(serving(where, folder, *husrom))
        other = stack.enter_context(serving(where, folder, *plain, "--database", database))
        employee = {"employee": str(SAKSBEHANDLER.id)}
        yield (
            stack.enter_context(
                crowd(Service(ours, headers(where), "/api/v1/applications", "/api/v1/cases", "case"), clients)
            ),
            stack.enter_context(
                crowd(Service(other, employee, "/applications", "/applications", "application"), clients)
            ),
        )


def questions(where: Ground, husrom: Crowd, plain: Crowd) -> tuple[Question, ...]:
    """What both are asked, once each has enough to fill a page. Registering comes last: it adds to what is listed."""

    def register(client: Client) -> str:
        return client.register(where.application())

    own, other = (cycle(each.each(register, -(-LISTED // len(each.clients)))) for each in (husrom, plain))
    for _ in where.office.feeds[0].catch_up():
        pass
    return (
        Question("list", Client.list, Client.list),
        Question("read", lambda client: client.read(next(own)), lambda client: client.read(next(other))),
        Question("register", register, register),
    )
