"""What may be asked along with a query, and lists in pages; `services.http` reads it from the address."""

from typing import Annotated, Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from domain.law.rulebook import Rulebook
from services.context import Context
from services.core.pages import MAX_LIMIT, decode_cursor
from services.installation import Installation

DEFAULT_LIMIT: Final = 50

Key = TypeVar("Key", bound=tuple[Any, ...])


class Asked(BaseModel):
    """What one query may be asked along. Each field stands in the address under its name or its alias."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    def rules(self, office: Installation, context: Context) -> Rulebook:
        """The rulebook that the codes in it are held against: today's, unless the query asks about another day."""
        return office.rules(context)


class Paged(Asked):
    """The page of a list that is asked for."""

    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT, description="How many items at most.")] = DEFAULT_LIMIT
    cursor: Annotated[str | None, Field(max_length=600, description="`next` of the page before.")] = None

    def after(self, key_type: type[Key]) -> Key | None:
        """The sort key of the last row already shown, None on the first page. `key_type`: a NamedTuple.

        Raises InvalidCursorError.
        """
        return None if self.cursor is None else decode_cursor(self.cursor, key_type)
