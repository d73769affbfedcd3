"""Scene 9: time passes; reminders come, and the lease comes back to the table by itself."""

from email import message_from_bytes, policy

from demo.moments import moment
from demo.people import (
    NAV,
    NAV_ONE,
    SAKSBEHANDLER,
    SENTENCES,
    TECHNICAL,
    TEKNISKE_TJENESTER,
    WANTS_DWELLING,
    Applicant,
    Employee,
)
from demo.scenes.leases import ending_lease_item, extend, settle_ending_lease
from demo.scenes.meeting import conclusion, discuss, task, write_and_approve_minutes
from demo.story import Story
from demo.theatre import Theatre

ROOM = (SAKSBEHANDLER, NAV_ONE, TECHNICAL)
SIX_MONTHS_BEFORE = "2029-08-28"


def time_passes(theatre: Theatre, story: Story) -> None:
    """A reminder before the due date; six months before the end: agenda, reminder, extension by a new vedtak."""
    theatre.scene(9, "Tiden går")
    _the_task_is_reminded_and_done(theatre, story)
    theatre.stage.move_to(moment("2029-06-04", "09:00"))
    meetings = _plan_autumn(theatre)
    theatre.stage.move_to(moment(SIX_MONTHS_BEFORE, "07:59"))
    case = _no_warning_yet(theatre, meetings[0])
    theatre.stage.move_to(moment(SIX_MONTHS_BEFORE, "09:00"))
    case = _lease_comes_back(theatre, story, meetings[0])
    theatre.expect(case, "seks måneder før slutt står leieforholdet på sakslisten av seg selv (M18)")
    _extension(theatre, story, case, meetings)


def _the_task_is_reminded_and_done(theatre: Theatre, story: Story) -> None:
    before = len(_mail_to(theatre, NAV_ONE))
    theatre.stage.move_to(moment("2027-02-24", "09:00"))
    reminders = [text for text in _mail_to(theatre, NAV_ONE)[before:] if "26. februar 2027" in text]
    theatre.expect(len(reminders) == 1, "den ansvarlige er påminnet tre dager før fristen 26.02.2027 (C04)")
    inbox = theatre.as_(NAV_ONE).get("/follow-ups")
    theatre.expect(any(row["follow_up"] == story.follow_up for row in inbox["items"]), "oppgaven står i innboksen")
    theatre.as_(NAV_ONE).do(f"/follow-ups/{story.follow_up}/completion", {"note": "Forliket er på plass."})
    for row in theatre.as_(NAV_ONE).get("/follow-ups")["items"]:
        theatre.as_(NAV_ONE).do(f"/follow-ups/{row['follow_up']}/completion", {})
    theatre.expect(not theatre.as_(NAV_ONE).get("/follow-ups")["items"], "innboksen er tom når oppgavene er gjort")


def _plan_autumn(theatre: Theatre) -> list[str]:
    saksbehandler = theatre.as_(SAKSBEHANDLER)
    plan = saksbehandler.do("/meeting-plans", {"year": 2029, "half": 2})
    saksbehandler.do(f"/meeting-plans/{plan['plan']}/calling")
    return [m["meeting"] for m in plan["meetings"] if m["day"] > SIX_MONTHS_BEFORE]


def _no_warning_yet(theatre: Theatre, meeting: str) -> str:
    agenda = theatre.as_(SAKSBEHANDLER).get(f"/meetings/{meeting}/agenda")
    theatre.expect(not agenda["items"], "dagen før er sakslisten tom")
    return ""


def _lease_comes_back(theatre: Theatre, story: Story, meeting: str) -> str:
    agenda = theatre.as_(SAKSBEHANDLER).get(f"/meetings/{meeting}/agenda")["items"]
    item = next(row for row in agenda if row["tenancy"] == story.tenancies[WANTS_DWELLING])
    theatre.expect(item["restricted"], "uten nytt samtykke ser bare Service og tildeling den (M18)")
    warned = [mail for mail in _mail_to(theatre, SAKSBEHANDLER) if "28. februar 2030" in mail]
    theatre.expect(warned, "den ansvarlige saksbehandleren er varslet (C03)")
    return str(item["case"])


def _extension(theatre: Theatre, story: Story, case: str, meetings: list[str]) -> None:
    saksbehandler = theatre.as_(SAKSBEHANDLER)
    application = saksbehandler.do("/applications", _application(theatre, story, WANTS_DWELLING))
    theatre.expect(application["case"] == case, "søknaden om forlengelse kommer i samme sak (B09)")
    scopes = [{"unit": NAV}, {"unit": TEKNISKE_TJENESTER}]
    today = str(theatre.stage.clock.now().date())
    saksbehandler.do(f"/cases/{case}/consent", {"scopes": scopes, "given_on": today, "channel": "form"})
    theatre.stage.come_to_rest()
    item = ending_lease_item(theatre, meetings[0], case)
    saksbehandler.do(f"/agenda-items/{item}/restriction/lifting")
    _at(theatre, meetings[0])
    settle_ending_lease(theatre, meetings[0], case, NAV_ONE, "2029-10-01")
    saksbehandler.do(f"/meetings/{meetings[0]}/closing")
    extension = {"matter": "extension", "case": case, "tenancy": story.tenancies[WANTS_DWELLING]}
    extension_item = saksbehandler.do(f"/meetings/{meetings[1]}/agenda-items", extension)["item"]
    _at(theatre, meetings[1])
    concluded = discuss(theatre, extension_item, ROOM, conclusion(None, task("2029-11-30"), extension="grant"))
    write_and_approve_minutes(theatre, extension_item)
    saksbehandler.do(f"/meetings/{meetings[1]}/closing")
    vedtak = {"application": application["application"], "conclusion": concluded["conclusion"]}
    extend(theatre, vedtak, story.tenancies[WANTS_DWELLING], "2033-02-28")


def _at(theatre: Theatre, meeting: str) -> None:
    """Move on to the meeting and open it."""
    day = theatre.as_(SAKSBEHANDLER).get(f"/meetings/{meeting}/agenda")["meeting"]["day"]
    theatre.stage.move_to(moment(day, "12:00"))
    theatre.as_(SAKSBEHANDLER).do(f"/meetings/{meeting}/opening")


def _application(theatre: Theatre, story: Story, applicant: Applicant) -> dict[str, object]:
    return {
        "applicant": applicant.as_body(),
        "kinds": ["extension"],
        "received_on": str(theatre.stage.clock.now().date()),
        "household": {"adults": 1},
        "present_housing": "municipal_lease",
        "reason": SENTENCES["reason"],
        "tenancy": story.tenancies[applicant],
    }


def _mail_to(theatre: Theatre, employee: Employee) -> list[str]:
    """The texts of all mail to an employee that is no calendar entry, oldest first."""
    texts = []
    for received in theatre.stage.messages():
        mail = message_from_bytes(str(received["raw"]).encode("latin-1"), policy=policy.default)
        recipients = received["recipients"]
        calendar = any(part.get_content_type() == "text/calendar" for part in mail.walk())
        if isinstance(recipients, list) and employee.email in recipients and not calendar:
            texts.append(str(mail.get_content()))
    return texts
