"""What a vedtak stands on as it is now, and what every command about one asks first (M13, LH6, LI2)."""

from uuid import UUID

from domain.actors import EmployeeId, PersonId, Role
from domain.cases.application import Application, ApplicationKind
from domain.cases.case import Case, CaseClosedError, WithoutGroupGround
from domain.decisions.appeal.appeal import Appeal, appeal_id
from domain.decisions.hearing import Hearing, hearing_id
from domain.decisions.vedtak import Vedtak
from domain.decisions.vedtak_rules import GroundFacts, GroundMissingError, WithoutGroupFacts
from domain.group.agenda_item import AgendaItem
from domain.group.conclusion import Conclusion
from domain.people.employee import Employee
from domain.refusals import NotAllowedError, NotFoundError
from services.context import Context
from services.installation import Installation


class LeaderInhabilError(NotAllowedError):
    code = "leader_inhabil"
    rule = "LI2"
    missing = "Lederen i enheten din er inhabil i saken. Da kan ikke en direkte underordnet fatte vedtaket."
    next_step = "Be kommunedirektøren eller en annen leder utenfor enheten om å sette inn en saksbehandler."


def open_case(office: Installation, case_id: UUID) -> Case:
    """The case, unless it is closed (`CaseClosedError`)."""
    case = office.case_log.load(Case, case_id)
    if case.closed:
        raise CaseClosedError
    return case


def vedtak_in_force(office: Installation, application: Application, kind: ApplicationKind) -> UUID | None:
    """The vedtak that answers `kind` of `application` now: the first answer, or the last that replaced it."""
    answer = application.answers.get(kind)
    while answer is not None and (successor := office.case_log.load(Vedtak, answer).successor) is not None:
        answer = successor
    return answer


def appeals_on(office: Installation, vedtak: UUID, person: PersonId) -> list[Appeal]:
    """The party's appeals on that vedtak, in the order they came."""
    found: list[Appeal] = []
    while appeal := office.case_log.find(Appeal, appeal_id(vedtak, person, len(found) + 1)):
        found.append(appeal)
    return found


def appeal_to_carry_out(office: Installation, vedtak: Vedtak | None) -> Appeal | None:
    """The appeal on `vedtak`, or on one that it replaced, whose decision calls for a new one not made yet (LK7)."""
    while vedtak is not None:
        for appeal in appeals_on(office, vedtak.id, vedtak.person):
            if appeal.calls_for is not None:
                return appeal
        vedtak = office.case_log.load(Vedtak, vedtak.replaces) if vedtak.replaces else None
    return None


def ground_now(
    office: Installation,
    context: Context,
    case: Case,
    conclusion_id: UUID | None,
    hearing: Hearing | None = None,
    *,
    after_appeal: bool = False,
) -> GroundFacts:
    """What a vedtak in `case` stands on, as it is now. Raises `GroundMissingError` when nothing carries one (M13).

    `hearing`: the case's, when it is loaded already. `after_appeal`: an appeal body's decision calls for it (LK7).
    """
    if conclusion_id is not None:
        return conclusion_of(office, case, conclusion_id).facts(context.today)
    hearing = hearing or office.case_log.find(Hearing, hearing_id(case.id))
    settled = hearing is not None and hearing.heard.is_settled(context.today)
    settled = settled and _discussed_facts_are_settled(office, context, case)
    if after_appeal:
        return WithoutGroupFacts(ground=WithoutGroupGround.APPEAL_DECIDED, facts_settled=settled)
    if case.without_group is None:
        raise GroundMissingError
    return WithoutGroupFacts(ground=case.without_group, facts_settled=settled)


def conclusion_of(office: Installation, case: Case, conclusion_id: UUID) -> Conclusion:
    """The conclusion, when it is about that case. Raises `NotFoundError`."""
    conclusion = office.case_log.load(Conclusion, conclusion_id)
    if conclusion.case != case.id:
        raise NotFoundError
    return conclusion


def refuse_under_inhabil_leader(
    office: Installation, context: Context, case: UUID, *, set_in: EmployeeId | None = None
) -> None:
    """Raise `LeaderInhabilError` when the leader of the decider's unit is inhabil in the case (LI2).

    `set_in`: who may decide all the same.
    """
    if set_in == context.actor.id:
        return
    inhabil = (office.case_log.find(Employee, id) for id in office.case_log.inhabil_in([case]))
    seats = (seat for one in inhabil if one is not None for seat in one.seats_on(context.today))
    if any(seat.role is Role.LEADER and seat.unit == context.actor.unit for seat in seats):
        raise LeaderInhabilError


def _discussed_facts_are_settled(office: Installation, context: Context, case: Case) -> bool:
    """Whether what the group brought before the case was taken from it has been put to the applicant (LH6)."""
    items = (office.case_log.load(AgendaItem, item) for item in office.case_log.items_of(case.id))
    conclusions = (office.case_log.load(Conclusion, item.conclusion) for item in items if item.conclusion)
    return all(conclusion.facts_are_settled(context.today) for conclusion in conclusions)
