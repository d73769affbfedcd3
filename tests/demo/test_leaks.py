"""The search for personal data sees it in every form, and an installation that is used holds it in none (R10)."""

import json
import sqlite3
from base64 import b64encode, encodebytes, urlsafe_b64encode
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from fastapi.testclient import TestClient
from psycopg import sql
from redis import Redis

from demo.leaks import CHUNK, Finding, SearchIsBlindError, forms_of, search
from domain.actors import Role
from services.api.app import create_app
from services.installation import Installation
from services.settings import Settings
from tests.api.office import Office, synthetic_identity_number
from tests.conftest import Installation as Database

NAME = "Ærlig Østgård-Prøvesen"
SECRET = {"name": NAME}

FORMS: dict[str, Callable[[str], bytes]] = {
    "UTF-8": str.encode,
    "UTF-16LE": lambda text: text.encode("utf-16-le"),
    "UTF-16BE": lambda text: text.encode("utf-16-be"),
    "JSON": lambda text: json.dumps({"name": text}).encode(),
    "JSON with capital hex": lambda text: "".join(f"\\u{ord(c):04X}" if ord(c) > 127 else c for c in text).encode(),
    "hex": lambda text: text.encode().hex().encode(),
    "capital hex": lambda text: text.encode().hex().upper().encode(),
    "percent": lambda text: quote(text).encode(),
    "small letters": lambda text: text.lower().encode(),
    "capital letters": lambda text: text.upper().encode(),
    "quoted-printable": lambda _: b"=C3=86rlig =C3=98stg=\r\n=C3=A5rd-Pr=C3=B8vesen",
    "JSON in base64": lambda text: b64encode(json.dumps([text]).encode()),
    "UTF-16 in base64": lambda text: b64encode(text.encode("utf-16")),
    "base64 in short lines": lambda text: encodebytes(b"x" * 50 + text.encode()),
    "base64 of 1 more": lambda text: b64encode(b"?" + text.encode() + b"?"),
    "base64 of 2 more": lambda text: b64encode(b"??" + text.encode() + b"??"),
    "base64 of 3 more": lambda text: b64encode(b"???" + text.encode() + b"???"),
    "URL-safe base64": lambda text: urlsafe_b64encode(b"\xff" + text.encode() + b"\xfe"),
}
"""Made here in the plain way, not by what is tested."""


@pytest.mark.parametrize("form", FORMS)
def test_R10_a_secret_in_a_file_is_found_in_every_form(form: str, tmp_path: Path) -> None:
    (tmp_path / "some.log").write_bytes(b"\x00before " + FORMS[form](NAME) + b" after")

    found = search(tmp_path, SECRET)

    assert {(finding.where, finding.secret_name) for finding in found} == {("some.log", "name")}


@pytest.mark.parametrize("form", FORMS)
def test_R10_a_secret_in_a_sqlite_row_is_found_in_every_form(form: str, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "views.sqlite") as connection:
        connection.execute("CREATE TABLE rows (before TEXT, content BLOB)")
        connection.execute("INSERT INTO rows VALUES (?, ?)", ("x" * 4000, FORMS[form](NAME) + b"y" * 9000))
    connection.close()

    assert search(tmp_path, SECRET)


def test_R10_a_secret_split_over_the_pages_of_a_sqlite_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "split.sqlite"
    for before in range(0, 9000, 10):
        _write_row(path, "x" * before + NAME + "x" * (9000 - before))
        if NAME.encode() not in path.read_bytes():
            break

    assert search(tmp_path, SECRET) == [Finding("split.sqlite, rows", "UTF-8", "name")]


def _write_row(path: Path, content: str) -> None:
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("CREATE TABLE rows (content TEXT)")
        connection.execute("INSERT INTO rows VALUES (?)", (content,))


def test_R10_a_secret_in_a_write_ahead_log_is_found(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "case_log.sqlite")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE rows (content TEXT)")
    connection.execute("INSERT INTO rows VALUES (?)", (NAME,))
    connection.commit()

    assert "case_log.sqlite-wal" in {finding.where for finding in search(tmp_path, SECRET)}
    connection.close()


def test_R10_a_secret_at_the_seam_of_two_pieces_of_a_large_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "large.log").write_bytes(b"x" * (CHUNK - 5) + NAME.encode() + b"x" * CHUNK)

    assert search(tmp_path, SECRET)


