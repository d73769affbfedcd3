"""A paper: recorded once under its checksum, by a saksbehandler, saying nothing of what it says."""

from datetime import date

import pytest

from domain.access.kinds import InformationKind
from domain.actors import SERVICE_OG_TILDELING, Role, Unit
from domain.paper import Paper, PaperKind, PaperRecipient, Print, paper_id
from domain.refusals import SaksbehandlerOnlyError
from tests.domain.support import CASE, PERSON, an_id, at, by

PRINTED = Print(
    checksum="ab" * 32, size=26_000, pages=2, template="0123456789abcdef",
    kinds=(InformationKind.IDENTITY, InformationKind.VEDTAK),
)  # fmt: skip


def made(role: Role = Role.SAKSBEHANDLER, unit: Unit = SERVICE_OG_TILDELING) -> Paper:
    return Paper.make(
        case=CASE, person=PERSON, kind=PaperKind.VEDTAK, about=an_id("vedtak"), about_version=3,
        recipient=PaperRecipient.GUARDIAN, made_on=date(2027, 1, 12), printed=PRINTED, by=by("somebody", unit, role), at=at(),
    )  # fmt: skip


def test_LA1_a_paper_has_the_id_that_follows_from_its_case_and_checksum() -> None:
    assert made().id == made().id == paper_id(CASE, PRINTED.checksum)
    assert paper_id(an_id("another case"), PRINTED.checksum) != paper_id(CASE, PRINTED.checksum)


def test_LH7_a_paper_remembers_whom_it_is_for() -> None:
    assert made().recipient is PaperRecipient.GUARDIAN


@pytest.mark.parametrize(("role", "unit"), [(Role.EMPLOYEE, SERVICE_OG_TILDELING), (Role.SAKSBEHANDLER, Unit("nav"))])
def test_M13_only_a_saksbehandler_at_service_og_tildeling_makes_papers(role: Role, unit: Unit) -> None:
    with pytest.raises(SaksbehandlerOnlyError):
        made(role, unit)
