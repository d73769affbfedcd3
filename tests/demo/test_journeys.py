"""docs/journeys.md is kept true: what it says a reader will see is what the demonstration answers."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from demo import shell
from demo.__main__ import BEGINS
from demo.stage import set_up
from tests.demo.test_play import assert_played

ROOT = Path(__file__).parents[2]
JOURNEYS = (ROOT / "docs" / "journeys.md").read_text(encoding="utf-8")
STEP = re.compile(r"^```sh\n(?P<typed>.*?)^```\n+(?:^```text\n(?P<seen>.*?)^```$)?", re.MULTILINE | re.DOTALL)
TITLES = re.findall(r"^## (.*)$", JOURNEYS, re.MULTILINE)
END = "@@ end of step"


@dataclass(frozen=True)
class Step:
    """What the reader pastes, and what they then see."""

    journey: str
    typed: str
    seen: str


def steps() -> list[Step]:
    """Every step of every journey, in the order of the page; the page's opening only shows how to begin."""
    sections = re.split(r"^## ", JOURNEYS, flags=re.MULTILINE)[1:]
    return [
        Step(section.partition("\n")[0], step["typed"], step["seen"] or "")
        for section in sections
        for step in STEP.finditer(section)
    ]


def seen_when_pasted(folder: Path, pasted: list[Step]) -> list[str]:
    """What one bash prints for each step."""
    script = "".join(f"{step.typed}\necho '{END}'\n" for step in pasted)
    command = ["bash", "-c", f'. demo/journey.sh "{folder}"\n{script}']
    run = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return [part.lstrip("\n") for part in run.stdout.split(f"{END}\n")][: len(pasted)]


def test_C06_a_reader_who_pastes_the_journeys_sees_what_the_page_says(tmp_path: Path) -> None:
    pasted = steps()
    with set_up(tmp_path, begins=BEGINS) as stage:
        assert_played(stage)
        shell.write(stage)
        answers = seen_when_pasted(tmp_path, pasted)

    told = [(step.journey, step.typed, step.seen) for step in pasted]
    assert [(step.journey, step.typed, seen) for step, seen in zip(pasted, answers, strict=True)] == told


def test_C06_every_track_of_the_mandate_has_its_journey() -> None:
    journeys = {step.journey for step in steps()}

    assert len(TITLES) == 17
    assert sorted(set(TITLES) - journeys) == []
