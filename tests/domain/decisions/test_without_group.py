"""Which grounds for deciding without the group the municipality has chosen (M11, M13)."""

import pytest

from domain.cases.case import WithoutGroupGround
from domain.decisions.without_group import (
    AppealOfOneVedtakError,
    ExtraMeetingFirstError,
    NextMeetingFirstError,
    NotDiscussedError,
    refuse_ground,
)
from domain.law.municipal_choices import MunicipalChoices, UrgentCases, WithoutAgreement
from domain.refusals import Refusal


@pytest.mark.parametrize(
    ("ground", "choices", "in_vain", "refusal"),
    [
        (WithoutGroupGround.URGENT, MunicipalChoices(), False, None),
        (WithoutGroupGround.URGENT, MunicipalChoices(urgent_cases=UrgentCases.EXTRA_MEETING), False,
         ExtraMeetingFirstError),
        (WithoutGroupGround.NO_AGREEMENT, MunicipalChoices(), True, NextMeetingFirstError),
        (WithoutGroupGround.NO_AGREEMENT,
         MunicipalChoices(without_agreement=WithoutAgreement.SAKSBEHANDLER_DECIDES), False, NotDiscussedError),
        (WithoutGroupGround.NO_AGREEMENT,
         MunicipalChoices(without_agreement=WithoutAgreement.SAKSBEHANDLER_DECIDES), True, None),
        (WithoutGroupGround.APPEAL_DECIDED, MunicipalChoices(), True, AppealOfOneVedtakError),
        *((ground, MunicipalChoices(urgent_cases=UrgentCases.EXTRA_MEETING), False, None)
          for ground in WithoutGroupGround
          if ground not in (WithoutGroupGround.URGENT, WithoutGroupGround.NO_AGREEMENT,
                            WithoutGroupGround.APPEAL_DECIDED)),
    ],
)  # fmt: skip
def test_M13_only_the_grounds_that_the_municipality_has_chosen_are_recorded(
    ground: WithoutGroupGround, choices: MunicipalChoices, in_vain: bool, refusal: type[Refusal] | None
) -> None:
    if refusal is None:
        refuse_ground(ground, choices, discussed_in_vain=in_vain)
    else:
        with pytest.raises(refusal):
            refuse_ground(ground, choices, discussed_in_vain=in_vain)
