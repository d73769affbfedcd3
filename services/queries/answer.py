"""What answers to queries have in common."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, SerializationInfo

from services.versions import Etags


class Answer(BaseModel):
    """An answer to a query. A text is null when nothing was written, or when it is not opened for the reader."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class ListRow(Answer):
    """A row of a list. A text that does not open is null and named; the other rows are shown all the same (D17)."""

    withheld: tuple[str, ...] = Field(default=(), description="Names of texts that are there and were not opened.")


def _keyed(version: str, told: SerializationInfo[dict[str, Etags]]) -> str:
    """The ETag of a version. Whoever writes the answer out says with which key: `context={"etags": …}`."""
    return told.context["etags"].of_version(version)


ETag = Annotated[str, PlainSerializer(_keyed, return_type=str)]
"""A version (`version_of`) within, and its ETag in what is sent."""
