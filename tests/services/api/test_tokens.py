"""Who may call: a token either holds in every respect, or nobody is let in (R11)."""

import hmac
import json
from base64 import b64encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from joserfc import jws, jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

from domain.access.facts import EMPLOYEES, NOBODY
from domain.actors import THE_OPERATOR, THE_SYSTEM
from services.api.tokens import Verifier
from services.clock import DemoClock, real_now
from services.demo_tokens import DemoOnlyError, issue, prepare_keys
from services.refusals import NotSignedInError, SignInUnavailableError
from services.settings import Settings

KARI = str(UUID(int=7))


@pytest.fixture
def demo(tmp_path: Path) -> Settings:
    settings = Settings(demo=True, data_dir=tmp_path)
    prepare_keys(settings)
    return settings


def claims(**changed: Any) -> dict[str, Any]:
    """What a good token says, with changes; `...` takes a claim away."""
    now = int(real_now().timestamp())
    good = {
        "iss": "husrom-demo",
        "aud": "husrom",
        "sub": KARI,
        "iat": now,
        "nbf": now,
        "exp": now + 600,
        "jti": "t1",
    }
    return {name: value for name, value in {**good, **changed}.items() if value is not ...}


def signed(demo: Settings, header: dict[str, Any] | None = None, **changed: Any) -> str:
    key = prepare_keys(demo)
    return jwt.encode({"alg": "ES256", "kid": key.kid, **(header or {})}, claims(**changed), key, ["ES256"])


def b64(content: object) -> str:
    return urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def from_now(seconds: int) -> int:
    return int(real_now().timestamp()) + seconds


def public_pem(demo: Settings) -> bytes:
    return prepare_keys(demo).as_pem(private=False)


def unsigned(algorithm: str) -> str:
    return f"{b64({'alg': algorithm, 'typ': 'JWT'})}.{b64(claims())}."


def with_other_key(demo: Settings) -> str:
    kid = prepare_keys(demo).kid
    return jwt.encode({"alg": "ES256", "kid": kid}, claims(), ECKey.generate_key("P-256"), ["ES256"])


def with_key_in_header(demo: Settings) -> str:
    key = ECKey.generate_key("P-256")
    header = {"alg": "ES256", "jwk": key.as_dict(private=False)}
    return jwt.encode(header, claims(), key, ["ES256"])


def with_public_key_as_secret(demo: Settings) -> str:
    head, body = b64({"alg": "HS256", "typ": "JWT", "kid": prepare_keys(demo).kid}), b64(claims())
    mac = hmac.digest(public_pem(demo), f"{head}.{body}".encode(), "sha256")
    return f"{head}.{body}.{urlsafe_b64encode(mac).decode().rstrip('=')}"


def with_another_algorithm(demo: Settings) -> str:
    return jwt.encode({"alg": "RS256", "kid": prepare_keys(demo).kid}, claims(), RSAKey.generate_key(2048), ["RS256"])


def with_swapped_claims(demo: Settings) -> str:
    head, _, signature = signed(demo).split(".")
    return f"{head}.{b64(claims(role='leader'))}.{signature}"


def with_changed_signature(demo: Settings) -> str:
    head, body, signature = signed(demo).split(".")
    raw = bytearray(urlsafe_b64decode(signature + "=="))
    raw[5] ^= 1
    return f"{head}.{body}.{urlsafe_b64encode(bytes(raw)).decode().rstrip('=')}"


def with_zero_signature(demo: Settings) -> str:
    head, body, _ = signed(demo).split(".")
    return f"{head}.{body}.{urlsafe_b64encode(bytes(64)).decode().rstrip('=')}"


def with_payload(demo: Settings, payload: bytes) -> str:
    key = prepare_keys(demo)
    return jws.serialize_compact({"alg": "ES256", "kid": key.kid}, payload, key, ["ES256"])


def twice(more: bytes) -> bytes:
    """Good claims, and after them `more`, signed as they stand."""
    return json.dumps(claims()).encode()[:-1] + b", " + more + b"}"


def with_header(demo: Settings, header: bytes) -> str:
    """A token whose header is written like that, well signed."""
    key = prepare_keys(demo)
    head = urlsafe_b64encode(b"{" + header + b"}").decode().rstrip("=")
    private = key.get_op_key("sign")
    signed_part = f"{head}.{b64(claims())}"
    der = private.sign(signed_part.encode(), ec.ECDSA(hashes.SHA256()))
    r, s = decode_dss_signature(der)
    signature = urlsafe_b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode().rstrip("=")
    return f"{signed_part}.{signature}"


