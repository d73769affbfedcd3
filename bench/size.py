"""How much is measured: a look in a minute and a half, a long run, and the shortest one that still does everything."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """`rounds`: of each pair of saves, reads and requests. `together`: rounds of all clients at once, five requests each.

    `beside`: rounds of all clients beside the plain service, `burst` requests each.

    `events`: in the log that is fed and rebuilt; `replayed`: in the one that is replayed. `young` and `old`: events in the logs whose cost is compared.
    """

    rounds: int
    together: int
    clients: int
    beside: int
    burst: int
    events: int
    rebuilds: int
    replayed: int
    young: int
    old: int


QUICK = Size(
    rounds=100,
    together=4,
    clients=8,
    beside=6,
    burst=8,
    events=1_200,
    rebuilds=2,
    replayed=6_000,
    young=1_000,
    old=50_000,
)
LONG = Size(
    rounds=2_000,
    together=60,
    clients=8,
    beside=40,
    burst=20,
    events=30_000,
    rebuilds=3,
    replayed=60_000,
    young=1_000,
    old=50_000,
)
SHORTEST = Size(
    rounds=3, together=1, clients=2, beside=1, burst=1, events=60, rebuilds=1, replayed=60, young=30, old=300
)
