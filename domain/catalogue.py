"""Every kind of aggregate. A process that imports this can read every event ever stored (design D2)."""

from domain.agenda_item import AgendaItem
from domain.allocation import Allocation
from domain.application import Application
from domain.base import HusromAggregate
from domain.case import Case
from domain.command_record import CommandRecord
from domain.conclusion import Conclusion
from domain.consent import Consent
from domain.delivery import Delivery
from domain.disclosure import Disclosure
from domain.dwelling import Dwelling
from domain.employee import Employee
from domain.follow_up import FollowUp
from domain.meeting import Meeting
from domain.meeting_plan import MeetingPlan
from domain.person import Person
from domain.pre_assessment import PreAssessment
from domain.review import Review
from domain.tenancy import Tenancy
from domain.vedtak import Vedtak
from domain.waiting_list_entry import WaitingListEntry
from domain.working_group import WorkingGroup

AGGREGATES: tuple[type[HusromAggregate], ...] = (
    Person,
    Employee,
    Case,
    Application,
    Consent,
    PreAssessment,
    WorkingGroup,
    MeetingPlan,
    Meeting,
    AgendaItem,
    Conclusion,
    Vedtak,
    WaitingListEntry,
    Dwelling,
    Allocation,
    Tenancy,
    FollowUp,
    Delivery,
    Disclosure,
    Review,
    CommandRecord,
)
