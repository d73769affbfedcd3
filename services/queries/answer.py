"""What answers to queries have in common."""

from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    """An answer to a query. A text is null when nothing was written, or when it is not opened for the reader."""

    model_config = ConfigDict(frozen=True, from_attributes=True)
