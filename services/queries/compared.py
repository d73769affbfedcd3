"""What a reader sees of one candidate where the candidates for a vacancy are held against each other (M14, B05)."""

from uuid import UUID

from domain.access.decision import Rule
from domain.access.kinds import COMPARISON_KINDS, InformationKind
from domain.housing.allocation import Allocation
from domain.housing.allocation_rules import Computation, NothingComputedError
from domain.refusals import NotFoundError
from services.context import Context
from services.door import log_refusal
from services.installation import Installation
from services.permits import Permit

Kinds = frozenset[InformationKind]


def newest_computation(office: Installation, context: Context, allocation: Allocation, operation: str) -> Computation:
    """The newest computed order. Raises `NothingComputedError`; for who keeps no vacancies, `NotFoundError`."""
    if not allocation.computations:
        raise NothingComputedError if context.actor.is_saksbehandler else not_compared(office, context, operation)
    return allocation.computations[-1]


def not_compared(office: Installation, context: Context, operation: str) -> NotFoundError:
    """What to raise for who has no part in the comparison. It leaves a line in the log (M14, R08)."""
    log_refusal(office, context.actor, operation, context.correlation, rule="M14_no_part_in_comparison")
    return NotFoundError()


def seen_in_comparison(context: Context, allocation: UUID, permit: Permit) -> Kinds:
    """The kinds of the candidate's case that open in the comparison for `allocation`; none leaves a bare place.

    To whom the case itself opens with its assessment, as it opens there; to whom has a seat at this comparison, what
    the consent lets the unit hear.
    """
    decision, reader, day = permit.decision, context.actor.id, context.today
    in_case = frozenset(kind for kind in COMPARISON_KINDS if decision.opens_in_case(kind))
    seen = in_case if InformationKind.ASSESSMENT in in_case else frozenset[InformationKind]()
    if any(each.allocation == allocation and each.is_open_to(reader, day) for each in permit.facts.comparisons):
        seen |= {kind for kind in COMPARISON_KINDS if decision.opens_by(Rule.COMPARED, kind)}
    return seen
