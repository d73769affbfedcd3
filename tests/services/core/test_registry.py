"""Operations are declared once: whole, with a permit, and in a module that the catalogue names (design D15)."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from domain.cases.case import Case
from services.command_desk import Outcome
from services.commands.body import Body
from services.context import Context
from services.core import catalogue
from services.core.permits.casework import Handles
from services.core.permits.keeping import DecidesItself
from services.core.permits.subject import itself
from services.core.registry import OPERATIONS, Area, BadlyDeclaredError, command, query
from services.installation import Installation

ROOT = Path(__file__).parents[3]

DECIDE_THEMSELVES: frozenset[str] = frozenset(
    {
        "add_agenda_item",
        "assign_responsibility",
        "declare_inhabil",
        "make_paper",
        "mark_duplicate",
        "preview_paper",
        "receive_application",
        "submit_case",
        "take_over_lease",
    }
)
"""The operations whose function decides, by name. Each says why in its permit; a new one needs a line here."""


@dataclass(frozen=True)
class Done:
    case: UUID


@dataclass
class Changeable:
    case: UUID


class Sent(Body):
    case: UUID


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """What a test declares is gone after it."""
    catalogue.operations()
    before = dict(OPERATIONS)
    yield
    OPERATIONS.clear()
    OPERATIONS.update(before)


def declaring_modules() -> Iterator[str]:
    """Every module of the services in which a function bears `@command` or `@query`."""
    for path in sorted((ROOT / "services").rglob("*.py")):
        functions = [node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)]
        called = [d.func for function in functions for d in function.decorator_list if isinstance(d, ast.Call)]
        if any(isinstance(name, ast.Name) and name.id in ("command", "query") for name in called):
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts)


def test_D15_the_catalogue_names_every_module_that_declares_an_operation() -> None:
    assert sorted(catalogue.MODULES) == list(declaring_modules())


def test_D15_every_operation_decides_by_its_permit_but_for_those_named_here() -> None:
    themselves = {one.id: one.permit.because for one in OPERATIONS.values() if isinstance(one.permit, DecidesItself)}

    assert set(themselves) == DECIDE_THEMSELVES
    assert all(themselves.values())


def test_D15_every_summary_is_a_sentence() -> None:
    assert not [one.id for one in OPERATIONS.values() if not one.summary.endswith((".", ")."))]


def test_D15_an_operation_takes_its_subject_then_what_the_path_leaves_and_what_is_sent() -> None:
    @command("/cases/{case}/parts/{part}", Area.CASES, Handles(Case, itself))
    def change_part(office: Installation, context: Context, case: Case, part: int, body: Sent) -> Outcome[Done]:
        """Change a part."""
        raise NotImplementedError

    declared = OPERATIONS["change_part"]
    assert (declared.in_path, declared.sent, declared.result) == ({"case": UUID, "part": int}, Sent, Done)


def test_D15_nothing_is_declared_twice() -> None:
    with pytest.raises(BadlyDeclaredError, match="twice"):

        @query("/elsewhere", Area.CASES, DecidesItself("it is refused anyway"), id="give_consent")
        def elsewhere(office: Installation, context: Context, _: None) -> list[Sent]:
            """Ask."""
            return []


def test_D15_an_operation_without_a_word_is_refused() -> None:
    with pytest.raises(BadlyDeclaredError, match="docstring"):

        @query("/silent", Area.CASES, DecidesItself("it is refused anyway"))
        def silent(office: Installation, context: Context, _: None) -> list[Sent]:
            return []


def test_D15_what_a_command_answers_with_is_a_frozen_dataclass() -> None:
    with pytest.raises(BadlyDeclaredError, match="frozen"):

        @command("/changeable", Area.CASES, DecidesItself("it is refused anyway"))
        def changeable(office: Installation, context: Context, _: None) -> Outcome[Changeable]:
            """Answer with what can change."""
            raise NotImplementedError

    with pytest.raises(BadlyDeclaredError, match="frozen"):

        @command("/unnamed", Area.CASES, DecidesItself("it is refused anyway"))
        def unnamed(office: Installation, context: Context, _: None) -> Outcome:
            """Answer with a mapping."""
            raise NotImplementedError


def test_D15_a_name_that_comes_from_nowhere_is_refused() -> None:
    with pytest.raises(BadlyDeclaredError, match="leave"):

        @command("/cases/{case}", Area.CASES, Handles(Case, itself))
        def stray(office: Installation, context: Context, case: Case, other: UUID) -> Outcome[Done]:
            """Take what nobody gives."""
            raise NotImplementedError


def test_D15_a_subject_named_in_a_field_that_is_not_sent_is_refused() -> None:
    with pytest.raises(BadlyDeclaredError, match="application"):

        @command("/drafts", Area.CASES, Handles(Case, itself, named_in="application"))
        def draft(office: Installation, context: Context, case: Case, body: Sent) -> Outcome[Done]:
            """Draft."""
            raise NotImplementedError
