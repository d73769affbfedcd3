"""`make proof-bad-input`: 100,000 generated requests to every operation, and a count of what came back (R12).

ARGS="200000 17" sends another number, from another seed.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

WANTED = 100_000
MARGIN = 1.1
"""Some operations have fewer different requests than their share."""


def main(wanted: int = WANTED, seed: int = 2027) -> int:
    """Run the suite's own test at length; the exit status is 0 only if it held and enough was sent."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="husrom-tally-") as tally:
        asked = {"HUSROM_TEST_REQUESTS": str(int(wanted * MARGIN)), "HUSROM_TEST_SEED": str(seed)}
        command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "worksteal", "--timeout", "3600"]
        held = subprocess.run(
            [*command, "tests/api/test_schemathesis.py"], env={**os.environ, **asked, "HUSROM_TEST_TALLY": tally}, check=False
        )  # fmt: skip
        answers = _answers(Path(tally))
    sent = sum(answers.values())
    print(f"seed {seed}: {sent:,} requests in {time.monotonic() - began:.0f} s")
    for status, number in sorted(by_status(answers).items()):
        print(f"  {status}: {number:,}")
    return held.returncode or int(sent < wanted)


def _answers(folder: Path) -> Counter[tuple[str, str]]:
    """How often each operation gave each status."""
    lines = (line for path in folder.glob("*.tally") for line in path.read_text(encoding="utf-8").splitlines())
    return Counter((line.partition(" ")[0], line.partition(" ")[2]) for line in lines)


def by_status(answers: Counter[tuple[str, str]]) -> Counter[str]:
    """How often each status was given, over all operations."""
    total: Counter[str] = Counter()
    for (status, _), number in answers.items():
        total[status] += number
    return total


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
