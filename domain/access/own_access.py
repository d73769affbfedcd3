"""Nobody gives herself access: what a save would open for its sender stands on a ground, or the save is refused (D4).

The events themselves say what they open (`fact_changes`), so this holds for every command, also one that is written
later: a command need not remember to ask.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.access.access_facts import AccessFacts
from domain.access.changes import fact_changes
from domain.access.decision import Action, Rule, decide
from domain.access.emergency import may_open_in_emergency
from domain.access.facts import Fact, FactChange, FactKey, FactName
from domain.access.vacancy import decide_vacancy
from domain.actors import SERVICE_OG_TILDELING, Actor, CaseId, PersonId
from domain.base import Event
from domain.cases.case import Case
from domain.decisions.follow_up import FollowUp
from domain.refusals import NotAllowedError


class OwnGround(StrEnum):
    """Why somebody may open something for herself, where no rule of `decide` says so; stands in the log for ever."""

    OPENED_CASE = "opened_the_case"
    NOBODY_RESPONSIBLE = "case_without_saksbehandler"
    TAKEN_OVER = "taken_over_on_coded_reason"
    SHARED_OUT = "M15_shared_out_in_the_group"
    APPOINTED = "M02_appointed_member"
    KEEPS_GROUP = "M06_service_og_tildeling_keeps_the_group"
    WRITTEN_REASON = "emergency_for_written_reason"

    NONE = "nobody_gives_herself_access"


class AccessForOneselfError(NotAllowedError):
    """The command would give its sender access that no ground holds for."""

    code = "access_for_oneself"
    rule = "D4"
    missing = "Du kan ikke gi deg selv tilgang."
    next_step = "Be en kollega, lederen din eller Service og tildeling om å gjøre det."


OwnRule = Rule | OwnGround


class InhabilForItError(NotAllowedError):
    """The command would give somebody inhabil a part in the case (LI1)."""

    code = "inhabil_for_it"
    rule = "LI1"
    missing = "Den som skal ha saken, oppgaven eller plassen ved bordet, er inhabil."
    next_step = "Velg en annen."


@dataclass(frozen=True)
class Taking:
    """One fact that `event` would open for `actor`, who sends it."""

    actor: Actor
    event: Event
    fact: Fact


@dataclass(frozen=True)
class Question:
    """A taking, with the facts of its scope before the save and the day (Oslo)."""

    taking: Taking
    facts: AccessFacts
    day: date

    @property
    def actor(self) -> Actor:
        return self.taking.actor


def takings(events: Iterable[Event], actor: Actor) -> tuple[Taking, ...]:
    """What the events of one save would open for `actor`; nothing for most saves."""
    return tuple(
        Taking(actor, event, Fact(change.key, change.value))
        for event in events
        for change in fact_changes(event)
        if isinstance(change, FactChange)
        if change.value is not None and change.key.subject == actor.id and change.key.name in GROUNDS
    )


PARTS_OF_A_CASE = (
    FactName.RESPONSIBLE, FactName.TASK, FactName.GUEST, FactName.SUBSTITUTE, FactName.EMERGENCY,
)  # fmt: skip
"""The facts that give somebody a part in preparing, discussing or carrying out a case: never somebody inhabil."""


def given_parts(events: Iterable[Event]) -> tuple[FactKey, ...]:
    """The parts in cases that the events of one save give to anybody."""
    changes = (change for event in events for change in fact_changes(event) if isinstance(change, FactChange))
    return tuple(c.key for c in changes if c.value is not None and c.key.name in PARTS_OF_A_CASE)


def ground_for(taking: Taking, facts: AccessFacts, day: date) -> OwnRule | None:
    """Why the sender may have it, or None. `facts`: those of the fact's scope before the save; `day`: Oslo."""
    return GROUNDS[taking.fact.key.name](Question(taking, facts, day))


def opened_cases(events: Iterable[Event]) -> Mapping[CaseId, PersonId]:
    """The cases that the events open, each with its person: nothing is known in them but what the sender brings."""
    return {event.originator_id: event.person for event in events if isinstance(event, Case.Opened)}


