"""The short form of the state machines; `make proof-machines` is the long one."""

from collections.abc import Iterator

import pytest

from tests.machines.machine import Machine
from tests.machines.running import MACHINES, run
from tests.machines.twins import Ground, Tally, prepared_ground

HISTORIES = 4
STEPS = 30


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    with prepared_ground() as prepared:
        yield prepared


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_R07_after_every_step_the_mandate_holds_and_a_refusal_has_stored_nothing(
    machine: type[Machine], ground: Ground
) -> None:
    tally = Tally()

    run(machine, ground, tally, histories=HISTORIES, steps=STEPS)

    print(tally)
    assert tally.steps["commands accepted"] > 0
    assert tally.refusals.total() > 0
