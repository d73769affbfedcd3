"""Answers that are a file and not JSON. A client gets the bytes, and the name to keep them under."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class File:
    """`name` says nothing of what the file says, nor about whom: it ends up in people's folders."""

    media_type: ClassVar[str]
    about: ClassVar[str]
    """What kind of file it is, for the documentation."""
    disposition: ClassVar[str]
    """Whether a browser shows it (`inline`) or keeps it (`attachment`)."""

    content: bytes
    name: str


@dataclass(frozen=True)
class Pdf(File):
    media_type = "application/pdf"
    about = "The paper: PDF/A-2a and PDF/UA-1."
    disposition = "inline"


@dataclass(frozen=True)
class Csv(File):
    media_type = "text/csv"
    about = "A table for a spreadsheet: UTF-8 with byte order mark, semicolons."
    disposition = "attachment"
