"""What must have happened before a test about care housing begins."""

from typing import Any

from tests.api.decision_givens import Applied, applied
from tests.api.office import Caller, Office
from tests.api.worlds import world

SECRET = "Hemmelig om omsorgsbolig"
NEEDS = {
    "housing": "round_the_clock_place", "because_of": ["dementia"], "services": ["home_nursing", "night_supervision"],
    "urgency": "at_once", "about_housing": f"{SECRET}: finner ikke hjem.", "about_services": f"{SECRET}: tilsyn.",
}  # fmt: skip


@world
def care_case(office: Office, **changes: Any) -> Applied:
    return applied(office, "care_housing", reason=f"{SECRET}: vil flytte.", **changes)


def map_needs(office: Office, case: str, **changes: Any) -> dict[str, Any]:
    return office.saksbehandler.do(f"/cases/{case}/care-needs", {**NEEDS, **changes})


def question(asked: Caller, **changes: Any) -> dict[str, Any]:
    body = {
        "asked": asked.id, "question": f"{SECRET}: hvilken hjelp får søkeren?", "told": ["identity", "health"],
        "told_on": "consent", "answer_by": "2027-01-19",
    }  # fmt: skip
    return {**body, **changes}
