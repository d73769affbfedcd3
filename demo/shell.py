"""What a shell needs to speak to the running demonstration: the address, and a token for each of its people.

`demo/journey.sh` reads the file that is written here; docs/journeys.md uses its words.
"""

import re
import sys
from pathlib import Path

from demo.people import EMPLOYEES, Employee
from demo.stage import Stage
from services import demo_tokens

FILE_NAME = "shell.env"


def write(stage: Stage) -> Path:
    """Write the file into the demonstration's own folder, readable by its owner only, and give its path."""
    lines = [
        f"HUSROM_API={stage.api}/api/v1",
        f"HUSROM_READY={stage.api}/readyz",
        f"HUSROM_PYTHON={sys.executable}",
        "export HUSROM_DEMO=1",
        f"export HUSROM_DATA_DIR={stage.folder}",
        *(line for employee in EMPLOYEES for line in _about(stage, employee)),
    ]
    path = stage.folder / FILE_NAME
    path.touch(mode=0o600)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def _about(stage: Stage, employee: Employee) -> tuple[str, str]:
    """`SIGNE=` the id and `TOKEN_SIGNE=` the token: people go by their first name."""
    name = re.sub("[^A-Z]", "", employee.name.split()[0].upper())
    return f"{name}={employee.id}", f"TOKEN_{name}={demo_tokens.issue(stage.settings, employee.id)}"
