"""Who may see what, on what ground, and what is said to who may not (D4, M02, M03, M04, M09, M15, M18, M20)."""

from dataclasses import fields
from datetime import timedelta

import pytest

from domain.access.decision import Action, Decision, Rule
from domain.access.kinds import CASE_KINDS, COMPARISON_KINDS, SUBMISSION_KINDS, TASK_KINDS, InformationKind
from domain.actors import SERVICE_OG_TILDELING, Actor, Role, Unit
from tests.domain.access.oracle import answer
from tests.domain.access.situations import (
    ACTOR,
    ACTORS,
    GUEST,
    HEALTH_AND_HOUSING,
    MEMBER,
    REVIEWER,
    SAKSBEHANDLER,
    SYSTEM,
    TODAY,
    Situation,
    situations,
)
from tests.domain.support import BOTJENESTEN, NAV, TEKNISKE_TJENESTER

AT_THE_TABLE = Situation(actor=MEMBER, membership="current", called=True, item="planned", consent="given")
INVITED = Situation(actor=GUEST, guest=True, item="planned", consent="given", consent_unit=BOTJENESTEN)
COMPARING = Situation(
    actor=MEMBER, membership="current", vacancy="planned", at_vacancy="called", consent="given",
    kinds=tuple(InformationKind),
)  # fmt: skip
SEED = 20270112


def status(decision: Decision) -> int:
    if decision.allowed:
        return 200
    return 403 if decision.related else 404


@pytest.mark.parametrize("part", range(4))
def test_R08_every_decision_is_the_one_the_mandate_gives(part: int) -> None:
    for so in situations(6_000, SEED + part):
        for action in Action:
            decision = so.decide(action)
            expected = answer(so, action)
            assert (status(decision), decision.kinds) == (expected.status, expected.kinds), (action, so)


def test_R08_the_situations_cover_every_rule_that_a_decision_can_give() -> None:
    # What Service og tildeling keeps is decided about the item, which is in no case: `test_vacancy`. Who is stopped at
    # the door is not decided about: `services.seating`.
    seen = {rule for so in situations(6_000, SEED) for action in Action for rule in so.decide(action).rules}

    at_the_door = {Rule.IN_NO_DIRECTORY, Rule.NO_SEAT_TODAY, Rule.SEAT_NOT_HELD}
    assert seen == set(Rule) - {Rule.KEEPS_VACANCIES} - at_the_door


CHANGES_NOTHING = {"has_elsewhere", "asked", "inhabil_where"}
"""What somebody has in another case of the person, or as one who was asked; and where somebody was declared inhabil."""


def test_R08_of_everything_in_a_situation_the_mandates_answer_hangs_on_it_in_some() -> None:
    matters, usual = set[str](), Situation()
    for so in situations(2_000, SEED):
        given = {field.name for field in fields(Situation)} - {"day"} - matters
        for name in (each for each in given if getattr(so, each) != getattr(usual, each)):
            without = so.but(**{name: getattr(usual, name)})
            if any(answer(so, action) != answer(without, action) for action in Action):
                matters.add(name)

    assert {field.name for field in fields(Situation)} - {"day"} - matters == CHANGES_NOTHING


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: f"{actor.role}@{actor.unit}")
@pytest.mark.parametrize("action", list(Action))
def test_D4_a_case_that_is_not_there_and_one_without_relation_give_the_same_answer(
    actor: Actor, action: Action
) -> None:
    nothing = Situation(actor=actor, exists=False).decide(action)

    assert nothing == Decision(False, (Rule.NO_RELATION,))
    if Situation(actor=actor).decide(action).related is False:
        assert Situation(actor=actor).decide(action) == nothing


@pytest.mark.parametrize(
    "actor",
    [actor for actor in ACTORS if actor != SAKSBEHANDLER],
    ids=lambda actor: f"{actor.role}@{actor.unit}",
)
def test_D4_LC1_a_role_alone_opens_nothing(actor: Actor) -> None:
    assert Situation(actor=actor).decide(Action.READ) == Decision(False, (Rule.NO_RELATION,))


def test_D4_the_responsible_saksbehandler_sees_and_handles_everything() -> None:
    own = Situation(actor=SAKSBEHANDLER, responsible=True)

    for action in (Action.READ, Action.HANDLE):
        assert own.decide(action) == Decision(True, (Rule.RESPONSIBLE,), CASE_KINDS, related=True)


