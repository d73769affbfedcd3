"""Asked again of a command that runs again: does its sender still sit where the door found her (M02, D16)?"""

from datetime import date

from domain.access.facts import NOBODY, FactName
from domain.actors import Actor
from services.log.event_log import CaseLog
from services.permits import log_available
from services.refusals import NoLongerEmployedError, SeatNotYoursError


def require_still_seated(log: CaseLog, actor: Actor, today: date) -> None:
    """Refuse somebody who has left since the door let her in, or whose seat does not hold any more. `today`: in Oslo.

    Raises `NoLongerEmployedError`, `SeatNotYoursError`, `LogUnavailableError`.
    """
    with log_available():
        facts = log.facts.of([NOBODY], actor.id).facts[NOBODY]
    if facts.named(FactName.GONE, subject=actor.id):
        raise NoLongerEmployedError
    if not any(seat.seated == actor for seat in facts.seats_on(today)):
        raise SeatNotYoursError
