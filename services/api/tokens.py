"""What a caller proves: signed bearer tokens, checked with the issuer's public keys and the real clock (R11, design D13)."""

import json
from base64 import urlsafe_b64decode
from functools import lru_cache
from hashlib import sha256
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import from_json

from domain.people.employee import RESERVED_IDS
from services.api.problems import correlation_of
from services.api.strict_json import without_duplicates
from services.clock import real_now
from services.refusals import NotSignedInError, SignInUnavailableError
from services.seating import Caller, Knock, Proof, seated
from services.settings import Settings

SEAT_HEADER: Final = "Husrom-Seat"
LEEWAY_SECONDS: Final = 10
SECONDS_IN_AN_HOUR: Final = 3600
MAX_TOKEN_LENGTH: Final = 8192
KEY_TYPES: Final = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC"}
TOKEN_TYPES: Final = {"jwt", "at+jwt", "application/at+jwt"}

Seconds = Annotated[int, Field(strict=True, ge=0)]
Name = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)]


class Claims(BaseModel):
    """What a token must say. Times are seconds since 1970 (UTC); `scope` is separated by spaces (RFC 9068).

    What else it says (a unit, a role, a national identity number) is neither read nor kept (design D16).
    """

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    iss: Name
    aud: Name | list[Name]
    sub: Name
    exp: Seconds
    iat: Seconds
    nbf: Seconds | None = None
    scope: Annotated[str, StringConstraints(strict=True, max_length=1000)] = ""
    jti: Name | None = None

    def hold(self, settings: Settings, now: float) -> bool:
        """Whether they come from the issuer, are meant for us, and are valid at `now` (the real clock), and not for too long."""
        audiences = [self.aud] if isinstance(self.aud, str) else self.aud
        begins = max(self.iat, self.nbf or 0)
        in_time = begins <= now + LEEWAY_SECONDS and now - LEEWAY_SECONDS < self.exp
        for_us = self.iss == settings.token_issuer and settings.token_audience in audiences
        return for_us and in_time and self.exp - self.iat <= settings.token_max_hours * SECONDS_IN_AN_HOUR


class Verifier:
    """Checks tokens with one pinned algorithm. The key set is read again for each token, so a rotation counts at once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def verify(self, token: str) -> Proof:
        """What the token proves.

        Raises NotSignedInError, which never says which check failed, and SignInUnavailableError when the key set
        cannot be read: then nobody gets in.
        """
        claims = self._claims(token, self._key_set())
        if not claims.hold(self._settings, real_now().timestamp()) or _is_reserved(claims.sub):
            raise NotSignedInError
        token_id = claims.jti or sha256(token.encode()).hexdigest()[:32]
        return Proof(claims.iss, claims.sub, frozenset(claims.scope.split()), token_id)

    def _claims(self, token: str, keys: KeySet) -> Claims:
        if len(token) > MAX_TOKEN_LENGTH:
            raise NotSignedInError
        try:
            signed = jwt.decode(token, keys, algorithms=[self._settings.token_algorithm])
            _check_header(signed.header)
            _check_names(token)
            return Claims.model_validate(signed.claims)
        except (JoseError, ValidationError, ValueError, TypeError, KeyError, RecursionError):
            raise NotSignedInError from None

    def _key_set(self) -> KeySet:
        """The issuer's public keys. A private or symmetric key in the set means that the set is not what it should be."""
        try:
            keys = _keys_in(self._settings.token_keys_path.read_bytes())
        except (OSError, JoseError, ValueError, TypeError, KeyError, RecursionError):
            raise SignInUnavailableError from None
        expected = KEY_TYPES[self._settings.token_algorithm]
        if not keys.keys or any(key.is_private or key.key_type == "oct" for key in keys.keys):
            raise SignInUnavailableError
        if not any(key.key_type == expected for key in keys.keys):
            raise SignInUnavailableError
        return keys


@lru_cache(maxsize=1)
def _keys_in(content: bytes) -> KeySet:
    """The keys in a file's content; the same content gives the same keys."""
    return KeySet.import_key_set(from_json(content))


bearer = HTTPBearer(auto_error=False, bearerFormat="JWT", description="Token fra kommunens innlogging.")


def current_caller(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
) -> Caller:
    """The caller of this request, as a dependency. Raises as `Verifier.verify` and `seated`; reads `app.state`."""
    if credentials is None:
        raise NotSignedInError
    verifier: Verifier = request.app.state.verifier
    verified = verifier.verify(credentials.credentials)
    knock = Knock(request.scope["route"].operation_id, correlation_of(request), request.headers.get(SEAT_HEADER))
    return seated(request.app.state.office, verified, knock)


CurrentCaller = Annotated[Caller, Depends(current_caller)]


def _check_header(header: dict[str, Any]) -> None:
    if str(header.get("typ", "JWT")).lower() not in TOKEN_TYPES or "crit" in header:
        raise NotSignedInError


def _check_names(token: str) -> None:
    """Raise ValueError when header or claims say something twice: two readers would take two different words for it."""
    for part in token.split(".")[:2]:
        json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)), object_pairs_hook=without_duplicates)


def _is_reserved(subject: str) -> bool:
    """Whether the subject is an id that the system uses itself, however it is written."""
    try:
        return UUID(subject) in RESERVED_IDS
    except ValueError:
        return False
