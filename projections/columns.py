"""Column types that keep their meaning on both databases."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

import msgspec
from sqlalchemy import DateTime, Dialect, Text, TypeDecorator

from domain.sealed import Sealed


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC; SQLite would drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class SealedText(TypeDecorator[Sealed]):
    """A closed value, stored closed. Only the gate opens it, as the text that the column is for (design D17)."""

    impl = Text
    cache_ok = True

    def __init__(self, field: str) -> None:
        """`field`: what the text is called, whatever a stored value says of itself."""
        super().__init__()
        self.field = field

    def process_bind_param(self, value: Sealed | None, dialect: Dialect) -> str | None:
        return msgspec.json.encode(value).decode() if value is not None else None

    def process_result_value(self, value: Any, dialect: Dialect) -> Sealed | None:
        return replace(msgspec.json.decode(value, type=Sealed), field=self.field) if value is not None else None


T = TypeVar("T")


class Json(TypeDecorator[T]):
    """Plain data of one type (codes, dates, counts), as JSON that comes back as that type."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: T | None, dialect: Dialect) -> str | None:
        return msgspec.json.encode(value).decode() if value is not None else None

    def process_result_value(self, value: Any, dialect: Dialect) -> T | None:
        return cast(T, msgspec.json.decode(value, type=self.kind)) if value is not None else None
