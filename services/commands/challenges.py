"""Challenges: in a running tenancy (M16), and in giving the help a vedtak has granted (M17). No application is needed.

Each opens a case of its own, with its consent stream, and asks for it to be discussed. Whoever may read the case it
grew out of may report one; anybody else submits the person to the group (M04).
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

from pydantic import Field

from domain.base import HusromAggregate
from domain.cases.case import Case, OpenedBy
from domain.cases.consent import Consent
from domain.decisions.vedtak import Vedtak
from domain.housing.tenancy import CHALLENGE_FIELDS, ChallengeKind, GrantedHelpMissingError, Tenancy
from domain.law.rulebook import DecisionSubject
from domain.refusals import NotFoundError
from services.command_desk import Outcome
from services.commands.body import Body, Id, Text
from services.commands.care_leases import stays_with_owner
from services.context import Context
from services.core.permits.reading import Read, Reads
from services.core.registry import Area, command
from services.installation import Installation

Challenge = Annotated[
    Text, Field(description="What is difficult.", examples=["Naboene klager over støy, og husleien er ikke betalt."])
]


class ReportTenancyChallenge(Body):
    """Something difficult in a tenancy, or in giving help in it; the latter names the vedtak that granted the help."""

    kind: Annotated[ChallengeKind, Field(examples=["tenancy"])]
    text: Challenge
    vedtak: Annotated[Id | None, Field(description="The vedtak that granted the help (M17).")] = None


class ReportAssistanceChallenge(Body):
    """Something difficult in giving the help that a vedtak has granted."""

    text: Challenge


@dataclass(frozen=True)
class ChallengeReported:
    """The case that was opened for it."""

    case: UUID


@command("/tenancies/{tenancy}/challenges", Area.TENANCIES, Reads(Tenancy), status=HTTPStatus.CREATED)
def report_tenancy_challenge(
    office: Installation, context: Context, read: Read[Tenancy], body: ReportTenancyChallenge
) -> Outcome[ChallengeReported]:
    """Report something difficult in a tenancy (M16) or in help given in it (M17). Opens a case, without an application."""
    tenancy = read.subject
    vedtak = office.case_log.load(Vedtak, body.vedtak) if body.vedtak else None
    if vedtak is not None and vedtak.person != tenancy.person:
        raise NotFoundError
    is_about_help = body.kind is ChallengeKind.ASSISTANCE
    opened_by = OpenedBy.ASSISTANCE_CHALLENGE if is_about_help else OpenedBy.TENANCY_CHALLENGE
    case = Case.open(
        id=uuid4(), person=tenancy.person, opened_by=opened_by, tenancy=tenancy.id,
        care_housing=stays_with_owner(office, context, care_housing=tenancy.care_housing), by=context.by, at=context.at,
    )  # fmt: skip
    tenancy.report_challenge(
        case=case.id, kind=body.kind, text=office.vault.seal(tenancy.person, case.id, CHALLENGE_FIELDS[body.kind], body.text),
        granted_help=vedtak.facts if vedtak else None, by=context.by, at=context.at,
    )  # fmt: skip
    return _opened(office, context, case, body.text, tenancy)


@command("/vedtak/{vedtak}/challenges", Area.VEDTAK, Reads(Vedtak), status=HTTPStatus.CREATED)
def report_assistance_challenge(
    office: Installation, context: Context, read: Read[Vedtak], body: ReportAssistanceChallenge
) -> Outcome[ChallengeReported]:
    """Report something difficult in giving the help that a vedtak has granted; opens a case (M17)."""
    vedtak = read.subject
    if not vedtak.facts.grants(DecisionSubject.ASSISTANCE):
        raise GrantedHelpMissingError
    granted_in = office.case_log.load(Case, vedtak.case)
    case = Case.open(
        id=uuid4(), person=vedtak.person, opened_by=OpenedBy.ASSISTANCE_CHALLENGE,
        care_housing=stays_with_owner(office, context, care_housing=granted_in.care_housing), by=context.by,
        at=context.at,
    )  # fmt: skip
    text = office.vault.seal(case.person, case.id, "follow_up.challenge", body.text)
    case.report_assistance_challenge(vedtak=vedtak.id, text=text, by=context.by, at=context.at)
    return _opened(office, context, case, body.text)


def _opened(
    office: Installation, context: Context, case: Case, text: str, *others: HusromAggregate
) -> Outcome[ChallengeReported]:
    """The new case, submitted to the group unless it is about care housing, and its owner when a saksbehandler reports it."""
    if not case.care_housing:
        why = office.vault.seal(case.person, case.id, "note.submission", text)
        case.submit_to_group(why=why, by=context.by, at=context.at)
    if context.actor.is_saksbehandler:
        case.assign_responsibility(to=context.actor.id, by=context.by, at=context.at)
    consent = Consent.ask(case=case.id, person=case.person, by=context.by, at=context.at)
    return Outcome((case, consent, *others), ChallengeReported(case.id), tagged=case)
