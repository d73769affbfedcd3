"""Who hears of something: the people in charge, as they are when the time comes."""

from uuid import UUID

from domain.access.access_facts import AccessFacts
from domain.access.facts import EMPLOYEES, NOBODY, Fact, FactName
from domain.actors import SERVICE_OG_TILDELING, Role, Unit
from domain.cases.case import Case
from domain.delivery import DropReason
from domain.people.employee import Employee
from workers.deliveries import Letter, NothingToSend
from workers.job import Job
from workers.texts_nb import Words


def letter_to(job: Job, employee: UUID, words: Words) -> Letter:
    """A letter to an employee. Raises `NothingToSend` when they have left, or are inhabil in the row's case (LI1)."""
    found = job.office.case_log.find(Employee, employee)
    if found is None or not found.employed:
        raise NothingToSend(DropReason.RECIPIENT_GONE)
    if employee in _inhabil(job, job.row.case_id):
        raise NothingToSend(DropReason.INHABIL)
    return Letter(employee, words, found.email)


def in_charge_of(job: Job, *cases: UUID) -> UUID:
    """Whoever has the first of `cases` that some saksbehandler at work has, her own or as stand-in.

    When nobody is: the leader of Service og tildeling, else the saksbehandler there who comes first. One person
    hears of it, so that nobody leaves it to the others; nobody who is inhabil (LI1) or away. Raises `NothingToSend` when there
    is nobody at all.
    """
    out = _inhabil(job, *cases) | _away(job)
    at_work = _saksbehandlers(job) - out
    for case in cases:
        found = job.office.case_log.find(Case, case)
        having = _who_has(job, found.responsible) if found is not None and found.responsible is not None else ()
        if (someone := next((employee for employee in having if employee in at_work), None)) is not None:
            return someone
    roles = (Role.LEADER, Role.SAKSBEHANDLER)
    able = (_first(job, SERVICE_OG_TILDELING, role, without=out) for role in roles)
    someone = next((employee for employee in able if employee is not None), None)
    if someone is None:
        raise NothingToSend(DropReason.RECIPIENT_GONE)
    return someone


def is_at_work(job: Job, employee: UUID) -> bool:
    """Whether the employee has a seat today and is not away."""
    sits = any(fact.key.subject == employee for fact in employees(job))
    return sits and employee not in _away(job)


def _who_has(job: Job, responsible: UUID) -> tuple[UUID, ...]:
    """Who can act in a case of `responsible` today: the stand-ins while she is away, else she herself."""
    if responsible not in _away(job):
        return (responsible,)
    facts, today = _everybody(job), job.context.today
    stand_ins = {row.key.subject for row in facts.named(FactName.STAND_IN)}
    return tuple(one for one in sorted(stand_ins) if responsible in facts.stood_in_for(one, today))


def _saksbehandlers(job: Job) -> frozenset[UUID]:
    """Whoever sits as saksbehandler at Service og tildeling today."""
    seated = (fact.seated for fact in employees(job))
    return frozenset(actor.id for actor in seated if actor is not None and actor.is_saksbehandler)


def _away(job: Job) -> frozenset[UUID]:
    """Whoever is absent today."""
    return _everybody(job).away_on(job.context.today)


def _everybody(job: Job) -> AccessFacts:
    """What the facts say of everybody employed."""
    return job.office.case_log.facts.of([EMPLOYEES], None).facts[EMPLOYEES]


def may_have(job: Job, employee: UUID, person: UUID) -> bool:
    """Whether the employee is a saksbehandler today and not inhabil towards that person (LI1)."""
    return employee in _saksbehandlers(job) - _inhabil(job, person)


def leader_of(job: Job, unit: Unit) -> UUID | None:
    """The unit's leader, if one is registered."""
    return _first(job, unit, Role.LEADER)


def first_in_role(job: Job, role: Role, unit: Unit | None, case: UUID) -> UUID | None:
    """Who comes first in that role today, in `unit` or anywhere (None), and is not inhabil in the case."""
    return _first(job, unit, role, without=_inhabil(job, case))


def employees(job: Job) -> tuple[Fact, ...]:
    """Every seat that somebody sits in today, with unit and role."""
    return _everybody(job).seats_on(job.context.today)


def _first(job: Job, unit: Unit | None, role: Role, without: frozenset[UUID] = frozenset()) -> UUID | None:
    seated = (f.key.subject for f in employees(job) if unit in (None, f.value.unit) and f.value.role is role)
    return min((employee for employee in seated if employee not in without), default=None)


def _inhabil(job: Job, *cases: UUID) -> frozenset[UUID]:
    named = [case for case in cases if case != NOBODY]
    return frozenset(job.office.case_log.inhabil_in(named)) if named else frozenset()
