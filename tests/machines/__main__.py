"""`make proof-machines`: long random histories of a case, a meeting and an allocation, and what came of them.

ARGS="200 80" runs 200 histories of 80 steps with each machine.
"""

import sys
import time

from tests.machines.running import MACHINES, run
from tests.machines.twins import Tally, prepared_ground


def main(histories: int = 100, steps: int = 60) -> None:
    """Run every machine; a broken rule ends it with the shortest history that breaks it."""
    began = time.monotonic()
    with prepared_ground() as ground:
        for machine in MACHINES:
            tally = Tally()
            run(machine, ground, tally, histories=histories, steps=steps)
            print(f"{machine.name}, after {time.monotonic() - began:.0f} s\n{tally}\n", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
