"""Build `.venv` from the hashed lock, once, even when two make targets ask for it at the same time.

Run as `python requirements/install.py`. Builds anew only when the lock, the project's packaging tables or the
Python version differ from those the folder was built with. Needs nothing but Python 3.11 and its `venv`.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - says so in words, before an older Python fails on the imports below
    sys.exit("Husrom needs Python 3.11 or newer; say which with `make … PYTHON=python3.12`.")

import fcntl
import hashlib
import subprocess
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "lock.txt"
VENV = ROOT / ".venv"
STAMP = VENV / "built-from"


def wanted() -> str:
    """Fingerprint of all that decides what is installed."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    packaging = repr((project["project"], project["build-system"], project["tool"]["hatch"]))
    parts = (sys.version, LOCK.read_text(encoding="utf-8"), packaging, str(ROOT))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def is_built(fingerprint: str) -> bool:
    """Whether the folder on disk was completed from exactly this fingerprint."""
    return STAMP.exists() and STAMP.read_text(encoding="utf-8") == fingerprint


def pip(*arguments: str) -> None:
    """Run pip of the new folder. Warnings are the machine's own business (its index settings); errors are shown."""
    command = [str(VENV / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    if subprocess.run([*command, *arguments], check=False).returncode:
        sys.exit("Husrom could not set up .venv: pip's words are above. Run the same make target again to retry.")


def build() -> None:
    """Make the folder from nothing: locked packages by hash, then the project itself without its dependencies."""
    print("Setting up .venv from requirements/lock.txt (about half a minute, once) …", file=sys.stderr, flush=True)
    venv.create(VENV, clear=True, with_pip=True)
    pip("--require-hashes", "--only-binary=:all:", "--requirement", str(LOCK))
    pip("--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT))


def main() -> None:
    """Build if needed; whoever comes second waits and finds it done."""
    fingerprint = wanted()
    if is_built(fingerprint):
        return
    with (ROOT / ".venv.lock").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        if not is_built(fingerprint):
            build()
            STAMP.write_text(fingerprint, encoding="utf-8")


if __name__ == "__main__":
    main()
