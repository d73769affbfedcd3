"""The real servers do come up, are fresh, and end with the process that started them."""

import os
import signal
import smtplib
import socket
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import psycopg
import pytest
from redis import Redis

from demo.mailbox import Mailbox
from tests.conftest import Installation
from tests.servers.postgres import Postgres, running_postgres

HOLDER = """
import time, psycopg, redis
from tests.servers.postgres import running_postgres
from tests.servers.redis import running_redis
with running_postgres() as server, running_redis() as url:
    with psycopg.connect(server.url) as connection, redis.Redis.from_url(url, decode_responses=True) as client:
        print(connection.execute("SHOW data_directory").fetchone()[0], client.config_get("dir")["dir"], flush=True)
        time.sleep(600)
"""


def test_a_postgres_database_is_new_and_empty_for_every_test(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()

    assert tables == (0,)


def test_a_postgres_database_can_be_copied_from_another(postgres: Postgres, postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")

    with postgres.database(template=postgres_url) as copy, psycopg.connect(copy) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_postgres_is_version_18(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        assert connection.info.server_version // 10_000 == 18


@pytest.mark.parametrize("turn", [1, 2])
def test_redis_holds_nothing_when_a_test_begins(redis_url: str, turn: int) -> None:
    with Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0
        client.set("left behind", turn)


def test_redis_lets_nobody_in_without_its_password(redis_url: str) -> None:
    port = urlsplit(redis_url).port

    with socket.create_connection(("127.0.0.1", port or 0)) as client:
        client.sendall(b"DBSIZE\r\n")
        answer = client.recv(100)

    assert answer.startswith(b"-NOAUTH")


def test_a_mail_that_is_sent_is_kept_as_it_was(smtp: Mailbox) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "husrom@eksempel.invalid", "kari@eksempel.invalid", "Møte på tirsdag"
    mail.set_content("Velkommen.")

    with smtplib.SMTP("127.0.0.1", smtp.port) as client:
        client.send_message(mail)

    (message,) = smtp.messages
    assert message.recipients == ("kari@eksempel.invalid",)
    assert message.mail["Subject"] == "Møte på tirsdag"


def test_an_installation_is_either_files_or_a_postgres_address(database: Installation) -> None:
    assert database["data_dir"].is_dir()
    assert database.get("database_url", "postgresql://").startswith("postgresql://")


def test_another_server_is_used_when_a_setting_names_it(postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUSROM_TEST_POSTGRES_URL", postgres.url)

    with running_postgres() as server, server.database() as url, psycopg.connect(url) as connection:
        assert server.url == postgres.url
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_D14_no_server_and_no_database_file_outlives_a_killed_test_process() -> None:
    root = Path(__file__).parents[2]
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(root)}, cwd=root
    )
    assert holder.stdout is not None
    with holder.stdout as said:
        folders = [Path(line) for line in said.readline().decode().split()]
    servers = psutil.Process(holder.pid).children(recursive=True)
    assert {"postgres"} < {server.name() for server in servers}
    assert all(folder.is_dir() for folder in folders)

    holder.send_signal(signal.SIGKILL)
    holder.wait()
    _, alive = psutil.wait_procs(servers)

    assert alive == []
    assert not any(folder.exists() for folder in folders)
