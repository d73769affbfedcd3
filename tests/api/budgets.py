"""How many statements and durable commits each operation may ask of the databases (D18)."""

from typing import NamedTuple

from services.core.permits.reading import ReadsEach
from services.core.registry import Operation


class Budget(NamedTuple):
    """At most so many statements, and commits that must reach the disk. `why`: what makes it more than the others'."""

    statements: int
    durable: int
    why: str = ""


ONE_CASE = Budget(14, 1)
"""For a query about one case."""
A_LIST = Budget(12, 1)
"""For a list, whatever the number of rows and of cases."""
ONE_AGGREGATE = Budget(14, 1)
"""For a command."""

NEW_PERSON = "registers somebody new, under a key that is made for them"
RANKS = "ranks everybody who waits, and asks of all of them who is inhabil (B05)"
BEFORE = "writes in the disclosure log first who is told or let in, and what is stored after that (M08, D4)"

OWN = {
    "receive_application": Budget(24, 2, NEW_PERSON),
    "submit_case": Budget(24, 2, NEW_PERSON),
    "import_dwellings": Budget(17, 2, NEW_PERSON.replace("somebody", "a dwelling").replace("them", "it")),
    "register_dwelling": Budget(14, 2, NEW_PERSON.replace("somebody", "a dwelling").replace("them", "it")),
    "import_leases": Budget(
        24, 2, "a lease is a tenant, a case, a dwelling and a tenancy; one page of them is one save"
    ),
    "call_in_plan": Budget(20, 2, BEFORE),
    "call_in": Budget(20, 2, BEFORE),
    "appoint_member": Budget(22, 2, BEFORE),
    "open_review": Budget(20, 2, BEFORE),
    "open_in_emergency": Budget(20, 2, BEFORE),
    "ask_for_care_input": Budget(20, 2, BEFORE),
    "open_discussion": Budget(25, 2, BEFORE + "; consent, inhabil and whoever is there are asked before"),
    "agree_order": Budget(24, 2, RANKS + "; " + BEFORE),
    "record_attendance": Budget(20, 2, BEFORE),
    "compute_allocation_order": Budget(19, 1, RANKS),
    "propose_order": Budget(15, 1, RANKS),
    "compare_candidates": Budget(15, 1, RANKS),
    "make_paper": Budget(
        24, 3, "a paper is filed by itself, after the look is logged and before it is stored that it was made"
    ),
    "issue_vedtak": Budget(17, 1, "a vedtak ends others, and stands on the consent and the conclusion"),
    "name_appeal_secretary": Budget(22, 1, "asks of the vedtak and its ground who has had part in them (LI4)"),
    "forward_appeal": Budget(24, 1, "names every paper that is sent, each at its version (LK6)"),
    "add_agenda_item": Budget(19, 1, "case, consent, pre-assessment, tenancy and whoever is inhabil are asked before"),
    "register_tenancy": Budget(15, 1, "tenancy, dwelling and case"),
    "take_over_lease": Budget(16, 1, "tenancy, case, and two persons"),
    "change_household": Budget(16, 1, "opens a case about it, and asks who is inhabil in another one of the person"),
    "receive_appeal": Budget(15, 1, "vedtak, appeal and what the vedtak stands on"),
    "assign_follow_up": Budget(15, 1, "asks which seat is meant, and whether the case lets its unit in"),
    "show_my_day": Budget(33, 3, "eight lists, each with its line in the log"),
    "replay_case": Budget(
        34, 2, "searches the log for the moment, and looks twice: at who knew, and at what the case said"
    ),
}


def budget_of(operation: Operation) -> Budget:
    """The budget of the operation: its own, or that of its kind."""
    return OWN.get(operation.id, of_its_kind(operation))


def of_its_kind(operation: Operation) -> Budget:
    """The budget of an operation that has none of its own."""
    if operation.is_command:
        return ONE_AGGREGATE
    return A_LIST if isinstance(operation.permit, ReadsEach) else ONE_CASE
