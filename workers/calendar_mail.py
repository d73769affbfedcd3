"""The calendar beside an invitation: one entry for each meeting, moved and withdrawn under the same UID (M06)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from icalendar import Calendar, Event, vCalAddress, vText

from domain.group.meeting import Meeting
from services.settings import Settings
from workers.mail import CalendarPart
from workers.texts_nb import MEETING_TITLE

Make = Callable[[Meeting, int, str, Settings, datetime], CalendarPart]


def meeting_uid(meeting: UUID) -> str:
    """The entry's name in every calendar, for as long as there is a meeting."""
    return f"{meeting}@husrom"


def invitation(meeting: Meeting, sequence: int, attendee: str, settings: Settings, at: datetime) -> CalendarPart:
    """The entry as it stands now: made the first time, moved after that."""
    return _calendar("REQUEST", "CONFIRMED", meeting, sequence, attendee, settings, at)


def cancellation(meeting: Meeting, sequence: int, attendee: str, settings: Settings, at: datetime) -> CalendarPart:
    """Takes the entry out of the attendee's calendar."""
    return _calendar("CANCEL", "CANCELLED", meeting, sequence, attendee, settings, at)


def _calendar(
    method: str, status: str, meeting: Meeting, sequence: int, attendee: str, settings: Settings, at: datetime
) -> CalendarPart:
    """METHOD stands on the calendar: on the entry, Outlook would make a second meeting of it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Husrom//nb")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_entry(status, meeting, sequence, attendee, settings, at))
    return CalendarPart(method, calendar.to_ical())


def _entry(status: str, meeting: Meeting, sequence: int, attendee: str, settings: Settings, at: datetime) -> Event:
    entry = Event()
    entry.add("uid", meeting_uid(meeting.id))
    entry.add("sequence", sequence)
    entry.add("dtstamp", at)
    entry.add("dtstart", meeting.starts_at)
    entry.add("dtend", meeting.ends_at)
    entry.add("summary", MEETING_TITLE)
    entry.add("class", "PRIVATE")
    entry.add("status", status)
    entry.add("organizer", _organizer(settings))
    entry.add("attendee", _attendee(attendee))
    if meeting.room is not None:
        entry.add("location", meeting.room)
    return entry


def _organizer(settings: Settings) -> vCalAddress:
    organizer = vCalAddress(f"mailto:{settings.mail_from}")
    organizer.params["CN"] = vText(settings.municipality)
    return organizer


def _attendee(address: str) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{address}")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    attendee.params["RSVP"] = vText("TRUE")
    return attendee
