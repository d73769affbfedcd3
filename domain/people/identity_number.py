"""Norwegian identity numbers: fødselsnummer and D-number, real or synthetic.

Eleven digits: day, month, year (DDMMYY), three individual digits, two control digits. A D-number has
40 added to the day, a synthetic number 80 (Tenor, the test population of Skatteetaten) or 40 added to
the month. Numbers issued from 2032 use up more values of the first control digit: its sum leaves a
remainder of 0, 1, 2 or 3 instead of always 0. They say nothing about century or sex, and since nobody
can tell an old number from a new one, neither is ever read out of a number here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from domain.refusals import Refusal

FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
FIRST_REMAINDERS = frozenset({0, 1, 2, 3})
SECOND_REMAINDERS = frozenset({0})

D_NUMBER_DAYS = 40
SYNTHETIC_MONTHS = (80, 40)

SYNTHETIC_A_DAY = 800
"""Some 826 of a day's thousand individual numbers have control digits; this many can be counted on."""


class MalformedIdentityNumberError(Refusal):
    """Not eleven digits that begin with a date."""

    code = "identity_number_malformed"
    rule = "Folkeregisteret"
    missing = "Fødselsnummeret eller D-nummeret må ha elleve sifre og begynne med en dato som finnes."
    next_step = "Se på nummeret en gang til, og skriv alle elleve sifrene."


class WrongCheckDigitError(Refusal):
    """The control digits do not fit the other nine, so a digit is mistyped."""

    code = "identity_number_wrong_check_digit"
    rule = "Folkeregisteret"
    missing = "Kontrollsifrene i fødselsnummeret eller D-nummeret stemmer ikke. Minst ett siffer er feil."
    next_step = "Se på nummeret en gang til, og rett sifferet som er feil."


class SyntheticNumberRefusedError(Refusal):
    """A test number where only real people may be registered."""

    code = "identity_number_synthetic"
    rule = "Folkeregisteret"
    missing = "Dette er et testnummer. Det tilhører ikke en virkelig person."
    next_step = "Skriv personens eget fødselsnummer eller D-nummer."


@dataclass(frozen=True, repr=False)
class IdentityNumber:
    """A number whose date and control digits hold. It shows itself to nobody: read `digits` on purpose."""

    digits: str
    is_d_number: bool
    is_synthetic: bool

    def __repr__(self) -> str:
        return "IdentityNumber(***********)"


def parse(text: str, *, allow_synthetic: bool) -> IdentityNumber:
    """Read `text`, eleven digits with or without spaces.

    MalformedIdentityNumberError, WrongCheckDigitError, or, unless `allow_synthetic`, SyntheticNumberRefusedError.
    """
    digits = "".join(text.split())
    if len(digits) != 11 or not (digits.isascii() and digits.isdigit()):
        raise MalformedIdentityNumberError()
    day, is_d_number = _day(int(digits[:2]))
    month, is_synthetic = _month(int(digits[2:4]))
    if not _is_date(day, month, int(digits[4:6])):
        raise MalformedIdentityNumberError()
    if not _control_digits_hold(digits):
        raise WrongCheckDigitError()
    if is_synthetic and not allow_synthetic:
        raise SyntheticNumberRefusedError()
    return IdentityNumber(digits, is_d_number, is_synthetic)


def synthetic_number(birth: date, individual: int) -> str:
    """The `individual`-th synthetic fødselsnummer (month + 80) of those born on `birth`, for tests and demo.

    Different arguments give different numbers. `individual` counts from 0 to 799; ValueError for others.
    """
    if individual not in range(SYNTHETIC_A_DAY):
        raise ValueError(f"individual must be from 0 to {SYNTHETIC_A_DAY - 1}, not {individual}.")
    start = f"{birth:%d}{birth.month + 80}{birth:%y}"
    numbers = (_with_control_digits(f"{start}{serial:03}") for serial in range(1000))
    return next(islice(filter(None, numbers), individual, None))


def _day(day: int) -> tuple[int, bool]:
    return (day - D_NUMBER_DAYS, True) if day > D_NUMBER_DAYS else (day, False)


def _month(month: int) -> tuple[int, bool]:
    for added in SYNTHETIC_MONTHS:
        if month > added:
            return month - added, True
    return month, False


def _is_date(day: int, month: int, year: int) -> bool:
    # The century is unknown. This one has a leap day in every year that ends so, 00 included.
    try:
        date(2000 + year, month, day)
    except ValueError:
        return False
    return True


def _control_digits_hold(digits: str) -> bool:
    return (
        _remainder(digits, FIRST_WEIGHTS) in FIRST_REMAINDERS
        and _remainder(digits, SECOND_WEIGHTS) in SECOND_REMAINDERS
    )


def _remainder(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11


def _with_control_digits(nine: str) -> str | None:
    """The number that begins with `nine`, or None when a control digit would have to be 10."""
    first = -_remainder(nine, FIRST_WEIGHTS) % 11
    second = -_remainder(f"{nine}{first}", SECOND_WEIGHTS) % 11
    return None if 10 in (first, second) else f"{nine}{first}{second}"
