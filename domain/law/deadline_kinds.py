"""What can run out: the kinds of deadline that are watched, each with the rule it comes from."""

from dataclasses import dataclass
from enum import StrEnum


class DeadlineKind(StrEnum):
    """What runs out. The subject of a row is named in brackets."""

    INTERIM_REPLY = "interim_reply"
    """The applicant is to be told why it takes time (LH2) [application]."""
    DELAY_NOTICE = "delay_notice"
    """The day promised in the interim reply: by then a vedtak, or a further notice (LH3) [application]."""
    VEDTAK_OUTSTANDING = "vedtak_outstanding"
    """A vedtak on one of the things applied for: within the month, or by the day promised (LH4) [application]."""
    CONCLUSION_WITHOUT_VEDTAK = "conclusion_without_vedtak"
    """The group has concluded and no vedtak followed (B08) [conclusion]."""
    APPLICANT_ANSWER = "applicant_answer"
    """The applicant's answer to what others told (LH6) [conclusion]."""
    APPEAL = "appeal"
    """The last day to appeal (LK3, LK5) [vedtak, or a demand for the reasons of an allocation]."""
    REASONS_DEMANDED = "reasons_demanded"
    """The party has asked for reasons and waits for them (LK5, LW1) [demand for reasons]."""
    APPEAL_TO_FORWARD = "appeal_to_forward"
    """The municipality keeps its vedtak, and the appeal goes on as soon as it is prepared (LK6) [appeal]."""
    NEW_VEDTAK_AFTER_APPEAL = "new_vedtak_after_appeal"
    """The appeal body has changed or quashed the vedtak (LK7) [vedtak]."""
    OFFER_ANSWER = "offer_answer"
    """The answer to an offered dwelling (M14) [allocation]."""
    LEASE_WARNING = "lease_warning"
    """A lease comes so near its end that people are warned (M18) [tenancy]."""
    MOVE_OUT_DEMAND = "move_out_demand"
    """The last day to demand moving out before a lease may turn open-ended (LL6) [tenancy]."""
    NOTICE_PROTEST = "notice_protest"
    """The tenant's protest against a notice of termination (LL7) [tenancy]."""
    NOTICE_ACTION = "notice_action"
    """A protested notice is to be brought before the court or Husleietvistutvalget, else it lapses (LL8) [tenancy]."""
    EVICTION_OPT_OUT = "eviction_opt_out"
    """The tenant's word on whether the social services are warned of an eviction (LL9) [tenancy]."""
    TAKEOVER_REPLY = "takeover_reply"
    """The household's word on who takes a lease over (LL10) [tenancy]."""
    FOLLOW_UP = "follow_up"
    """A task is due (M15) [follow-up]."""
    NOBODY_RESPONSIBLE = "nobody_responsible"
    """Help after § 6 is granted and nobody is responsible for it (M15) [vedtak]."""
    CONSENT_EXPIRES = "consent_expires"
    """The last day of a consent that ends before the meeting the case is to be discussed at (M09) [consent]."""
    CARE_INPUT = "care_input"
    """The answer of hjemmetjenesten or botjenesten about care housing (M20) [care dialogue]."""


@dataclass(frozen=True, kw_only=True)
class DeadlineGround:
    """The paragraph or guideline a kind of deadline stands on, as people read it. Bokmål.

    `newer`: the code of a provision that takes its place from the day it is in force.
    """

    text_nb: str
    newer: str | None = None
