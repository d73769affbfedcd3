"""Refusals in words: every code that one can be about is said in plain bokmål."""

from enum import StrEnum
from pathlib import Path

import pytest

from domain.access.decision import Rule
from domain.access.kinds import InformationKind
from domain.cases.application_content import ApplicationKind
from domain.cases.case import UnansweredApplicationError
from domain.cases.consent_facts import ConsentMissingError
from domain.cases.pre_assessment import Topic
from domain.decisions.appeal.facts import Part
from domain.decisions.appeal.refusals import TookPartError
from domain.refusals import NotAllowedError
from services.rulebooks import load_rulebooks
from services.words_nb import APPLIED_FOR, KINDS, PARTS, RULES, TOPICS, WORDS, in_words, named_in

NAMES = named_in(load_rulebooks(Path(__file__).parents[2] / "config" / "rulebooks").oldest_first)


@pytest.mark.parametrize("rule", Rule)
def test_C06_every_access_rule_has_a_sentence(rule: Rule) -> None:
    assert RULES[rule].endswith(".")
    assert rule.value not in RULES[rule]


@pytest.mark.parametrize(
    ("table", "codes"), [(KINDS, InformationKind), (APPLIED_FOR, ApplicationKind), (TOPICS, Topic), (PARTS, Part)]
)  # fmt: skip
def test_C06_every_kind_topic_and_part_has_a_word(table: dict[StrEnum, str], codes: type[StrEnum]) -> None:
    assert set(table) == set(codes)


def test_C06_a_code_means_the_same_in_whichever_table_it_stands() -> None:
    tables = (KINDS, APPLIED_FOR, TOPICS, PARTS, NAMES)
    assert all({**WORDS, **NAMES}[code] == word for table in tables for code, word in table.items())


def test_LI1_a_refused_look_says_why_to_the_one_who_asked() -> None:
    told = in_words(NotAllowedError(codes=(Rule.INHABIL,)), NAMES)
    assert told == "Du kan ikke gjøre dette i denne saken. Du er inhabil i saken."


def test_M09_units_without_consent_go_by_their_names() -> None:
    told = in_words(ConsentMissingError(codes=("nav", "tekniske_tjenester", "psykisk_helse")), NAMES)
    assert told.endswith("fra søkeren. Det gjelder Nav, Tekniske tjenester og Psykisk helse.")


def test_LH4_what_waits_for_an_answer_ends_the_sentence_that_asks_for_it() -> None:
    told = in_words(UnansweredApplicationError(codes=("assistance", "dwelling")), NAMES)
    assert told.endswith("Det mangler svar om: boligsosial bistand og kommunal bolig.")


def test_LI4_how_somebody_took_part_is_told_in_words() -> None:
    told = in_words(TookPartError(codes=("in_the_room",)), NAMES)
    assert told.endswith("for klageinstansen. Den som er valgt, var i rommet da saken ble drøftet.")


def test_R12_a_closed_field_goes_by_its_kind() -> None:
    assert in_words(ConsentMissingError(codes=("minutes.facts",)), NAMES).endswith("Det gjelder referatet.")
