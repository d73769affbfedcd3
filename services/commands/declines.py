"""What a declined or unanswered offer leads to on the waiting list (M14, LV5).

The guidelines say it, reason by reason. The most that happens by itself is that a saksbehandler is asked to assess: no
place on the list is lost without one.
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.actors import By
from domain.housing.allocation import Allocation
from domain.housing.allocation_rules import Offer
from domain.housing.referred_decline import DeclineOutcome
from domain.housing.waiting_list_entry import EntryState, WaitingListEntry
from domain.law.rulebook import Rulebook
from domain.law.waiting_list_guidelines import NO_ANSWER, DeclineConsequence
from services.command_desk import Outcome
from services.commands.body import Body, Text
from services.commands.waiting_list import EntryChanged, changed
from services.context import Context
from services.core.permits.casework import Handles
from services.core.registry import Area, command
from services.installation import Installation


class AssessDecline(Body):
    """What the saksbehandler makes of a decline that the guidelines leave to her, and why."""

    outcome: DeclineOutcome
    because: Annotated[Text, Field(examples=["Søkeren hadde god grunn til å si nei."])]


@command("/waiting-list/{entry}/decline-assessment", Area.WAITING_LIST, Handles(WaitingListEntry))
def assess_decline(
    office: Installation, context: Context, entry: WaitingListEntry, body: AssessDecline
) -> Outcome[EntryChanged]:
    """Decide whether the place is kept after a decline that the guidelines leave to the saksbehandler (M14, LV5)."""
    because = office.vault.seal(entry.person, entry.case, "assessment.decline", body.because)
    entry.assess_decline(outcome=body.outcome, because=because, by=context.by, at=context.at)
    return changed(entry)


def consequence(rules: Rulebook, reason: str) -> DeclineConsequence:
    """What the guidelines make of `reason`; what they say nothing of is assessed by a person."""
    return rules.decline_consequence(reason) or DeclineConsequence.SAKSBEHANDLER_ASSESSES


def applied(
    office: Installation, rules: Rulebook, offer: Offer, allocation: UUID, reason: str, *, by: By, at: datetime
) -> tuple[WaitingListEntry, ...]:
    """The place on the list with the consequence of `reason` recorded in it; none where it stays as it was."""
    entry = office.case_log.load(WaitingListEntry, offer.entry)
    if consequence(rules, reason) is DeclineConsequence.KEEPS_PLACE or entry.state is EntryState.LEFT:
        return ()
    entry.refer_decline(allocation=allocation, reason=reason, by=by, at=at)
    return (entry,)


def lapsed(
    office: Installation, context: Context, rules: Rulebook, allocation: Allocation
) -> tuple[Allocation | WaitingListEntry, ...]:
    """The offer that nobody answered in time has lapsed, with what follows from that. The next in order can be asked."""
    offer = allocation.offer
    allocation.lapse(today=context.today, by=context.by, at=context.at)
    assert offer is not None, "without an offer nothing lapses"
    entries = applied(office, rules, offer, allocation.id, NO_ANSWER, by=context.by, at=context.at)
    return (allocation, *entries)
