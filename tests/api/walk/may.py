"""Who may after all: what a duty, or a role, gives to one of those who may not touch the cases."""

from services.core.duties import DIRECTORY_KEEPER, REVIEWER, SAKSBEHANDLER
from services.core.permits.comparing import Compares
from services.core.permits.keeping import Holds, Keeps, KeepsTheOnly
from services.core.registry import Operation

AT_SERVICE_OG_TILDELING = ("colleague", "inhabil")
DUTIES = {SAKSBEHANDLER: AT_SERVICE_OG_TILDELING, DIRECTORY_KEEPER: AT_SERVICE_OG_TILDELING, REVIEWER: ("reviewer",)}
"""Whom each duty is for."""

MAY = {
    "receive_application": (AT_SERVICE_OG_TILDELING, "whoever registers what comes in needs no case (LR1)"),
    "assign_responsibility": (("colleague",), "a colleague's case is taken over for a coded reason"),
    "open_in_emergency": (("colleague",), "an emergency is a ground of its own, and somebody is told at once"),
    "record_absence": (AT_SERVICE_OG_TILDELING, "who is away is about no case"),
    "name_stand_in": (AT_SERVICE_OG_TILDELING, "who is away is about no case"),
    "end_absence": (AT_SERVICE_OG_TILDELING, "who is away is about no case"),
    "confirm_review": (("reviewer",), "a second reviewer confirms a review (C05)"),
    "set_in_decider": (("leader",), "a leader outside Service og tildeling sets in a decider (LI2)"),
    "replay_case": (("reviewer",), "a reviewer sees who knew of a case, not what it says (C05)"),
    "show_overview": ((*AT_SERVICE_OG_TILDELING, "leader", "reviewer"), "totals, about nobody (LR4)"),
    "export_overview": ((*AT_SERVICE_OG_TILDELING, "leader", "reviewer"), "totals, about nobody (LR4)"),
    "count_care_needs": (AT_SERVICE_OG_TILDELING, "totals, about nobody (M20)"),
    "show_agenda": (("colleague",), "which cases are on the agenda, not what they say (M05)"),
}
"""By operation, who may beside those that its duty is for, and why."""


def may(who: str, operation: Operation) -> bool:
    """Whether that actor may do it, although none of the cases is open to them."""
    permit = operation.permit
    by_duty = DUTIES.get(permit.duty, ()) if isinstance(permit, Holds | Keeps | KeepsTheOnly) else ()
    compares = ("colleague",) if isinstance(permit, Compares) else ()
    named, _ = MAY.get(operation.id, ((), ""))
    return who in (*by_duty, *compares, *named)
