"""Where the CPU goes: of each question to Husrom and to the plain service, by part."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from rich.table import Table

from bench.beside import both, questions
from bench.clients import Ask, Crowd
from bench.ground import Ground
from bench.size import Size

HUSROM = ("bench.profiled", "husrom")
PLAIN = ("bench.profiled", "plain")

Profile = Mapping[str, float]
"""Milliseconds of CPU of one request, by part."""


def profiles(where: Ground, folder: Path, size: Size) -> Iterator[tuple[str, Profile]]:
    """Each question to each service, by the name of both. The counting itself costs a few per cent."""
    with both(where, folder, size.clients, HUSROM, PLAIN) as (husrom, plain):
        for question in questions(where, husrom, plain):
            yield f"{question.name}\nHusrom", _profile(husrom, question.husrom, size)
            yield f"{question.name}\nplain", _profile(plain, question.plain, size)


def _profile(crowd: Crowd, ask: Ask, size: Size) -> Profile:
    crowd.each(ask, 1)
    teller = crowd.clients[0]
    before = teller.spent()
    times = 2 * size.burst
    crowd.each(ask, times)
    after = teller.spent()
    requests = times * len(crowd.clients)
    return {part: (spent - before.get(part, 0.0)) / requests for part, spent in after.items()}


def as_table(measured: Mapping[str, Profile]) -> Table:
    """A column a question and service, a line a part, the dearest first."""
    table = Table(title="CPU of the service's process, ms a request (share of it)", title_justify="left")
    table.add_column("part")
    for name in measured:
        table.add_column(name, justify="right", no_wrap=True)
    totals = [sum(profile.values()) for profile in measured.values()]
    parts = {part for profile in measured.values() for part in profile}
    for part in sorted(parts, key=lambda part: -sum(profile.get(part, 0.0) for profile in measured.values())):
        cells = zip(measured.values(), totals, strict=True)
        table.add_row(part, *(_cell(profile.get(part, 0.0), total) for profile, total in cells))
    table.add_row("all", *(f"{total:.2f}" for total in totals))
    return table


def _cell(spent: float, total: float) -> str:
    return f"{spent:.2f} ({spent / total:.0%})" if spent else ""