def test_D4_a_colleagues_case_opens_on_a_stated_reason_only() -> None:
    colleagues = Situation(actor=SAKSBEHANDLER)

    assert colleagues.decide() == Decision(False, (Rule.NOT_RESPONSIBLE,), related=True)
    assert colleagues.but(reason_stated=True).decide() == Decision(
        True, (Rule.STATED_REASON,), CASE_KINDS, related=True
    )


def test_D4_a_stated_reason_does_not_let_a_colleague_handle_the_case() -> None:
    decision = Situation(actor=SAKSBEHANDLER, reason_stated=True).decide(Action.HANDLE)

    assert decision == Decision(False, (Rule.NOT_RESPONSIBLE,), related=True)


@pytest.mark.parametrize(("unit", "role"), [(NAV, Role.SAKSBEHANDLER), (SERVICE_OG_TILDELING, Role.EMPLOYEE)])
def test_M13_being_responsible_counts_only_for_a_saksbehandler_at_service_og_tildeling(unit: Unit, role: Role) -> None:
    so = Situation(actor=Actor(ACTOR, unit, role), responsible=True, reason_stated=True)

    assert so.decide(Action.HANDLE) == Decision(False, (Rule.NO_RELATION,))
    assert so.decide(Action.READ) == Decision(False, (Rule.NO_RELATION,))


def test_M09_a_member_called_in_sees_what_the_consent_lets_the_unit_hear() -> None:
    expected = Decision(True, (Rule.CALLED_AND_CONSENTED,), frozenset(HEALTH_AND_HOUSING), related=True)

    assert AT_THE_TABLE.decide() == expected


@pytest.mark.parametrize("consent", ["none", "expired", "not_begun"])
def test_M09_LC5_without_a_valid_consent_a_member_sees_nothing_and_is_told_why(consent: str) -> None:
    decision = AT_THE_TABLE.but(consent=consent).decide()

    assert decision == Decision(False, (Rule.CONSENT_MISSING,), related=True)


def test_M09_a_consent_that_names_other_units_lets_this_one_hear_nothing() -> None:
    decision = AT_THE_TABLE.but(actor=Actor(ACTOR, TEKNISKE_TJENESTER, Role.EMPLOYEE)).decide()

    assert decision == Decision(False, (Rule.CONSENT_MISSING,), related=True)


def test_M09_the_last_day_of_a_consent_is_the_last_day_it_opens_anything() -> None:
    assert AT_THE_TABLE.but(day=TODAY).decide().allowed
    assert not AT_THE_TABLE.but(day=TODAY + timedelta(days=1)).decide().allowed
    assert not AT_THE_TABLE.but(day=TODAY - timedelta(days=1)).decide().allowed


def test_M09_a_member_may_read_but_not_handle_and_is_told_so() -> None:
    decision = AT_THE_TABLE.decide(Action.HANDLE)

    assert decision == Decision(False, (Rule.ACTION_NOT_COVERED,), related=True)


@pytest.mark.parametrize("membership", ["ended", "none"])
def test_M02_whoever_is_not_a_member_today_sees_nothing(membership: str) -> None:
    decision = AT_THE_TABLE.but(membership=membership).decide()

    assert decision == Decision(False, (Rule.MEMBERSHIP_ENDED,), related=True)


def test_M02_a_member_who_is_out_from_today_saw_the_case_yesterday() -> None:
    released = AT_THE_TABLE.but(membership="ended", actor=Actor(ACTOR, SERVICE_OG_TILDELING, Role.EMPLOYEE))

    assert released.but(day=TODAY - timedelta(days=1)).decide().allowed
    assert not released.decide().allowed


def test_M02_LC7_a_member_who_is_not_called_sees_nothing() -> None:
    assert AT_THE_TABLE.but(called=False).decide() == Decision(False, (Rule.NO_RELATION,))


def test_M02_a_member_sees_nothing_of_a_case_that_is_not_on_the_agenda() -> None:
    assert AT_THE_TABLE.but(item="none").decide() == Decision(False, (Rule.NO_RELATION,))


def test_M18_a_restricted_lease_is_for_service_og_tildeling_alone() -> None:
    assert AT_THE_TABLE.but(item="restricted").decide() == Decision(False, (Rule.NO_RELATION,))
    assert INVITED.but(item="restricted").decide() == Decision(False, (Rule.GUEST_ACCESS_ENDED,), related=True)
    assert Situation(actor=SAKSBEHANDLER, responsible=True, item="restricted").decide().allowed


def test_M03_a_guest_sees_the_item_within_the_consent() -> None:
    kinds = frozenset(HEALTH_AND_HOUSING)
    assert INVITED.decide() == Decision(True, (Rule.GUEST,), kinds, related=True, limited=kinds)
    assert INVITED.but(consent="none").decide() == Decision(False, (Rule.CONSENT_MISSING,), related=True)


