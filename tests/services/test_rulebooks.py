"""Loading rulebooks, choosing the one of the day, and the Norwegian calendar (D11, LH9)."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from domain.access.kinds import InformationKind
from domain.actors import Unit
from domain.law.deadlines import weeks_after
from domain.law.requirement import RulebookError
from domain.law.rulebook import AppealBodyKind, DecisionSubject
from services.public_holidays import norwegian_working_days, public_holidays
from services.rulebooks import Rulebooks, load_rulebooks, read_rulebook
from tests.domain.law.rulebooks import RULEBOOK

FOLDER = Path(__file__).parents[2] / "config" / "rulebooks"
FIRST = FOLDER / "2026-01-01.toml"


def changed(folder: Path, old: str, new: str) -> Path:
    """A copy of the first rulebook in `folder` with `old`, which it must hold, replaced once."""
    text = FIRST.read_text(encoding="utf-8")
    assert old in text
    path = folder / "changed.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_D11_the_rulebook_that_comes_with_husrom_loads() -> None:
    rules = load_rulebooks(FOLDER).on(date(2027, 1, 1))
    assert rules.version == "2026-01-01"
    assert rules.hjemler[DecisionSubject.ASSISTANCE].text_nb == "boligsosialloven § 6"
    assert rules.appeal_bodies[DecisionSubject.DWELLING].kind is AppealBodyKind.KLAGENEMND
    assert rules.deadlines.lease_warning_months == (6, 3, 1)


def test_M02_M03_the_mandates_units_are_in_the_group() -> None:
    units = load_rulebooks(FOLDER).on(date(2027, 1, 1)).units
    assert units.permanent == ("service_og_tildeling", "psykisk_helse", "nav", "tekniske_tjenester")
    assert units.on_demand == ("integreringstjenesten", "botjenesten")


def test_M09_tekniske_tjenester_hears_of_the_dwelling_and_never_of_health() -> None:
    kinds = load_rulebooks(FOLDER).on(date(2027, 1, 1)).consent.kinds_for(Unit("tekniske_tjenester"))
    assert InformationKind.HOUSING in kinds
    assert InformationKind.HEALTH not in kinds


def test_M09_every_unit_of_the_group_can_be_named_in_a_consent() -> None:
    rules = load_rulebooks(FOLDER).on(date(2027, 1, 1))
    assert all(rules.consent.kinds_for(unit) for unit in rules.units.all)


def test_LH3_the_new_forvaltningslov_is_not_in_force() -> None:
    rules = load_rulebooks(FOLDER).on(date(2027, 1, 1))
    assert rules.provisions
    assert not any(rules.is_in_force(provision.code, date(2027, 1, 1)) for provision in rules.provisions)


def test_D11_a_rulebook_holds_from_its_date_until_the_next_one() -> None:
    newer = replace(RULEBOOK, version="newer", valid_from=date(2027, 7, 1))
    rulebooks = Rulebooks.of(newer, RULEBOOK)
    assert rulebooks.on(date(2027, 6, 30)) is RULEBOOK
    assert rulebooks.on(date(2027, 7, 1)) is newer


def test_D11_a_day_before_the_first_rulebook_is_refused() -> None:
    with pytest.raises(RulebookError, match="2025-12-31"):
        Rulebooks.of(RULEBOOK).on(date(2025, 12, 31))


def test_D11_an_old_vedtak_finds_the_version_it_used() -> None:
    newer = replace(RULEBOOK, version="newer", valid_from=date(2027, 7, 1))
    assert Rulebooks.of(RULEBOOK, newer).version("test") is RULEBOOK


def test_D11_a_version_that_is_gone_is_named() -> None:
    with pytest.raises(RulebookError, match="lost"):
        Rulebooks.of(RULEBOOK).version("lost")


def test_D11_two_rulebooks_with_one_version_are_refused() -> None:
    with pytest.raises(RulebookError, match="same code twice"):
        Rulebooks.of(RULEBOOK, replace(RULEBOOK, valid_from=date(2027, 7, 1)))


def test_D11_two_rulebooks_from_one_day_are_refused() -> None:
    with pytest.raises(RulebookError, match="same code twice"):
        Rulebooks.of(RULEBOOK, replace(RULEBOOK, version="other"))


def test_D11_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="no rulebook"):
        load_rulebooks(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("offer_days = 7", 'offer_days = "seven"', "offer_days"),
        ("offer_days = 7", "offer_dayz = 7", "deadlines.offer_dayz"),
        ('hjemmel = "boligsosialloven § 3"', 'hjemmel = "x"\nhjemel = "y"', "eligibility\\[0\\].hjemel"),
        ("appeal_weeks = 3", "appeal_weeks = 1", "LK3"),
        ('["identity", "household", "housing", "address"]', '["identity", "shoe_size"]', "shoe_size"),
        ('consequence = "keeps_place"', 'consequence = "leaves_list"', "leaves_list"),
        ('fact = "housing"', 'fact = "gender"', "gender.*LW2"),
        ('code = "must_move_soon"', 'code = "age"', "age.*LW2"),
        ('fact = "urgency"\n', "", "fact"),
        ("persons_per_room = 2", "persons_per_room = 0", "persons_per_room"),
        ("valid_from = 2026-01-01", 'valid_from = "soon"', "valid_from"),
        ("[rhythm]", "[rhythm", "changed.toml"),
    ],
)
def test_D11_a_wrong_value_is_refused_by_its_name(tmp_path: Path, old: str, new: str, named: str) -> None:
    with pytest.raises(RulebookError, match=named) as refused:
        read_rulebook(changed(tmp_path, old, new))
    assert "changed.toml" in str(refused.value)


def test_M05_holidays_have_their_norwegian_names() -> None:
    assert public_holidays(2027)[date(2027, 3, 26)] == "Langfredag"
    assert date(2027, 3, 24) not in public_holidays(2027)


@pytest.mark.parametrize(
    ("start", "weeks", "end"),
    [
        (date(2027, 3, 4), 3, date(2027, 3, 30)),
        (date(2027, 4, 26), 3, date(2027, 5, 18)),
        (date(2027, 12, 3), 3, date(2027, 12, 24)),
        (date(2027, 12, 4), 3, date(2027, 12, 27)),
        (date(2027, 12, 11), 3, date(2028, 1, 3)),
    ],
)
def test_LH9_deadlines_of_2027_follow_easter_17_may_and_christmas(start: date, weeks: int, end: date) -> None:
    assert weeks_after(start, weeks, norwegian_working_days()) == end
