"""`make proof-races`: two API processes on PostgreSQL, and what comes of commands that meet (R07, R09).

ARGS="50 2000 40 200 40 2027" sets: writers, their commands in all, how often each pair meets, twins, withdrawals, seed.
"""

import sys
import time
from collections import Counter

from tests.races.meeting import chance, pair_meets, twins_meet
from tests.races.pairs import PAIRS
from tests.races.processes import Field, two_processes
from tests.races.withdrawals import read_and_withdraw
from tests.races.writers import GO_FIRST, mistakes, write


def main(
    writers: int = 50,
    commands: int = 2000,
    meetings: int = 40,
    twins: int = 200,
    withdrawals: int = 40,
    seed: int = 2027,
) -> int:
    """Print what came of it; the exit status is 0 only when nothing went wrong."""
    began, wrong = time.monotonic(), 0
    with two_processes() as field:
        print(f"seed {seed}; ready after {time.monotonic() - began:.0f} s", flush=True)
        wrong += _pairs(field, meetings, seed)
        print(f"  {time.monotonic() - began:.0f} s until here", flush=True)
        wrong += _told("twins with one key", twins_meet(field.ground, field.offices, twins, chance(seed)), "different")
        came = read_and_withdraw(field.ground, field.offices, withdrawals, chance(seed))
        wrong += _told(f"reads around {withdrawals} withdrawals", came, "mistakes")
        wrong += _writers(field, writers, commands, seed)
    print(f"{wrong} mistakes in {time.monotonic() - began:.0f} s")
    return int(wrong > 0)


def _pairs(field: Field, meetings: int, seed: int) -> int:
    return sum(
        _told(
            pair.__name__,
            pair_meets(field.ground, field.offices, pair, meetings, chance(f"{seed} {pair.__name__}")),
            "mistake",
            "unsettled",
        )
        for pair in PAIRS
    )


def _writers(field: Field, writers: int, commands: int, seed: int) -> int:
    began = time.monotonic()
    case, tally = write(field.ground, field.offices, writers=writers, commands=commands, seed=seed)
    seconds = time.monotonic() - began
    print(f"{writers} writers, {len(tally.seconds)} commands on one case in {seconds:.0f} s")
    print(
        f"  p50 {tally.percentile(0.5):.2f} s, p99 {tally.percentile(0.99):.2f} s, longest {max(tally.seconds):.2f} s"
    )
    print(f"  race lost: {tally.lost()}; of withdrawals and narrowings {tally.lost(*GO_FIRST)}")
    for (kind, answer), number in sorted(tally.answers.items()):
        print(f"  {kind}: {answer}: {number}")
    found = mistakes(field.ground, case, tally)
    for each in found:
        print(f"  wrong: {each}", flush=True)
    return len(found)


def _told(what: str, came: Counter[str], *wrong: str) -> int:
    print(f"{what}: {', '.join(f'{number} {how}' for how, number in sorted(came.items()) if number)}", flush=True)
    return sum(came[how] for how in wrong)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
