"""What each area of the API is about, as the documentation introduces it."""

from collections.abc import Mapping
from typing import Final

from services.core.registry import Area

HEALTH: Final = "health"

ABOUT: Final[Mapping[str, str]] = {
    Area.AGENDA_ITEMS: "A case, a lease or a vacant dwelling on a meeting's agenda: guests, discussion, minutes, conclusion.",
    Area.ALLOCATIONS: "A vacant dwelling from the computed order to the group's, and its offers.",
    Area.APPEALS: "An appeal from when it comes in until it is decided.",
    Area.APPLICATIONS: "What comes in: applications, their corrections, replies and ends.",
    Area.CARE_HOUSING: "Care housing, which the group never sees: needs, dialogue, waiting list and counts.",
    Area.CASES: "One case: who has it, what it says, consent, and how it ends.",
    Area.CONCLUSIONS: "What the group came to, disagreement, and what is put to the applicant.",
    Area.DEADLINES: "What runs out, and what somebody is to do today.",
    Area.DELIVERIES: "Letters that somebody is to post.",
    Area.DWELLINGS: "The dwellings, and the order that one would give.",
    Area.EMPLOYEES: "The directory: who works where, signs in how, is away, and who stands in.",
    Area.FOLLOW_UPS: "Tasks for one named person, from when they are shared out until they are done.",
    Area.IMPORTS: "Dwellings and running leases from a file.",
    Area.MEETINGS: "Plans for half a year, and each meeting in them.",
    Area.OVERVIEW: "How great the need is, counted, with small numbers hidden.",
    Area.PAPERS: "Letters and minutes as PDF.",
    Area.REVIEWS: "Looking into who has seen what, emergency access, and the logs.",
    Area.TENANCIES: "Leases: signed, extended, ended, taken over.",
    Area.VEDTAK: "The decisions: drafted, issued, corrected, told.",
    Area.WAITING_LIST: "Places on the waiting list, why they are where they are, and suggestions.",
    Area.WORKING_GROUP: "Who sits in the group.",
    HEALTH: "Whether the process lives and can work. Open to everybody.",
}
