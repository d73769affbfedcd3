"""Who is calling: signed bearer tokens, checked with the issuer's public keys and the real clock (R11, design D13)."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import from_json

from domain.actors import Actor, Role, Unit
from services.clock import real_now
from services.refusals import NotSignedInError, SignInUnavailableError
from services.settings import Settings

LEEWAY_SECONDS: Final = 10
MAX_TOKEN_LENGTH: Final = 8192
KEY_TYPES: Final = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC"}
TOKEN_TYPES: Final = {"jwt", "at+jwt", "application/at+jwt"}

Seconds = Annotated[int, Field(strict=True, ge=0)]
Name = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)]


@dataclass(frozen=True)
class Caller:
    """Who asks, with which machine scopes, by which token. `token_id` says which token, and is no use as one."""

    actor: Actor
    scopes: frozenset[str]
    token_id: str


class Claims(BaseModel):
    """What a token must say. Times are seconds since 1970 (UTC); `scope` is separated by spaces (RFC 9068)."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    iss: Name
    aud: Name | list[Name]
    sub: UUID
    exp: Seconds
    iat: Seconds
    nbf: Seconds | None = None
    unit: Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z][a-z0-9_]{0,63}$")]
    role: Role
    scope: Annotated[str, StringConstraints(strict=True, max_length=1000)] = ""
    jti: Name | None = None

    @model_validator(mode="after")
    def _is_of_the_outside(self) -> "Claims":
        if self.role is Role.SYSTEM:
            raise ValueError("the system itself holds no token")
        return self

    def hold(self, issuer: str, audience: str, now: float) -> bool:
        """Whether they come from `issuer`, are meant for `audience`, and are valid at `now` (the real clock)."""
        audiences = [self.aud] if isinstance(self.aud, str) else self.aud
        begins = max(self.iat, self.nbf or 0)
        in_time = begins <= now + LEEWAY_SECONDS and now - LEEWAY_SECONDS < self.exp
        return self.iss == issuer and audience in audiences and in_time


class Verifier:
    """Checks tokens with one pinned algorithm. The key set is read again for each token, so a rotation counts at once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def verify(self, token: str) -> Caller:
        """The caller that the token speaks for.

        Raises NotSignedInError, which never says which check failed, and SignInUnavailableError when the key set
        cannot be read: then nobody gets in.
        """
        claims = self._claims(token, self._key_set())
        if not claims.hold(self._settings.token_issuer, self._settings.token_audience, real_now().timestamp()):
            raise NotSignedInError
        actor = Actor(claims.sub, Unit(claims.unit), claims.role)
        token_id = claims.jti or sha256(token.encode()).hexdigest()[:32]
        return Caller(actor, frozenset(claims.scope.split()), token_id)

    def _claims(self, token: str, keys: KeySet) -> Claims:
        if len(token) > MAX_TOKEN_LENGTH:
            raise NotSignedInError
        try:
            signed = jwt.decode(token, keys, algorithms=[self._settings.token_algorithm])
            _check_header(signed.header)
            return Claims.model_validate(signed.claims)
        except (JoseError, ValidationError, ValueError, TypeError, KeyError, RecursionError):
            raise NotSignedInError from None

    def _key_set(self) -> KeySet:
        """The issuer's public keys. A private or symmetric key in the set means that the set is not what it should be."""
        try:
            keys = KeySet.import_key_set(from_json(self._settings.token_keys_path.read_bytes()))
        except (OSError, JoseError, ValueError, TypeError, KeyError, RecursionError):
            raise SignInUnavailableError from None
        expected = KEY_TYPES[self._settings.token_algorithm]
        if not keys.keys or any(key.is_private or key.key_type == "oct" for key in keys.keys):
            raise SignInUnavailableError
        if not any(key.key_type == expected for key in keys.keys):
            raise SignInUnavailableError
        return keys


bearer = HTTPBearer(auto_error=False, bearerFormat="JWT", description="Token fra kommunens innlogging.")


def current_caller(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
) -> Caller:
    """The caller of this request, as a dependency. Raises as `Verifier.verify`; reads `app.state.verifier`."""
    if credentials is None:
        raise NotSignedInError
    verifier: Verifier = request.app.state.verifier
    return verifier.verify(credentials.credentials)


CurrentCaller = Annotated[Caller, Depends(current_caller)]


def _check_header(header: dict[str, Any]) -> None:
    if str(header.get("typ", "JWT")).lower() not in TOKEN_TYPES or "crit" in header:
        raise NotSignedInError
