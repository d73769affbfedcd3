"""Identity numbers: shape, date, control digits, the 2032 rule, synthetic numbers.

A number here that is not synthetic could only belong to somebody born in the 1800s, or is of the kind issued from 2032.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people.identity_number import (
    FIRST_WEIGHTS,
    SECOND_WEIGHTS,
    MalformedIdentityNumberError,
    SyntheticNumberRefusedError,
    WrongCheckDigitError,
    parse,
    synthetic_number,
)

births = st.dates(date(1920, 1, 1), date(2039, 12, 31))
individuals = st.integers(0, 799)


def with_control_digits(nine: str, *, remainder: int = 0) -> str:
    """`nine` and its control digits, the first with `remainder`, found by trial; StopIteration when there are none."""
    return next(complete(nine, remainder))


def nine_for(remainder: int) -> str:
    """Nine digits from 1 January 2032 that have control digits with `remainder`."""
    return next(nine for n in range(1000) if any(complete(nine := f"010132{n:03}", remainder)))


def complete(nine: str, remainder: int) -> Iterator[str]:
    for tail in range(100):
        number = f"{nine}{tail:02}"
        if weighted(number, FIRST_WEIGHTS) == remainder and weighted(number, SECOND_WEIGHTS) == 0:
            yield number


def weighted(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(d) * w for d, w in zip(digits, weights, strict=False)) % 11


def flip(digits: str, place: int) -> str:
    return f"{digits[:place]}{(int(digits[place]) + 1) % 10}{digits[place + 1 :]}"


def test_a_number_of_the_old_kind_is_accepted() -> None:
    digits = with_control_digits("311299567")
    assert digits == "31129956715"
    assert parse(digits, allow_synthetic=False).digits == digits


@pytest.mark.parametrize("remainder", [1, 2, 3])
def test_a_number_of_the_2032_rule_is_accepted(remainder: int) -> None:
    digits = with_control_digits(nine_for(remainder), remainder=remainder)
    assert parse(digits, allow_synthetic=False).digits == digits


@pytest.mark.parametrize("remainder", [4, 5, 6, 7, 8, 9, 10])
def test_any_other_remainder_of_the_first_control_digit_is_refused(remainder: int) -> None:
    digits = with_control_digits(nine_for(remainder), remainder=remainder)
    with pytest.raises(WrongCheckDigitError):
        parse(digits, allow_synthetic=False)


def test_a_d_number_is_recognised_by_its_day() -> None:
    number = parse(with_control_digits("550687567"), allow_synthetic=False)
    assert number.is_d_number
    assert not number.is_synthetic


@pytest.mark.parametrize("month", ["86", "46"])
def test_a_synthetic_number_is_refused_unless_a_setting_allows_it(month: str) -> None:
    digits = with_control_digits(f"15{month}87123")
    with pytest.raises(SyntheticNumberRefusedError):
        parse(digits, allow_synthetic=False)
    assert parse(digits, allow_synthetic=True).is_synthetic


def test_a_synthetic_d_number_is_both() -> None:
    number = parse(with_control_digits("558687123"), allow_synthetic=True)
    assert number.is_d_number
    assert number.is_synthetic


def test_spaces_do_not_matter() -> None:
    assert parse(" 311299 56715\n", allow_synthetic=False).digits == "31129956715"


@pytest.mark.parametrize("text", ["", "3112995671", "311299567155", "3112995671x", "31129956７15", "-1129956715"])
def test_anything_but_eleven_digits_is_malformed(text: str) -> None:
    with pytest.raises(MalformedIdentityNumberError):
        parse(text, allow_synthetic=True)


@pytest.mark.parametrize("nine", ["000187123", "321287123", "150087123", "151387123", "290287123", "151987123"])
def test_a_date_that_does_not_exist_is_malformed(nine: str) -> None:
    with pytest.raises(MalformedIdentityNumberError):
        parse(f"{nine}00", allow_synthetic=True)


def test_a_leap_day_is_a_date() -> None:
    assert parse(with_control_digits("290288566"), allow_synthetic=False).digits.startswith("290288")


@given(births, individuals, st.integers(0, 10))
def test_one_mistyped_digit_never_gives_another_accepted_number_of_the_old_kind(
    birth: date, individual: int, place: int
) -> None:
    mistyped = flip(synthetic_number(birth, individual), place)
    assert weighted(mistyped, FIRST_WEIGHTS) or weighted(mistyped, SECOND_WEIGHTS)


@given(births, individuals)
def test_a_made_up_number_is_synthetic_and_holds(birth: date, individual: int) -> None:
    number = parse(synthetic_number(birth, individual), allow_synthetic=True)
    assert number.is_synthetic
    assert number.digits[:6] == f"{birth:%d}{birth.month + 80}{birth:%y}"


@given(births)
def test_different_individuals_get_different_numbers(birth: date) -> None:
    numbers = {synthetic_number(birth, individual) for individual in range(20)}
    assert len(numbers) == 20


@pytest.mark.parametrize("individual", [-1, 800])
def test_an_individual_out_of_reach_is_refused(individual: int) -> None:
    with pytest.raises(ValueError, match="individual"):
        synthetic_number(date(1987, 6, 15), individual)


@given(births, individuals)
def test_D3_a_number_shows_itself_neither_in_text_nor_in_a_refusal(birth: date, individual: int) -> None:
    digits = synthetic_number(birth, individual)
    number = parse(digits, allow_synthetic=True)
    with pytest.raises(SyntheticNumberRefusedError) as refused:
        parse(digits, allow_synthetic=False)
    shown = f"{number} {number!r} {[number]} {refused.value} {refused.value!r}"
    assert not any(character.isdigit() for character in shown)


@given(st.text(max_size=20))
def test_whatever_is_typed_the_answer_is_a_number_or_a_named_refusal(text: str) -> None:
    with suppress(MalformedIdentityNumberError, WrongCheckDigitError):
        assert parse(text, allow_synthetic=True).digits.isdigit()
