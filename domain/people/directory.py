"""Who keeps the directory of employees, and what each of them may enter there (design D16).

Service og tildeling keeps it, and a personnel machine. Nobody keeps her own entry, and only the personnel machine, or
who runs the installation, gives somebody a seat that watches others.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from domain.actors import By, EmployeeId, Role
from domain.refusals import NotAllowedError

_WORKING: Final = frozenset({Role.EMPLOYEE, Role.SAKSBEHANDLER})
_WATCHING: Final = frozenset({Role.LEADER, Role.REVIEWER})

GIVEN_BY: Final[Mapping[Role, frozenset[Role]]] = {
    Role.SAKSBEHANDLER: _WORKING,
    Role.MACHINE: _WORKING | _WATCHING,
    Role.SYSTEM: _WORKING | _WATCHING | {Role.MACHINE},
}
"""The roles of the seats that each keeper of the directory gives, changes and ends. SYSTEM: `husrom employee`."""


class DirectoryNotYoursError(NotAllowedError):
    code = "directory_not_yours"
    rule = "D16"
    missing = "Bare Service og tildeling og personalsystemet fører ansattlisten."
    next_step = "Be Service og tildeling om å føre det inn."


class OwnEntryError(NotAllowedError):
    code = "own_entry"
    rule = "D16"
    missing = "Ingen kan endre sin egen oppføring i ansattlisten."
    next_step = "Be en annen saksbehandler på Service og tildeling om å gjøre det."


class SeatNotYoursToGiveError(NotAllowedError):
    code = "seat_not_yours_to_give"
    rule = "D16"
    missing = "Plasser som leder, kontrollør eller fagsystem føres av personalsystemet eller av driften, ikke av saksbehandlere."
    next_step = "Be dem som forvalter personalsystemet eller drifter Husrom, om å føre det inn."


def require_directory_keeper(by: By) -> None:
    """Raise `DirectoryNotYoursError` for who does not keep the directory."""
    if by.role not in GIVEN_BY or (by.role is Role.SAKSBEHANDLER and not by.as_actor.is_saksbehandler):
        raise DirectoryNotYoursError


def require_may_keep(by: By, employee: EmployeeId, roles: Iterable[Role]) -> None:
    """Whether `by` may change that employee's entry, which has or is to get seats in `roles`.

    Raises `DirectoryNotYoursError`, `OwnEntryError`, `SeatNotYoursToGiveError`.
    """
    require_directory_keeper(by)
    if by.actor == employee:
        raise OwnEntryError
    if not GIVEN_BY[by.role].issuperset(roles):
        raise SeatNotYoursToGiveError
