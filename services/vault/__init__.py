"""Personal text is closed here before the domain sees it, and opened here for the gate alone (design D3).

Every owner (person, dwelling, employee) has a data key; settings hold the key that wraps them. No data key is kept in
memory between requests, so a destroyed one is dead at once in every process.
"""

import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from enum import Enum
from hmac import compare_digest
from uuid import UUID

from sqlalchemy import Engine, create_engine, event

from domain.sealed import Place, Sealed
from services.clock import real_now
from services.refusals import BlankTextError, KeyDestroyedError, TextTooLongError, UnreadableTextError
from services.settings import Settings, Store
from services.vault.cipher import SealBrokenError, close, derive, keyed_digest, new_key, open_box
from services.vault.key_store import KeptKeys, KeyStore, WrappedKey

__all__ = ["MAX_TEXT", "ClosedPaper", "SealBrokenError", "Shut", "Vault", "WrongWrappingKeyError"]

MAX_TEXT = 20_000
"""The longest text that can be sealed, in characters."""


PAPER_CHECKSUM = "husrom paper checksum"


@dataclass(frozen=True)
class ClosedPaper:
    """A paper as it is stored. `checksum`: in hex, keyed with the owner's key, so that no guess can be checked by it."""

    checksum: str
    box: bytes


class Shut(Enum):
    """Why a stored text does not open."""

    OUT_OF_PLACE = "out_of_place"
    """It was not closed for the place it stands in, or nothing is known of its key (D17)."""
    KEY_DESTROYED = "key_destroyed"
    """Its owner's data was discarded (D3)."""


class WrongWrappingKeyError(Exception):
    """The stored data keys were wrapped with another wrapping key than the one in settings."""

    def __init__(self) -> None:
        super().__init__("the stored data keys were wrapped with another key than HUSROM_WRAPPING_KEY")


