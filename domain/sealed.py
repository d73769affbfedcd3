"""Personal text as the domain knows it: closed (design D3).

The domain stores and compares sealed values; it never sees what they say. Only `services.vault` makes
and opens them, and only `services.gate` asks it to open one.
"""

from dataclasses import dataclass
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
