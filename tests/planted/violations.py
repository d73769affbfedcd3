"""The planted violations, read from `violations.toml`: for each rule of the mandate, its check taken out."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("violations.toml")
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Violation:
    """`lets`: what the change lets through. `file` holds `text` exactly once; the violation puts `instead` there."""

    rule: str
    lets: str
    file: str
    text: str
    instead: str

    def is_found(self, root: Path = ROOT) -> bool:
        """Whether the text to be changed stands in the file, once."""
        return (root / self.file).read_text(encoding="utf-8").count(self.text) == 1

    def plant(self, root: Path) -> None:
        """Change the file under `root`."""
        path = root / self.file
        path.write_text(path.read_text(encoding="utf-8").replace(self.text, self.instead), encoding="utf-8")


def violations() -> list[Violation]:
    """All of them, in the order of the file."""
    return [Violation(**each) for each in tomllib.loads(FILE.read_text(encoding="utf-8"))["violation"]]
