"""The replay of knowledge: who could see one case at a moment, who did, on what ground, and what it said (B01, C05).

A moment is the log up to the last event recorded by then (design D13). Everything is looked up by index: the length
of the log does not matter, that of the case does.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from eventsourcing.utils import get_topic
from pydantic import AfterValidator, AwareDatetime, Field
from sqlalchemy import Row

from domain.access.access_facts import AccessFacts
from domain.access.decision import Action, Decision, decide
from domain.access.emergency import EmergencyAccess
from domain.access.facts import EMPLOYEES, Fact, FactName
from domain.access.kinds import CASE_KINDS
from domain.actors import Actor
from domain.base import HusromAggregate
from domain.cases.case import Case
from domain.cases.consent import Consent, consent_id
from domain.catalogue import AGGREGATES
from domain.law.deadlines import oslo_date
from domain.people.person import Person
from projections import access_log, case_history
from projections.access_log import OUT_OF_PLACE
from services.context import Context
from services.core.asked import Asked
from services.core.permits.reading import Audits
from services.core.registry import Area, query
from services.freshness import wait_for_access_log, wait_for_views
from services.installation import Installation
from services.log.access_facts import Moment
from services.log.streams import Streams
from services.permits import Permit
from services.refusals import InvalidInputError
from services.replay_answer import (
    ConsentThen,
    Content,
    HappenedThen,
    Judged,
    Line,
    Replay,
    SaidThen,
    ScopeThen,
)
from services.sealed_state import sealed_in, shown

BY_TOPIC = {get_topic(aggregate): aggregate for aggregate in AGGREGATES}

TOLD = ("told_in_meeting", "told_in_dialogue")
"""What somebody heard instead of reading it: in the room (B02), or in a question about care housing (M20)."""

NOTHING_LEARNED = ("refused", OUT_OF_PLACE, "access_taken")
"""A line about a look that showed nothing, or about a way in that was opened."""

Versions = dict[UUID, tuple[type[HusromAggregate], int]]
"""Each stream of a case, what it is, and the version it had."""


class MomentNotYetError(InvalidInputError):
    code = "moment_not_yet"
    rule = "B01"
    missing = "Tidspunktet har ikke vært ennå, så ingen vet hvem som kan se saken da."
    next_step = "Oppgi et tidspunkt som har vært."


def _in_living_memory(moment: datetime) -> datetime:
    if not 1900 < moment.year < 2200:
        raise ValueError("must be between 1900 and 2200")
    return moment


class AskedMoment(Asked):
    """Which moment."""

    at: Annotated[AwareDatetime, AfterValidator(_in_living_memory)] = Field(
        description="A moment that has been, with a time zone.", examples=["2027-01-12T12:00:00Z"]
    )


def refuse_future(context: Context, asked: AskedMoment) -> None:
    """Raise `MomentNotYetError` for a moment that has not been."""
    if asked.at > context.at:
        raise MomentNotYetError


@query("/cases/{case}/replay", Area.REVIEWS, Audits(first=refuse_future))
def replay_case(office: Installation, context: Context, permit: Permit, asked: AskedMoment) -> Replay:
    """Who could see the case at that moment, who did, who was told and who was refused, under which consent and rule.

    For reviewers. What the case said then is there only while the reviewer has a review of it open; both are logged.
    """
    case, at = permit.case, asked.at
    position = office.case_log.position_at(at)
    wait_for_views(office, position)
    wait_for_access_log(office)
    could, could_not = _judged(office, case, position, oslo_date(at))
    lines = _lines(office, case, at)
    history = _history(office, case, position)
    versions, person = _versions(history), permit.facts.person
    streams = office.case_log.load_many([*versions, *([person] if person else [])])
    has_review = permit.facts.is_reviewed_by(context.actor.id, context.today)
    return Replay(
        case=case, at=at, position=position, could_see=could, could_not_see=could_not,
        did_see=[line for line in lines if line.what not in (*TOLD, *NOTHING_LEARNED)],
        was_told=[line for line in lines if line.what in TOLD],
        was_refused=[line for line in lines if line.what == "refused"],
        consent=_consent(streams, case, versions, oslo_date(at)),
        content=_content(office, context, case, _parts(streams, at, versions), history) if has_review else None,
    )  # fmt: skip


def _judged(office: Installation, case: UUID, position: int, day: date) -> tuple[list[Judged], list[Judged]]:
    """Who could see the case, and who was related to it but kept out."""
    facts = office.case_log.facts.of([case], None, Moment(position)).facts
    could, could_not = list[Judged](), list[Judged]()
    for employee, about in _employees(facts[case], day):
        decision, needs_reason = _decision(employee, about, day)
        if decision.related:
            judged = Judged(
                employee=employee.id, unit=employee.unit, role=employee.role, rules=list(decision.rules),
                kinds=sorted(decision.kinds), on_stated_reason=needs_reason,
            )  # fmt: skip
            (could if decision.allowed else could_not).append(judged)
    return could, could_not


def _employees(facts: AccessFacts, day: date) -> Iterator[tuple[Actor, AccessFacts]]:
    """Who sat in which seat that day, with the facts of the case and those about this employee (D16)."""
    about_case, about_whom = list[Fact](), defaultdict[UUID, list[Fact]](list)
    for row in facts.rows:
        if row.key.scope == EMPLOYEES or row.key.name is FactName.CALLED:
            about_whom[row.key.subject].append(row)
        else:
            about_case.append(row)
    for seat in facts.seats_on(day):
        if (employee := seat.seated) is not None:
            yield employee, AccessFacts.of(facts.case, [*about_case, *about_whom[employee.id]], facts.comparisons)


def _decision(employee: Actor, facts: AccessFacts, day: date) -> tuple[Decision, bool]:
    """What was open to the employee, and whether it took a stated reason."""
    without = decide(employee, Action.READ, facts, day)
    with_reason = decide(employee, Action.READ, facts, day, reason_stated=True)
    return (with_reason, True) if with_reason.allowed and not without.allowed else (without, False)


def _lines(office: Installation, case: UUID, at: datetime) -> list[Line]:
    with office.views.connect() as connection:
        rows = access_log.of_case_by(connection, case, at)
    return [Line.model_validate(row, from_attributes=True) for row in rows]


def _history(office: Installation, case: UUID, position: int) -> list[Row[Any]]:
    with office.views.connect() as connection:
        return [row for row in case_history.of_case(connection, case) if row.position <= position]


def _versions(history: Sequence[Row[Any]]) -> Versions:
    kinds = ((row, BY_TOPIC[row.topic.partition(".")[0]]) for row in history)
    return {row.originator: (kind, row.version) for row, kind in kinds}


def _consent(streams: Streams, case: UUID, versions: Versions, day: date) -> ConsentThen | None:
    if consent_id(case) not in versions:
        return None
    facts = streams.load_at(Consent, consent_id(case), versions[consent_id(case)][1]).facts
    return ConsentThen(
        state=facts.state, given_on=facts.given_on, expires_on=facts.expires_on, valid=facts.is_valid_on(day),
        scopes=[ScopeThen(unit=scope.unit, kinds=list(scope.kinds)) for scope in facts.scopes],
    )  # fmt: skip


def _content(
    office: Installation, context: Context, case: UUID, parts: Sequence[HusromAggregate], history: Sequence[Row[Any]]
) -> Content:
    """The parts of the case as they were, opened through the gate like anything else."""
    fields = {path: sealed for part in parts for path, sealed in sealed_in(part)}
    looking = context.without_reason
    permit = office.gate.permit(looking, Action.READ, case, purpose="replay")
    opened = office.gate.open(looking, permit, fields, purpose="replay", plain=CASE_KINDS)
    return Content(
        parts=[
            SaidThen(what=get_topic(type(part)), id=part.id, version=part.version, says=shown(part, opened.texts))
            for part in parts
        ],
        events=[
            HappenedThen(what=row.topic, id=row.originator, version=row.version, recorded_at=row.recorded_at)
            for row in history
        ],
        withheld=list(opened.withheld),
    )  # fmt: skip


def _parts(streams: Streams, at: datetime, versions: Versions) -> list[HusromAggregate]:
    """Everything that is about this case alone, at its version; and the person, at the version of that moment."""
    loaded = [streams.load_at(kind, id, version) for id, (kind, version) in versions.items()]
    own = [part for part in loaded if isinstance(part, Case) or getattr(part, "case", None) is not None]
    own.sort(key=lambda part: not isinstance(part, EmergencyAccess))
    people = {part.person for part in own if isinstance(part, Case)}
    return [*(person for id in people if (person := _person(streams, id, at))), *own]


def _person(streams: Streams, id: UUID, at: datetime) -> Person | None:
    version = sum(event.timestamp <= at for event in streams.stream(id))
    return streams.load_at(Person, id, version) if version else None
