"""What an installation may set, and what stops it from starting (D5, D12)."""

import os
from base64 import b64encode
from pathlib import Path

import pytest
from pydantic import ValidationError

from services.settings import KEY_BYTES, Settings, SettingsError, Store, load_settings

A_KEY = b64encode(bytes(range(KEY_BYTES))).decode()


@pytest.fixture(autouse=True)
def an_empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("HUSROM_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def production() -> Settings:
    return Settings(
        municipality="Fjordvik kommune", contact="post@fjordvik.invalid", wrapping_key=A_KEY, index_key=A_KEY,
        token_issuer="https://login.invalid", token_keys="keys.json",
    )  # fmt: skip


def test_a_start_without_secrets_names_each_one_that_is_missing() -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings()

    for name in ("HUSROM_WRAPPING_KEY", "HUSROM_INDEX_KEY", "HUSROM_TOKEN_ISSUER", "HUSROM_TOKEN_KEYS"):
        assert name in str(refused.value)


def test_LD4_no_letter_goes_out_with_an_examples_name_and_telephone_number() -> None:
    with pytest.raises(ValidationError, match="set HUSROM_MUNICIPALITY, HUSROM_CONTACT, or"):
        Settings(wrapping_key=A_KEY, index_key=A_KEY, token_issuer="https://login.invalid", token_keys="keys.json")
    assert Settings(demo=True).contact


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUSROM_DEMO", "true")
    monkeypatch.setenv("HUSROM_MUNICIPALITY", "Fjordvik kommune")

    settings = load_settings()

    assert (settings.municipality, settings.token_algorithm) == ("Fjordvik kommune", "ES256")
    assert settings.allow_synthetic_identity_numbers


def test_real_people_are_the_default(production: Settings) -> None:
    assert not production.demo
    assert not production.allow_synthetic_identity_numbers


@pytest.mark.parametrize("key", ["", "short", b64encode(b"x" * 31).decode(), "Æ" * 44, A_KEY + "!"])
def test_D3_a_wrapping_key_that_is_not_32_bytes_stops_the_start(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("HUSROM_DEMO", "1")
    monkeypatch.setenv("HUSROM_WRAPPING_KEY", key)

    with pytest.raises(SettingsError, match="HUSROM_WRAPPING_KEY: must be 32 random bytes"):
        load_settings()


def test_a_wrong_setting_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUSROM_DEMO", "1")
    monkeypatch.setenv("HUSROM_WRAPPING_KEY", "kanarifugl")
    monkeypatch.setenv("HUSROM_DATABASE_URL", "mysql://kanarifugl@db")

    with pytest.raises(SettingsError) as refused:
        load_settings()

    assert "HUSROM_DATABASE_URL: must be a postgresql:// address" in str(refused.value)
    assert "kanarifugl" not in str(refused.value)


def test_R11_a_symmetric_token_algorithm_cannot_be_set() -> None:
    with pytest.raises(ValidationError):
        Settings(demo=True, token_algorithm="HS256")


def test_secrets_never_show(tmp_path: Path) -> None:
    settings = Settings(
        demo=True,
        data_dir=tmp_path,
        wrapping_key=A_KEY,
        index_key=A_KEY,
        database_url="postgresql://u:kanarifugl@db/husrom",
        redis_url="redis://:kanarifugl@redis/0",
    )

    assert A_KEY not in f"{settings!r} {settings}"
    assert "kanarifugl" not in f"{settings!r} {settings} {settings.sqlalchemy_url(Store.VIEWS)}"


def test_settings_cannot_be_changed_after_the_start(production: Settings) -> None:
    with pytest.raises(ValidationError):
        production.demo = True  # type: ignore[misc]


def test_D5_without_a_database_address_each_store_is_a_file_of_its_own(tmp_path: Path) -> None:
    settings = Settings(demo=True, data_dir=tmp_path)

    assert {settings.sqlite_path(store).name for store in Store} == {
        "case_log.sqlite",
        "disclosure_log.sqlite",
        "views.sqlite",
        "keys.sqlite",
        "papers.sqlite",
    }
    assert settings.sqlalchemy_url(Store.KEYS).database == str(tmp_path / "keys.sqlite")


def test_D12_installations_on_one_host_have_schemas_of_their_own() -> None:
    url = "postgresql://husrom@db/husrom"
    here = Settings(demo=True, database_url=url, schema_prefix="fjordvik")
    there = Settings(demo=True, database_url=url, schema_prefix="dalnes")

    assert here.schema_of(Store.CASE_LOG) == "fjordvik_case_log"
    assert not {here.schema_of(store) for store in Store} & {there.schema_of(store) for store in Store}
    assert "search_path=fjordvik_keys " in str(here.sqlalchemy_url(Store.KEYS).query["options"])


def test_D3_the_keys_may_live_on_a_server_of_their_own() -> None:
    settings = Settings(
        demo=True, database_url="postgresql://husrom@db/husrom", keys_database_url="postgresql://husrom@vault/keys"
    )

    assert settings.sqlalchemy_url(Store.KEYS).host == "vault"
    assert settings.sqlalchemy_url(Store.VIEWS).host == "db"


@pytest.mark.parametrize("prefix", ["a-b", 'a";drop', "A", "1a", "a b", "ø", "a" * 41])
def test_D12_a_schema_prefix_is_a_plain_name(prefix: str) -> None:
    with pytest.raises(ValidationError):
        Settings(demo=True, schema_prefix=prefix)


def test_a_demo_makes_its_secrets_once_and_for_its_owner_only(tmp_path: Path) -> None:
    first, second = Settings(demo=True, data_dir=tmp_path), Settings(demo=True, data_dir=tmp_path)

    assert first.wrapping_key_bytes == second.wrapping_key_bytes
    assert first.wrapping_key_bytes != first.index_key_bytes
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in tmp_path.iterdir())
