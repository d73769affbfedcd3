"""A person: who letters go to, and being registered twice (LH7, LA5, M01)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.law.rulebook import DecisionSubject
from domain.people.person import IdentityKnownError, Person, PersonDetails
from domain.people.representation import (
    EVERYTHING,
    AuthorityEndsFirstError,
    AuthorityScopeMissingError,
    RepresentativeAlreadyReleasedError,
    RepresentativeKind,
    RepresentativeUnknownError,
)
from tests.domain.support import (
    PERSON,
    an_id,
    at,
    by_saksbehandler,
    events_of,
    sealed,
    state_of,
    stored_and_replayed,
)
from tests.examples import example

FROM, LAST = date(2027, 1, 12), date(2027, 6, 30)
DWELLING, ASSISTANCE = DecisionSubject.DWELLING, DecisionSubject.ASSISTANCE
DETAILS = PersonDetails(
    name=sealed("identity.name", None), address=sealed("contact.address", None), email=sealed("contact.email", None)
)
NAME, CONTACT = sealed("identity.representative", None), sealed("contact.representative", None)


def a_person() -> Person:
    return Person.register(id=PERSON, details=DETAILS, by=by_saksbehandler(), at=at())


def represented(
    *scope: DecisionSubject, kind: RepresentativeKind = RepresentativeKind.FULLMAKT, name: str = "representative",
    valid_from: date = FROM, valid_to: date | None = LAST, person: Person | None = None,
) -> Person:  # fmt: skip
    person = person or a_person()
    person.authorise_representative(
        authority=an_id(name), kind=kind, name=NAME, contact=CONTACT, scope=scope or EVERYTHING, valid_from=valid_from,
        valid_to=valid_to, by=by_saksbehandler(), at=at(),
    )  # fmt: skip
    return person


def test_LH7_without_a_representative_the_person_gets_the_letters() -> None:
    recipient = a_person().letter_recipient(FROM, DWELLING)

    assert (recipient.name, recipient.address, recipient.email) == (DETAILS.name, DETAILS.address, DETAILS.email)
    assert not recipient.is_representative


@pytest.mark.parametrize("kind", list(RepresentativeKind))
@pytest.mark.parametrize("matters", [(), (DWELLING,), (DWELLING, ASSISTANCE)], ids=len)
def test_LH7_a_representative_for_everything_gets_every_letter(
    kind: RepresentativeKind, matters: tuple[DecisionSubject, ...]
) -> None:
    recipient = represented(kind=kind).letter_recipient(FROM, *matters)

    assert (recipient.name, recipient.address, recipient.email) == (NAME, CONTACT, None)
    assert (recipient.authority, recipient.kind) == (an_id("representative"), kind)


@pytest.mark.parametrize(
    ("day", "goes_there"),
    [(date(2027, 1, 11), False), (FROM, True), (LAST, True), (date(2027, 7, 1), False)],
    ids=str,
)  # fmt: skip
def test_LH7_letters_go_to_the_representative_on_the_days_of_the_fullmakt_only(day: date, goes_there: bool) -> None:
    assert represented().letter_recipient(day, DWELLING).is_representative is goes_there


@pytest.mark.parametrize(
    ("matters", "goes_there"),
    [((DWELLING,), True), ((ASSISTANCE,), False), ((DWELLING, ASSISTANCE), False), ((), False)],
)  # fmt: skip
def test_LH7_letters_go_to_the_representative_within_the_fullmakt_only(
    matters: tuple[DecisionSubject, ...], goes_there: bool
) -> None:
    assert represented(DWELLING).letter_recipient(FROM, *matters).is_representative is goes_there


def test_LH7_a_guardian_comes_before_a_fullmektig() -> None:
    person = represented(kind=RepresentativeKind.GUARDIAN, name="guardian")

    represented(person=person, name="fullmektig")

    assert person.letter_recipient(FROM).authority == an_id("guardian")


def test_LH7_of_two_fullmakts_the_newest_counts() -> None:
    person = represented(name="old")

    represented(person=person, name="new")

    assert person.letter_recipient(FROM).authority == an_id("new")


def test_LH7_after_the_release_letters_go_to_the_person_again() -> None:
    person = represented(valid_to=None)

    person.release_representative(
        authority=an_id("representative"), on=date(2027, 3, 1), by=by_saksbehandler(), at=at()
    )

    assert person.letter_recipient(date(2027, 2, 28)).is_representative
    assert not person.letter_recipient(date(2027, 3, 1)).is_representative


def test_LH7_nobody_is_released_who_does_not_represent() -> None:
    with pytest.raises(RepresentativeUnknownError):
        represented().release_representative(authority=an_id("nobody"), on=FROM, by=by_saksbehandler(), at=at())


def test_LH7_an_authority_that_has_ended_is_not_ended_again() -> None:
    with pytest.raises(RepresentativeAlreadyReleasedError):
        represented().release_representative(
            authority=an_id("representative"), on=date(2027, 7, 1), by=by_saksbehandler(), at=at()
        )


def test_LH7_an_authority_says_what_it_covers() -> None:
    person = a_person()

    with pytest.raises(AuthorityScopeMissingError):
        person.authorise_representative(
            authority=an_id("a"), kind=RepresentativeKind.FULLMAKT, name=NAME, contact=CONTACT, scope=(),
            valid_from=FROM, by=by_saksbehandler(), at=at(),
        )  # fmt: skip


def test_LH7_an_authority_does_not_end_before_it_begins() -> None:
    with pytest.raises(AuthorityEndsFirstError):
        represented(valid_from=LAST, valid_to=FROM)


@pytest.mark.parametrize("guardian", [True, False])
def test_LH7_a_representative_named_before_scopes_were_kept_gets_every_letter(guardian: bool) -> None:
    person = a_person()
    named = example(
        Person.RepresentativeNamed, originator_id=PERSON, originator_version=2, name=NAME, contact=CONTACT,
        guardian=guardian, originator_topic="person",
    )  # fmt: skip

    named.apply(person)

    kind = RepresentativeKind.GUARDIAN if guardian else RepresentativeKind.FULLMAKT
    assert (person.letter_recipient(FROM).name, person.letter_recipient(FROM).kind) == (NAME, kind)


def test_M01_a_person_registered_without_a_number_gets_it_later() -> None:
    person, number = a_person(), sealed("identity.number", None)

    person.identify(identity_number=number, number_of=person.id, by=by_saksbehandler(), at=at())

    assert person.details == replace(DETAILS, identity_number=number)


def test_M01_a_number_that_a_submission_gave_before_makes_them_one_person() -> None:
    person, number = a_person(), sealed("identity.number", None)

    person.identify(identity_number=number, number_of=an_id("number"), by=by_saksbehandler(), at=at())

    assert (person.details.identity_number, person.same_as) == (number, an_id("number"))


def test_M04_somebody_whom_a_submission_names_is_registered_as_named_and_matched_by_number() -> None:
    person = Person.name_in_submission(
        id=an_id("submitted"), details=DETAILS, number_of=an_id("number"), by=by_saksbehandler(), at=at()
    )

    assert (person.details, person.same_as) == (DETAILS, an_id("number"))


def test_M04_without_a_number_nobody_is_the_same() -> None:
    person = Person.name_in_submission(
        id=an_id("submitted"), details=DETAILS, number_of=None, by=by_saksbehandler(), at=at()
    )

    assert person.same_as is None


def test_M01_a_person_registered_twice_is_found_to_be_one() -> None:
    person = a_person()

    person.find_same(same_as=an_id("other"), by=by_saksbehandler(), at=at())

    assert person.same_as == an_id("other")


def test_M01_two_people_with_a_number_each_are_not_one() -> None:
    person = a_person()
    person.identify(
        identity_number=sealed("identity.number", None), number_of=person.id, by=by_saksbehandler(), at=at()
    )

    with pytest.raises(IdentityKnownError):
        person.find_same(same_as=an_id("other"), by=by_saksbehandler(), at=at())
    with pytest.raises(IdentityKnownError):
        person.identify(
            identity_number=sealed("identity.number", None), number_of=person.id, by=by_saksbehandler(), at=at()
        )


def test_M01_finding_the_same_twice_says_it_once() -> None:
    person = a_person()
    for _ in range(2):
        person.find_same(same_as=an_id("other"), by=by_saksbehandler(), at=at())

    assert len(events_of(person)) == 2


def test_D2_a_person_comes_back_from_its_events_as_it_was() -> None:
    person = represented()
    person.release_representative(authority=an_id("representative"), on=LAST, by=by_saksbehandler(), at=at())
    person.find_same(same_as=an_id("other"), by=by_saksbehandler(), at=at())

    assert state_of(stored_and_replayed(person)) == state_of(person)
