"""Running the machines, short and long."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.machines.allocation_machine import AllocationMachine
from tests.machines.case_machine import CaseMachine
from tests.machines.machine import Machine
from tests.machines.meeting_machine import MeetingMachine
from tests.machines.twins import Ground, Tally

MACHINES: tuple[type[Machine], ...] = (CaseMachine, MeetingMachine, AllocationMachine)


def run(machine: type[Machine], ground: Ground, tally: Tally, *, histories: int, steps: int) -> None:
    """Drive `machine` through that many histories of that many steps; a failure shows the shortest history."""
    run_state_machine_as_test(
        machine.on(ground, tally),
        settings=settings(
            max_examples=histories,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate, Phase.shrink],
            derandomize=False,
        ),
    )
