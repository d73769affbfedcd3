"""The vedtak: lawful combinations, who issues it, and what must be settled first."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from domain.actors import By
from domain.cases.case import WithoutGroupGround
from domain.decisions.vedtak import (
    AppealDeadlineError,
    CorrectedPart,
    NothingToCorrectError,
    NotificationChannel,
    NotItsSuccessorError,
    Vedtak,
    VedtakState,
)
from domain.decisions.vedtak_rules import (
    AlreadyAnsweredError,
    CareHousingGroundError,
    ConclusionSupersededError,
    DepartureNeedsReasonError,
    DismissalIsNoGrantError,
    DwellingTermsMissingError,
    ExtensionTermsError,
    FactsNotSettledError,
    Ground,
    GroundFacts,
    GroundMissingError,
    HelpRequiredError,
    LegalBasis,
    MainContentMissingError,
    NotVanskeligstiltError,
    OtherGroundError,
    Outcome,
    Track,
    VedtakContent,
    VedtakFacts,
    WithoutGroupFacts,
)
from domain.law.rulebook import DecisionSubject
from domain.refusals import Refusal, SaksbehandlerOnlyError, WrongStateError
from domain.sealed import Sealed
from tests.domain.decision_support import (
    APPLICATION,
    AT,
    BASIS,
    CASE,
    NAV_EMPLOYEE,
    NAV_SAKSBEHANDLER,
    PERSON,
    SAKSBEHANDLER,
    TENANCY,
    TODAY,
    conclusion,
    content,
    sealed,
    uid,
    vedtak_facts,
)
from tests.domain.support import stored_and_replayed

ASSISTANCE, DWELLING = DecisionSubject.ASSISTANCE, DecisionSubject.DWELLING
EXTENSION, CARE_HOUSING = DecisionSubject.EXTENSION, DecisionSubject.CARE_HOUSING
GRANT, REFUSE = Outcome.GRANT, Outcome.REFUSE
NEW_END = date(2030, 12, 31)
BARRED = replace(BASIS, barred_by="another_municipality_is_responsible")


def draft(
    subject: DecisionSubject = ASSISTANCE,
    outcome: Outcome = GRANT,
    ground: GroundFacts | None = None,
    *,
    says: VedtakContent | None = None,
    departs_because: Sealed | None = None,
    answered_by: UUID | None = None,
    replaces: VedtakFacts | None = None,
    basis: LegalBasis = BASIS,
    actor: By = SAKSBEHANDLER,
) -> Vedtak:
    new_end = NEW_END if outcome is GRANT else None
    return Vedtak.draft(
        id=uid(50), case=CASE, application=APPLICATION, person=PERSON, subject=subject, outcome=outcome,
        ground=ground or conclusion(),
        content=says or content(subject, outcome, departs_because=departs_because, new_end=new_end),
        basis=basis, answered_by=answered_by, replaces=replaces, by=actor, at=AT,
    )  # fmt: skip


def without_group(ground: WithoutGroupGround, *, facts_settled: bool = True) -> WithoutGroupFacts:
    return WithoutGroupFacts(ground=ground, facts_settled=facts_settled)


def issued() -> Vedtak:
    vedtak = draft()
    vedtak.issue(issued_on=TODAY, ground=conclusion(), by=SAKSBEHANDLER, at=AT)
    return vedtak


@pytest.mark.parametrize("subject", [ASSISTANCE, DWELLING, EXTENSION])
def test_M12_everything_is_refused_to_one_who_is_not_vanskeligstilt(subject: DecisionSubject) -> None:
    vedtak = draft(subject, REFUSE, conclusion(vanskeligstilt=False))

    assert vedtak.outcome is REFUSE


@pytest.mark.parametrize("subject", [ASSISTANCE, DWELLING, EXTENSION])
def test_M12_nothing_is_granted_to_one_who_is_not_vanskeligstilt_whatever_the_reason(subject: DecisionSubject) -> None:
    with pytest.raises(NotVanskeligstiltError):
        draft(subject, GRANT, conclusion(vanskeligstilt=False), departs_because=sealed("vedtak.departs_because"))


def test_M12_help_follows_for_one_who_is_vanskeligstilt() -> None:
    assert draft(ASSISTANCE, GRANT).outcome is GRANT


def test_M12_help_is_never_refused_to_one_who_is_vanskeligstilt_whatever_the_reason() -> None:
    with pytest.raises(HelpRequiredError):
        draft(ASSISTANCE, REFUSE, departs_because=sealed("vedtak.departs_because"))


@pytest.mark.parametrize("outcome", [GRANT, REFUSE])
def test_M12_a_dwelling_may_be_granted_or_refused_beside_help(outcome: Outcome) -> None:
    assert draft(DWELLING, outcome, conclusion(dwelling=outcome)).outcome is outcome


def test_M12_help_and_a_dwelling_are_two_vedtak_of_one_application_each_on_its_track() -> None:
    assistance, dwelling = draft(ASSISTANCE, GRANT), draft(DWELLING, REFUSE)

    assert (assistance.facts.track, dwelling.facts.track) == (Track.ASSISTANCE, Track.DWELLING)
    assert assistance.application == dwelling.application


def test_M13_one_track_of_an_application_is_answered_once() -> None:
    with pytest.raises(AlreadyAnsweredError):
        draft(answered_by=uid(51))


def test_M13_a_second_answer_is_one_that_replaces_the_first() -> None:
    refusal = vedtak_facts(ASSISTANCE, REFUSE, id=uid(51))

    assert draft(answered_by=uid(51), replaces=refusal).replaces == uid(51)


def test_M13_an_answer_that_came_between_draft_and_issue_stops_the_issue() -> None:
    vedtak = draft()

    with pytest.raises(AlreadyAnsweredError):
        vedtak.issue(issued_on=TODAY, ground=conclusion(), answered_by=uid(51), by=SAKSBEHANDLER, at=AT)


@pytest.mark.parametrize("actor", [NAV_EMPLOYEE, NAV_SAKSBEHANDLER])
def test_M13_nobody_but_the_saksbehandler_at_service_og_tildeling_drafts_a_vedtak(actor: By) -> None:
    with pytest.raises(SaksbehandlerOnlyError):
        draft(actor=actor)


@pytest.mark.parametrize("actor", [NAV_EMPLOYEE, NAV_SAKSBEHANDLER])
def test_M13_nobody_but_the_saksbehandler_at_service_og_tildeling_issues_a_vedtak(actor: By) -> None:
    vedtak = draft()

    with pytest.raises(SaksbehandlerOnlyError):
        vedtak.issue(issued_on=TODAY, ground=conclusion(), by=actor, at=AT)
    assert vedtak.state is VedtakState.DRAFTED


def test_M13_a_vedtak_without_conclusion_or_recorded_ground_is_refused() -> None:
    with pytest.raises(GroundMissingError):
        Vedtak.draft(
            id=uid(50), case=CASE, application=APPLICATION, person=PERSON, subject=ASSISTANCE, outcome=GRANT,
            ground=None, content=content(ASSISTANCE, GRANT), basis=BASIS, by=SAKSBEHANDLER, at=AT,
        )  # fmt: skip


@pytest.mark.parametrize("outcome", [GRANT, REFUSE])
@pytest.mark.parametrize(
    "ground", [WithoutGroupGround.CONSENT_MISSING, WithoutGroupGround.CONSENT_WITHDRAWN, WithoutGroupGround.URGENT]
)
def test_M09_an_application_is_decided_without_consent_as_well(ground: WithoutGroupGround, outcome: Outcome) -> None:
    assert draft(ASSISTANCE, outcome, without_group(ground)).ground == Ground(without_group=ground)


def test_M13_a_formal_dismissal_refuses() -> None:
    dismissed = without_group(WithoutGroupGround.FORMALLY_DISMISSED)

    assert draft(DWELLING, REFUSE, dismissed, basis=BARRED).outcome is REFUSE


def test_M13_a_formal_dismissal_grants_nothing() -> None:
    with pytest.raises(DismissalIsNoGrantError):
        draft(DWELLING, GRANT, without_group(WithoutGroupGround.FORMALLY_DISMISSED), basis=BARRED)


def test_B08_a_dwelling_against_the_recommendation_needs_a_reason() -> None:
    with pytest.raises(DepartureNeedsReasonError):
        draft(DWELLING, REFUSE, conclusion(dwelling=GRANT))


def test_B08_a_departure_with_its_reason_is_a_vedtak_that_says_so() -> None:
    vedtak = draft(DWELLING, REFUSE, conclusion(dwelling=GRANT), departs_because=sealed("vedtak.departs_because"))

    assert vedtak.departs


def test_B08_no_stand_from_the_group_is_nothing_to_depart_from() -> None:
    assert not draft(DWELLING, GRANT, conclusion(dwelling=None)).departs


def test_M20_care_housing_is_decided_without_the_group() -> None:
    vedtak = draft(CARE_HOUSING, GRANT, without_group(WithoutGroupGround.CARE_HOUSING))

    assert vedtak.ground.without_group is WithoutGroupGround.CARE_HOUSING


def test_M20_care_housing_never_stands_on_a_conclusion() -> None:
    with pytest.raises(CareHousingGroundError):
        draft(CARE_HOUSING, REFUSE, conclusion())


@pytest.mark.parametrize("subject", [ASSISTANCE, DWELLING])
def test_M20_only_care_housing_is_decided_on_the_ground_of_care_housing(subject: DecisionSubject) -> None:
    with pytest.raises(CareHousingGroundError):
        draft(subject, GRANT, without_group(WithoutGroupGround.CARE_HOUSING))


def test_LD2_granted_help_states_its_main_content() -> None:
    assert draft(ASSISTANCE, GRANT).content.main_content is not None
    with pytest.raises(MainContentMissingError):
        draft(ASSISTANCE, GRANT, says=VedtakContent(reasons=sealed()))


def test_M13_a_granted_dwelling_says_size_lease_length_and_what_makes_it_lapse() -> None:
    assert draft(DWELLING, GRANT).content.dwelling is not None
    with pytest.raises(DwellingTermsMissingError):
        draft(DWELLING, GRANT, says=VedtakContent(reasons=sealed()))


def test_M19_an_extension_names_the_tenancy_and_the_new_end() -> None:
    facts = draft(EXTENSION, GRANT, conclusion(extension=GRANT)).facts

    assert facts.extension is not None
    assert (facts.extension.tenancy, facts.extension.new_end) == (TENANCY, NEW_END)


@pytest.mark.parametrize(
    "says",
    [
        VedtakContent(reasons=sealed()),
        content(EXTENSION, GRANT, new_end=None),
    ],
)
def test_M19_an_extension_without_tenancy_or_new_end_is_refused(says: VedtakContent) -> None:
    with pytest.raises(ExtensionTermsError):
        draft(EXTENSION, GRANT, conclusion(extension=GRANT), says=says)


def test_M19_a_refused_extension_has_no_new_end() -> None:
    with pytest.raises(ExtensionTermsError):
        draft(EXTENSION, REFUSE, says=content(EXTENSION, REFUSE, new_end=NEW_END))


def test_LK1_LK2_hjemmel_appeal_body_and_rulebook_version_stand_on_the_vedtak() -> None:
    assert stored_and_replayed(issued()).basis == BASIS


@pytest.mark.parametrize(
    ("written_on", "now"),
    [
        (conclusion(), conclusion(facts_settled=False)),
        (
            without_group(WithoutGroupGround.URGENT),
            without_group(WithoutGroupGround.URGENT, facts_settled=False),
        ),
    ],
)
def test_LH6_nothing_is_issued_before_the_facts_are_settled(written_on: GroundFacts, now: GroundFacts) -> None:
    vedtak = draft(ASSISTANCE, GRANT, written_on)

    with pytest.raises(FactsNotSettledError):
        vedtak.issue(issued_on=TODAY, ground=now, by=SAKSBEHANDLER, at=AT)


def test_LH6_it_is_issued_once_the_facts_are_settled() -> None:
    vedtak = draft(ground=conclusion(facts_settled=False))

    vedtak.issue(issued_on=TODAY, ground=conclusion(), by=SAKSBEHANDLER, at=AT)

    assert vedtak.facts.in_force


@pytest.mark.parametrize(
    ("now", "refusal"),
    [
        (conclusion(superseded=True), ConclusionSupersededError),
        (conclusion(id=uid(44)), OtherGroundError),
        (without_group(WithoutGroupGround.URGENT), OtherGroundError),
        (conclusion(vanskeligstilt=False), NotVanskeligstiltError),
    ],
)
def test_M12_it_is_issued_only_on_the_ground_it_was_written_on(now: GroundFacts, refusal: type[Refusal]) -> None:
    vedtak = draft()

    with pytest.raises(refusal):
        vedtak.issue(issued_on=TODAY, ground=now, by=SAKSBEHANDLER, at=AT)


def test_M15_the_issue_names_the_follow_ups_that_take_effect_with_it() -> None:
    vedtak = draft()

    vedtak.issue(issued_on=TODAY, ground=conclusion(), follow_ups=(uid(70),), by=SAKSBEHANDLER, at=AT)

    event = vedtak.pending_events[-1]
    assert isinstance(event, Vedtak.Issued)
    assert event.follow_ups == (uid(70),)


def test_a_vedtak_is_issued_once() -> None:
    with pytest.raises(WrongStateError):
        issued().issue(issued_on=TODAY, ground=conclusion(), by=SAKSBEHANDLER, at=AT)


def test_LK3_notification_sets_the_last_day_to_appeal() -> None:
    vedtak = issued()

    vedtak.notify(
        notified_on=TODAY,
        channel=NotificationChannel.DIGITAL,
        appeal_deadline=date(2027, 3, 3),
        by=SAKSBEHANDLER,
        at=AT,
    )

    assert (vedtak.state, vedtak.appeal_deadline) == (VedtakState.NOTIFIED, date(2027, 3, 3))


def test_LK3_an_appeal_deadline_on_the_day_of_notification_is_refused() -> None:
    with pytest.raises(AppealDeadlineError):
        issued().notify(
            notified_on=TODAY, channel=NotificationChannel.POST, appeal_deadline=TODAY, by=SAKSBEHANDLER, at=AT
        )


def test_a_draft_is_not_notified() -> None:
    with pytest.raises(WrongStateError):
        draft().notify(
            notified_on=TODAY,
            channel=NotificationChannel.POST,
            appeal_deadline=date(2027, 3, 3),
            by=SAKSBEHANDLER,
            at=AT,
        )


def test_LA5_a_correction_stands_beside_the_event_it_corrects() -> None:
    vedtak = issued()
    original = vedtak.content

    vedtak.correct(
        corrects=1, part=CorrectedPart.REASONS, text=sealed(), because=sealed("note.because"), by=SAKSBEHANDLER, at=AT
    )

    assert vedtak.content == original
    assert vedtak.corrections == ((CorrectedPart.REASONS, sealed()),)


@pytest.mark.parametrize("version", [0, 3])
def test_LA5_a_correction_of_nothing_is_refused(version: int) -> None:
    with pytest.raises(NothingToCorrectError):
        issued().correct(
            corrects=version, part=CorrectedPart.REASONS, text=sealed(), because=sealed(), by=SAKSBEHANDLER, at=AT
        )


def test_LD6_a_vedtak_ends_by_a_new_one_on_the_same_matter() -> None:
    vedtak = issued()

    vedtak.replace(successor=vedtak_facts(ASSISTANCE, id=uid(52)), because=sealed(), by=SAKSBEHANDLER, at=AT)

    assert (vedtak.successor, vedtak.facts.in_force) == (uid(52), False)


@pytest.mark.parametrize(
    "successor",
    [
        vedtak_facts(DWELLING, id=uid(52)),
        vedtak_facts(ASSISTANCE, id=uid(52), in_force=False),
        vedtak_facts(ASSISTANCE, id=uid(52), application=uid(99)),
        vedtak_facts(ASSISTANCE, id=uid(50)),
    ],
)
def test_LD6_a_vedtak_on_another_matter_replaces_nothing(successor: VedtakFacts) -> None:
    with pytest.raises(NotItsSuccessorError):
        issued().replace(successor=successor, because=sealed(), by=SAKSBEHANDLER, at=AT)
