"""Everything about one case at one meeting: on the agenda, in the room, in the minutes (M02–M11, M16–M20)."""

from domain.group.agenda_item.agenda_item import AgendaItem
from domain.group.agenda_item.facts import (
    AddedBy,
    CaseFacts,
    DiscussedItem,
    InhabilGround,
    ItemState,
    Matter,
    MinutesRevision,
    Presence,
    RemovalReason,
    ReopenReason,
    StoppedBecause,
)
from domain.group.agenda_item.room import PersonPresent, Room, Told

__all__ = [
    "AddedBy",
    "AgendaItem",
    "CaseFacts",
    "DiscussedItem",
    "InhabilGround",
    "ItemState",
    "Matter",
    "MinutesRevision",
    "PersonPresent",
    "Presence",
    "RemovalReason",
    "ReopenReason",
    "Room",
    "StoppedBecause",
    "Told",
]
