"""Kinds of personal information. A consent covers units and kinds (M09); a sealed field belongs to one kind."""

from enum import StrEnum
from typing import Protocol


class HasField(Protocol):
    """A closed text, or the place of one."""

    @property
    def field(self) -> str: ...


class InformationKind(StrEnum):
    """The first part of every sealed field's name, and the unit in which access is given."""

    IDENTITY = "identity"
    CONTACT = "contact"
    HOUSEHOLD = "household"
    HOUSING = "housing"
    ECONOMY = "economy"
    HEALTH = "health"
    FOLLOW_UP = "follow_up"
    ASSESSMENT = "assessment"
    MINUTES = "minutes"
    VEDTAK = "vedtak"
    ADDRESS = "address"
    NOTE = "note"
    EMPLOYEE = "employee"


ALL_KINDS = frozenset(InformationKind)
CASE_KINDS = ALL_KINDS - {InformationKind.EMPLOYEE}
"""Everything a case can hold about an applicant."""

TASK_KINDS = frozenset(
    {
        InformationKind.IDENTITY,
        InformationKind.CONTACT,
        InformationKind.ADDRESS,
        InformationKind.FOLLOW_UP,
        InformationKind.VEDTAK,
    }
)
"""What the assignee of a task needs: whom, where, what, and the main content of the vedtak (M15)."""

SUBMISSION_KINDS = frozenset({InformationKind.IDENTITY, InformationKind.NOTE})
"""What a member who submitted a case keeps seeing of it: whom it is about, and the words it was submitted with (M04).

Not how to reach them: whoever knows a number may submit its owner, and must not get an address for it.
"""

COMPARISON_KINDS = frozenset(
    {InformationKind.IDENTITY, InformationKind.HOUSEHOLD, InformationKind.HOUSING, InformationKind.ASSESSMENT}
)
"""What it takes to hold candidates for a vacancy against each other: who, how many, how they live, the answers (M14)."""

DELIVERY_KINDS = frozenset({InformationKind.IDENTITY, InformationKind.CONTACT, InformationKind.EMPLOYEE})
"""What a worker may open to address a message (design D3)."""


def kind_of(text: HasField) -> InformationKind:
    """The kind of information a closed text holds, read from the first part of its name.

    Raises `ValueError` for a name whose first part is no kind: such a field could never be opened.
    """
    return InformationKind(text.field.partition(".")[0])
