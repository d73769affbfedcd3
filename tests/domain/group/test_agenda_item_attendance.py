"""Who comes, leaves and is inhabil, and who has therefore been told (M03, M08, M09, LI1, LI3)."""

import pytest

from domain.actors import SERVICE_OG_TILDELING
from domain.cases.consent_facts import ConsentMissingError
from domain.group.agenda_item import (
    InhabilGround,
    PersonPresent,
    Presence,
    Told,
)
from domain.group.agenda_item.refusals import (
    AlreadyInhabilError,
    AttendanceOrderError,
    InhabilPresentError,
    NotExpectedError,
)
from domain.refusals import NotAllowedError
from tests.domain.agenda_support import (
    ANNE,
    CALLED,
    DAY,
    KARI,
    OLA,
    PER,
    PERMANENT,
    a_vacancy,
    an_item,
    attend,
    close_discussion,
    consent,
    declare,
    open_discussion,
    with_people,
)
from tests.domain.support import (
    BOTJENESTEN,
    NAV,
    PSYKISK_HELSE,
    an_id,
    at,
    by_member,
    by_saksbehandler,
)

LIV = an_id("liv")


# --- attendance ---


def test_M03_somebody_neither_called_nor_invited_does_not_attend() -> None:
    with pytest.raises(NotExpectedError):
        attend(an_item(), LIV)


def test_M03_an_invited_guest_attends() -> None:
    item = an_item()
    item.invite_guest(
        guest=LIV, unit=BOTJENESTEN, permanent_units=PERMANENT, consent=consent(BOTJENESTEN), day=DAY,
        by=by_saksbehandler(), at=at(),
    )  # fmt: skip
    attend(item, LIV)
    assert item.room.units == (BOTJENESTEN,)


def test_M09_who_comes_in_late_must_be_covered_too() -> None:
    item = open_discussion(with_people(an_item()))
    with pytest.raises(ConsentMissingError, match="tekniske_tjenester"):
        attend(item, PER, when=at(hour=11, minute=30))
    attend(item, OLA, when=at(hour=11, minute=30))
    assert item.room.holds(OLA)


def test_M08_what_is_noted_afterwards_is_the_truth_even_when_it_should_not_have_been() -> None:
    item = close_discussion(open_discussion(with_people(an_item())))
    item.record_attendance(
        person=PER, presence=Presence.PRESENT, called=CALLED, consent=consent(), day=DAY, by=by_saksbehandler(),
        at=at(hour=13), happened_at=at(hour=11, minute=45),
    )  # fmt: skip
    assert PER in {told.person for told in item.told()}


@pytest.mark.parametrize(
    ("noted", "then"),
    [
        ((), Presence.LEFT),
        ((), Presence.RETURNED),
        ((Presence.PRESENT,), Presence.PRESENT),
        ((Presence.PRESENT,), Presence.ABSENT),
        ((Presence.PRESENT,), Presence.RETURNED),
        ((Presence.PRESENT, Presence.LEFT), Presence.LEFT),
    ],
)
def test_M08_attendance_that_makes_no_sense_is_refused(noted: tuple[Presence, ...], then: Presence) -> None:
    item = an_item()
    for presence in noted:
        attend(item, KARI, presence)
    with pytest.raises(AttendanceOrderError):
        attend(item, KARI, then)


def test_M08_nobody_leaves_before_coming() -> None:
    item = with_people(an_item())
    with pytest.raises(AttendanceOrderError):
        attend(item, KARI, Presence.LEFT, at(hour=10))


def test_M08_who_was_noted_absent_may_still_come() -> None:
    item = an_item()
    attend(item, KARI, Presence.ABSENT)
    attend(item, KARI)
    assert item.room.holds(KARI)


# --- told ---


def test_M08_whoever_was_in_the_room_while_it_was_discussed_has_been_told() -> None:
    item = close_discussion(open_discussion(with_people(an_item(), ANNE, KARI)))
    assert item.told() == (
        Told(ANNE, SERVICE_OG_TILDELING, at(hour=11), at(hour=12)),
        Told(KARI, NAV, at(hour=11), at(hour=12)),
    )


