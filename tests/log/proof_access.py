"""`make proof-access`: long random histories, every action, decided by the code and by the mandate (R08).

ARGS="6000 20270112" sets: how many histories in each of four parts, and the first seed.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from domain.access.decision import Action, Decision, Rule
from tests.domain.access.oracle import Answer, answer
from tests.domain.access.situations import Situation
from tests.log.histories import histories

PARTS = 4


class Compared(NamedTuple):
    """One decision beside what the mandate says."""

    so: Situation
    action: Action
    decision: Decision
    expected: Answer

    @property
    def agrees(self) -> bool:
        related = 403 if self.decision.related else 404
        status = 200 if self.decision.allowed else related
        return (status, self.decision.kinds) == (self.expected.status, self.expected.kinds)


def compared(how_many: int, seed: int) -> Iterator[Compared]:
    """Every action in every history."""
    for history in histories(how_many, seed):
        for action in Action:
            yield Compared(history.so, action, history.decide(action), answer(history.so, action))


def main(how_many: int = 6000, seed: int = 20270112) -> int:
    """Print how often each rule was met; the exit status is 0 only when nobody disagreed."""
    began, rules, answers, disagreed = time.monotonic(), Counter[Rule](), Counter[int](), 0
    for part in range(PARTS):
        for each in compared(how_many, seed + part):
            rules.update(each.decision.rules)
            answers[each.expected.status] += 1
            if not each.agrees:
                disagreed += 1
                print(f"wrong: {each}", flush=True)
        print(f"{(part + 1) * how_many} histories, {answers.total()} decisions, {disagreed} disagreements", flush=True)
    for rule, number in rules.most_common():
        print(f"  {rule.value}: {number}")
    print(f"  answered {dict(answers)}; seed {seed}; {time.monotonic() - began:.0f} s")
    return int(disagreed > 0)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
