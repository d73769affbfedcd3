"""Every kind of aggregate. A process that imports this can read every event ever stored (design D2)."""

from domain.access.disclosure import Disclosure
from domain.access.emergency import EmergencyAccess
from domain.access.review import Review
from domain.base import HusromAggregate
from domain.care.dialogue import CareDialogue
from domain.care.needs import CareNeeds
from domain.cases.application import Application
from domain.cases.case import Case
from domain.cases.consent import Consent
from domain.cases.pre_assessment import PreAssessment
from domain.command_record import CommandRecord
from domain.decisions.appeal.appeal import Appeal
from domain.decisions.follow_up import FollowUp
from domain.decisions.hearing import Hearing
from domain.decisions.reasons_demand import ReasonsDemand
from domain.decisions.vedtak import Vedtak
from domain.delivery import Delivery
from domain.group.agenda_item import AgendaItem
from domain.group.conclusion import Conclusion
from domain.group.meeting import Meeting
from domain.group.meeting_plan import MeetingPlan
from domain.group.working_group import WorkingGroup
from domain.housing.allocation import Allocation
from domain.housing.dwelling import Dwelling
from domain.housing.tenancy import Tenancy
from domain.housing.waiting_list_entry import WaitingListEntry
from domain.paper import Paper
from domain.people.absence import Absence
from domain.people.employee import Employee
from domain.people.person import Person

AGGREGATES: tuple[type[HusromAggregate], ...] = (
    Person,
    Employee,
    Absence,
    Case,
    Application,
    Consent,
    PreAssessment,
    CareNeeds,
    CareDialogue,
    WorkingGroup,
    MeetingPlan,
    Meeting,
    AgendaItem,
    Conclusion,
    Hearing,
    Vedtak,
    Appeal,
    ReasonsDemand,
    WaitingListEntry,
    Dwelling,
    Allocation,
    Tenancy,
    FollowUp,
    Delivery,
    Paper,
    Disclosure,
    Review,
    EmergencyAccess,
    CommandRecord,
)