FORGED: dict[str, Callable[[Settings], str]] = {
    "nothing": lambda _: "",
    "no token": lambda _: "x",
    "three dots": lambda _: "...",
    "two parts": lambda demo: signed(demo).rpartition(".")[0],
    "not ascii": lambda demo: signed(demo) + "æ",
    "giant": lambda demo: signed(demo, jti="x" * 9000),
    "unsigned": lambda _: unsigned("none"),
    "unsigned in capitals": lambda _: unsigned("NONE"),
    "signature cut": lambda demo: f"{signed(demo).rpartition('.')[0]}.",
    "signature changed": with_changed_signature,
    "signature of zeros": with_zero_signature,
    "claims swapped": with_swapped_claims,
    "another key": with_other_key,
    "a key brought along": with_key_in_header,
    "public key as a shared secret": with_public_key_as_secret,
    "own shared secret": lambda _: jwt.encode({"alg": "HS256"}, claims(), OctKey.generate_key(256), ["HS256"]),
    "another algorithm": with_another_algorithm,
    "unknown key id": lambda demo: signed(demo, {"kid": "unknown"}),
    "path as key id": lambda demo: signed(demo, {"kid": "../../etc/passwd"}),
    "of another type": lambda demo: signed(demo, {"typ": "logout+jwt"}),
    "claims are a list": lambda demo: with_payload(demo, b"[]"),
    "claims are no JSON": lambda demo: with_payload(demo, b"\xff"),
    "claims nested without end": lambda demo: with_payload(demo, b"[" * 3000),
    "a claim said twice": lambda demo: with_payload(demo, twice(b'"sub": "somebody else"')),
    "a claim said twice alike": lambda demo: with_payload(demo, twice(json.dumps(claims()).encode()[1:-1])),
    "something twice inside a claim": lambda demo: with_payload(demo, twice(b'"act": {"sub": "a", "sub": "b"}')),
    "a header said twice": lambda demo: with_header(demo, b'"alg": "ES256", "alg": "ES256"'),
    "never expires by infinity": lambda demo: with_payload(demo, json.dumps(claims(exp=float("inf"))).encode()),
}

