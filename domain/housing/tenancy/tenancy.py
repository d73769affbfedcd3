"""The tenancy as it is stored: its name, its events, and the parts of its rules."""

from domain import base
from domain.housing.tenancy import household_events, lease_events
from domain.housing.tenancy.household import Household
from domain.housing.tenancy.leasing import Leasing
from domain.housing.tenancy.succession import Succession


class Tenancy(Leasing, Succession, Household):
    """One household's lease of one dwelling, from signing to moving out (M01, M16-M19, LL1-LL10)."""

    TOPIC = "tenancy"

    # Named here, the library takes the events below as they are instead of subclassing each of them.
    Event = base.Event

    LeaseSigned = lease_events.LeaseSigned
    LeaseTakenOver = lease_events.LeaseTakenOver
    ExtensionAppliedFor = lease_events.ExtensionAppliedFor
    ExtensionWithdrawn = lease_events.ExtensionWithdrawn
    ExtensionGranted = lease_events.ExtensionGranted
    LeaseExtended = lease_events.LeaseExtended
    ExtensionRefused = lease_events.ExtensionRefused
    ExtensionReopened = lease_events.ExtensionReopened
    MoveOutDemanded = lease_events.MoveOutDemanded
    BecameOpenEnded = lease_events.BecameOpenEnded
    NoticeGiven = lease_events.NoticeGiven
    NoticeProtested = lease_events.NoticeProtested
    ActionBrought = lease_events.ActionBrought
    NoticeLapsed = lease_events.NoticeLapsed
    NoticeReceived = lease_events.NoticeReceived
    EvictionWarned = household_events.EvictionWarned
    EvictionWarningOptedOut = household_events.EvictionWarningOptedOut
    SocialServicesWarned = household_events.SocialServicesWarned
    HouseholdChanged = household_events.HouseholdChanged
    TakeoverClaimed = household_events.TakeoverClaimed
    TakeoverAccepted = household_events.TakeoverAccepted
    TakeoverRefused = household_events.TakeoverRefused
    ChallengeReported = household_events.ChallengeReported
    Ended = household_events.Ended
