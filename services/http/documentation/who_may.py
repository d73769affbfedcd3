"""Who gets in to an operation, as a sentence: said of each kind of permit."""

from collections.abc import Callable
from functools import singledispatch
from typing import Any

from domain.access.decision import Action
from services.core.duties import Duty
from services.core.permits.casework import Handles, HandlesCase
from services.core.permits.comparing import Compares
from services.core.permits.keeping import DecidesItself, Holds, Keeps, KeepsTheOnly, Owns
from services.core.permits.reading import Audits, Reads, ReadsCase, ReadsEach

HANDLER = "Who handles the case: its saksbehandler at Service og tildeling, or who stands in."
READER = "Who may see something of the case. How much is in the answer follows from that."


@singledispatch
def who_may(permit: Any) -> str:
    """The sentence for a permit. A kind of permit that has none cannot be documented."""
    raise TypeError(f"nobody has written who may by {type(permit).__name__}")


@who_may.register(Handles)
def _(permit: Handles[Any]) -> str:
    ways = [_way(way) for way in (permit.own, permit.also) if way is not None]
    first = [_only(permit.first)] if permit.first is not None else []
    return " ".join([HANDLER, *ways, *first])


@who_may.register(HandlesCase)
def _(_permit: HandlesCase) -> str:
    return HANDLER


@who_may.register(Reads)
def _(permit: Reads[Any]) -> str:
    return HANDLER if permit.action is Action.HANDLE else READER


@who_may.register(ReadsCase)
def _(_permit: ReadsCase) -> str:
    return READER


@who_may.register(ReadsEach)
def _(permit: ReadsEach) -> str:
    each = "Each row is decided by itself, and what the reader may not see leaves no trace."
    return f"{_only(permit.first)} {each}" if permit.first is not None else f"Everybody in the directory. {each}"


@who_may.register(Audits)
def _(_permit: Audits) -> str:
    return "A reviewer, who sees who knew of the case and not what it says. The look is logged."


@who_may.register(Compares)
def _(permit: Compares[Any]) -> str:
    each = "Nobody who is inhabil for one of the candidates."
    return f"{_only(permit.first)} {each}" if permit.first is not None else f"Who may compare them. {each}"


@who_may.register(Keeps)
def _(permit: Keeps[Any]) -> str:
    return _only(permit.duty)


@who_may.register(KeepsTheOnly)
def _(permit: KeepsTheOnly[Any]) -> str:
    return _only(permit.duty)


@who_may.register(Holds)
def _(permit: Holds) -> str:
    return _only(permit.duty)


@who_may.register(Owns)
def _(_permit: Owns[Any]) -> str:
    return "The one whom it belongs to. To others it is not there."


@who_may.register(DecidesItself)
def _(permit: DecidesItself) -> str:
    return f"It hangs on what is sent: {permit.because}."


def _only(duty: Duty) -> str:
    return f"{duty.name[0].upper()}{duty.name[1:]}."


def _way(way: Callable[..., bool]) -> str:
    """Another way in, by what its condition asks: "Whether it is one's own" becomes "Or it is one's own"."""
    return f"Or {(way.__doc__ or '').removeprefix('Whether ')}"
