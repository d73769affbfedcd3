"""Sealed at the door, opened only with the right key in the right place (D3)."""

import logging
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from unicodedata import category, normalize
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings, strategies
from sqlalchemy import NullPool, create_engine, text

from domain.sealed import Place, Sealed
from services.refusals import BlankTextError, KeyDestroyedError, TextTooLongError, UnreadableTextError
from services.settings import Settings, Store
from services.vault import MAX_TEXT, SealBrokenError, Shut, Vault, WrongWrappingKeyError
from tests.places import claimed

CANARY = "Kanarifuglen bor i Fjæregata 12"
NUMBER = "00000000000"


@pytest.fixture
def installation(database: dict[str, Any]) -> Settings:
    return Settings(**{"demo": True, **database})


@pytest.fixture
def vault(installation: Settings) -> Iterator[Vault]:
    vault = Vault.of(installation)
    vault.create_tables()
    yield vault
    vault.close()


@pytest.fixture
def sealed(vault: Vault) -> Sealed:
    return vault.seal(uuid4(), uuid4(), "minutes.facts", CANARY)


@pytest.fixture
def another(installation: Settings) -> Iterator[Callable[..., Vault]]:
    """Another process on the same key store, with other secrets."""
    opened: list[Vault] = []

    def open_another(**secrets: str) -> Vault:
        opened.append(Vault.of(Settings(**{**installation.model_dump(), **secrets})))
        return opened[-1]

    yield open_another
    for vault in opened:
        vault.close()


def sql(installation: Settings, statement: str, **values: object) -> list[Any]:
    """What somebody with the database's password can do."""
    engine = create_engine(installation.sqlalchemy_url(Store.KEYS), poolclass=NullPool)
    with engine.begin() as connection:
        result = connection.execute(text(statement), values)
        return list(result) if result.returns_rows else []


def test_D3_what_was_sealed_opens_to_the_same_text(vault: Vault, sealed: Sealed) -> None:
    assert vault.open(*claimed(sealed)) == CANARY


def test_D3_what_belongs_to_no_case_can_be_sealed(vault: Vault) -> None:
    assert vault.open(*claimed(vault.seal(uuid4(), None, "identity.name", CANARY))) == CANARY


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(written=strategies.text(max_size=300).filter(lambda t: any(category(c)[0] not in "CZ" for c in t)))
def test_D3_every_text_comes_back_whole_in_its_normal_form(vault: Vault, written: str) -> None:
    assert vault.open(*claimed(vault.seal(uuid4(), None, "minutes.facts", written))) == normalize("NFC", written)


def test_D3_equal_texts_give_different_boxes(vault: Vault) -> None:
    owner = uuid4()

    boxes = {vault.seal(owner, None, "identity.name", CANARY).box for _ in range(20)}

    assert len(boxes) == 20


@pytest.mark.parametrize("blank", ["", " ", "\n\t ", "\u00a0", "\u200b\u200d", "\x00", "\u2003\u3000"])
def test_D3_blanks_are_refused_while_sealing(vault: Vault, blank: str) -> None:
    with pytest.raises(BlankTextError):
        vault.seal(uuid4(), None, "vedtak.reasons", blank)


def test_D3_the_longest_text_is_sealed_and_one_character_more_is_refused(vault: Vault) -> None:
    assert len(vault.open(*claimed(vault.seal(uuid4(), None, "minutes.facts", "å" * MAX_TEXT)))) == MAX_TEXT
    with pytest.raises(TextTooLongError):
        vault.seal(uuid4(), None, "minutes.facts", "å" * (MAX_TEXT + 1))


def test_R12_half_a_character_is_refused(vault: Vault) -> None:
    with pytest.raises(UnreadableTextError):
        vault.seal(uuid4(), None, "minutes.facts", "Ola \ud800")


def test_D3_several_fields_of_one_owner_are_sealed_together(vault: Vault) -> None:
    sealed = vault.seal_many(uuid4(), uuid4(), {"identity.name": "Ola", "contact.email": "ola@eksempel.invalid"})

    assert vault.open_many(map(claimed, sealed.values())) == ["Ola", "ola@eksempel.invalid"]


def test_D3_many_boxes_of_many_owners_open_in_the_order_asked(vault: Vault) -> None:
    names = [f"Person {number}" for number in range(12)]
    sealed = [vault.seal(uuid4(), None, "identity.name", name) for name in names]

    assert vault.open_many(map(claimed, [*sealed, sealed[3]])) == [*names, names[3]]
    assert vault.open_many([]) == []


@pytest.mark.parametrize("moved", [{"field": "vedtak.reasons"}, {"case": uuid4()}, {"case": None}])
def test_D3_a_box_moved_to_another_field_or_case_does_not_open(
    vault: Vault, sealed: Sealed, moved: dict[str, Any]
) -> None:
    with pytest.raises(SealBrokenError):
        vault.open(*claimed(replace(sealed, **moved)))