def test_M08_who_came_late_and_left_early_was_told_only_meanwhile() -> None:
    item = open_discussion(with_people(an_item()))
    attend(item, OLA, when=at(hour=11, minute=20))
    attend(item, OLA, Presence.LEFT, at(hour=11, minute=40))
    close_discussion(item)
    assert item.told()[-1] == Told(OLA, PSYKISK_HELSE, at(hour=11, minute=20), at(hour=11, minute=40))


def test_M08_who_left_and_returned_was_told_twice() -> None:
    item = open_discussion(with_people(an_item()))
    attend(item, KARI, Presence.LEFT, at(hour=11, minute=20))
    attend(item, KARI, Presence.RETURNED, at(hour=11, minute=40))
    close_discussion(item)
    spans = [(told.since.minute, told.until) for told in item.told() if told.person == KARI]
    assert spans == [(0, at(hour=11, minute=20)), (40, at(hour=12))]


def test_M08_who_left_before_the_talk_or_stayed_away_was_not_told() -> None:
    item = with_people(an_item(), ANNE, KARI, OLA)
    attend(item, OLA, Presence.LEFT)
    attend(item, PER, Presence.ABSENT)
    close_discussion(open_discussion(item))
    assert {told.person for told in item.told()} == {ANNE, KARI}


def test_M08_who_came_when_the_talk_was_over_was_not_told() -> None:
    item = close_discussion(open_discussion(with_people(an_item())))
    attend(item, OLA, when=at(hour=12))
    assert OLA not in {told.person for told in item.told()}


def test_M08_a_talk_that_is_still_going_on_has_no_end() -> None:
    item = open_discussion(with_people(an_item()))
    assert {told.until for told in item.told()} == {None}


def test_M08_a_talk_of_an_instant_was_heard_by_those_there() -> None:
    item = close_discussion(open_discussion(with_people(an_item()), at(hour=11, minute=5)), at(hour=11, minute=5))
    assert {told.person for told in item.told()} == {ANNE, KARI}


# --- inhabil ---


def test_LI1_an_inhabil_person_does_not_come_in() -> None:
    item = an_item()
    declare(item)
    with pytest.raises(InhabilPresentError):
        attend(item, KARI)


def test_LI1_an_inhabil_person_is_out_of_the_room_at_once() -> None:
    item = open_discussion(with_people(an_item(), ANNE, KARI, OLA))
    declare(item)
    assert not item.room.holds(KARI)
    assert next(told.until for told in item.told() if told.person == KARI) == at(hour=11, minute=30)


def test_LI1_nothing_is_discussed_while_somebody_inhabil_elsewhere_is_in_the_room() -> None:
    with pytest.raises(InhabilPresentError):
        open_discussion(with_people(an_item(), ANNE, KARI, OLA), inhabil_elsewhere=(KARI,))


def test_B05_who_is_inhabil_for_one_candidate_stays_out_of_the_vacancy() -> None:
    with pytest.raises(InhabilPresentError):
        attend(a_vacancy(), KARI, inhabil_elsewhere=(KARI,))


def test_LI3_a_substitute_for_the_inhabil_attends_from_the_same_unit() -> None:
    item = with_people(an_item())
    declare(item, substitute=LIV)
    attend(item, LIV, when=at(hour=11, minute=40))
    assert item.room.present[-1] == PersonPresent(LIV, NAV, KARI)


def test_LI1_somebody_inhabil_is_nobodys_substitute() -> None:
    item = an_item()
    declare(item, OLA, PSYKISK_HELSE)
    with pytest.raises(InhabilPresentError):
        declare(item, KARI, substitute=OLA)


def test_LI1_one_declares_oneself_or_the_saksbehandler_does() -> None:
    item = an_item()
    item.declare_inhabil(person=KARI, unit=NAV, ground=InhabilGround.PARTY, by=by_member("nav"), at=at())
    with pytest.raises(NotAllowedError):
        item.declare_inhabil(person=OLA, unit=PSYKISK_HELSE, ground=InhabilGround.PARTY, by=by_member("nav"), at=at())


def test_LI1_nobody_is_declared_twice() -> None:
    item = an_item()
    declare(item)
    with pytest.raises(AlreadyInhabilError):
        declare(item)
