"""Who acts, from which unit, in which role, and on whose request."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType
from uuid import UUID

EmployeeId = UUID
PersonId = UUID
CaseId = UUID

Unit = NewType("Unit", str)
"""A unit's code. Which units sit in the group is configuration (design D11); only the owner is fixed by the mandate."""

SERVICE_OG_TILDELING = Unit("service_og_tildeling")
"""The unit that owns every case (mandate M06, M09, M10, M13, M20)."""


class Role(StrEnum):
    """The role an actor acts in. A role alone never opens a case (design D4)."""

    SAKSBEHANDLER = "saksbehandler"
    EMPLOYEE = "employee"
    LEADER = "leader"
    REVIEWER = "reviewer"
    MACHINE = "machine"
    SYSTEM = "system"


THE_SYSTEM = UUID("5e1f6c1a-0b7d-4c58-9d5b-7a2e83c4f016")
"""Who did what happens by itself."""

THE_OPERATOR = UUID("0c2a9d57-6f3e-4b0e-8f25-3d6b1c94e7a8")
"""Who runs the installation and enters somebody with `husrom employee`."""

UNKNOWN_UNIT = Unit("unknown")
"""Stands in the log for the unit of somebody who is in no directory."""


@dataclass(frozen=True)
class Actor:
    """Somebody who asks for something: person, unit and role at that moment."""

    id: EmployeeId
    unit: Unit
    role: Role

    @property
    def is_saksbehandler(self) -> bool:
        """Saksbehandler at Service og tildeling, the only one who owns cases and issues vedtak (M13)."""
        return self.role is Role.SAKSBEHANDLER and self.unit == SERVICE_OG_TILDELING


@dataclass(frozen=True)
class By:
    """What every event says about its origin (mandate C05).

    `correlation` is the request or job in which it happened, `cause` what set it off: the command
    record of a request, or the event or due row that a worker acted on.
    """

    actor: EmployeeId
    unit: Unit
    role: Role
    correlation: UUID
    cause: UUID

    @classmethod
    def of(cls, actor: Actor, *, correlation: UUID, cause: UUID) -> "By":
        return cls(actor.id, actor.unit, actor.role, correlation, cause)

    @property
    def as_actor(self) -> Actor:
        return Actor(self.actor, self.unit, self.role)