def test_B04_a_guest_sees_the_item_and_not_the_case_it_stands_in() -> None:
    decision = INVITED.decide()

    assert not decision.opens_case
    assert decision.opens_by(Rule.GUEST, InformationKind.HOUSING)
    assert not decision.opens_by(Rule.SUBSTITUTE, InformationKind.HOUSING)


def test_LI3_a_substitute_sees_the_item_as_a_guest_does() -> None:
    substitute = AT_THE_TABLE.but(called=False, membership="none", substitute=True)

    kinds = frozenset(HEALTH_AND_HOUSING)
    assert substitute.decide() == Decision(True, (Rule.SUBSTITUTE,), kinds, related=True, limited=kinds)
    assert substitute.but(item="approved").decide() == Decision(False, (Rule.GUEST_ACCESS_ENDED,), related=True)
    assert substitute.but(consent="none").decide() == Decision(False, (Rule.CONSENT_MISSING,), related=True)


def test_M14_who_is_called_to_a_vacancy_sees_of_a_candidate_what_it_takes_to_compare() -> None:
    decision = COMPARING.decide()

    assert decision == Decision(True, (Rule.COMPARED,), COMPARISON_KINDS, related=True, limited=COMPARISON_KINDS)
    assert not decision.opens_case
    assert not decision.opens(InformationKind.HEALTH)


def test_M14_a_candidate_without_consent_is_only_a_place() -> None:
    assert COMPARING.but(consent="none").decide() == Decision(False, (Rule.CONSENT_MISSING,), related=True)


@pytest.mark.parametrize("vacancy", ["settled", "approved"])
def test_M14_nobody_compares_when_the_vacancy_is_settled(vacancy: str) -> None:
    assert COMPARING.but(vacancy=vacancy).decide() == Decision(False, (Rule.NO_RELATION,))


def test_M14_who_is_not_asked_to_the_vacancy_knows_no_candidate() -> None:
    assert COMPARING.but(at_vacancy="none").decide() == Decision(False, (Rule.NO_RELATION,))


def test_M02_a_former_member_compares_nobody() -> None:
    assert COMPARING.but(membership="ended").decide() == Decision(False, (Rule.MEMBERSHIP_ENDED,), related=True)


@pytest.mark.parametrize("at_vacancy", ["guest", "substitute"])
def test_M03_who_is_asked_to_the_vacancy_alone_compares_there(at_vacancy: str) -> None:
    assert COMPARING.but(membership="none", at_vacancy=at_vacancy).decide().rules == (Rule.COMPARED,)


def test_B05_inhabil_for_one_candidate_ends_the_reading_of_every_other() -> None:
    decision = COMPARING.but(inhabil_for_another=True).decide()

    assert decision == Decision(False, (Rule.INHABIL_FOR_CANDIDATE,), related=True)


def test_B05_inhabil_for_another_candidate_leaves_the_grounds_in_the_own_case() -> None:
    decision = COMPARING.but(inhabil_for_another=True, task=True).decide()

    assert (decision.rules, decision.kinds) == ((Rule.ASSIGNEE,), TASK_KINDS)


def test_M20_care_housing_is_compared_by_nobody() -> None:
    assert COMPARING.but(care_housing=True).decide() == Decision(False, (Rule.CARE_HOUSING,))


@pytest.mark.parametrize("item", ["approved", "none"])
def test_M03_a_guests_access_ends_with_the_minutes_and_when_the_item_leaves_the_agenda(item: str) -> None:
    assert INVITED.but(item=item).decide() == Decision(False, (Rule.GUEST_ACCESS_ENDED,), related=True)


def test_M04_who_submitted_a_case_keeps_seeing_whom_it_is_about_and_the_own_words_and_no_more() -> None:
    decision = Situation(submitted=True).decide()

    assert decision == Decision(True, (Rule.SUBMITTER,), SUBMISSION_KINDS, related=True, limited=SUBMISSION_KINDS)
    assert not decision.opens(InformationKind.CONTACT)


def test_M15_an_assignee_sees_what_the_task_needs() -> None:
    decision = Situation(task=True).decide()

    assert decision == Decision(True, (Rule.ASSIGNEE,), TASK_KINDS, related=True, limited=TASK_KINDS)
    assert not decision.opens_case
    assert not decision.opens(InformationKind.HEALTH)


