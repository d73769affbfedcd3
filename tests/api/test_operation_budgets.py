"""Every operation is held to its budget, with the walk's valid requests and those that build its world (D17, D18).

On PostgreSQL, each request counted by itself. `-s` shows the table, the dearest first.
"""

import re
from collections.abc import Iterator, Sequence

import pytest
from fastapi.testclient import TestClient

from services.core.catalogue import operations
from services.core.permits.reading import ReadsEach
from services.core.registry import OPERATIONS, Operation
from tests.api.budgets import OWN, budget_of, of_its_kind
from tests.api.office import Caller, Office
from tests.api.walk.requests import Request, request
from tests.api.walk.special import special
from tests.api.walk.test_wrong_actors import RIGHT, right
from tests.api.walk.world import World, world
from tests.api.worlds import LateOffice, Worlds
from tests.feeds import feeds_running
from tests.statements import Cost, listen, requests_counted, table

listen()

ENDS = (
    "refuse_consent", "close_case", "end_tenancy", "leave_waiting_list", "close_meeting", "withdraw_appeal",
    "cancel_follow_up", "record_leaving", "withdraw_offer", "lapse_offer", "demand_move_out", "release_member",
)  # fmt: skip
"""Asked last: after these, others find nothing left to do."""


@pytest.fixture(scope="module")
def costs(
    postgres_worlds: Worlds, client: TestClient, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Cost]]:
    """What each request cost: those that build the world, and then one for each operation, of who may."""
    late = LateOffice(postgres_worlds, client, tmp_path_factory.mktemp("budgets"))
    office = Office(late.settings, late.client, late.installation)
    office.installation.papers.find("none")  # so that no request is the first on a connection
    with requests_counted() as counted:
        at = world(office)
        callers = {who: caller(at) for who, caller in RIGHT.items()}
        for operation in sorted(operations(), key=_in_order):
            office.carry_forward()
            _ask(at, callers[right(operation)], operation)
    print("\n".join(table(counted)))
    yield counted
    late.close()


def _in_order(operation: Operation) -> tuple[bool, int]:
    """Queries first, and what ends something last."""
    return operation.is_command, ENDS.index(operation.id) + 1 if operation.id in ENDS else 0


def _ask(at: World, caller: Caller, operation: Operation) -> None:
    """A read of the access log waits for it, so that needs feeds; nothing else does."""
    what: Request = request(operation, at.things, special(at))
    headers = {"Authorization": f"Bearer {caller.token}"}
    if what.method == "POST":
        caller.post(what.path, what.body)
    elif operation.id == "replay_case":
        with feeds_running(at.office.installation):
            at.office.client.get(f"/api/v1{what.path}", headers=headers)
    else:
        at.office.client.get(f"/api/v1{what.path}", headers=headers)


def usual(costs: Sequence[Cost]) -> list[Cost]:
    """The costs of what was done, at the first try."""
    return [cost for cost in costs if cost.is_usual and cost.operation in OPERATIONS]


def test_D18_every_operation_keeps_to_its_budget(costs: list[Cost]) -> None:
    over = {
        cost.operation: str(cost.asked)
        for cost in usual(costs)
        if (cost.statements, cost.asked.durable) > budget_of(OPERATIONS[cost.operation])[:2]
        or cost.asked.durable > budget_of(OPERATIONS[cost.operation]).durable
    }

    assert not over, "\n".join(f"{operation}: {asked}" for operation, asked in over.items())


def test_D18_what_is_refused_asks_no_more_than_what_is_done(costs: list[Cost]) -> None:
    refused = [cost for cost in costs if 400 <= cost.status < 500 and cost.operation in OPERATIONS]

    over = [
        (cost.operation, cost.statements)
        for cost in refused
        if cost.statements > budget_of(OPERATIONS[cost.operation]).statements
    ]

    assert not over


def test_D18_a_budget_of_its_own_is_more_than_its_kind_has_and_says_why() -> None:
    for operation, budget in OWN.items():
        kind = of_its_kind(OPERATIONS[operation])
        assert budget.statements > kind.statements or budget.durable > kind.durable, operation
        assert budget.why, operation


def test_D18_most_operations_are_carried_out_here_and_every_query_is(costs: list[Cost]) -> None:
    done = {cost.operation for cost in usual(costs)}
    queries = {each.id for each in operations() if not each.is_command}

    print("not carried out:", *sorted(OPERATIONS.keys() - done))
    assert queries - done <= NOT_ASKED
    assert len(done) > 125


FROM_KEYS = re.compile(r"\bFROM keys\b")

NOT_ASKED = {"export_appeal"}
"""Queries that this world has nothing for."""

FACTS = ("WITH RECURSIVE asked(scope)", "WITH RECURSIVE tied(scope)")
OF_ALL = "who is inhabil is asked of everybody compared, before what each case opens (B05)"
SEVERAL = {
    **dict.fromkeys(
        ("propose_order", "propose_order_for", "show_allocation", "show_allocation_reasons", "compare_candidates"),
        OF_ALL,
    ),
    **dict.fromkeys(("why_before", "why_before_on_list"), OF_ALL),
    "show_agenda": "cases, and agenda items about a vacancy",
    "list_suggestions": "vacancies on no agenda, and then the cases of the suggestions",
    "list_possible_duplicates": "the case, who the person is as well, and the other cases",
    "show_place_on_list": "the case, and the person's other places",
    "replay_case": "the facts as they are, and as they were",
    "show_my_day": "what she reaches, and agenda items about a vacancy",
}
"""Queries that ask the access facts more than once: about what."""
IN_STEPS = {"show_my_day", "replay_case"}
"""Queries that are made of several looks, each with its line."""


def queries(costs: Sequence[Cost]) -> list[Cost]:
    return [cost for cost in usual(costs) if not OPERATIONS[cost.operation].is_command]


def test_D17_a_query_asks_the_access_facts_once(costs: list[Cost]) -> None:
    several = {
        cost.operation
        for cost in queries(costs)
        if sum(statement.startswith(FACTS) for statement in cost.asked.statements) > 1
    }

    assert several <= SEVERAL.keys(), several - SEVERAL.keys()


def test_D17_a_query_asks_nothing_but_keys_once_it_is_logged_what_it_shows(costs: list[Cost]) -> None:
    late = {
        cost.operation: after
        for cost in queries(costs)
        if cost.operation not in IN_STEPS and (after := _asked_after_the_line(cost.asked.statements))
    }

    assert not late


def _asked_after_the_line(statements: Sequence[str]) -> list[str]:
    """What is asked between the line in the disclosure log and the answer, but for data keys."""
    lines = [n for n, statement in enumerate(statements) if 'INSERT INTO "disclosure_log"' in statement]
    rest = statements[lines[0] + 1 :] if lines else ()
    return [statement for statement in rest if statement != "COMMIT" and not FROM_KEYS.search(statement)]


def test_D17_a_list_loads_no_stream_for_each_of_its_rows(costs: list[Cost]) -> None:
    one_by_one = {
        cost.operation: singly
        for cost in queries(costs)
        if isinstance(OPERATIONS[cost.operation].permit, ReadsEach)
        and (singly := sum("WHERE originator_id = %s" in statement for statement in cost.asked.statements)) > 1
    }

    assert not one_by_one
