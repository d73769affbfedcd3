"""Which outcomes a ground carries: every lawful combination and no other (M12, M13, M19, M20)."""

from uuid import UUID

from domain.cases.application import Application, ApplicationKind, NotAppliedForError
from domain.cases.case import WithoutGroupGround
from domain.decisions.vedtak_rules.facts import GroundFacts, Outcome, WithoutGroupFacts
from domain.decisions.vedtak_rules.refusals import (
    AlreadyAnsweredError,
    CareHousingGroundError,
    DepartureNeedsReasonError,
    DismissalIsNoGrantError,
    HelpRequiredError,
    NotVanskeligstiltError,
)
from domain.law.rulebook import DecisionSubject

CARE_GROUNDS = {
    DecisionSubject.CARE_HOUSING: (
        WithoutGroupGround.CARE_HOUSING,
        WithoutGroupGround.FORMALLY_DISMISSED,
        WithoutGroupGround.APPEAL_DECIDED,
    ),
    # A lease in a care dwelling stays with Service og tildeling too, and so does its extension.
    DecisionSubject.EXTENSION: tuple(WithoutGroupGround),
}
"""The grounds that each subject can stand on without the group; all but care housing where none are named (M13, M20)."""


def refuse_unlawful(*, subject: DecisionSubject, outcome: Outcome, ground: GroundFacts, departs: bool) -> None:
    """Refuse what the ground does not carry. `departs`: a reason for departing from the conclusion is written."""
    if isinstance(ground, WithoutGroupFacts):
        _refuse_unlawful_without_group(subject, outcome, ground.ground)
    elif subject is DecisionSubject.CARE_HOUSING:
        raise CareHousingGroundError()
    elif not ground.vanskeligstilt and outcome is Outcome.GRANT:
        raise NotVanskeligstiltError()
    elif ground.vanskeligstilt and subject is DecisionSubject.ASSISTANCE and outcome is Outcome.REFUSE:
        raise HelpRequiredError()
    elif ground.recommends(subject) not in (None, outcome) and not departs:
        raise DepartureNeedsReasonError()


def _refuse_unlawful_without_group(subject: DecisionSubject, outcome: Outcome, ground: WithoutGroupGround) -> None:
    others = tuple(other for other in WithoutGroupGround if other is not WithoutGroupGround.CARE_HOUSING)
    if ground not in CARE_GROUNDS.get(subject, others):
        raise CareHousingGroundError()
    if ground is WithoutGroupGround.FORMALLY_DISMISSED and outcome is Outcome.GRANT:
        raise DismissalIsNoGrantError()


def refuse_unasked(application: Application, subject: DecisionSubject, outcome: Outcome) -> None:
    """Help after § 6 may follow without having been asked for (M12); nothing is refused that nobody asked for (M13).

    Raises `NotAppliedForError`, `ApplicationAnsweredError`.
    """
    kind = ApplicationKind(subject)
    application.refuse_unless_asked(kind)
    if kind not in application.kinds and outcome is Outcome.REFUSE:
        raise NotAppliedForError(codes=(kind,))


def refuse_second_answer(*, answered_by: UUID | None, replaces: UUID | None) -> None:
    """One vedtak in force a track of an application: another one must replace it."""
    if answered_by is not None and answered_by != replaces:
        raise AlreadyAnsweredError()