def test_D3_a_box_moved_to_another_owner_does_not_open(vault: Vault, sealed: Sealed) -> None:
    other = vault.seal(uuid4(), sealed.case, sealed.field, "Noe annet")

    with pytest.raises(SealBrokenError):
        vault.open(*claimed(replace(sealed, owner=other.owner)))


def test_D3_a_box_of_an_owner_nobody_knows_does_not_open(vault: Vault, sealed: Sealed) -> None:
    with pytest.raises(SealBrokenError):
        vault.open(*claimed(replace(sealed, owner=uuid4())))


def test_D3_two_boxes_swapped_in_sql_are_both_caught(installation: Settings, vault: Vault) -> None:
    case = uuid4()
    mine, yours = (vault.seal(uuid4(), case, "minutes.facts", name) for name in ("Min", "Din"))
    sql(installation, "CREATE TABLE stored (owner VARCHAR(36), box VARCHAR(400))")
    for sealed in (mine, yours):
        sql(installation, "INSERT INTO stored VALUES (:o, :b)", o=str(sealed.owner), b=sealed.box.hex())

    for sealed, other in ((mine, yours), (yours, mine)):
        sql(installation, "UPDATE stored SET box = :b WHERE owner = :o", o=str(sealed.owner), b=other.box.hex())

    rows = sql(installation, "SELECT owner, box FROM stored")
    assert len(rows) == 2
    for row in rows:
        with pytest.raises(SealBrokenError):
            vault.open(*claimed(Sealed(UUID(row.owner), case, "minutes.facts", bytes.fromhex(row.box))))


def test_D3_two_data_keys_swapped_in_sql_are_caught(installation: Settings, vault: Vault) -> None:
    mine, yours = (vault.seal(uuid4(), None, "identity.name", name) for name in ("Meg", "Deg"))
    first, second = sql(installation, "SELECT owner, wrapped FROM keys")

    sql(installation, "UPDATE keys SET wrapped = :w WHERE owner = :o", w=second.wrapped, o=first.owner)
    sql(installation, "UPDATE keys SET wrapped = :w WHERE owner = :o", w=first.wrapped, o=second.owner)

    for sealed in (mine, yours):
        with pytest.raises(SealBrokenError):
            vault.open(*claimed(sealed))
        with pytest.raises(SealBrokenError):
            vault.seal(sealed.owner, None, "identity.name", "Mer")


@pytest.mark.parametrize("place", [0, 5, 11, 12, 20, -17, -16, -1])
def test_D3_one_changed_bit_anywhere_in_a_box_is_caught(vault: Vault, sealed: Sealed, place: int) -> None:
    box = bytearray(sealed.box)
    box[place] ^= 1

    with pytest.raises(SealBrokenError):
        vault.open(*claimed(replace(sealed, box=bytes(box))))


@pytest.mark.parametrize("length", [0, 1, 12, 27, 28, 40])
def test_D3_a_box_that_was_cut_is_caught(vault: Vault, sealed: Sealed, length: int) -> None:
    with pytest.raises(SealBrokenError):
        vault.open(*claimed(replace(sealed, box=sealed.box[:length])))


def test_D3_the_wrong_wrapping_key_opens_nothing(another: Callable[..., Vault], vault: Vault, sealed: Sealed) -> None:
    stranger = another(wrapping_key=b64encode(bytes(32)).decode())

    with pytest.raises(WrongWrappingKeyError):
        stranger.check_wrapping_key()
    with pytest.raises(WrongWrappingKeyError):
        stranger.open(*claimed(sealed))
    with pytest.raises(WrongWrappingKeyError):
        stranger.seal(sealed.owner, None, "identity.name", "Ola")
    vault.check_wrapping_key()


def test_D3_a_forged_name_of_the_wrapping_key_does_not_help(
    installation: Settings, another: Callable[..., Vault], vault: Vault, sealed: Sealed
) -> None:
    stranger = another(wrapping_key=b64encode(bytes(32)).decode())
    theirs = stranger.seal(uuid4(), None, "identity.name", "Ola").owner.hex

    names = sql(installation, "SELECT owner, wrapped_by FROM keys")
    (forged,) = [row.wrapped_by for row in names if UUID(str(row.owner)).hex == theirs]
    sql(installation, "UPDATE keys SET wrapped_by = :name", name=forged)

    with pytest.raises(SealBrokenError):
        stranger.open(*claimed(sealed))


