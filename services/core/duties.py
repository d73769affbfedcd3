"""Duties: what somebody may do by the seat alone, whatever the case."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from domain.access.emergency import EmergencyNotYoursError, may_open_in_emergency
from domain.access.review import ReviewerOnlyError, SecondPersonError, may_confirm
from domain.actors import By, Role
from domain.authority import require_saksbehandler
from domain.people.absence import require_absence_duty
from domain.people.directory import require_directory_keeper


@dataclass(frozen=True)
class Duty:
    """`name`: for the table of operations. `require` raises the duty's own refusal for who does not have it."""

    name: str
    require: Callable[[By], None]


def _require_reviewer(by: By) -> None:
    if by.role is not Role.REVIEWER:
        raise ReviewerOnlyError


def _require_second_person(by: By) -> None:
    if not may_confirm(by):
        raise SecondPersonError


def _require_emergency_duty(by: By) -> None:
    if not may_open_in_emergency(by.as_actor):
        raise EmergencyNotYoursError


def _require_own_day(by: By) -> None:
    if by.role is not Role.REVIEWER:
        require_saksbehandler(by)


SAKSBEHANDLER: Final = Duty("saksbehandler at Service og tildeling", require_saksbehandler)
DIRECTORY_KEEPER: Final = Duty("who keeps the directory", require_directory_keeper)
EMERGENCY: Final = Duty("saksbehandler or leader at Service og tildeling", _require_emergency_duty)
ABSENCES: Final = Duty("saksbehandler or leader at Service og tildeling, of who is away", require_absence_duty)
SECOND_PERSON: Final = Duty("another reviewer, or the leader of Service og tildeling", _require_second_person)
REVIEWER: Final = Duty("reviewer", _require_reviewer)
OWN_DAY: Final = Duty("saksbehandler at Service og tildeling, or reviewer", _require_own_day)
