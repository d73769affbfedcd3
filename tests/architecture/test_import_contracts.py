"""The import contracts hold, and each line of each of them is shown to catch a planted violation."""

import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
PACKAGES: list[str] = LINTER["root_packages"]
CONTRACTS: list[dict[str, str | list[str]]] = LINTER["contracts"]


@dataclass(frozen=True)
class Plant:
    """An import that `contract` must report."""

    contract: str
    package: str
    imported: str

    @property
    def module(self) -> str:
        """The module it is planted in."""
        return f"{self.package}.planted_{self.imported}"

    @property
    def report(self) -> str:
        """What the linter says of it."""
        return f"{self.module} -> {self.imported} "


def plants(contract: dict[str, str | list[str]]) -> list[Plant]:
    """A violation for every line of `contract`."""
    name = str(contract["name"])
    match contract["type"]:
        case "layers":
            layers = [layer.split(" | ") for layer in contract["layers"]]
            return [
                Plant(name, lower, upper)
                for depth, layer in enumerate(layers)
                for lower in layer
                for above in layers[:depth]
                for upper in above
            ]
        case "forbidden":
            return [
                Plant(name, source, forbidden)
                for source in contract["source_modules"]
                for forbidden in contract["forbidden_modules"]
            ]
        case "protected":
            outside = [package for package in PACKAGES if package not in contract["allowed_importers"]]
            return [
                Plant(name, package, protected) for protected in contract["protected_modules"] for package in outside
            ]
        case other:
            raise AssertionError(f"no plants are known for a contract of type {other}")


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the linter as `make check` does, in `folder`."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the linter says of a copy of the code in which every contract is broken in every way."""
    copy = tmp_path_factory.mktemp("planted")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    for plant in (plant for contract in CONTRACTS for plant in plants(contract)):
        (copy / plant.package / f"planted_{plant.imported}.py").write_text(f"import {plant.imported}\n")
    result = lint_imports(copy)
    assert result.returncode == 1, result.stdout
    return result.stdout


def test_the_code_keeps_every_import_contract() -> None:
    result = lint_imports(ROOT)

    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: str(contract["name"]))
def test_a_planted_violation_breaks_the_contract_at_every_line(
    contract: dict[str, str | list[str]], report: str
) -> None:
    unseen = [plant for plant in plants(contract) if plant.report not in report]

    assert f"{contract['name']} BROKEN" in report
    assert unseen == []
