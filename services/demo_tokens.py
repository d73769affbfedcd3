"""Tokens for the demonstration's own people. Outside demo settings nobody can make one."""

import json
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from services.clock import real_now
from services.first_use import read_or_create
from services.settings import Settings

LIFETIME: Final = timedelta(hours=8)
ALGORITHM: Final = "ES256"


class DemoOnlyError(Exception):
    """Tokens are issued by the municipality's own sign-in; this is no demonstration."""

    def __init__(self) -> None:
        super().__init__("husrom issues tokens only when HUSROM_DEMO is set")


def prepare_keys(settings: Settings) -> ECKey:
    """The demonstration's signing key, made on first use (0600), its public half beside it for the API.

    Raises DemoOnlyError outside demo settings.
    """
    if not settings.demo:
        raise DemoOnlyError
    private = settings.data_dir / "demo_token_key.pem"
    key = ECKey.import_key(read_or_create(private, _new_private_key))
    key.ensure_kid()
    public = KeySet([key]).as_dict(private=False)
    read_or_create(settings.token_keys_path, json.dumps(public).encode)
    return key


def issue(
    settings: Settings, subject: UUID | str, *, scopes: frozenset[str] = frozenset(), lifetime: timedelta = LIFETIME
) -> str:
    """A token for `subject`, an employee's id or another name that is linked to them in the directory.

    Valid for `lifetime` by the real clock; `scopes` count for a machine. Raises DemoOnlyError outside demo settings.
    """
    key = prepare_keys(settings)
    now = int(real_now().timestamp())
    claims = {
        "iss": settings.token_issuer,
        "aud": settings.token_audience,
        "sub": str(subject),
        "scope": " ".join(sorted(scopes)),
        "iat": now,
        "exp": now + int(lifetime.total_seconds()),
        "jti": str(uuid4()),
    }
    return jwt.encode({"alg": ALGORITHM, "kid": key.kid}, claims, key, algorithms=[ALGORITHM])


def _new_private_key() -> bytes:
    return ECKey.generate_key("P-256").as_pem(private=True)
