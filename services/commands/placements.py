"""The place on the waiting list that a granted dwelling gives, and the date that counts there (M12, M14).

It counts from the day of registration. Another date takes a reason, and is an event of its own. Where the new place
comes instead of one with a date of its own, the saksbehandler says which of the two counts: it never moves silently.
"""

from domain.cases.application import Application
from domain.decisions.vedtak import Vedtak
from domain.housing.waiting_list_entry import EntryState, WaitingListEntry, waiting_list_entry_id
from domain.housing.waiting_list_refusals import EffectiveDateReasonMissingError, EffectiveDateUnsaidError
from services.commands.waiting_list import PlacementBody, criterion_facts, placement_need
from services.context import Context
from services.installation import Installation


def placed(
    office: Installation, context: Context, vedtak: Vedtak, application: Application, body: PlacementBody
) -> WaitingListEntry:
    """The new place. Raises `EffectiveDateUnsaidError`, `EffectiveDateReasonMissingError`, and as `enter`."""
    _refuse_silent_date(office, vedtak, application, body)
    entry = WaitingListEntry.enter(
        id=waiting_list_entry_id(vedtak.id), vedtak=vedtak.facts, registered_on=application.counts_from,
        facts=criterion_facts(office.rules(context), body.answers, source=application.id),
        need=placement_need(body, application), by=context.by, at=context.at,
    )  # fmt: skip
    if body.effective_from is not None and body.effective_from != entry.registered_on:
        if body.effective_because is None:
            raise EffectiveDateReasonMissingError
        because = office.vault.seal(entry.person, entry.case, "assessment.effective_date", body.effective_because)
        entry.move_effective_date(to=body.effective_from, because=because, by=context.by, at=context.at)
    return entry


def _refuse_silent_date(office: Installation, vedtak: Vedtak, application: Application, body: PlacementBody) -> None:
    if vedtak.replaces is None or body.effective_from is not None:
        return
    old = office.case_log.find(WaitingListEntry, waiting_list_entry_id(vedtak.replaces))
    if old is not None and old.state is not EntryState.LEFT and old.effective_from != application.counts_from:
        raise EffectiveDateUnsaidError