def test_D3_after_its_key_is_destroyed_nothing_of_an_owner_opens_or_is_added(vault: Vault, sealed: Sealed) -> None:
    vault.destroy(sealed.owner)
    vault.destroy(sealed.owner)

    with pytest.raises(KeyDestroyedError):
        vault.open(*claimed(sealed))
    with pytest.raises(KeyDestroyedError):
        vault.seal(sealed.owner, sealed.case, sealed.field, "Mer")


def test_D3_a_destroyed_key_is_dead_at_once_in_every_process(
    another: Callable[..., Vault], vault: Vault, sealed: Sealed
) -> None:
    elsewhere = another()
    assert elsewhere.open(*claimed(sealed)) == CANARY

    vault.destroy(sealed.owner)

    with pytest.raises(KeyDestroyedError):
        elsewhere.open(*claimed(sealed))


def test_D3_destroying_one_key_leaves_the_others(vault: Vault, sealed: Sealed) -> None:
    vault.destroy(vault.seal(uuid4(), None, "identity.name", "Ola").owner)

    assert vault.open(*claimed(sealed)) == CANARY


def test_D17_of_several_texts_those_that_open_are_given_and_of_the_others_why_not(vault: Vault, sealed: Sealed) -> None:
    other = vault.seal(uuid4(), None, "identity.name", "Ola")
    moved = (Place(sealed.owner, sealed.case, "contact.phone"), sealed.box)
    discarded = vault.seal(uuid4(), None, "identity.name", "Kari")
    vault.destroy(discarded.owner)

    opened = vault.open_many([claimed(other), moved, claimed(discarded)])

    assert opened == ["Ola", Shut.OUT_OF_PLACE, Shut.KEY_DESTROYED]


def test_R07_writers_that_meet_at_a_new_owner_agree_on_its_key(vault: Vault) -> None:
    owner = uuid4()
    with ThreadPoolExecutor(12) as threads:
        sealed = list(threads.map(lambda n: vault.seal(owner, None, "identity.name", f"Nr. {n}"), range(24)))

    assert vault.open_many(map(claimed, sealed)) == [f"Nr. {n}" for n in range(24)]


def test_D3_a_person_is_found_again_by_identity_number(vault: Vault) -> None:
    person = uuid4()
    assert vault.find_person(NUMBER) is None

    assert vault.person_for(NUMBER, person) == person
    assert vault.person_for(NUMBER, uuid4()) == person
    assert vault.find_person(NUMBER) == person
    assert vault.find_person("00000000001") is None


def test_R07_registrations_of_one_identity_number_that_meet_agree_on_the_person(vault: Vault) -> None:
    with ThreadPoolExecutor(12) as threads:
        people = set(threads.map(lambda _: vault.person_for(NUMBER, uuid4()), range(24)))

    assert people == {vault.find_person(NUMBER)}


def test_D3_without_the_index_key_an_identity_number_finds_nobody(another: Callable[..., Vault], vault: Vault) -> None:
    vault.person_for(NUMBER, uuid4())

    assert another(index_key=b64encode(bytes(32)).decode()).find_person(NUMBER) is None


def test_D7_the_digest_of_a_body_needs_the_key(another: Callable[..., Vault], vault: Vault) -> None:
    stranger = another(index_key=b64encode(bytes(32)).decode())

    assert vault.digest(b"{}") == vault.digest(b"{}") != vault.digest(b"{ }")
    assert vault.digest(b"{}") != stranger.digest(b"{}")


def test_R10_no_text_number_or_key_stands_in_the_files(installation: Settings, vault: Vault, sealed: Sealed) -> None:
    """The search first finds a canary that is planted, then none that is not."""
    vault.person_for(NUMBER, uuid4())
    planted = installation.data_dir / "planted"
    planted.write_text(CANARY)
    assert _files_with(installation.data_dir, CANARY.encode()) == [planted]
    planted.unlink()

    for secret in (CANARY.encode(), CANARY.encode("utf-16-le"), NUMBER.encode()):
        assert _files_with(installation.data_dir, secret) == []
        assert secret not in _dump(installation)


def _files_with(folder: Path, content: bytes) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and content in file.read_bytes()]


def _dump(installation: Settings) -> bytes:
    rows = [row for table in ("keys", "identity_index") for row in sql(installation, f"SELECT * FROM {table}")]
    return b"\n".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for row in rows for v in row)


def test_R10_no_text_stands_in_what_the_vault_says(
    vault: Vault, sealed: Sealed, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    said = [repr(vault), str(vault), repr(sealed)]
    for wrong in (
        lambda: vault.open(*claimed(replace(sealed, case=None))),
        lambda: vault.seal(sealed.owner, None, "f", CANARY * 999),
    ):
        with pytest.raises((SealBrokenError, TextTooLongError)) as refused:
            wrong()
        said.append(repr(refused.value) + str(refused.value))

    assert not any("Kanarifugl" in words for words in [*said, caplog.text])
