"""What happens to a vedtak: given up, reversed, told, opened, told again, heard of by the group (LD5, LD6, LK3, B08)."""

import json
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from domain.cases.case import WithoutGroupGround
from domain.decisions.appeal.facts import AppealOutcome
from domain.decisions.vedtak import (
    AlreadyToldError,
    DepartureNotForGroupError,
    DiscardReason,
    NotificationChannel,
    NotSentDigitallyError,
    ReservedAgainstDigitalError,
    Vedtak,
    VedtakState,
)
from domain.decisions.vedtak_rules import (
    AgainstAppealOutcomeError,
    AlreadyNotifiedError,
    AppealNotDecidedError,
    DetrimentalChangeError,
    Outcome,
    ReversalGround,
    ReversalGroundMissingError,
    WithoutGroupFacts,
)
from domain.law.rulebook import DecisionSubject
from domain.refusals import WrongStateError
from tests.domain.decision_support import (
    AT,
    SAKSBEHANDLER,
    SYSTEM,
    TODAY,
    conclusion,
    content,
    sealed,
    uid,
    vedtak_facts,
)
from tests.domain.decisions.vedtak_support import (
    APPEAL_BY,
    ASSISTANCE,
    DWELLING,
    GRANT,
    OPENED_ON,
    REFUSE,
    draft,
    issue,
    notify,
)
from tests.domain.support import stored_and_replayed
from tests.log.golden import golden_path, loaded

# --- a draft is given up ---


def test_M13_a_discarded_draft_is_never_issued() -> None:
    vedtak = draft()
    vedtak.discard(reason=DiscardReason.GROUND_CHANGED, by=SAKSBEHANDLER, at=AT)
    assert stored_and_replayed(vedtak).state is VedtakState.DISCARDED
    with pytest.raises(WrongStateError):
        issue(vedtak)


@pytest.mark.parametrize(
    "state", [VedtakState.DISCARDED, VedtakState.ISSUED, VedtakState.NOTIFIED, VedtakState.REPLACED]
)
def test_LD6_only_a_draft_is_discarded_and_nothing_else_happens_to_what_is(state: VedtakState) -> None:
    vedtak = in_state(state)
    with pytest.raises(WrongStateError):
        vedtak.discard(reason=DiscardReason.WRITTEN_ANEW, by=SAKSBEHANDLER, at=AT)


def in_state(state: VedtakState) -> Vedtak:
    vedtak = draft()
    if state is VedtakState.DISCARDED:
        vedtak.discard(reason=DiscardReason.WRITTEN_ANEW, by=SAKSBEHANDLER, at=AT)
        return vedtak
    issue(vedtak)
    if state in (VedtakState.NOTIFIED, VedtakState.REPLACED):
        notify(vedtak)
    if state is VedtakState.REPLACED:
        vedtak.replace(successor=vedtak_facts(ASSISTANCE, id=uid(52)), because=sealed(), by=SAKSBEHANDLER, at=AT)
    assert vedtak.state is state
    return vedtak


# --- omgjøring ---


def may_reverse(ground: ReversalGround | None, old: Outcome, new: Outcome, notified: bool) -> bool:
    """LD6: a change to somebody's detriment takes a ground in law; one that is not needs no other."""
    if ground is None:
        return (old, new) == (REFUSE, GRANT)
    if ground is ReversalGround.APPEAL_OUTCOME:
        return False  # nobody has appealed here
    if ground is ReversalGround.NOT_TO_DETRIMENT:
        return (old, new) != (GRANT, REFUSE)
    return ground is not ReversalGround.NOT_NOTIFIED or not notified


@pytest.mark.parametrize(("old", "new", "notified"), list(product(Outcome, Outcome, (True, False))))
@pytest.mark.parametrize("ground", [None, *ReversalGround])
def test_LD6_a_vedtak_gives_way_only_on_a_ground_that_holds(
    ground: ReversalGround | None, old: Outcome, new: Outcome, notified: bool
) -> None:
    replaced = vedtak_facts(DWELLING, old, id=uid(51), notified=notified)

    def replacing() -> Vedtak:
        return draft(DWELLING, new, answered_by=uid(51), replaces=replaced, reversed_on=ground)

    if may_reverse(ground, old, new, notified):
        expected = ground or ReversalGround.NOT_TO_DETRIMENT
        assert stored_and_replayed(replacing()).reversal_ground is expected
    else:
        refusals = (ReversalGroundMissingError, DetrimentalChangeError, AlreadyNotifiedError, AppealNotDecidedError)
        with pytest.raises(refusals):
            replacing()


