"""From a token that was checked to who asks: the directory says it, and nothing else does (design D16).

A token proves an issuer and a subject, and for a machine its scopes. Whoever it stands for, in which unit and role, is
known from the log. Somebody who has left, or whom nobody has entered, is stopped here, before any operation runs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn
from uuid import UUID

from domain.access.decision import Rule
from domain.access.facts import Fact, FactName
from domain.actors import UNKNOWN_UNIT, Actor, Role
from domain.law.deadlines import oslo_date
from domain.people.employee import Employee
from services.door import log_refusal
from services.installation import Installation
from services.logins import logins_of
from services.permits import log_available
from services.refusals import NoAccessYetError, NoLongerEmployedError, SeatNotNamedError, SeatNotYoursError
from services.words_nb import named_in, seat_in_words


@dataclass(frozen=True)
class Proof:
    """What a token proves. `token_id` says which token, and is no use as one."""

    issuer: str
    subject: str
    scopes: frozenset[str]
    token_id: str


@dataclass(frozen=True)
class Caller:
    """Who asks, in the seat that is used, and of a machine what it may do. `token_id`: by which token.

    `seated_at`: where the case log stood when the directory said so.
    """

    actor: Actor
    scopes: frozenset[str]
    token_id: str
    seated_at: int


@dataclass(frozen=True)
class Knock:
    """One request at the door. `seat`: the seat that the caller names, if any; `operation`: what it wants to run."""

    operation: str
    correlation: UUID
    seat: str | None = None


def seated(office: Installation, proof: Proof, knock: Knock) -> Caller:
    """The caller that the token stands for, in the seat that the request uses.

    Raises `NoAccessYetError`, `NoLongerEmployedError` and `SeatNotYoursError`, each with a line in the log;
    `SeatNotNamedError` when there are several seats to choose from; `LogUnavailableError`.
    """
    logins = logins_of(office, proof.issuer, proof.subject)
    with log_available():
        seated_at, facts = office.case_log.facts.directory(logins)
    employees = {fact.key.subject for fact in facts if fact.key.name is FactName.LOGIN}
    if len(employees) != 1:
        # Nobody, or two who were given the same sign-in at once: it stands for neither.
        nobody = Actor(logins[0], UNKNOWN_UNIT, Role.EMPLOYEE)
        _refuse(office, knock, nobody, Rule.IN_NO_DIRECTORY, NoAccessYetError())
    employee = employees.pop()
    if any(fact.key.name is FactName.GONE for fact in facts):
        _refuse(office, knock, _last_seen(office, employee), Rule.NO_LONGER_EMPLOYED, NoLongerEmployedError())
    today = oslo_date(office.clock.now())
    seats = [fact for fact in facts if fact.key.name is FactName.SEAT and fact.value.valid_on(today)]
    if not seats:
        _refuse(office, knock, _last_seen(office, employee), Rule.NO_SEAT_TODAY, NoAccessYetError())
    actor = _chosen(office, knock, seats)
    return Caller(actor, proof.scopes if actor.role is Role.MACHINE else frozenset(), proof.token_id, seated_at)


def _chosen(office: Installation, knock: Knock, seats: Sequence[Fact]) -> Actor:
    """Who asks in the seat that the request names; the only one need not be named."""
    if knock.seat is None and len(seats) > 1:
        raise SeatNotNamedError(_listed(office, seats))
    for fact in seats:
        actor = fact.seated
        if actor is not None and knock.seat in (None, str(fact.key.about)):
            return actor
    someone = _last_seen(office, seats[0].key.subject)
    return _refuse(office, knock, someone, Rule.SEAT_NOT_HELD, SeatNotYoursError(_listed(office, seats)))


def _listed(office: Installation, seats: Sequence[Fact]) -> str:
    """The seats in words, each with the id to name it by."""
    names = named_in(office.rulebooks.oldest_first)
    held = sorted((seat_in_words(actor, names), fact.key.about) for fact in seats if (actor := fact.seated))
    return "Plassene dine i dag er: " + "; ".join(f"{words}: {id}" for words, id in held) + "."


def _last_seen(office: Installation, employee: UUID) -> Actor:
    """Somebody of whom a refusal is logged: in the seat they were last given."""
    found = office.case_log.find(Employee, employee)
    if found is None or not found.seats:
        return Actor(employee, UNKNOWN_UNIT, Role.EMPLOYEE)
    return Actor(employee, found.seats[-1].unit, found.seats[-1].role)


def _refuse(office: Installation, knock: Knock, actor: Actor, rule: Rule, refusal: Exception) -> NoReturn:
    """Store that somebody was stopped at the door, and stop them."""
    log_refusal(office, actor, knock.operation, knock.correlation, rule=rule.value)
    raise refusal
