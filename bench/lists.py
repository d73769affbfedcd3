"""`python -m bench.lists`: each list that has a reach, with twenty times as many cases in the system (D17, D18)."""

import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Final
from uuid import uuid4

from rich.console import Console
from rich.table import Table

from bench.ground import SAKSBEHANDLER, Ground, ground
from bench.many_cases import MEMBER, fill_with_cases
from bench.pairs import in_turn
from demo.postgres_server import running_postgres
from domain.actors import Actor
from services.context import Context
from services.core.catalogue import operations

FEW, MANY = 1_500, 30_000
AT_MOST: Final = 1.5
ROUNDS = 15
LISTS: tuple[tuple[str, Actor, dict[str, object]], ...] = (
    ("list_cases", SAKSBEHANDLER, {}),
    ("list_cases", SAKSBEHANDLER, {"whose": "all"}),
    ("list_cases", MEMBER, {}),
    ("list_deadlines", SAKSBEHANDLER, {}),
    ("list_follow_ups", SAKSBEHANDLER, {"whose": "all"}),
    ("list_follow_ups", MEMBER, {"whose": "all"}),
    ("list_appeals", SAKSBEHANDLER, {}),
    ("list_appeals", MEMBER, {}),
    ("list_leases_ending", MEMBER, {}),
    ("list_care_needs", SAKSBEHANDLER, {}),
    ("list_care_waiting_list", SAKSBEHANDLER, {}),
)
"""Operation, who asks, and what is asked along; fifty rows, or as many as there are."""


def main() -> int:
    """Print each ratio; fails when one is above `AT_MOST`."""
    table = Table("list", "reader", "database", f"{FEW:,} cases, ms", f"{MANY:,} cases, ms", "ratio", "rows")
    worst = 0.0
    with tempfile.TemporaryDirectory(prefix="husrom-lists-") as made, ExitStack() as stack:
        folder = Path(made)
        postgres = stack.enter_context(running_postgres(durable=True, log=folder / "postgres.log"))
        for database, url in (("SQLite", None), ("PostgreSQL", postgres.url)):
            few, many = (
                stack.enter_context(ground(database, folder / f"{database}_{count}".lower(), url))
                for count in (FEW, MANY)
            )
            fill_with_cases(few.office, FEW)
            fill_with_cases(many.office, MANY)
            for operation, reader, asked in LISTS:
                worst = max(worst, _measure(table, (few, many), operation, reader, asked))
    Console(width=120).print(table)
    return int(worst > AT_MOST)


def _measure(
    table: Table, grounds: tuple[Ground, Ground], operation: str, reader: Actor, asked: dict[str, object]
) -> float:
    few, many = (_reading(where, operation, reader, asked) for where in grounds)
    pairs = in_turn(ROUNDS, few, many)
    small, large = statistics.median(pairs.ours) * 1000, statistics.median(pairs.raw) * 1000
    who = "saksbehandler" if reader is SAKSBEHANDLER else "member"
    words = " ".join([operation, *map(str, asked.values())])
    table.add_row(
        words, who, grounds[0].database, f"{small:.1f}", f"{large:.1f}", f"{large / small:.2f}", f"{few()} {many()}"
    )  # fmt: skip
    return large / small


def _reading(where: Ground, operation: str, reader: Actor, asked: dict[str, object]) -> Callable[[], int]:
    declared = next(each for each in operations() if each.id == operation)
    assert declared.sent is not None
    sent = declared.sent.model_validate({"limit": 50, **asked}, by_alias=False, by_name=True)

    def read() -> int:
        office, request = where.office.for_request(), uuid4()
        context = Context(reader, request, request, office.clock.now())
        return len(declared.run(office, context, {}, sent).items)

    return read


if __name__ == "__main__":
    sys.exit(main())
