"""`python -m tests.api.kept.record`: ask the kept log again, and write the answers anew.

Only for a change that means to answer something else: read what git shows as changed, and say why in the commit.
"""

import json
import tempfile
from pathlib import Path

from fastapi.testclient import TestClient

from services.api.app import create_app
from services.installation import Installation
from tests.api.kept.kept_office import ANSWERS, answers, asker, rebuild, settings_in, unpack


def record(name: str, folder: Path) -> None:
    """Write what the person whose file has that name is answered now at the paths that it names."""
    path, settings = ANSWERS / f"{name}.json", settings_in(folder)
    who, held = asker(name), json.loads(path.read_text(encoding="utf-8"))
    with Installation(settings) as office, TestClient(create_app(settings)) as client:
        said = answers(client, office, who.actor, list(who.answers))
        held["answers"] = dict(zip(who.answers, said, strict=True))
    path.write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Record everybody, each in a folder of her own: what one has seen shows in what the next is answered."""
    for path in sorted(ANSWERS.glob("*.json")):
        with tempfile.TemporaryDirectory() as folder:
            with Installation(unpack(Path(folder))) as office:
                rebuild(office)
            record(path.stem, Path(folder))


if __name__ == "__main__":
    main()
