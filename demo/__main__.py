"""`make demo`: start everything, play the main job, show the addresses. `--once` leaves after the play."""

import argparse
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console

from demo import leaks, shell
from demo.moments import moment
from demo.people import SAKSBEHANDLER, secrets
from demo.play import play
from demo.stage import Stage, StageError, set_up
from demo.theatre import ExpectationError, Theatre

BEGINS = moment("2026-12-01", "09:00")


def main() -> int:
    """Run the demonstration; the exit status is 0 only if every expectation held."""
    parser = argparse.ArgumentParser(prog="demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="leave after the play")
    parser.add_argument("--keep", action="store_true", help="keep the data folder")
    arguments = parser.parse_args()
    for ending in (signal.SIGINT, signal.SIGTERM):
        # Also where a shell has started it in the background, with Ctrl-C ignored.
        signal.signal(ending, signal.default_int_handler)
    screen = Console(highlight=False)
    folder = Path(tempfile.mkdtemp(prefix="husrom-demo-"))
    try:
        with set_up(folder, begins=BEGINS) as stage:
            return _run(stage, screen, once=arguments.once)
    except StageError as error:
        screen.print(f"[red]{error}[/red]")
        arguments.keep = True
        return 1
    except KeyboardInterrupt:
        screen.print("\nSlutt.")
        return 130 if arguments.once else 0
    finally:
        if not arguments.keep:
            shutil.rmtree(folder, ignore_errors=True)


def _run(stage: Stage, screen: Console, *, once: bool) -> int:
    screen.print(f"Husrom er i gang på {stage.api}. Stykket begynner 1. desember 2026.")
    theatre = Theatre(stage, screen)
    began = time.monotonic()
    try:
        play(theatre)
        _search_for_leaks(theatre)
    except ExpectationError as error:
        screen.print(f"  [red]✗ {error}[/red]")
        return 1
    seconds = time.monotonic() - began
    screen.rule(f"[bold green]{theatre.held} forventninger holdt, på {seconds:.0f} sekunder", align="left")
    if not once:
        _stay(stage, screen)
    return 0


def _search_for_leaks(theatre: Theatre) -> None:
    """Every file, the queue and the logs, for everything personal in the play, in every form (R10)."""
    theatre.scene(11, "Leting etter lekkasjer")
    found = leaks.search(theatre.stage.folder, secrets(), redis_url=theatre.stage.redis_url)
    for finding in found:
        theatre.screen.print(f"  [red]{finding}[/red]")
    forms = len(leaks.forms_of("Kanarifugl"))
    theatre.expect(forms, f"et plantet prøveord ble først funnet igjen i alle {forms} former, i filer og i køen")
    theatre.expect(not found, "ingen navn, numre, adresser eller setninger i noen fil, i køen eller i loggene")


def _stay(stage: Stage, screen: Console) -> None:
    screen.print(f"API:            {stage.api}/api/v1")
    screen.print(f"Dokumentasjon:  {stage.api}/api/docs")
    screen.print(f"Postkassen:     {stage.mailbox}/")
    screen.print(f"OpenAPI:        {stage.api}/api/v1/openapi.json")
    screen.print("Saksbehandlerens token (de andre menneskene står i demo/people.py):")
    screen.print(
        f"  HUSROM_DEMO=1 HUSROM_DATA_DIR={stage.folder} .venv/bin/husrom token {SAKSBEHANDLER.id}", soft_wrap=True
    )
    shell.write(stage)
    screen.print("Reisene i docs/journeys.md, i et annet vindu (bash):")
    screen.print(f"  . demo/journey.sh {stage.folder}", soft_wrap=True)
    screen.print("Ctrl-C avslutter alt.")
    while not stage.processes.ended():
        time.sleep(0.5)
    raise StageError(f"{stage.processes.ended()[0].name} ended; see {stage.folder / 'logs'}")


if __name__ == "__main__":
    sys.exit(main())
