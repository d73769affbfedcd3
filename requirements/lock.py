"""Write `requirements/lock.txt` anew from `pyproject.toml`: every package, exact version, hash of every file.

Run as `make lock`. The lock serves Python 3.11 and newer on every platform at once, and names no index: where
packages come from is the business of the machine that installs them. The resolver is brought for the moment
and thrown away; it is no part of the project.
"""

import subprocess
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "lock.txt"
RESOLVER = "uv==0.13.8"
HEADER = "# Made by `make lock` from pyproject.toml. Installed with --require-hashes by requirements/install.py.\n"
COMPILE = [
    *("pip", "compile", "pyproject.toml", "--extra=dev", "--universal", "--python-version=3.11", "--upgrade"),
    *("--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"),
    *("--no-config", "--quiet"),
]


def main() -> None:
    """Resolve in a temporary virtual environment and replace the lock."""
    with tempfile.TemporaryDirectory() as folder:
        tools, fresh = Path(folder, "tools"), Path(folder, "lock.txt")
        venv.create(tools, with_pip=True)
        subprocess.run([tools / "bin" / "pip", "install", "--quiet", RESOLVER], check=True)
        subprocess.run([tools / "bin" / "uv", *COMPILE, f"--output-file={fresh}"], check=True, cwd=ROOT)
        LOCK.write_text(HEADER + fresh.read_text(encoding="utf-8"), encoding="utf-8")


if __name__ == "__main__":
    main()
