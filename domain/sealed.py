"""Personal text as the domain knows it: closed (design D3).

The domain stores and compares sealed values; it never sees what they say. Only `services.vault` makes
and opens them, and only `services.gate` asks it to open one.

A text opens only in the place it is read from (design D17). Each event declares what its texts are called; what a
stored value says of itself does not count.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Sealed:
    """A value encrypted with the data key of `owner` and bound to owner, case and field.

    `owner`: the person (or dwelling, or employee) whose data key closed it.
    `case`: the case it was written in; None for what belongs to the owner in every case.
    `field`: its permanent name, `area.field`; `domain.access.kinds` says which kind of information that is.
    `box`: nonce and ciphertext.
    """

    owner: UUID
    case: UUID | None
    field: str
    box: bytes


@dataclass(frozen=True)
class Place:
    """Where a text is read: whose it is, in which case (None: in every case), and what it is called there."""

    owner: UUID
    case: UUID | None
    field: str


@dataclass(frozen=True)
class Named:
    """Declares what a text is called for ever: `reasons: Annotated[Sealed, Named("vedtak.reasons")]`."""

    field: str

    def of(self, _holder: Any) -> str:
        return self.field


@dataclass(frozen=True, eq=False)
class NamedBy:
    """Declares one name for each code that the attribute `code` beside the text may have."""

    code: str
    fields: Mapping[Any, str]

    def of(self, holder: Any) -> str:
        """What the text in `holder` is called."""
        return self.fields[getattr(holder, self.code)]
