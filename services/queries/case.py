"""One case as its reader may see it: who, what was asked for, consent, conclusion, vedtak, appeals, papers."""

from typing import Any
from uuid import UUID

from pydantic import Field

from domain.access.decision import Rule
from domain.access.facts import FactName
from domain.access.kinds import InformationKind
from domain.cases.application import Application
from domain.cases.case import Case, OpenedBy, WithoutGroupGround
from domain.cases.consent import Consent, consent_id
from domain.cases.pre_assessment import PreAssessment, pre_assessment_id
from domain.decisions.hearing import hearing_id
from domain.decisions.vedtak import Vedtak
from domain.group.agenda_item import AgendaItem
from domain.group.conclusion import Conclusion
from domain.people.person import Person
from projections import appeals, case_history
from projections import papers as papers_made
from services.context import Context
from services.core.permits.reading import ReadsCase
from services.core.registry import Area, query
from services.installation import Installation
from services.permits import Permit
from services.queries import application_parts
from services.queries import case_parts as parts
from services.queries import papers as filed
from services.queries.answer import Answer, ETag
from services.queries.hearing import HearingPart, hearing
from services.queries.reading import Reading, read_as
from services.queries.submissions import FollowedSubmission, submissions
from services.versions import version_of

PURPOSE = "case"


class CaseView(Answer):
    """One case. Parts that the reader's kinds do not cover are null or left out.

    Who has only a task in it sees whom, where, and the main content of the vedtak (M15); who only submitted it, whom
    it is about and what has become of the submission (M04): neither what was concluded nor that there was a case before.
    """

    etag: ETag
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
    submissions: tuple[FollowedSubmission, ...]
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


@query("/cases/{case}", Area.CASES, ReadsCase(purpose=PURPOSE))
def show_case(office: Installation, context: Context, permit: Permit) -> CaseView:
    """One case as the caller may see it: application, consent, pre-assessment, conclusion, vedtak. Logged (D3)."""
    loaded = _Loaded(office, permit)
    return read_as(office, context, permit, lambda reading: _build(loaded, reading), purpose=PURPOSE)


class _Loaded:
    """Everything that a case may show, read before the answer is built: building asks the database for nothing."""

    def __init__(self, office: Installation, permit: Permit) -> None:
        case = permit.case
        begun = (Application.Received.TOPIC, Vedtak.Drafted.TOPIC, Conclusion.Reached.TOPIC, AgendaItem.Added.TOPIC)
        with office.views.connect() as connection:
            ids = case_history.streams_by_topic(connection, case, *begun)
            self.appeals = appeals.all_in_case(connection, case)
            self.papers = papers_made.of_case(connection, case)
        applications, vedtak, self.conclusions, items = (ids[topic] for topic in begun)
        self.items = items if permit.facts.named(FactName.SUBMITTED) else []
        kept = (case, permit.facts.person or case, consent_id(case), pre_assessment_id(case), hearing_id(case))
        self.streams = office.case_log.load_many([*kept, *applications, *vedtak, *self.conclusions, *self.items])
        self.case = self.streams.load(Case, case)
        self.person = self.streams.load(Person, self.case.person)
        self.same_as = application_parts.registered_same(office.case_log, self.person)
        self.applications = [self.streams.load(Application, id) for id in applications]
        self.vedtak = [self.streams.load(Vedtak, id) for id in vedtak]
        self.consent = self.streams.find(Consent, consent_id(case))
        self.pre_assessment = self.streams.find(PreAssessment, pre_assessment_id(case))


def _build(loaded: _Loaded, reading: Reading) -> CaseView:
    case, decision = loaded.case, reading.permit.decision
    knows_where = decision.opens_case or decision.opens(InformationKind.ADDRESS)
    return CaseView(
        etag=version_of(case), case=case.id, person=case.person, care_housing=case.care_housing,
        tenancy=case.tenancy if knows_where else None, closed=case.closed,
        applicant=application_parts.applicant(loaded.person, reading, same_as=loaded.same_as),
        submissions=submissions(loaded.streams, case, loaded.items, reading, own_only=not decision.opens_case),
        vedtak=_vedtak(loaded, reading), **(_whole(loaded, reading) if decision.opens_case else {}),
        rules=reading.permit.rules, kinds=sorted(decision.kinds), withheld=reading.withheld,
    )  # fmt: skip


def _whole(loaded: _Loaded, reading: Reading) -> dict[str, Any]:
    """What only those see to whom the case itself opens."""
    case = loaded.case
    applications = loaded.applications if reading.sees(InformationKind.HOUSING) else []
    conclusions = loaded.conclusions if reading.sees(InformationKind.ASSESSMENT) else []
    appealed = loaded.appeals if reading.sees(InformationKind.VEDTAK) else []
    return {
        "opened_by": case.opened_by, "responsible": case.responsible, "without_group": case.without_group,
        "responsible_municipality": case.responsible_municipality,
        "applications": tuple(application_parts.application(each, reading) for each in applications),
        "consent": parts.consent(loaded.consent) if loaded.consent else None,
        "pre_assessment": parts.pre_assessment(loaded.pre_assessment, applications, reading)
        if loaded.pre_assessment
        else None,
        "hearing": hearing(loaded.streams, case.id, reading) if reading.sees(InformationKind.VEDTAK) else None,
        "appeals": [parts.AppealPart.model_validate(row) for row in appealed],
        "papers": filed.shown(loaded.papers, reading),
        "conclusions": tuple(parts.conclusion(loaded.streams, id, reading) for id in conclusions),
    }  # fmt: skip


def _vedtak(loaded: _Loaded, reading: Reading) -> list[parts.VedtakPart]:
    """Every vedtak for who sees them in the case; for who carries out a task, those that granted help (M15)."""
    if reading.sees(InformationKind.VEDTAK):
        return [parts.vedtak(vedtak, reading) for vedtak in loaded.vedtak]
    if not reading.permit.decision.opens_by(Rule.ASSIGNEE, InformationKind.VEDTAK):
        return []
    granting = (vedtak for vedtak in loaded.vedtak if vedtak.issued_on and vedtak.content.main_content)
    return [parts.vedtak(vedtak, reading) for vedtak in granting]