WRONG: dict[str, dict[str, Any]] = {
    "expired": {"exp": from_now(-60)},
    "expired at the beginning of time": {"exp": 0},
    "without expiry": {"exp": ...},
    "expiry is null": {"exp": None},
    "expiry is text": {"exp": "9999999999"},
    "expiry is true": {"exp": True},
    "expiry is negative": {"exp": -1},
    "not valid yet": {"nbf": from_now(600)},
    "issued in the future": {"iat": from_now(600)},
    "without time of issue": {"iat": ...},
    "another issuer": {"iss": "husrom-demo.evil.invalid"},
    "issuer in capitals": {"iss": "HUSROM-DEMO"},
    "without issuer": {"iss": ...},
    "issuer is a list": {"iss": ["husrom-demo"]},
    "another audience": {"aud": "lonn"},
    "audience only begins alike": {"aud": "husrom2"},
    "without audience": {"aud": ...},
    "no audience at all": {"aud": []},
    "audience is an object": {"aud": {"husrom": 1}},
    "without subject": {"sub": ...},
    "subject is empty": {"sub": ""},
    "subject is too long": {"sub": "x" * 201},
    "subject is nobody's id": {"sub": str(NOBODY)},
    "subject is the id of all employees": {"sub": str(EMPLOYEES)},
    "subject is the system's own id": {"sub": str(THE_SYSTEM)},
    "subject is the system's own id in capitals": {"sub": str(THE_SYSTEM).upper()},
    "subject is the system's own id without hyphens": {"sub": THE_SYSTEM.hex},
    "subject is the operator's id as a URN": {"sub": THE_OPERATOR.urn},
    "valid for longer than a day": {"exp": from_now(26 * 3600)},
    "valid for years": {"exp": 9_999_999_999},
    "issued long ago and valid for years": {"iat": 0},
    "subject is a number": {"sub": 7},
    "scopes in a list": {"scope": ["a"]},
    "token id is a number": {"jti": 1},
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_R11_a_forged_token_lets_nobody_in(demo: Settings, forge: Callable[[Settings], str]) -> None:
    with pytest.raises(NotSignedInError):
        Verifier(demo).verify(forge(demo))


@pytest.mark.parametrize("changed", WRONG.values(), ids=WRONG)
def test_R11_a_well_signed_token_that_says_something_wrong_lets_nobody_in(
    demo: Settings, changed: dict[str, Any]
) -> None:
    with pytest.raises(NotSignedInError):
        Verifier(demo).verify(signed(demo, **changed))


def test_R11_a_good_token_says_who_calls(demo: Settings) -> None:
    caller = Verifier(demo).verify(signed(demo, scope="feed.read extract.read"))

    assert (caller.issuer, caller.subject) == ("husrom-demo", KARI)
    assert caller.scopes == {"feed.read", "extract.read"}
    assert caller.token_id == "t1"


def test_D16_a_subject_may_be_any_name(demo: Settings) -> None:
    for name in ("kari", "k7Yx/pairwise+0412==", "ÆØÅ", "12345678-1234"):
        assert Verifier(demo).verify(signed(demo, sub=name)).subject == name


IGNORED: dict[str, dict[str, Any]] = {
    "what an old token said": {"unit": "service_og_tildeling", "role": "saksbehandler"},
    "a unit that is none": {"unit": "nav'; --"},
    "the system's role": {"role": "system"},
    "roles in a list": {"role": ["saksbehandler"]},
    "a national identity number": {"pid": "13897512345"},
}


@pytest.mark.parametrize("more", IGNORED.values(), ids=IGNORED)
def test_D16_nothing_else_that_a_token_says_is_read_or_kept(demo: Settings, more: dict[str, Any]) -> None:
    assert Verifier(demo).verify(signed(demo, **more)) == Verifier(demo).verify(signed(demo))


def test_R11_a_token_may_hold_for_as_long_as_the_setting_says(demo: Settings) -> None:
    an_hour = demo.model_copy(update={"token_max_hours": 1.0})
    now = from_now(0)

    assert Verifier(an_hour).verify(signed(demo, iat=now, exp=now + 3600)).subject == KARI
    with pytest.raises(NotSignedInError):
        Verifier(an_hour).verify(signed(demo, iat=now, exp=now + 3601))


def test_R11_a_token_may_be_meant_for_several(demo: Settings) -> None:
    assert Verifier(demo).verify(signed(demo, aud=["lonn", "husrom"])).subject == KARI


def test_R11_a_token_without_an_id_is_named_by_its_digest(demo: Settings) -> None:
    token = signed(demo, jti=...)

    caller = Verifier(demo).verify(token)

    assert len(caller.token_id) == 32
    assert caller.token_id not in token


def test_R11_every_refused_token_gets_the_same_words(demo: Settings) -> None:
    words = set()
    for token in (signed(demo, exp=from_now(-60)), with_other_key(demo), "x"):
        with pytest.raises(NotSignedInError) as refused:
            Verifier(demo).verify(token)
        words.add(str(refused.value))

    assert len(words) == 1


def test_D13_the_office_clock_does_not_make_a_token_expire(demo: Settings) -> None:
    token = issue(demo, KARI)

    DemoClock(demo.office_clock_path).set(real_now() + timedelta(days=900))

    assert Verifier(demo).verify(token).subject == KARI


BROKEN_KEY_SETS: dict[str, bytes] = {
    "empty": b"",
    "no JSON": b"<html>",
    "no keys": b'{"keys": []}',
    "a list": b"[]",
    "keys is text": b'{"keys": "x"}',
    "half a key": b'{"keys": [{"kty": "EC"}]}',
    "a shared secret": json.dumps({"keys": [OctKey.generate_key(256).as_dict()]}).encode(),
    "a private key": json.dumps({"keys": [ECKey.generate_key("P-256").as_dict(private=True)]}).encode(),
    "only keys of another kind": json.dumps({"keys": [RSAKey.generate_key(2048).as_dict(private=False)]}).encode(),
    "nested without end": b"[" * 100_000,
}


@pytest.mark.parametrize("content", BROKEN_KEY_SETS.values(), ids=BROKEN_KEY_SETS)
def test_R11_a_key_set_that_is_not_one_lets_nobody_in(demo: Settings, content: bytes) -> None:
    token = signed(demo)
    demo.token_keys_path.write_bytes(content)

    with pytest.raises(SignInUnavailableError):
        Verifier(demo).verify(token)


def test_R11_a_key_set_that_disappears_lets_nobody_in(demo: Settings) -> None:
    verifier, token = Verifier(demo), signed(demo)
    verifier.verify(token)

    demo.token_keys_path.unlink()

    with pytest.raises(SignInUnavailableError):
        verifier.verify(token)


def test_R11_a_key_that_is_taken_out_of_the_set_is_dead_at_once(demo: Settings) -> None:
    verifier, token = Verifier(demo), signed(demo)
    verifier.verify(token)

    other = KeySet([ECKey.generate_key("P-256")]).as_dict(private=False)
    demo.token_keys_path.write_text(json.dumps(other))

    with pytest.raises(NotSignedInError):
        verifier.verify(token)


def test_the_demo_issues_tokens_for_its_own_people(demo: Settings) -> None:
    somebody = uuid4()

    caller = Verifier(demo).verify(issue(demo, somebody, scopes=frozenset({"b", "a"})))

    assert caller.subject == str(somebody)
    assert caller.scopes == {"a", "b"}


def test_a_demo_token_expires(demo: Settings) -> None:
    with pytest.raises(NotSignedInError):
        Verifier(demo).verify(issue(demo, KARI, lifetime=timedelta(seconds=-60)))


def test_the_signing_key_is_readable_by_its_owner_only(demo: Settings) -> None:
    assert (demo.data_dir / "demo_token_key.pem").stat().st_mode & 0o777 == 0o600
    assert "PRIVATE" not in demo.token_keys_path.read_text()
    assert '"d"' not in demo.token_keys_path.read_text()


def test_R11_outside_the_demo_nobody_can_issue_a_token(tmp_path: Path) -> None:
    key = b64encode(bytes(32)).decode()
    production = Settings(
        data_dir=tmp_path,
        municipality="Fjordvik kommune",
        contact="post@fjordvik.invalid",
        wrapping_key=key,
        index_key=key,
        token_issuer="https://login.invalid",
        token_keys=tmp_path / "k.json",
    )

    with pytest.raises(DemoOnlyError):
        issue(production, KARI)

    assert list(tmp_path.iterdir()) == []
