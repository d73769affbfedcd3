"""Dwellings over HTTP."""

from uuid import UUID

import pytest

from domain.housing.dwelling import Dwelling, DwellingState
from tests.api.decision_givens import dwelling, let, refused, vacant
from tests.api.office import Office
from tests.places import claimed

pytestmark = pytest.mark.usefixtures("on_a_tuesday")


def stored(office: Office, id: str) -> Dwelling:
    return office.installation.case_log.load(Dwelling, UUID(id))


def test_D3_the_address_is_sealed_with_the_dwellings_own_key(office: Office) -> None:
    id = dwelling(office, address="Fjellveien 9, 0000 Eksempel")
    address = stored(office, id).address
    assert (address.owner, address.case, address.field) == (UUID(id), None, "address.street")
    assert b"Fjellveien" not in address.box
    assert office.installation.vault.open(*claimed(address)) == "Fjellveien 9, 0000 Eksempel"


def test_M14_only_the_saksbehandler_registers_dwellings(office: Office) -> None:
    body = {
        "address": "Boligveien 7", "area": "centre", "kind": "flat", "rooms": 2, "square_metres": 48, "floor": 1,
        "step_free": True,
    }  # fmt: skip
    technical = office.caller("tekniske_tjenester")
    head = office.installation.case_log.head()
    assert refused(technical.post("/dwellings", body)) == (403, "saksbehandler_only")
    assert office.installation.case_log.head() == head


def test_R12_a_dwelling_without_rooms_is_no_dwelling(office: Office) -> None:
    body = {
        "address": "Boligveien 7", "area": "centre", "kind": "flat", "rooms": 0, "square_metres": 48, "floor": 1,
        "step_free": True,
    }  # fmt: skip
    assert refused(office.saksbehandler.post("/dwellings", body)) == (422, "invalid_input")


def test_M14_a_dwelling_is_changed(office: Office) -> None:
    id = dwelling(office)
    body = {
        "address": "Boligveien 8", "area": "north", "kind": "flat", "rooms": 3, "square_metres": 60, "floor": 2,
        "step_free": False,
    }  # fmt: skip
    office.saksbehandler.do(f"/dwellings/{id}/details", body)
    assert (stored(office, id).facts.area, stored(office, id).facts.rooms) == ("north", 3)


def test_M14_a_dwelling_becomes_vacant_once(office: Office) -> None:
    id = vacant(office)
    assert stored(office, id).state is DwellingState.VACANT
    response = office.saksbehandler.post(f"/dwellings/{id}/vacancy", {"vacant_from": "2027-03-01"})
    assert refused(response) == (409, "dwelling_already_vacant")


def test_M14_a_let_dwelling_is_not_taken_out_of_use(office: Office) -> None:
    tenancy, _ = let(office)
    home = next(
        e.event.originator_id
        for e in office.installation.case_log.after(0, 1000)
        if isinstance(e.event, Dwelling.Let) and str(e.event.tenancy) == tenancy
    )
    response = office.saksbehandler.post(f"/dwellings/{home}/out-of-use", {"reason": "repair"})
    assert refused(response) == (409, "dwelling_in_use")


def test_M14_an_empty_dwelling_is_taken_out_of_use(office: Office) -> None:
    id = vacant(office)
    assert office.saksbehandler.do(f"/dwellings/{id}/out-of-use", {"reason": "damage"})["state"] == "out_of_use"