def ground_in_new_case(taking: Taking) -> OwnRule | None:
    """Why the sender may have it in a case that the same save opens: she brings it, or submits it (M04)."""
    if taking.fact.key.name is FactName.SUBMITTED:
        return Rule.SUBMITTER
    is_hers = taking.fact.key.name is FactName.RESPONSIBLE and taking.actor.is_saksbehandler
    return OwnGround.OPENED_CASE if is_hers else None


def _takes_case(question: Question) -> OwnRule | None:
    """A case without saksbehandler may be taken, and a colleague's be taken over for a coded reason."""
    event = question.taking.event
    if not question.actor.is_saksbehandler or question.facts.named(FactName.INHABIL, subject=question.actor.id):
        return None
    if not question.facts.named(FactName.RESPONSIBLE):
        return OwnGround.NOBODY_RESPONSIBLE
    has_reason = isinstance(event, Case.ResponsibilityAssigned) and event.reason is not None
    return OwnGround.TAKEN_OVER if has_reason else None


def _submits(_: Question) -> OwnRule:
    """Whoever submits sees what she wrote, and no more by that (M04)."""
    return Rule.SUBMITTER


def _gets_task(question: Question) -> OwnRule | None:
    """The group shares tasks out, and who handles the case does under a vedtak; nobody hands one on to herself (M15)."""
    match question.taking.event:
        case FollowUp.Assigned() | FollowUp.TookEffect():
            return OwnGround.SHARED_OUT
        case FollowUp.AssignedByVedtak():
            return _handles(question)
    return None


def _handles(question: Question) -> OwnRule | None:
    """Who handles the case sees it already; so does who keeps the vacancies that of an item about one."""
    actor, facts, day = question.actor, question.facts, question.day
    decision = decide(actor, Action.HANDLE, facts, day) if facts.case_exists else decide_vacancy(actor, facts, day)
    return decision.rules[0] if decision.allowed else None


def _is_called(question: Question) -> OwnRule | None:
    """A member is called by the appointment, whoever sends the calling (M02, M06)."""
    return OwnGround.APPOINTED if question.facts.named(FactName.MEMBER, subject=question.actor.id) else None


def _keeps_group(question: Question) -> OwnRule | None:
    """Who keeps the group may sit in it for Service og tildeling, which opens her no case that is not hers (M06)."""
    is_own_unit = question.taking.fact.value.unit == SERVICE_OG_TILDELING
    return OwnGround.KEEPS_GROUP if question.actor.is_saksbehandler and is_own_unit else None


def _reviews(question: Question) -> OwnRule | None:
    """A reviewer opens a review as who controls access; what it opens is in the log (C05)."""
    decision = decide(question.actor, Action.AUDIT, question.facts, question.day)
    return decision.rules[0] if decision.allowed else None


def _opens_in_emergency(question: Question) -> OwnRule | None:
    """A written reason is part of it; who is told, and that it comes first in the next review, follows from it."""
    return OwnGround.WRITTEN_REASON if may_open_in_emergency(question.actor) else None


def _never(_: Question) -> None:
    """Nobody changes her own seats or logins (M02), or names herself stand-in: a colleague does, or the leader."""


Ground = Callable[[Question], OwnRule | None]

GROUNDS: dict[FactName, Ground] = {
    FactName.RESPONSIBLE: _takes_case,
    FactName.SUBMITTED: _submits,
    FactName.TASK: _gets_task,
    FactName.GUEST: _handles,
    FactName.SUBSTITUTE: _handles,
    FactName.CALLED: _is_called,
    FactName.MEMBER: _keeps_group,
    FactName.REVIEW: _reviews,
    FactName.EMERGENCY: _opens_in_emergency,
    FactName.STAND_IN: _never,
    FactName.SEAT: _never,
    FactName.LOGIN: _never,
}
"""The facts that open something for their subject, each with what may justify that somebody opens it for herself."""