def test_D4_grounds_add_up() -> None:
    decision = AT_THE_TABLE.but(submitted=True, task=True).decide()

    assert decision.rules == (Rule.CALLED_AND_CONSENTED, Rule.SUBMITTER, Rule.ASSIGNEE)
    assert decision.kinds == frozenset(HEALTH_AND_HOUSING) | TASK_KINDS | SUBMISSION_KINDS


def test_M15_a_task_widens_no_consent() -> None:
    decision = AT_THE_TABLE.but(task=True).decide()

    assert {kind for kind in InformationKind if decision.opens_in_case(kind)} == set(HEALTH_AND_HOUSING)


@pytest.mark.parametrize(
    "so",
    [
        AT_THE_TABLE,
        INVITED,
        COMPARING,
        Situation(submitted=True),
        Situation(task=True),
        Situation(actor=SAKSBEHANDLER, responsible=True),
        Situation(actor=SAKSBEHANDLER, reason_stated=True),
        Situation(actor=REVIEWER, review=True),
    ],
)
def test_LI1_inhabil_beats_every_ground(so: Situation) -> None:
    assert so.decide().allowed
    for action in (Action.READ, Action.HANDLE, Action.AUDIT):
        assert so.but(inhabil=True).decide(action) == Decision(False, (Rule.INHABIL,), related=True)


@pytest.mark.parametrize("so", [AT_THE_TABLE, INVITED, Situation(submitted=True), Situation(task=True)])
def test_M20_care_housing_is_not_even_there_for_the_group(so: Situation) -> None:
    decision = so.but(care_housing=True).decide()

    assert decision == Decision(False, (Rule.CARE_HOUSING,))


def test_M20_care_housing_is_there_for_its_saksbehandler_the_mail_worker_and_a_review() -> None:
    care = Situation(care_housing=True)

    assert care.but(actor=SAKSBEHANDLER, responsible=True).decide(Action.HANDLE).allowed
    assert care.but(actor=SYSTEM).decide(Action.DELIVER).allowed
    assert care.but(actor=REVIEWER, review=True).decide().allowed
    assert care.but(actor=REVIEWER).decide(Action.AUDIT).allowed
    assert not care.but(actor=REVIEWER).decide().allowed


def test_C05_a_reviewer_sees_the_access_log_of_any_case_and_no_kind_of_information() -> None:
    assert Situation(actor=REVIEWER).decide(Action.AUDIT) == Decision(True, (Rule.REVIEWER,), related=True)


def test_C05_content_takes_an_open_review() -> None:
    assert Situation(actor=REVIEWER).decide() == Decision(False, (Rule.NO_RELATION,))
    assert Situation(actor=REVIEWER, review=True).decide() == Decision(
        True, (Rule.OPEN_REVIEW,), CASE_KINDS, related=True
    )
    assert not Situation(actor=MEMBER, review=True).decide().allowed


def test_C05_nobody_else_sees_the_access_log_and_who_knows_the_case_is_told_so() -> None:
    assert Situation(actor=MEMBER).decide(Action.AUDIT) == Decision(False, (Rule.NO_RELATION,))
    for so in (AT_THE_TABLE, Situation(actor=SAKSBEHANDLER, responsible=True)):
        assert so.decide(Action.AUDIT) == Decision(False, (Rule.ACTION_NOT_COVERED,), related=True)


def test_D3_the_system_addresses_messages_and_reads_nothing() -> None:
    mail = Situation(actor=SYSTEM).decide(Action.DELIVER)

    assert mail.allowed
    assert mail.kinds == {InformationKind.IDENTITY, InformationKind.CONTACT, InformationKind.EMPLOYEE}
    assert not Situation(actor=SYSTEM, responsible=True).decide().allowed
    assert not Situation(actor=SAKSBEHANDLER, responsible=True).decide(Action.DELIVER).allowed


def test_M02_nothing_opens_for_somebody_who_no_longer_works_here() -> None:
    for so in (AT_THE_TABLE, Situation(actor=SAKSBEHANDLER, responsible=True), Situation(actor=REVIEWER, review=True)):
        assert so.but(gone=True).decide() == Decision(False, (Rule.NO_LONGER_EMPLOYED,))


def test_D4_what_a_decision_does_not_allow_it_does_not_open() -> None:
    refused = Decision(False, (Rule.INHABIL,), frozenset(InformationKind), related=True)

    assert not any(refused.opens(kind) for kind in InformationKind)


def test_B13_no_ground_but_delivery_opens_what_is_known_about_employees() -> None:
    reading = (so.decide(action) for so in situations(3_000, SEED) for action in (Action.READ, Action.HANDLE))

    assert not any(decision.opens(InformationKind.EMPLOYEE) for decision in reading)
