"""Everything one installation may set, read from the environment as HUSROM_<NAME> (design D5, D12)."""

from base64 import b64decode
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, SecretStr, StringConstraints, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from services.first_use import read_or_create_key

KEY_BYTES = 32
PORT = Annotated[int, Field(ge=1, le=65535)]
SECONDS = Annotated[float, Field(gt=0)]


class Store(StrEnum):
    """The five stores: a SQLite file each, or a PostgreSQL schema each (design D5)."""

    CASE_LOG = "case_log"
    DISCLOSURE_LOG = "disclosure_log"
    VIEWS = "views"
    KEYS = "keys"
    PAPERS = "papers"


class SettingsError(Exception):
    """The installation cannot start with these settings. Names the settings, never their values."""


class Settings(BaseSettings):
    """The settings of one installation. Frozen; secrets never show in `repr` or in errors.

    Without `database_url` the stores are SQLite files in `data_dir`; with it they are PostgreSQL schemas.
    `municipality`: its name; `contact`: how people reach Service og tildeling, both as letters print them (LD4).
    `token_max_hours`: the longest that a token may hold from its time of issue; one that holds longer lets nobody in.
    `demo` turns on a settable office clock, synthetic identity numbers and `husrom token`, makes the secrets itself
    and has an example's municipality; without it each of these that is missing stops the start.
    """

    model_config = SettingsConfigDict(env_prefix="HUSROM_", frozen=True, extra="forbid", hide_input_in_errors=True)

    municipality: str = ""
    contact: str = ""
    demo: bool = False
    allow_synthetic_identity_numbers: bool = False
    rulebooks: Path = Path("config/rulebooks")
    log_level: str = "INFO"

    data_dir: Path = Path("var")
    database_url: SecretStr | None = None
    keys_database_url: SecretStr | None = None
    schema_prefix: Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]{0,39})?$")] = ""
    lock_timeout_seconds: SECONDS = 5.0
    read_wait_seconds: Annotated[float, Field(ge=0, le=1)] = 1.0

    redis_url: Annotated[str, Field(repr=False)] = "redis://127.0.0.1:6379/0"
    claim_seconds: SECONDS = 10.0

    smtp_host: str = "127.0.0.1"
    smtp_port: PORT = 25
    smtp_timeout_seconds: SECONDS = 10.0
    mail_from: str = "husrom@eksempel.invalid"

    wrapping_key: SecretStr | None = None
    index_key: SecretStr | None = None

    token_issuer: str = ""
    token_audience: str = "husrom"  # noqa: S105 - a name, not a secret
    token_keys: Path | None = None
    token_algorithm: str = "RS256"  # noqa: S105 - a name, not a secret
    token_max_hours: Annotated[float, Field(gt=0, le=24 * 7)] = 24.0

    max_body_bytes: Annotated[int, Field(ge=1024)] = 262_144

    @field_validator("wrapping_key", "index_key")
    @classmethod
    def _is_a_key(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None and len(_decoded(key)) != KEY_BYTES:
            raise ValueError("must be 32 random bytes in base64")
        return key

    @field_validator("database_url", "keys_database_url")
    @classmethod
    def _is_postgresql(cls, url: SecretStr | None) -> SecretStr | None:
        try:
            known = url is None or make_url(url.get_secret_value()).get_backend_name() == "postgresql"
        except ArgumentError:
            known = False
        if not known:
            raise ValueError("must be a postgresql:// address")
        return url

    @field_validator("token_algorithm")
    @classmethod
    def _is_asymmetric(cls, algorithm: str) -> str:
        if algorithm not in {"RS256", "PS256", "ES256"}:
            raise ValueError("must be RS256, PS256 or ES256")
        return algorithm

    @model_validator(mode="before")
    @classmethod
    def _demo_defaults(cls, values: dict[str, object]) -> dict[str, object]:
        if str(values.get("demo", "")).lower() not in {"1", "true", "yes", "on", "t", "y"}:
            return values
        demo = {
            "municipality": "Eksempel kommune", "contact": "telefon 00 00 00 00, post@eksempel.invalid",
            "token_issuer": "husrom-demo", "token_algorithm": "ES256", "allow_synthetic_identity_numbers": True,
        }  # fmt: skip
        return {**demo, **values}

    @model_validator(mode="after")
    def _production_has_its_own(self) -> Self:
        needed = ("municipality", "contact", "wrapping_key", "index_key", "token_issuer", "token_keys")
        missing = [f"HUSROM_{name.upper()}" for name in needed if not getattr(self, name)]
        if missing and not self.demo:
            raise ValueError(f"set {', '.join(missing)}, or HUSROM_DEMO=1 for a demonstration")
        return self

    @property
    def wrapping_key_bytes(self) -> bytes:
        """The 32 bytes that wrap every data key (design D3)."""
        return self._key(self.wrapping_key, "wrapping")

    @property
    def index_key_bytes(self) -> bytes:
        """The 32 bytes behind the identity index and the keyed digests; independent of the wrapping key."""
        return self._key(self.index_key, "index")

    def _key(self, key: SecretStr | None, name: str) -> bytes:
        return _decoded(key) if key else read_or_create_key(self.data_dir / f"demo_{name}.key", KEY_BYTES)

    @property
    def token_keys_path(self) -> Path:
        """The JWK set with the issuer's public keys."""
        return self.token_keys or self.data_dir / "demo_token_keys.json"

    @property
    def office_clock_path(self) -> Path:
        """The file through which all processes of a demo share the office clock (design D13)."""
        return self.data_dir / "office_clock.json"

    def is_sqlite(self, store: Store) -> bool:
        return self._postgresql(store) is None

    def sqlite_path(self, store: Store) -> Path:
        """The SQLite file of `store`, used when no database address is set."""
        return self.data_dir / f"{store}.sqlite"

    def schema_of(self, store: Store) -> str:
        """The PostgreSQL schema of `store`: one host runs many installations side by side (design D12)."""
        return f"{self.schema_prefix}_{store}" if self.schema_prefix else store.value

    def sqlalchemy_url(self, store: Store) -> URL:
        """The address of `store`. On PostgreSQL the connection's search path is the store's own schema."""
        postgresql = self._postgresql(store)
        if postgresql is None:
            return URL.create("sqlite", database=str(self.sqlite_path(store).absolute()))
        url = make_url(postgresql.get_secret_value()).set(drivername="postgresql+psycopg")
        lock_timeout = f"-c lock_timeout={int(self.lock_timeout_seconds * 1000)}"
        return url.update_query_dict({"options": f"-c search_path={self.schema_of(store)} {lock_timeout}"})

    def _postgresql(self, store: Store) -> SecretStr | None:
        return (self.keys_database_url or self.database_url) if store is Store.KEYS else self.database_url


def load_settings() -> Settings:
    """The settings of this process, from its environment.

    Raises SettingsError with one line per setting that is missing or wrong.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("\n".join(_lines(error))) from None


def _lines(error: ValidationError) -> list[str]:
    problems = error.errors(include_input=False, include_url=False, include_context=False)
    return [
        ": ".join([*(f"HUSROM_{str(name).upper()}" for name in p["loc"][:1]), p["msg"].removeprefix("Value error, ")])
        for p in problems
    ]


def _decoded(key: SecretStr) -> bytes:
    try:
        return b64decode(key.get_secret_value(), validate=True)
    except ValueError:
        return b""
