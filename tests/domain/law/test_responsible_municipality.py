"""Which municipality has to help (LR3)."""

import pytest

from domain.law.responsible_municipality import (
    HERE,
    Municipality,
    ResponsibilityBasis,
    Stay,
    responsible_municipality,
)

HOME, SETTLED = Municipality("0301"), Municipality("1103")
ORDINARY, ADMITTED, SETTLEMENT, AGREED = ResponsibilityBasis


@pytest.mark.parametrize(
    ("stay", "municipality", "basis"),
    [
        (Stay(HERE), HERE, ORDINARY),
        (Stay(HOME), HOME, ORDINARY),
        (Stay(HERE, before_admission=HOME), HOME, ADMITTED),
        (Stay(HOME, before_admission=HERE), HERE, ADMITTED),
        (Stay(HERE, settled_in=SETTLED), SETTLED, SETTLEMENT),
        (Stay(HERE, settled_in=SETTLED, move_agreed=True), HERE, AGREED),
        (Stay(HERE, settled_in=HERE), HERE, SETTLEMENT),
        (Stay(HERE, before_admission=HOME, settled_in=SETTLED), SETTLED, SETTLEMENT),
        (Stay(HERE, before_admission=HOME, settled_in=SETTLED, move_agreed=True), HOME, ADMITTED),
        (Stay(HERE, move_agreed=True), HERE, ORDINARY),
    ],
)
def test_LR3_the_responsible_municipality_follows_from_the_stay(
    stay: Stay, municipality: Municipality, basis: ResponsibilityBasis
) -> None:
    found = responsible_municipality(stay)

    assert (found.municipality, found.basis, found.is_here) == (municipality, basis, municipality == HERE)


def test_LR2_how_long_somebody_has_lived_here_is_not_even_asked() -> None:
    assert set(vars(Stay(HERE))) == {"staying_in", "before_admission", "settled_in", "move_agreed"}
