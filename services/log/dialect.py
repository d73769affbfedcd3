"""Where SQLite and PostgreSQL say the same thing in different words; the statements about facts are otherwise one."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Execute = Callable[[str, Mapping[str, Any]], Any]
"""Runs one statement with its parameters as `:name`, in the transaction at hand, and gives its rows by column name."""


@dataclass(frozen=True)
class Dialect:
    """How one database says it.

    `these`: the ids in the parameter `:ids`, as what follows IN. `rows`: the objects in the parameter `:rows` as a table
    of text columns and a position. `last_day`: until when the fact in `{row}` holds, as text. `placeholders`: a statement
    as the driver takes it. `ids`: the value of `:ids`.
    """

    these: str
    rows: str
    last_day: str
    placeholders: Callable[[str], str]
    ids: Callable[[Sequence[str]], Any]

    def listed(self, name: str) -> str:
        """As `these`, for the ids in the parameter of that name."""
        return self.these.replace(":ids", f":{name}")


SQLITE = Dialect(
    these="(SELECT value FROM json_each(:ids))",
    rows=(
        "(SELECT value ->> 'name' AS name, value ->> 'scope' AS scope, value ->> 'subject' AS subject, "
        "value ->> 'about' AS about, value ->> 'value' AS value, value ->> 'position' AS position FROM json_each(:rows))"
    ),
    last_day="{row}.value ->> 'valid_to'",
    placeholders=lambda statement: statement,
    ids=json.dumps,
)
POSTGRES = Dialect(
    these="(SELECT unnest(CAST(:ids AS text[])))",
    rows=(
        "(SELECT * FROM json_to_recordset(CAST(:rows AS json)) "
        "AS one(name text, scope text, subject text, about text, value text, position bigint))"
    ),
    last_day="CAST({row}.value AS json) ->> 'valid_to'",
    placeholders=lambda statement: re.sub(r":(\w+)", r"%(\1)s", statement),
    ids=list,
)
