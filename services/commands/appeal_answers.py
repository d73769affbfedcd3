"""What the commands about appeals answer with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from domain.decisions.appeal.appeal import Appeal
from domain.decisions.appeal.facts import AppealState
from domain.law.rulebook import AppealBodyKind
from services.command_desk import Outcome

R = TypeVar("R")


@dataclass(frozen=True)
class AppealChanged:
    """How far the appeal has come now."""

    appeal: UUID
    case: UUID
    state: AppealState


@dataclass(frozen=True)
class AppealReceived(AppealChanged):
    """An appeal that came in: on which vedtak, who is to hear it, and whether it came after the last day."""

    vedtak: UUID
    appeal_body: AppealBodyKind
    late: bool


@dataclass(frozen=True)
class AppealDismissed(AppealChanged):
    """An appeal that is not tried. `appeal_deadline`: the last Oslo date to appeal that."""

    appeal_deadline: date


@dataclass(frozen=True)
class StatementCopied(AppealChanged):
    """Whether the copy of the statement went to the representative (LH7)."""

    to_representative: bool


@dataclass(frozen=True)
class AppealReversed(AppealChanged):
    """An appeal that ended by that new vedtak."""

    vedtak: UUID


@dataclass(frozen=True)
class DismissalAppealed(AppealChanged):
    """A dismissal taken further: who is to hear it now, and whether it came after the last day."""

    appeal_body: AppealBodyKind
    late: bool


def answered(appeal: Appeal, answer: Callable[..., R], **more: object) -> Outcome[R]:
    """The appeal, changed. `answer`: the class of the answer; `more`: what it says beside the appeal's state."""
    said = answer(appeal=appeal.id, case=appeal.case, state=appeal.state, **more)
    return Outcome((appeal,), said, tagged=appeal)