def test_LD6_once_the_party_knows_a_draft_that_built_on_silence_is_not_issued() -> None:
    unnotified = vedtak_facts(ASSISTANCE, GRANT, id=uid(51))
    vedtak = draft(answered_by=uid(51), replaces=unnotified, reversed_on=ReversalGround.NOT_NOTIFIED)
    with pytest.raises(AlreadyNotifiedError):
        issue(vedtak, answered_by=uid(51), replaced=replace(unnotified, notified=True))


# --- an appeal body has decided ---

CALLS_FOR_A_VEDTAK = [outcome for outcome in AppealOutcome if outcome.needs_new_vedtak]
AFTER_APPEAL = WithoutGroupFacts(ground=WithoutGroupGround.APPEAL_DECIDED, facts_settled=True)


def after_appeal(appeal: AppealOutcome | None, subject: DecisionSubject, old: Outcome, new: Outcome) -> Vedtak:
    """A vedtak on an appeal body's decision alone, drafted and issued."""
    replaced = vedtak_facts(subject, old, id=uid(51), notified=True)
    vedtak = draft(
        subject, new, ground=AFTER_APPEAL, answered_by=uid(51), replaces=replaced, appeal=appeal,
        reversed_on=ReversalGround.APPEAL_OUTCOME,
    )  # fmt: skip
    return issue(vedtak, ground=AFTER_APPEAL, answered_by=uid(51), replaced=replaced, appeal=appeal)


@pytest.mark.parametrize("subject", [ASSISTANCE, DWELLING, DecisionSubject.CARE_HOUSING])
@pytest.mark.parametrize(("old", "new"), list(product(Outcome, Outcome)))
@pytest.mark.parametrize("appeal", [None, *CALLS_FOR_A_VEDTAK])
def test_LK7_M13_a_decided_appeal_carries_the_vedtak_it_calls_for_and_no_other(
    appeal: AppealOutcome | None, subject: DecisionSubject, old: Outcome, new: Outcome
) -> None:
    if appeal is None:
        with pytest.raises(AppealNotDecidedError):
            after_appeal(appeal, subject, old, new)
    elif appeal is AppealOutcome.CHANGED_IN_FAVOUR and new is REFUSE:
        with pytest.raises(AgainstAppealOutcomeError):
            after_appeal(appeal, subject, old, new)
    else:
        vedtak = stored_and_replayed(after_appeal(appeal, subject, old, new))
        assert vedtak.ground.without_group is WithoutGroupGround.APPEAL_DECIDED


@pytest.mark.parametrize("ground", [None, ReversalGround.INVALID])
def test_LK7_M13_a_decided_appeal_is_no_ground_for_a_vedtak_that_is_not_made_because_of_it(
    ground: ReversalGround | None,
) -> None:
    replaced = vedtak_facts(DWELLING, REFUSE, id=uid(51)) if ground else None
    with pytest.raises(AppealNotDecidedError):
        draft(
            DWELLING, GRANT, ground=AFTER_APPEAL, answered_by=uid(51) if ground else None, replaces=replaced,
            reversed_on=ground, appeal=AppealOutcome.CHANGED_IN_FAVOUR,
        )  # fmt: skip


def test_LK7_a_draft_is_not_issued_when_the_appeal_was_carried_out_meanwhile() -> None:
    replaced = vedtak_facts(DWELLING, REFUSE, id=uid(51), notified=True)
    vedtak = draft(
        DWELLING, GRANT, ground=AFTER_APPEAL, answered_by=uid(51), replaces=replaced, appeal=AppealOutcome.QUASHED,
        reversed_on=ReversalGround.APPEAL_OUTCOME,
    )  # fmt: skip
    with pytest.raises(AppealNotDecidedError):
        issue(vedtak, ground=AFTER_APPEAL, answered_by=uid(51), replaced=replaced)