def test_R10_a_secret_in_the_name_of_a_file_is_found(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.txt").write_bytes(b"")

    assert search(tmp_path, SECRET)


@pytest.mark.parametrize("form", FORMS)
def test_R10_a_secret_in_redis_is_found_in_every_form(form: str, tmp_path: Path, redis_url: str) -> None:
    with Redis.from_url(redis_url) as client:
        client.lpush("celery", b"before " + FORMS[form](NAME) + b" after")

    assert {finding.where for finding in search(tmp_path, SECRET, redis_url)} == {"redis db0, b'celery'"}


def test_R10_a_secret_is_found_in_every_type_of_value_and_in_every_database(tmp_path: Path, redis_url: str) -> None:
    with Redis.from_url(redis_url, single_connection_client=True) as client:
        client.set("string", NAME)
        client.sadd("set", NAME)
        client.zadd("zset", {NAME: 1})
        client.hset("hash field", NAME, "value")
        client.hset("hash value", "field", NAME)
        client.xadd("stream", {"field": NAME})
        client.set(f"key {NAME}", "value")
        client.execute_command("SELECT", "7")
        client.set("elsewhere", NAME)

    found = {finding.where for finding in search(tmp_path, SECRET, redis_url)}

    assert len(found) == 8
    assert "redis db7, b'elsewhere'" in found


def test_R10_the_search_leaves_nothing_behind(tmp_path: Path, redis_url: str) -> None:
    assert search(tmp_path, SECRET, redis_url) == []

    assert list(tmp_path.iterdir()) == []
    with Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0


def test_R10_a_search_that_misses_its_own_canary_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("demo.leaks._chunks", lambda _: iter(()))

    with pytest.raises(SearchIsBlindError, match="planted in files"):
        search(tmp_path, SECRET)


def test_R10_a_finding_never_repeats_the_secret(tmp_path: Path) -> None:
    (tmp_path / "some.log").write_text(NAME, encoding="utf-8")

    assert NAME not in repr(search(tmp_path, SECRET))


def test_R10_a_secret_too_short_to_search_for_is_refused() -> None:
    with pytest.raises(ValueError, match="fewer than"):
        forms_of("Kari")


def test_R10_an_installation_in_use_holds_personal_text_in_no_form(
    database: Database, redis_url: str, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    number = synthetic_identity_number()
    secrets = {**SECRET, "number": number, "address": "Løvetannstien 77, 0000 Eksempel", "sentence": "Sover på sofaen."}

    _use(Settings(demo=True, **database, redis_url=redis_url), secrets)
    (tmp_path / "output.log").write_text("".join(capfd.readouterr()), encoding="utf-8")
    if "database_url" in database:
        _copy_tables(database["database_url"], tmp_path / "tables.txt")

    assert search(tmp_path, secrets, redis_url) == []


def _use(settings: Settings, secrets: dict[str, str]) -> None:
    """Register an application with all of it, have one refused, be refused one, and see the views carried forward."""
    with Installation(settings) as installation:
        installation.migrate()
    app = create_app(settings)
    with TestClient(app) as client:
        office = Office(settings, client, app.state.office)
        applicant = {"name": secrets["name"], "identity_number": secrets["number"], "address": secrets["address"]}
        body = office.application(applicant=applicant, reason=secrets["sentence"], health=secrets["sentence"])
        case = office.saksbehandler.do("/applications", body)["case"]
        text = {"topic": "housing", "text": secrets["sentence"]}
        office.saksbehandler.do(f"/cases/{case}/pre-assessment", text)
        assert office.caller("nav", Role.EMPLOYEE).post(f"/cases/{case}/pre-assessment", text).status_code == 404
        assert (
            office.saksbehandler.post("/applications", {**body, secrets["name"]: secrets["number"]}).status_code == 422
        )
        office.carry_forward()


def _copy_tables(url: str, path: Path) -> None:
    """Every row of every table as text, since PostgreSQL compresses what it keeps in files."""
    with psycopg.connect(url) as connection, path.open("wb") as file:
        tables = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        assert tables
        for schema, table in tables:
            statement = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(schema, table))
            with connection.cursor().copy(statement) as copy:
                file.writelines(bytes(block) for block in copy)
