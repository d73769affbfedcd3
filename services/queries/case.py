"""One case as its reader may see it: who, what was asked for, consent, conclusion, vedtak, appeals, papers."""

from typing import Any
from uuid import UUID

from pydantic import Field

from domain.access.decision import Rule
from domain.access.kinds import InformationKind
from domain.cases.application import Application
from domain.cases.case import Case, OpenedBy, WithoutGroupGround
from domain.cases.consent import Consent, consent_id
from domain.cases.pre_assessment import PreAssessment, pre_assessment_id
from domain.decisions.vedtak import Vedtak
from domain.group.conclusion import Conclusion
from projections import appeals, case_history
from projections import papers as papers_made
from services.context import Context
from services.core.permits import Read, Reads, itself
from services.core.registry import Area, query
from services.installation import Installation
from services.queries import application_parts
from services.queries import case_parts as parts
from services.queries import papers as filed
from services.queries.answer import Answer
from services.queries.hearing import HearingPart, hearing
from services.queries.reading import Reading, read_as
from services.versions import etag

PURPOSE = "case"


class CaseView(Answer):
    """One case. Parts that the reader's kinds do not cover are null or left out.

    Who has only a task in it sees whom, where, and the main content of the vedtak (M15); who only submitted it, whom
    it is about (M04): neither how far it has come nor that there was a case before.
    """

    etag: str
    case: UUID
    person: UUID
    opened_by: OpenedBy | None = None
    care_housing: bool
    tenancy: UUID | None
    responsible: UUID | None = None
    without_group: WithoutGroupGround | None = Field(
        default=None, description="The recorded ground for deciding without the group."
    )
    closed: bool
    responsible_municipality: str | None = Field(
        default=None, description="The municipality found to have to help: its number, or here (LR3)."
    )
    applicant: application_parts.ApplicantPart
    applications: tuple[application_parts.ApplicationPart, ...] = ()
    consent: parts.ConsentPart | None = None
    submissions: tuple[parts.SubmissionPart, ...]
    pre_assessment: parts.PreAssessmentPart | None = None
    conclusions: tuple[parts.ConclusionPart, ...] = ()
    hearing: HearingPart | None = Field(default=None, description="For a decision without the group (LH6).")
    vedtak: list[parts.VedtakPart]
    appeals: list[parts.AppealPart] = Field(default=[], description="On vedtak in the case, the oldest first.")
    papers: list[filed.PaperRow] = Field(
        default=[], description="Those whose every kind of information the reader may see, the newest first."
    )
    rules: tuple[str, ...] = Field(description="Why the reader may see it.")
    kinds: list[InformationKind] = Field(description="The kinds of information the reader may see in it.")
    withheld: list[str] = Field(description="Names of texts that are there and were not opened.")


@query("/cases/{case}", Area.CASES, Reads(Case, itself, purpose=PURPOSE))
def show_case(office: Installation, context: Context, read: Read[Case]) -> CaseView:
    """One case as the caller may see it: application, consent, pre-assessment, conclusion, vedtak. Logged (D3)."""
    case, streams = read.subject, _Streams(office, read.subject.id)
    return read_as(
        office, context, read.permit, lambda reading: _build(office, case, streams, reading), purpose=PURPOSE
    )


class _Streams:
    """The case's other aggregates, found through the history of the case and loaded as they stand."""

    def __init__(self, office: Installation, case: UUID) -> None:
        log = office.case_log
        with office.views.connect() as connection:
            applications = case_history.streams(connection, case, Application.Received.TOPIC)
            vedtak = case_history.streams(connection, case, Vedtak.Drafted.TOPIC)
            self.appeals = appeals.all_in_case(connection, case)
            self.papers = papers_made.of_case(connection, case)
            self.conclusions = case_history.streams(connection, case, Conclusion.Reached.TOPIC)
        self.applications = [log.load(Application, id) for id in applications]
        self.vedtak = [log.load(Vedtak, id) for id in vedtak]
        self.consent = log.find(Consent, consent_id(case))
        self.pre_assessment = log.find(PreAssessment, pre_assessment_id(case))


def _build(office: Installation, case: Case, streams: _Streams, reading: Reading) -> CaseView:
    decision = reading.permit.decision
    knows_where = decision.opens_case or decision.opens(InformationKind.ADDRESS)
    return CaseView(
        etag=etag(case.id, case.version), case=case.id, person=case.person, care_housing=case.care_housing,
        tenancy=case.tenancy if knows_where else None, closed=case.closed,
        applicant=application_parts.applicant(office, case, reading),
        submissions=parts.submissions(office, case, reading, own_only=not decision.opens_case),
        vedtak=_vedtak(streams, reading), **(_whole(office, case, streams, reading) if decision.opens_case else {}),
        rules=reading.permit.rules, kinds=sorted(decision.kinds), withheld=reading.withheld,
    )  # fmt: skip


def _whole(office: Installation, case: Case, streams: _Streams, reading: Reading) -> dict[str, Any]:
    """What only those see to whom the case itself opens."""
    applications = streams.applications if reading.sees(InformationKind.HOUSING) else []
    conclusions = streams.conclusions if reading.sees(InformationKind.ASSESSMENT) else []
    appealed = streams.appeals if reading.sees(InformationKind.VEDTAK) else []
    return {
        "opened_by": case.opened_by, "responsible": case.responsible, "without_group": case.without_group,
        "responsible_municipality": case.responsible_municipality,
        "applications": tuple(application_parts.application(each, reading) for each in applications),
        "consent": parts.consent(streams.consent) if streams.consent else None,
        "pre_assessment": parts.pre_assessment(streams.pre_assessment, applications, reading)
        if streams.pre_assessment
        else None,
        "hearing": hearing(office, case.id, reading) if reading.sees(InformationKind.VEDTAK) else None,
        "appeals": [parts.AppealPart.model_validate(row) for row in appealed],
        "papers": filed.shown(streams.papers, reading),
        "conclusions": tuple(parts.conclusion(office, id, reading) for id in conclusions),
    }  # fmt: skip


def _vedtak(streams: _Streams, reading: Reading) -> list[parts.VedtakPart]:
    """Every vedtak for who sees them in the case; for who carries out a task, those that granted help (M15)."""
    if reading.sees(InformationKind.VEDTAK):
        return [parts.vedtak(vedtak, reading) for vedtak in streams.vedtak]
    if not reading.permit.decision.opens_by(Rule.ASSIGNEE, InformationKind.VEDTAK):
        return []
    granting = (vedtak for vedtak in streams.vedtak if vedtak.issued_on and vedtak.content.main_content)
    return [parts.vedtak(vedtak, reading) for vedtak in granting]