class Vault:
    """Makes and opens Sealed values, and finds a person by identity number. Safe to share between threads."""

    def __init__(self, engine: Engine, wrapping_key: bytes, index_key: bytes) -> None:
        """`engine`: the key store. `wrapping_key`, `index_key`: 32 bytes each, from settings."""
        self._store = KeyStore(engine)
        self._kept: KeptKeys | None = None
        self._wrapping_key = wrapping_key
        self._wrapping_key_name = derive(wrapping_key, "husrom wrapping key name")[:8]
        self._identity_key = derive(index_key, "husrom identity index")
        self._digest_key = derive(index_key, "husrom digest")
        self._login_key = derive(index_key, "husrom login")
        self._etag_key = derive(index_key, "husrom etag")
        self._position_key = derive(index_key, "husrom position")

    @classmethod
    def of(cls, settings: Settings) -> "Vault":
        """The vault of this installation."""
        return cls(_engine(settings), settings.wrapping_key_bytes, settings.index_key_bytes)

    def for_request(self) -> "Vault":
        """The same vault for one request: a key that it has read or made is not asked for again (D17)."""
        vault = copy(self)
        vault._kept = KeptKeys(self._store)
        return vault

    def create_tables(self) -> None:
        """Create the key store if it is not there; run by one process only (design D5)."""
        self._store.create_tables()

    def close(self) -> None:
        """Give back the connections."""
        self._store.close()

    def check_wrapping_key(self) -> None:
        """Raises WrongWrappingKeyError when stored keys name another wrapping key: run before the first request."""
        if self._store.has_keys_not_wrapped_by(self._wrapping_key_name):
            raise WrongWrappingKeyError

    def seal(self, owner: UUID, case: UUID | None, field: str, text: str) -> Sealed:
        """`text` closed with the owner's key, for one place: owner, case and field.

        Normalised to NFC, otherwise kept as it is. Raises BlankTextError, TextTooLongError, UnreadableTextError, and
        KeyDestroyedError when the owner's data was discarded.
        """
        return self.seal_many(owner, case, {field: text})[field]

    def seal_many(self, owner: UUID, case: UUID | None, texts: Mapping[str, str]) -> dict[str, Sealed]:
        """Each text sealed under its field, as `seal` does, with one look-up of the key. All are checked first."""
        plain = {field: _checked(field, text) for field, text in texts.items()}
        key = self._key_for(owner)
        return {
            field: Sealed(owner, case, field, close(key, content, _context(Place(owner, case, field))))
            for field, content in plain.items()
        }

    def open(self, place: Place, box: bytes) -> str:
        """The text of a box that was closed for this place (design D17).

        Raises SealBrokenError for a box from anywhere else, KeyDestroyedError, WrongWrappingKeyError.
        """
        (text,) = self.open_many([(place, box)])
        if isinstance(text, Shut):
            raise KeyDestroyedError if text is Shut.KEY_DESTROYED else SealBrokenError
        return text

    def open_many(self, many: Iterable[tuple[Place, bytes]]) -> list[str | Shut]:
        """The texts in the same order, with one query for all keys; of each that does not open, why.

        Raises WrongWrappingKeyError.
        """
        boxes = list(many)
        if not boxes:
            return []
        stored = self._keys().of(place.owner for place, _ in boxes)
        data_keys = {
            owner: self._unwrapped(key) if key.wrapped else Shut.KEY_DESTROYED for owner, key in stored.items()
        }
        return [_opened(place, box, data_keys.get(place.owner, Shut.OUT_OF_PLACE)) for place, box in boxes]

    def close_paper(self, owner: UUID, case: UUID, paper: bytes) -> ClosedPaper:
        """A paper closed with the owner's key and bound to owner, case and checksum; the same bytes, the same checksum.

        Raises KeyDestroyedError when the owner's data was discarded.
        """
        key = self._key_for(owner)
        checksum = keyed_digest(derive(key, PAPER_CHECKSUM), paper)
        return ClosedPaper(checksum.hex(), close(key, paper, _paper_context(owner, case, checksum)))

    def open_paper(self, owner: UUID, case: UUID, closed: ClosedPaper) -> bytes:
        """The paper. Raises KeyDestroyedError, and SealBrokenError when it is not what its checksum says."""
        stored = self._keys().of([owner]).get(owner)
        if stored is None:
            raise SealBrokenError
        key, checksum = self._unwrapped(stored), bytes.fromhex(closed.checksum)
        paper = open_box(key, closed.box, _paper_context(owner, case, checksum))
        if not compare_digest(checksum, keyed_digest(derive(key, PAPER_CHECKSUM), paper)):
            raise SealBrokenError
        return paper

    def destroy(self, owner: UUID) -> None:
        """Destroy the owner's data key for good. The caller holds the decision of two people (design D3)."""
        self._store.destroy_key(owner, real_now())
        self._keys().forget(owner)

    def person_for(self, identity_number: str, new_id: UUID) -> UUID:
        """The person with this identity number; `new_id` from now on if there is none. Of several at once one wins.

        It costs the same either way. The entry stays when the command that asked is refused: the same number then gets
        the same id next time.
        """
        key = self._store.person_for(self._identity(identity_number), new_id, self._new_key, real_now())
        return self._keys().keep(key).owner

    def find_person(self, identity_number: str) -> UUID | None:
        """The person with this identity number, if one is known."""
        return self._known(self._identity(identity_number))

    def digest(self, content: bytes) -> bytes:
        """A keyed digest (32 bytes) of a request's body, for idempotency (design D7)."""
        return keyed_digest(self._digest_key, content)

    def login_id(self, issuer: str, subject: str) -> UUID:
        """A sign-in as the log knows it: keyed, so that nobody can try a subject against the log (design D16)."""
        told = b"".join(len(part).to_bytes(4, "big") + part for part in (issuer.encode(), subject.encode()))
        return UUID(bytes=keyed_digest(self._login_key, told)[:16])

    def etag_digest(self, version: bytes) -> str:
        """A keyed digest of a version, in hex: no ETag tells what it is of, or how often that has changed (design D7)."""
        return keyed_digest(self._etag_key, version).hex()

    def position_token(self, position: int) -> str:
        """A position in the log as callers get it: it says nothing, not even whether it has grown (design D10)."""
        return urlsafe_b64encode(close(self._position_key, position.to_bytes(8, "big"), ())).decode()

    def position_of(self, token: str) -> int:
        """The position in a token. Raises SealBrokenError for one that this installation did not make."""
        try:
            box = urlsafe_b64decode(token.encode("ascii"))
        except ValueError:
            raise SealBrokenError from None
        return int.from_bytes(open_box(self._position_key, box, ()), "big")

    def _identity(self, identity_number: str) -> bytes:
        return keyed_digest(self._identity_key, identity_number.encode())

    def _keys(self) -> KeptKeys:
        """The keys of this request; outside of one, a look that keeps nothing for the next."""
        return self._kept or KeptKeys(self._store)

    def _known(self, digest: bytes) -> UUID | None:
        found = self._store.person_with(digest)
        if found is None:
            return None
        person, key = found
        if key is not None:
            self._keys().keep(key)
        return person

    def _key_for(self, owner: UUID) -> bytes:
        keys = self._keys()
        stored = keys.of([owner]).get(owner) or keys.keep(self._store.add_key(self._new_key(owner), real_now()))
        return self._unwrapped(stored)

    def _new_key(self, owner: UUID) -> WrappedKey:
        wrapped = close(self._wrapping_key, new_key(), _key_context(owner))
        return WrappedKey(owner, wrapped, self._wrapping_key_name)

    def _unwrapped(self, key: WrappedKey) -> bytes:
        if key.wrapped is None:
            raise KeyDestroyedError
        if key.wrapped_by != self._wrapping_key_name:
            raise WrongWrappingKeyError
        return open_box(self._wrapping_key, key.wrapped, _key_context(key.owner))


def _opened(place: Place, box: bytes, data_key: bytes | Shut) -> str | Shut:
    if isinstance(data_key, Shut):
        return data_key
    try:
        return open_box(data_key, box, _context(place)).decode()
    except SealBrokenError:
        return Shut.OUT_OF_PLACE


def _context(place: Place) -> tuple[bytes, ...]:
    return (b"husrom sealed 1", place.owner.bytes, place.case.bytes if place.case else b"", place.field.encode())


def _paper_context(owner: UUID, case: UUID, checksum: bytes) -> tuple[bytes, ...]:
    return (b"husrom paper 1", owner.bytes, case.bytes, checksum)


def _key_context(owner: UUID) -> tuple[bytes, ...]:
    return (b"husrom data key 1", owner.bytes)


def _checked(field: str, text: str) -> bytes:
    """The bytes to close. Blank means: no visible character. Refusals name the field, never the text."""
    normal = unicodedata.normalize("NFC", text)
    if len(normal) > MAX_TEXT:
        raise TextTooLongError(codes=(field,))
    if all(unicodedata.category(character)[0] in "CZ" for character in normal):
        raise BlankTextError(codes=(field,))
    try:
        return normal.encode()
    except UnicodeEncodeError:
        raise UnreadableTextError(codes=(field,)) from None


def _engine(settings: Settings) -> Engine:
    url = settings.sqlalchemy_url(Store.KEYS)
    if not settings.is_sqlite(Store.KEYS):
        return create_engine(url)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": settings.lock_timeout_seconds})
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: object, _record: object) -> None:
    """Readers do not wait for writers, a key is on disk before its text, and a destroyed one is overwritten."""
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]
