"""The agenda item as it is stored: its name, its events, and the three parts of its rules."""

from domain import base
from domain.group.agenda_item import events
from domain.group.agenda_item.discussion import Discussion
from domain.group.agenda_item.minutes import Minutes
from domain.group.agenda_item.planning import Planning


class AgendaItem(Planning, Discussion, Minutes):
    """One case at one meeting: never care housing (M20), never without consent (M09), never alone (M11).

    `happened_at` (UTC), where a method takes it, is when it happened in the room; left out, it is `at`.
    `day` is the Oslo date on which consent is checked. Unless it stands otherwise, only the saksbehandler
    at Service og tildeling may call a method (`SaksbehandlerOnlyError`).
    """

    TOPIC = "agenda_item"

    # Named here, the library takes the events below as they are instead of subclassing each of them.
    Event = base.Event

    Added = events.Added
    Ordered = events.Ordered
    Restricted = events.Restricted
    RestrictionLifted = events.RestrictionLifted
    GuestInvited = events.GuestInvited
    GuestUninvited = events.GuestUninvited
    AttendanceRecorded = events.AttendanceRecorded
    InhabilDeclared = events.InhabilDeclared
    DiscussionOpened = events.DiscussionOpened
    DiscussionClosed = events.DiscussionClosed
    Concluded = events.Concluded
    Settled = events.Settled
    MinutesWritten = events.MinutesWritten
    MinutesApproved = events.MinutesApproved
    MinutesReopened = events.MinutesReopened
    Postponed = events.Postponed
    Removed = events.Removed
