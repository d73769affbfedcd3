"""What holds for every file of the repository."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINES_AT_MOST = 400

REGISTRIES = [
    # Written in two halves, so that this file may hold them.
    *("pypi" + ".org", "python" + "hosted.org", "npmjs" + ".org", "npmjs" + ".com", "debian" + ".org"),
    *("docker" + ".io", "ghcr" + ".io", "quay" + ".io", "crates" + ".io"),
]
MACHINE_PATH = re.compile(r"(?<![\w.$}])/(?:work|farm|root|home|Users)/\w")


def own_files() -> list[Path]:
    """Everything that is or could be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def strange_places(text: str) -> list[str]:
    """The package registries and the paths of one machine that `text` names."""
    return [host for host in REGISTRIES if host in text] + MACHINE_PATH.findall(text)


def test_no_file_names_a_package_registry_or_a_path_of_one_machine() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): places
        for path in own_files()
        if (places := strange_places(path.read_text(encoding="utf-8", errors="replace")))
    }

    assert found == {}


@pytest.mark.parametrize(
    "planted", ["https://files.python" + "hosted.org/x", "see /" + "root/notes", '"/' + 'home/me"']
)
def test_a_planted_registry_or_path_is_found(planted: str) -> None:
    assert strange_places(planted) != []


def test_no_module_is_longer_than_one_concept_needs() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in own_files()
        if path.suffix == ".py"
    }

    assert {name: lines for name, lines in lengths.items() if lines > LINES_AT_MOST} == {}


def test_the_lock_holds_a_hash_for_every_package_and_names_no_place() -> None:
    lock = (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    packages = [line for line in lock.splitlines() if line and not line.startswith("#")]

    assert len(packages) > 50
    assert [line for line in packages if "--hash=sha256:" not in line or "==" not in line or "//" in line] == []
