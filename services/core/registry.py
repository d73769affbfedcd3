"""Operations, each declared once where it is written; routes, descriptions and scopes are derived from it (design D15)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from http import HTTPStatus
from inspect import signature
from types import NoneType
from typing import Any, Concatenate, Final, Literal, ParamSpec, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

from domain.law.rulebook import Rulebook
from services.command_desk import Outcome
from services.context import Context
from services.core.asked import Asked
from services.core.codes import refuse_unknown
from services.core.permits.door import IN_PATH, Door, PermitKind
from services.core.permits.reading import Reads, ReadsCase
from services.installation import Installation

P = ParamSpec("P")
S = TypeVar("S")
R = TypeVar("R")


class Area(StrEnum):
    """What an operation is about, as the documentation groups them."""

    AGENDA_ITEMS = "agenda items"
    ALLOCATIONS = "allocations"
    APPEALS = "appeals"
    APPLICATIONS = "applications"
    CARE_HOUSING = "care housing"
    CASES = "cases"
    CONCLUSIONS = "conclusions"
    DEADLINES = "deadlines"
    DELIVERIES = "deliveries"
    DWELLINGS = "dwellings"
    EMPLOYEES = "employees"
    FOLLOW_UPS = "follow-ups"
    IMPORTS = "imports"
    MEETINGS = "meetings"
    OVERVIEW = "overview"
    PAPERS = "papers"
    REVIEWS = "reviews"
    TENANCIES = "tenancies"
    VEDTAK = "vedtak"
    WAITING_LIST = "waiting list"
    WORKING_GROUP = "working group"


class BadlyDeclaredError(TypeError):
    """An operation that cannot be registered. Raised at import, so nothing starts with it."""


@dataclass(frozen=True)
class Operation:
    """One thing that can be done or asked. `text`: its docstring, which is public; the first line is its summary.

    `in_path`: the names in the path, each with the type of its value. `sent`: the model of a command's body, or of what
    a query may be asked along; None without one. `result`: the type of the answer.
    """

    id: str
    method: Literal["GET", "POST"]
    path: str
    area: Area
    permit: PermitKind[Any]
    function: Callable[..., Any] = field(repr=False)
    in_path: Mapping[str, Any]
    sent: type[Any] | None
    result: Any
    status: HTTPStatus
    text: str
    rehearsable: bool = False

    @property
    def summary(self) -> str:
        return self.text.partition("\n")[0]

    @property
    def is_command(self) -> bool:
        return self.method == "POST"

    @property
    def looks_at_one_case(self) -> bool:
        """Whether it shows one case by itself, or something in it: what a stated reason may open (D4)."""
        return not self.is_command and isinstance(self.permit, Reads | ReadsCase)

    @property
    def result_name(self) -> str:
        """The type of the answer as a programmer would write it."""
        rows = get_args(self.result)
        name: str = f"list[{rows[0].__name__}]" if rows else self.result.__name__
        return name

    def run(self, office: Installation, context: Context, ids: Mapping[str, Any], sent: Any = None) -> Any:
        """Ask the permit for the subject, then do it. `ids`: the values of the names in the path; `sent`: of `sent`.

        Gives an `Outcome` for a command, the answer for a query. Raises what the permit or the function refuses with, and
        the refusal of a code that the rulebook does not have.
        """
        subject = self.permit.admit(Door(self.id, office, context, tuple(ids.values()), sent))
        if sent is not None:
            refuse_unknown(lambda: _rules(office, context, sent), sent)
        arguments = dict(list(ids.items())[ids_taken(self.permit) :])
        if self.sent is not None:
            arguments[SENT[self.method]] = sent
        answer = self.function(office, context, subject, **arguments)
        return replace(answer, status=self.status) if self.is_command else answer


SENT: Final = {"POST": "body", "GET": "asked"}
"""What the function calls what is sent along."""

OPERATIONS: Final[dict[str, Operation]] = {}
"""Every operation by its id. Whole once `services.core.catalogue` is imported."""

Commands = Callable[Concatenate[Installation, Context, S, P], Outcome[R]]
Queries = Callable[Concatenate[Installation, Context, S, P], R]


def command(
    path: str, area: Area, permit: PermitKind[S], *, id: str | None = None, status: HTTPStatus = HTTPStatus.OK,
    rehearsable: bool = False,
) -> Callable[[Commands[S, P, R]], Commands[S, P, R]]:  # fmt: skip
    """Declare a command: POST `path`. Its id is the function's name, unless `id` says another.

    The function gets the installation, the context and what the permit gives; then, by name, what else stands in the
    path, and its `body`. `status` answers when it is done. `rehearsable`: the body has `dry_run`.
    """

    def declare(function: Commands[S, P, R]) -> Commands[S, P, R]:
        outcome = get_type_hints(function, include_extras=True)["return"]
        (result,) = get_args(outcome) or (None,)
        if not getattr(getattr(result, "__dataclass_params__", None), "frozen", False):
            raise BadlyDeclaredError(f"{function.__name__}: Outcome[a frozen dataclass] is what a command answers with")
        _register("POST", path, area, permit, function, result, id=id, status=status, rehearsable=rehearsable)
        return function

    return declare


def query(
    path: str, area: Area, permit: PermitKind[S], *, id: str | None = None
) -> Callable[[Queries[S, P, R]], Queries[S, P, R]]:
    """Declare a query: GET `path`. What may be asked along is the model of its parameter `asked`, an `Asked`.

    What the function answers with is a model, a list of models, a `Page` of them, or a `File`.
    """

    def declare(function: Queries[S, P, R]) -> Queries[S, P, R]:
        result = get_type_hints(function, include_extras=True)["return"]
        _register("GET", path, area, permit, function, result, id=id)
        return function

    return declare


def ids_taken(permit: PermitKind[Any]) -> int:
    """How many of the ids in the path the permit uses up; the others go to the function."""
    return 1 if permit.named_in == IN_PATH else 0


def _rules(office: Installation, context: Context, sent: Any) -> Rulebook:
    """The rulebook that the codes in what is sent are held against."""
    return sent.rules(office, context) if isinstance(sent, Asked) else office.rules(context)


def _register(
    method: Literal["GET", "POST"], path: str, area: Area, permit: PermitKind[Any], function: Callable[..., Any],
    result: Any, *, id: str | None, status: HTTPStatus = HTTPStatus.OK, rehearsable: bool = False,
) -> None:  # fmt: skip
    id = id or function.__name__
    hints = get_type_hints(function, include_extras=True)
    named = list(signature(function).parameters)[3:]
    in_path = {part[1:-1]: UUID for part in path.split("/") if part.startswith("{")}
    left = list(in_path)[ids_taken(permit) :]
    in_path |= {name: hints[name] for name in left if name in hints}
    sent = hints.get(SENT[method])
    if id in OPERATIONS:
        raise BadlyDeclaredError(f"{id}: declared twice")
    if not function.__doc__ or result in (None, NoneType):
        raise BadlyDeclaredError(f"{id}: without a docstring or an answer")
    if [*left, *([SENT[method]] if sent else [])] != named:
        raise BadlyDeclaredError(f"{id}: takes {named}, which is not what the path and the permit leave")
    if method == "GET" and sent is not None and not issubclass(get_origin(sent) or sent, Asked):
        raise BadlyDeclaredError(f"{id}: what may be asked along is an Asked")
    if permit.named_in not in (None, IN_PATH, *getattr(sent, "model_fields", ())):
        raise BadlyDeclaredError(f"{id}: nothing that is sent is called {permit.named_in}")
    text = "\n".join(line.strip() for line in function.__doc__.strip().splitlines())
    OPERATIONS[id] = Operation(
        id, method, path, area, permit, function, in_path, sent, result, status, text, rehearsable
    )
