"""`make prove-mandate`: plant each violation in a copy of the project and see the tests that bear its rule fail.

A name proves nothing: a test that bears a rule's id must also notice when the rule is broken. ARGS="M11 M20" proves
those rules only. The exit status is 0 only if every violation was noticed.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.planted.violations import ROOT, Violation, violations

COPIED = ("config", "demo", "bench", "docs", "domain", "projections", "services", "workers", "tests", "requirements")
FAILED = re.compile(r"^FAILED (?P<test>\S+)", re.MULTILINE)
NOTICED = 1
"""pytest's exit status when tests ran and some failed; another one would prove nothing."""


@dataclass(frozen=True)
class Proof:
    """What came of one violation: the first test that failed, or the end of what pytest said."""

    violation: Violation
    failed: str | None
    said: str
    seconds: float


def prove(violation: Violation) -> Proof:
    """Plant one violation in a fresh copy, and run the tests that bear its rule, the domain's first, until one fails."""
    began, noticed, said = time.monotonic(), None, ""
    with tempfile.TemporaryDirectory(prefix="husrom-planted-") as folder:
        root = Path(folder)
        _copy(root)
        violation.plant(root)
        bearing = files_that_bear(violation.rule, root)
        of_the_domain = [path for path in bearing if path.startswith("tests/domain/")]
        for files in (of_the_domain, [path for path in bearing if path not in of_the_domain]):
            if files and noticed is None:
                noticed, said = _run(violation.rule, files, root)
    return Proof(violation, noticed, said, time.monotonic() - began)


def _run(rule: str, files: list[str], root: Path) -> tuple[str | None, str]:
    """The first test that fails, if any does, and the end of what pytest said; on SQLite, for no rule asks which it is."""
    options = ["-q", "-x", "-p", "no:cacheprovider", "--databases=sqlite"]
    command = [sys.executable, "-m", "pytest", *options, "-k", f"{rule}_", *files]
    run = subprocess.run(
        command, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True, text=True, check=False
    )
    failed = FAILED.search(run.stdout) if run.returncode == NOTICED else None
    return failed["test"] if failed else None, (run.stdout + run.stderr)[-1000:]


def _copy(root: Path) -> None:
    for name in COPIED:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", root)


def files_that_bear(rule: str, root: Path) -> list[str]:
    """The test files in which a test's name bears the rule."""
    named = re.compile(rf"def test_(\w+_)?{rule}_")
    files = (root / "tests").rglob("test_*.py")
    return sorted(str(path.relative_to(root)) for path in files if named.search(path.read_text(encoding="utf-8")))


def main(wanted: list[str]) -> int:
    """Prove the wanted rules, or all of them; a line for each violation."""
    chosen = [each for each in violations() if not wanted or each.rule in wanted]
    rules = {each.rule for each in chosen}
    began, unnoticed = time.monotonic(), 0
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for proof in pool.map(prove, chosen):
            mark = "✓" if proof.failed else "✗"
            print(f"{mark} {proof.violation.rule} {proof.violation.lets} ({proof.seconds:.0f} s)")
            print(f"      {proof.failed or proof.said}", flush=True)
            unnoticed += proof.failed is None
    noticed, took = len(chosen) - unnoticed, time.monotonic() - began
    print(f"{noticed} of {len(chosen)} planted violations were noticed, of {len(rules)} rules, in {took:.0f} s.")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
