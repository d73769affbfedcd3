"""What an item came to, and its minutes (M07, M09, M11, M16–M18, LP2)."""

from datetime import date, datetime
from uuid import UUID

from domain.actors import SERVICE_OG_TILDELING, By
from domain.authority import require_saksbehandler
from domain.cases.case_texts import require_texts_of
from domain.cases.consent_facts import ConsentFacts
from domain.group.agenda_item import events
from domain.group.agenda_item.facts import ItemState, Matter, ReopenReason
from domain.group.agenda_item.item_base import ItemBase
from domain.group.agenda_item.refusals import (
    ConclusionNeededError,
    NotSettledError,
    OutcomeMissingError,
    RestrictedItemError,
    ThreeQuestionsError,
    WrongRevisionError,
)
from domain.group.proposed_task import ProposedTask, require_tasks
from domain.refusals import WrongStateError
from domain.sealed import Sealed


class Minutes(ItemBase):
    """The item after the talk."""

    def conclude(self, *, conclusion: UUID, supersedes: UUID | None = None, by: By, at: datetime) -> None:
        """Tie the item to its conclusion, in the same save as `Conclusion.reach`; one at a time.

        `supersedes`: the conclusion it has so far, when there is one. Raises `WrongStateError`,
        `MinutesApprovedError` until approved minutes are reopened.
        """
        require_saksbehandler(by)
        self._require(ItemState.UNDER_DISCUSSION, ItemState.DISCUSSED)
        self._refuse_restricted()
        if self.conclusion != supersedes or self.has_settlement or self.matter in (Matter.VACANCY, Matter.LEASE_ENDING):
            raise WrongStateError()
        self._refuse_approved_minutes()
        self._note(events.Concluded, by=by, at=at, conclusion=conclusion)

    def settle(
        self,
        *,
        outcome: Sealed | None,
        tasks: tuple[ProposedTask, ...],
        application_received: bool | None = None,
        consent: ConsentFacts | None,
        day: date,
        by: By,
        at: datetime,
    ) -> None:
        """End an item that needs no Conclusion: an expiring lease (M18), a challenge (M16, M17), a vacancy (M14).

        For a lease `outcome` is its status. A restricted one is settled by Service og tildeling alone, without a
        discussion. Raises `ConclusionNeededError`, `ThreeQuestionsError`, `OutcomeMissingError`,
        `TasksMissingError`, `TaskOverdueError`, `TextOfAnotherCaseError`, `ConsentMissingError`.
        """
        require_saksbehandler(by)
        if self.matter.needs_conclusion:
            raise ConclusionNeededError()
        self._require_ready_to_settle(tasks)
        self._require_answers(outcome, tasks, application_received)
        require_tasks(tasks, day, needed=self.matter is not Matter.VACANCY)
        require_texts_of(self.case, outcome, *(task.what for task in tasks))
        if not self.restricted:
            self._require_consent(consent, self.room.units_told, day)
        self._note(
            events.Settled, by=by, at=at, tenancy=self.tenancy, allocation=self.allocation, outcome=outcome,
            application_received=application_received, tasks=tasks,
        )  # fmt: skip

    def write_minutes(
        self, *, facts: Sealed, assessment: Sealed, consent: ConsentFacts | None, day: date, by: By, at: datetime
    ) -> None:
        """Write this item's minutes, facts apart from assessment (LP2); anew as often as needed until approved.

        Raises `WrongStateError` before it is discussed, `MinutesApprovedError`, `TextOfAnotherCaseError` (M07),
        `ConsentMissingError` (M09, D1).
        """
        require_saksbehandler(by)
        self._refuse_approved_minutes()
        require_texts_of(self.case, facts, assessment)
        if not self.restricted:
            self._require_discussed()
            self._require_consent(consent, self.room.units_told, day)
        self._note(events.MinutesWritten, by=by, at=at, facts=facts, assessment=assessment, revision=self.revision)

    def approve_minutes(self, *, revision: int, by: By, at: datetime) -> None:
        """Approve the latest revision; guests' access ends here (M03).

        Raises `WrongRevisionError`, `MinutesApprovedError`, `NotSettledError` (M07), `WrongStateError`.
        """
        require_saksbehandler(by)
        self._refuse_approved_minutes()
        if self.state is ItemState.UNDER_DISCUSSION:
            raise WrongStateError()
        if not any(minutes.revision == revision == self.revision for minutes in self.minutes):
            raise WrongRevisionError()
        if not self.outcome.settled:
            raise NotSettledError()
        self._note(events.MinutesApproved, by=by, at=at, revision=revision)

    def reopen_minutes(self, *, revision: int, reason: ReopenReason, by: By, at: datetime) -> None:
        """Begin a new revision of approved minutes; `revision` is the approved one and stays as it is.

        Raises `WrongRevisionError`, `WrongStateError` when it is not approved.
        """
        require_saksbehandler(by)
        if revision != self.revision:
            raise WrongRevisionError()
        if not self.minutes_are_approved:
            raise WrongStateError()
        self._note(events.MinutesReopened, by=by, at=at, revision=revision + 1, reason=reason)

    def _require_ready_to_settle(self, tasks: tuple[ProposedTask, ...]) -> None:
        """Discussed, or restricted and kept within Service og tildeling (M18); and not settled before."""
        if self.outcome.settled:
            raise WrongStateError()
        if not self.restricted:
            self._require_discussed()
        elif any(task.unit != SERVICE_OG_TILDELING for task in tasks):
            raise RestrictedItemError()

    def _require_answers(
        self, outcome: Sealed | None, tasks: tuple[ProposedTask, ...], application_received: bool | None
    ) -> None:
        if self.matter is Matter.LEASE_ENDING and (outcome is None or application_received is None or not tasks):
            raise ThreeQuestionsError()
        if self.matter.is_challenge and outcome is None:
            raise OutcomeMissingError()
