"""What the play remembers from scene to scene: the ids it was given."""

from dataclasses import dataclass, field
from typing import Any

from demo.people import Applicant


@dataclass
class Story:
    """Ids by who or what they belong to."""

    meetings: list[dict[str, Any]] = field(default_factory=list)
    """The plan's meetings in order: id, day."""
    cases: dict[Applicant, str] = field(default_factory=dict)
    applications: dict[Applicant, str] = field(default_factory=dict)
    items: dict[Applicant, str] = field(default_factory=dict)
    """The agenda item at which each case is discussed first."""
    conclusions: dict[Applicant, str] = field(default_factory=dict)
    entries: dict[Applicant, str] = field(default_factory=dict)
    """Waiting list entries."""
    tenancies: dict[Applicant, str] = field(default_factory=dict)
    follow_up: str = ""
    moments: dict[str, str] = field(default_factory=dict)
    """Points in time to look back at in the replay (ISO 8601, UTC)."""
