"""Scene 7, at its end: the vedtak and the minutes as papers, made through the gate and filed sealed."""

from demo.people import SAKSBEHANDLER, STRANGER, WANTS_BOTH
from demo.story import Story
from demo.theatre import Theatre

PDF = b"%PDF-"


def papers_are_made(theatre: Theatre, story: Story, vedtak: str) -> None:
    """The letter says what the law asks for (LD3, LD4); the same content is the same paper; strangers get none of it."""
    case, saksbehandler = story.cases[WANTS_BOTH], theatre.as_(SAKSBEHANDLER)
    about = {"receipt": story.applications[WANTS_BOTH], "vedtak": vedtak, "minutes": story.items[WANTS_BOTH]}
    made = {
        kind: saksbehandler.do(f"/cases/{case}/papers", {"kind": kind, "about": id})["paper"]
        for kind, id in about.items()
    }
    again = saksbehandler.do(f"/cases/{case}/papers", {"kind": "vedtak", "about": vedtak})
    theatre.expect(again["paper"] == made["vedtak"], "samme innhold samme dag er samme brev, byte for byte")
    read = saksbehandler.file(f"/papers/{made['vedtak']}")
    theatre.expect(read.startswith(PDF), f"vedtaket er et brev på {len(read) // 1024} kB, arkivert forseglet (LD4)")
    theatre.as_(STRANGER).may_not_read(f"/papers/{made['vedtak']}", 404, "en fremmed får ikke brevet")
