"""What a rulebook may not say, and what it answers (D11)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.access.kinds import InformationKind
from domain.actors import SERVICE_OG_TILDELING, Unit
from domain.law.deadline_kinds import DeadlineGround, DeadlineKind
from domain.law.group_rules import GroupUnits, Period, Rhythm
from domain.law.municipal_choices import MunicipalChoices, UrgentCases, WithoutAgreement
from domain.law.requirement import RulebookError
from domain.law.rulebook import (
    ConsentRules,
    Deadlines,
    DecisionSubject,
    EligibilityRule,
    Provision,
)
from domain.law.waiting_list_guidelines import (
    Better,
    CriterionKind,
    DeclineConsequence,
    DeclineReason,
    FitLimits,
    PartTimeChildren,
    RankedFact,
    RankingCriterion,
)
from domain.law.working_days import WorkingDays
from tests.domain.law.rulebooks import MUNICIPAL, NAV, RULEBOOK, UNITS


def test_M06_service_og_tildeling_is_always_a_permanent_unit() -> None:
    with pytest.raises(RulebookError, match="service_og_tildeling"):
        replace(UNITS, permanent=(NAV,))


def test_M03_a_unit_is_permanent_or_on_demand_never_both() -> None:
    with pytest.raises(RulebookError, match="both permanent and on demand"):
        replace(UNITS, on_demand=(NAV,))


def test_M02_every_unit_has_a_name_that_people_read() -> None:
    with pytest.raises(RulebookError, match="without a name"):
        GroupUnits(permanent=(SERVICE_OG_TILDELING,), on_demand=(), care_dialogue=(), names={})


def test_M05_a_monthly_plan_for_half_a_year_has_six_meetings() -> None:
    assert Rhythm(every=1, period=Period.MONTHS).meetings_in_plan == 6


def test_M05_a_plan_with_a_meeting_every_second_week_has_thirteen() -> None:
    assert Rhythm(every=2, period=Period.WEEKS).meetings_in_plan == 13


def test_M05_a_plan_for_one_meeting_is_refused() -> None:
    with pytest.raises(RulebookError, match="more than one meeting"):
        Rhythm(every=6, period=Period.MONTHS)


def test_M11_together_means_at_least_two_units() -> None:
    with pytest.raises(RulebookError, match="least_units_in_room"):
        MunicipalChoices(least_units_in_room=1)


def test_LA2_nothing_is_kept_for_a_number_of_years_only() -> None:
    with pytest.raises(RulebookError, match="retention_years"):
        MunicipalChoices(retention_years=10)


def test_LH2_the_interim_reply_is_due_in_one_month_by_law() -> None:
    with pytest.raises(RulebookError, match="interim_reply_months"):
        Deadlines(interim_reply_months=2)


def test_LK3_an_appeal_period_may_not_be_shorter_than_the_laws() -> None:
    with pytest.raises(RulebookError, match="appeal_weeks"):
        Deadlines(appeal_weeks=2)


def test_LK7_a_worse_outcome_may_not_come_later_than_the_law_lets_it() -> None:
    with pytest.raises(RulebookError, match="appeal_worse_months"):
        Deadlines(appeal_worse_months=4)


def test_LL1_a_lease_term_under_three_years_is_refused() -> None:
    with pytest.raises(RulebookError, match="lease_years"):
        Deadlines(lease_years=2)


def test_M18_the_six_months_before_a_lease_ends_cannot_be_left_out() -> None:
    with pytest.raises(RulebookError, match="lease_warning_months"):
        Deadlines(lease_warning_months=(3, 1))


def test_M18_warnings_fall_from_the_longest_to_the_shortest() -> None:
    with pytest.raises(RulebookError, match="longest to the shortest"):
        Deadlines(lease_warning_months=(1, 3, 6))


def test_C04_a_reminder_cannot_come_after_its_date() -> None:
    with pytest.raises(RulebookError, match="follow_up_reminder_days_before"):
        Deadlines(follow_up_reminder_days_before=(3, -1))


def test_M14_an_offer_without_time_to_answer_is_refused() -> None:
    with pytest.raises(RulebookError, match="offer_days"):
        Deadlines(offer_days=0)


def test_LO2_care_housing_has_four_weeks_to_appeal_and_the_rest_three() -> None:
    weeks = {subject: Deadlines().appeal_weeks_for(subject) for subject in DecisionSubject}
    assert weeks.pop(DecisionSubject.CARE_HOUSING) == 4
    assert set(weeks.values()) == {3}


def test_LK1_an_appeal_about_assistance_goes_to_statsforvalteren() -> None:
    with pytest.raises(RulebookError, match=r"appeal_bodies\.assistance"):
        replace(RULEBOOK, appeal_bodies={**RULEBOOK.appeal_bodies, DecisionSubject.ASSISTANCE: MUNICIPAL})


def test_LK2_every_subject_has_a_hjemmel() -> None:
    hjemler = dict(RULEBOOK.hjemler)
    del hjemler[DecisionSubject.EXTENSION]
    with pytest.raises(RulebookError, match="hjemler lacks"):
        replace(RULEBOOK, hjemler=hjemler)


def test_LR2_a_local_rule_about_residence_may_not_bar_assistance() -> None:
    with pytest.raises(RulebookError, match="may not bar assistance"):
        EligibilityRule(
            code="two_years_of_residence",
            text_nb="Har bodd i kommunen i under to år",
            subjects=(DecisionSubject.ASSISTANCE, DecisionSubject.DWELLING),
            hjemmel="retningslinjene",
            local=True,
        )


PROTECTED = ["gender", "ethnicity", "religion", "disability", "age", "sexual_orientation"]


@pytest.mark.parametrize("code", PROTECTED)
def test_LW2_nobody_is_ranked_by_who_they_are(code: str) -> None:
    with pytest.raises(RulebookError, match=f"{code}.*LW2"):
        a_criterion(code=code)


@pytest.mark.parametrize("fact", PROTECTED)
def test_LW2_nor_under_another_name(fact: str) -> None:
    with pytest.raises(RulebookError, match=f"{fact}.*LW2"):
        a_criterion(code="fits_the_house", fact=RankedFact(fact))


def a_criterion(*, code: str, fact: RankedFact = RankedFact.URGENCY) -> RankingCriterion:
    return RankingCriterion(
        code=code, text_nb="Hvem man er", fact=fact, kind=CriterionKind.NUMBER, better=Better.HIGHER
    )


def test_M14_a_yes_or_no_question_cannot_prefer_the_earlier_answer() -> None:
    with pytest.raises(RulebookError, match="better must be one of"):
        RankingCriterion(
            code="must_move", text_nb="Må flytte", fact=RankedFact.URGENCY, kind=CriterionKind.YES_NO,
            better=Better.EARLIER,
        )  # fmt: skip


def test_M14_the_same_criterion_twice_is_refused() -> None:
    with pytest.raises(RulebookError, match="same code twice"):
        replace(RULEBOOK, ranking=RULEBOOK.ranking * 2)


def test_M14_a_decline_has_the_consequence_of_its_reason() -> None:
    reason = DeclineReason(code="too_small", text_nb="For liten", consequence=DeclineConsequence.KEEPS_PLACE)
    rules = replace(RULEBOOK, decline_reasons=(reason,))
    assert rules.decline_consequence("too_small") is DeclineConsequence.KEEPS_PLACE
    assert rules.decline_consequence("not_in_the_guidelines") is None


def test_M09_a_unit_hears_only_the_kinds_listed_for_it() -> None:
    assert RULEBOOK.consent.kinds_for(NAV) == {InformationKind.IDENTITY}


def test_M09_a_unit_that_is_not_listed_hears_nothing() -> None:
    assert RULEBOOK.consent.kinds_for(Unit("another")) == frozenset()


def test_M09_consent_never_lasts_for_no_time_at_all() -> None:
    with pytest.raises(RulebookError, match="expires_after_months"):
        ConsentRules(expires_after_months=0, kinds={})


def test_LH3_a_provision_without_a_date_is_not_in_force() -> None:
    rules = replace(RULEBOOK, provisions=(Provision(code="f25_17_3", text_nb="§ 17"),))
    assert not rules.is_in_force("f25_17_3", date(2030, 1, 1))


def test_LH3_a_provision_is_in_force_from_its_date() -> None:
    started = Provision(code="f25_17_3", text_nb="§ 17", in_force=date(2028, 1, 1))
    rules = replace(RULEBOOK, provisions=(started,))
    assert not rules.is_in_force("f25_17_3", date(2027, 12, 31))
    assert rules.is_in_force("f25_17_3", date(2028, 1, 1))


def test_M18_warnings_go_six_three_and_one_months_before_a_lease_ends_and_the_first_puts_it_on_the_agenda() -> None:
    warnings = Deadlines().lease_warnings(date(2030, 2, 28))

    assert warnings == {6: date(2029, 8, 28), 3: date(2029, 11, 28), 1: date(2030, 1, 28)}
    assert Deadlines().lease_on_agenda_from(date(2030, 2, 28)) == date(2029, 8, 28)


def test_LH2_an_answer_is_due_a_month_after_reception_on_a_working_day() -> None:
    on_a_saturday = Deadlines().interim_reply_by(date(2026, 12, 9), WorkingDays.without(()))

    assert on_a_saturday == date(2027, 1, 11)


@pytest.mark.parametrize("without_agreement", WithoutAgreement)
@pytest.mark.parametrize("urgent_cases", UrgentCases)
@pytest.mark.parametrize("told", [True, False])
def test_M13_every_answer_to_a_municipal_question_is_built(
    without_agreement: WithoutAgreement, urgent_cases: UrgentCases, told: bool
) -> None:
    choices = MunicipalChoices(
        without_agreement=without_agreement, urgent_cases=urgent_cases, departure_is_told_to_group=told
    )
    assert choices.departure_is_told_to_group is told


def test_M14_limits_of_fit_that_nobody_could_meet_are_refused() -> None:
    with pytest.raises(RulebookError, match="persons_per_room"):
        FitLimits(persons_per_room=0)
    with pytest.raises(RulebookError, match="spare_rooms"):
        FitLimits(spare_rooms=-1)


@pytest.mark.parametrize(("counts", "persons"), [("whole", 7), ("half", 6), ("not", 4)])
def test_M14_part_time_children_count_as_the_municipality_says(counts: str, persons: int) -> None:
    limits = FitLimits(part_time_children=PartTimeChildren(counts))

    assert limits.persons(adults=2, children=2, children_part_time=3) == persons


def test_LH3_a_deadline_stands_on_the_newer_provision_from_the_day_it_is_in_force() -> None:
    kind, on = DeadlineKind.DELAY_NOTICE, date(2028, 1, 1)
    book = replace(
        RULEBOOK, provisions=(Provision(code="f25_17_3", text_nb="ny lov", in_force=on),),
        deadline_grounds={kind: DeadlineGround(text_nb="god skikk", newer="f25_17_3")},
    )  # fmt: skip
    assert [book.ground_of(kind, day) for day in (date(2027, 12, 31), on)] == ["god skikk", "ny lov"]
    assert book.ground_of(DeadlineKind.APPEAL, on) is None


def test_LH3_a_provision_without_a_date_takes_over_from_nothing() -> None:
    kind = DeadlineKind.DELAY_NOTICE
    book = replace(
        RULEBOOK, provisions=(Provision(code="f25_17_3", text_nb="ny lov"),),
        deadline_grounds={kind: DeadlineGround(text_nb="god skikk", newer="f25_17_3")},
    )  # fmt: skip
    assert book.ground_of(kind, date(2099, 1, 1)) == "god skikk"


def test_D11_a_ground_that_names_no_provision_is_refused() -> None:
    with pytest.raises(RulebookError, match="f25_17_3"):
        replace(
            RULEBOOK, provisions=(),
            deadline_grounds={DeadlineKind.DELAY_NOTICE: DeadlineGround(text_nb="god skikk", newer="f25_17_3")},
        )  # fmt: skip


def test_D11_a_code_that_nobody_could_send_is_refused() -> None:
    reason = DeclineReason(code="Too small", text_nb="For liten", consequence=DeclineConsequence.KEEPS_PLACE)
    with pytest.raises(RulebookError, match=r"decline_reasons has codes .*Too small"):
        replace(RULEBOOK, decline_reasons=(reason,))


def test_D11_a_provision_stands_in_the_rulebook_once() -> None:
    with pytest.raises(RulebookError, match="provisions has the same code twice"):
        replace(RULEBOOK, provisions=(Provision(code="f25_56", text_nb="§ 56"),) * 2)


def test_M09_consent_is_about_units_that_have_a_name() -> None:
    with pytest.raises(RulebookError, match=r"consent.kinds is about units without a name: \['navn'\]"):
        replace(RULEBOOK, consent=ConsentRules(expires_after_months=12, kinds={Unit("navn"): frozenset()}))
