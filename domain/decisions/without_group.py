"""Deciding without the group: which recorded grounds the municipality has chosen to allow (M13)."""

from domain.cases.case import WithoutGroupGround
from domain.law.municipal_choices import MunicipalChoices, UrgentCases, WithoutAgreement
from domain.refusals import Refusal


class ExtraMeetingFirstError(Refusal):
    code = "extra_meeting_first"
    rule = "M13"
    missing = "I denne kommunen avgjøres ikke saker som haster, uten gruppa."
    next_step = "Utvid møteplanen med et ekstra møte, og sett saken på sakslisten der."


class NextMeetingFirstError(Refusal):
    code = "next_meeting_first"
    rule = "M11"
    missing = "I denne kommunen tas en sak gruppa ikke er enig om, opp igjen på neste møte."
    next_step = "Utsett saken til neste møte."


class NotDiscussedError(Refusal):
    code = "not_discussed"
    rule = "M11"
    missing = "Gruppa har ikke drøftet saken uten å bli enig: den er ikke drøftet, eller den har en konklusjon."
    next_step = "Drøft saken i gruppa først, eller bruk konklusjonen."


class AppealOfOneVedtakError(Refusal):
    code = "appeal_of_one_vedtak"
    rule = "LK7"
    missing = "Klageorganets avgjørelse gjelder ett vedtak, ikke hele saken."
    next_step = "Lag det nye vedtaket med klageutfallet som grunnlag for omgjøring, og vis til vedtaket det erstatter."


def refuse_ground(ground: WithoutGroupGround, choices: MunicipalChoices, *, discussed_in_vain: bool) -> None:
    """Refuse a ground that the municipality has not chosen, or that nothing in the case as a whole bears out.

    `discussed_in_vain`: the group has talked about the case and come to no conclusion.
    """
    if ground is WithoutGroupGround.URGENT and choices.urgent_cases is UrgentCases.EXTRA_MEETING:
        raise ExtraMeetingFirstError()
    if ground is WithoutGroupGround.APPEAL_DECIDED:
        raise AppealOfOneVedtakError()
    if ground is WithoutGroupGround.NO_AGREEMENT:
        if choices.without_agreement is WithoutAgreement.NEXT_MEETING:
            raise NextMeetingFirstError()
        if not discussed_in_vain:
            raise NotDiscussedError()
