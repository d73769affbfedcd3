"""How an aggregate and its case are found from each other."""

from typing import Any
from uuid import UUID

from services.installation import Installation


def itself(case: UUID) -> UUID:
    """For `Handles(Case, itself)`: the id of a case's own stream."""
    return case


def its_case(_: Installation, aggregate: Any) -> UUID | None:
    """The case that most aggregates name."""
    case: UUID | None = aggregate.case
    return case
