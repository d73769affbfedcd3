"""The compose file and the image say things that are so, as far as that shows without an engine."""

import re
from pathlib import Path

import pytest
import typer
import yaml

from services.cli import app

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
PROCESSES = ["migrate", "api", "feed", "worker", "beat"]


@pytest.mark.parametrize("name", PROCESSES)
def test_each_service_runs_a_husrom_command_with_options_that_it_has(name: str) -> None:
    program, subcommand, *options = SERVICES[name]["command"]
    command = typer.main.get_group(app).commands[subcommand]

    assert (program, subcommand) == ("husrom", name)
    command.make_context(name, list(options))


@pytest.mark.parametrize("name", PROCESSES)
def test_each_service_gets_its_secrets_from_the_environment_file_and_may_write_nowhere_else(name: str) -> None:
    service = SERVICES[name]

    assert service["env_file"] == ".env"
    assert service["read_only"] is True
    assert "environment" not in service


@pytest.mark.parametrize("name", [name for name in PROCESSES if name != "migrate"])
def test_nothing_starts_before_the_one_shot_migration_is_done(name: str) -> None:
    assert SERVICES["migrate"]["restart"] == "no"
    assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_the_stores_are_a_postgres_with_a_volume_and_a_redis_with_an_append_only_file() -> None:
    command = SERVICES["redis"]["command"]

    assert command[command.index("--appendonly") + 1] == "yes"
    assert SERVICES["redis"]["volumes"] == ["redis:/data"]
    assert SERVICES["postgres"]["volumes"] == ["postgres:/var/lib/postgresql"]
    assert set(COMPOSE["volumes"]) == {"postgres", "redis", "husrom"}


def test_only_the_api_is_reached_from_outside_and_only_on_loopback() -> None:
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert ports == {"api": ["127.0.0.1:8000:8000"]}


def test_no_secret_is_written_in_the_compose_file() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    values = re.findall(r"^ +[A-Z_]*(?:PASSWORD|AUTH|KEY): *(.+)$", text, re.MULTILINE)

    assert values != []
    assert all(value.startswith("${") for value in values)


def test_the_image_installs_the_hashed_lock_and_runs_as_an_ordinary_user() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()

    assert any("--require-hashes" in line and "requirements/lock.txt" in line for line in lines)
    assert [line for line in lines if line.startswith("USER ")] == ["USER husrom"]


def test_what_is_ignored_when_the_image_is_built_is_everything_but_the_code() -> None:
    rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    kept = {rule.removeprefix("!") for rule in rules if rule.startswith("!")}

    assert "*" in rules
    assert kept == {"bench", "config", "demo", "domain", "projections", "pyproject.toml"} | {
        *("requirements", "services", "workers")
    }
