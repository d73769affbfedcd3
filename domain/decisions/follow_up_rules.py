"""The words of a follow-up: how far it has come, why it fell away, its refusals, and what puts it in force (M15)."""

from enum import StrEnum

from domain.actors import CaseId
from domain.decisions.vedtak_rules import VedtakFacts
from domain.law.rulebook import DecisionSubject
from domain.refusals import NotAllowedError, Refusal, WrongStateError


class FollowUpState(StrEnum):
    """Whether the task waits for a vedtak, runs, or is over."""

    PLANNED = "planned"
    IN_FORCE = "in_force"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class CancellingReason(StrEnum):
    """Why a task fell away."""

    HELP_NOT_GRANTED = "help_not_granted"
    NO_LONGER_NEEDED = "no_longer_needed"
    REPLACED = "replaced"


class NotYourTaskError(NotAllowedError):
    code = "not_your_task"
    rule = "M15"
    missing = "Oppgaven er fordelt til en annen."
    next_step = "Be den som har oppgaven, eller saksbehandleren på Service og tildeling."


class VedtakDoesNotStartItError(Refusal):
    code = "vedtak_does_not_start_follow_up"
    rule = "M15"
    missing = "Oppgaven trer i kraft med et gyldig vedtak som innvilger det den gjelder, i samme sak."
    next_step = "Vis til vedtaket oppgaven hører til."


class FollowUpNotOverdueError(WrongStateError):
    code = "follow_up_not_overdue"
    rule = "M15"
    missing = "Fristen for oppgaven er ikke ute."
    next_step = "Vent til fristen er ute."


def require_started_by(vedtak: VedtakFacts, case: CaseId, track: DecisionSubject | None) -> None:
    """Raise `VedtakDoesNotStartItError` unless the vedtak grants what lies on that track, in that case."""
    if track is None or vedtak.case != case or not vedtak.grants(track):
        raise VedtakDoesNotStartItError()