# --- told, opened, told again ---


def test_LD5_who_is_reserved_against_digital_contact_is_told_by_post() -> None:
    with pytest.raises(ReservedAgainstDigitalError):
        notify(issue(draft()), reserved=True)
    vedtak = notify(issue(draft()), NotificationChannel.POST, reserved=True)
    assert [type(event).__name__ for event in vedtak.pending_events][-2:] == ["DigitalContactReserved", "Notified"]


def test_LD5_the_opening_of_a_digital_vedtak_is_logged_once() -> None:
    vedtak = notify(issue(draft()))
    vedtak.open_by_party(opened_on=OPENED_ON, by=SYSTEM, at=AT)
    assert stored_and_replayed(vedtak).opened_on == OPENED_ON
    with pytest.raises(NotSentDigitallyError):
        vedtak.open_by_party(opened_on=OPENED_ON, by=SYSTEM, at=AT)


@pytest.mark.parametrize("channel", [NotificationChannel.POST, NotificationChannel.IN_PERSON])
def test_LD5_only_a_digital_vedtak_is_opened_or_noticed_again(channel: NotificationChannel) -> None:
    vedtak = notify(issue(draft()), channel)
    for change in (vedtak.open_by_party, vedtak.notify_again):
        day = {"opened_on" if change == vedtak.open_by_party else "notified_on": OPENED_ON}
        with pytest.raises(NotSentDigitallyError):
            change(**day, by=SYSTEM, at=AT)


def test_LK3_a_second_notice_moves_no_deadline_and_goes_out_once() -> None:
    vedtak = notify(issue(draft()))
    vedtak.notify_again(notified_on=date(2027, 2, 18), by=SYSTEM, at=AT)
    after = stored_and_replayed(vedtak)
    assert (after.notified_on, after.notified_again_on, after.appeal_deadline) == (TODAY, date(2027, 2, 18), APPEAL_BY)
    with pytest.raises(WrongStateError):
        vedtak.notify_again(notified_on=date(2027, 2, 25), by=SYSTEM, at=AT)


def test_LD5_what_is_opened_is_not_noticed_again() -> None:
    vedtak = notify(issue(draft()))
    vedtak.open_by_party(opened_on=OPENED_ON, by=SYSTEM, at=AT)
    with pytest.raises(NotSentDigitallyError):
        vedtak.notify_again(notified_on=date(2027, 2, 18), by=SYSTEM, at=AT)


# --- the group hears of a departure ---


def departing() -> Vedtak:
    says = content(DWELLING, REFUSE, departs_because=sealed("vedtak.departs_because"))
    return draft(DWELLING, REFUSE, ground=conclusion(dwelling=GRANT), content=says)


def test_B08_the_group_hears_once_why_a_vedtak_departs() -> None:
    vedtak = issue(departing(), ground=conclusion(dwelling=GRANT))
    vedtak.tell_departure(meeting=uid(80), told=(uid(910),), by=SAKSBEHANDLER, at=AT)
    assert stored_and_replayed(vedtak).departure_told_at == uid(80)
    with pytest.raises(AlreadyToldError):
        vedtak.tell_departure(meeting=uid(81), told=(uid(910),), by=SAKSBEHANDLER, at=AT)


@pytest.mark.parametrize("vedtak", [departing(), issue(draft())], ids=["not issued", "follows the conclusion"])
def test_B08_what_does_not_depart_is_nothing_to_tell(vedtak: Vedtak) -> None:
    with pytest.raises(DepartureNotForGroupError):
        vedtak.tell_departure(meeting=uid(80), told=(uid(910),), by=SAKSBEHANDLER, at=AT)


# --- what was stored before ---


def test_D2_a_draft_stored_in_version_1_reads_without_what_it_did_not_know() -> None:
    event = loaded(json.loads(golden_path("vedtak.Drafted", 1).read_text(encoding="utf-8")))
    assert isinstance(event, Vedtak.Drafted)
    unknown = (event.basis.delegation, event.basis.barred_by, event.content.facts, event.content.wishes_considered)
    assert (*unknown, event.reversal_ground) == (None, None, None, None, None)
