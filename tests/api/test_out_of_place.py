"""Somebody with the database's password moves whole values from one place to another: nothing of it is shown (D17)."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, get_args
from uuid import UUID

import structlog
from pydantic import BaseModel
from sqlalchemy import NullPool, create_engine, text

from domain.actors import Role
from domain.cases.case import Case
from services.core.catalogue import operations
from services.core.permits.keeping import DecidesItself
from services.core.permits.reading import Audits, Reads, ReadsCase
from services.core.registry import Operation
from services.settings import Store
from tests.api.office import Office
from tests.api.walk.requests import request
from tests.api.walk.special import special
from tests.api.walk.test_wrong_actors import PART, right
from tests.api.walk.world import world


def sql(office: Office, store: Store, statement: str, **values: Any) -> list[Any]:
    engine = create_engine(office.settings.sqlalchemy_url(store), poolclass=NullPool)
    with engine.begin() as connection:
        result = connection.execute(text(statement), values)
        return list(result) if result.returns_rows else []


def stream(office: Office, id: str) -> str:
    """An id as this database's event table has it."""
    return UUID(id).hex if office.settings.is_sqlite(Store.CASE_LOG) else id


def swap_details(office: Office, *people: str) -> None:
    """Exchange the whole `details` of two people's registrations."""
    table = office.installation.case_log.recorder.events_table_name  # type: ignore[attr-defined]  # both recorders have it
    where = f"FROM {table} WHERE originator_id = :id AND originator_version = 1"
    rows = {
        id: json.loads(sql(office, Store.CASE_LOG, f"SELECT state {where}", id=stream(office, id))[0][0])
        for id in people
    }
    first, second = people
    for id, other in ((first, second), (second, first)):
        state = json.dumps({**rows[id], "details": rows[other]["details"]}).encode()
        change = f"UPDATE {table} SET state = :state WHERE originator_id = :id AND originator_version = 1"
        sql(office, Store.CASE_LOG, change, id=stream(office, id), state=state)


def two_cases(office: Office) -> tuple[dict[str, Any], dict[str, Any]]:
    first, second = (
        office.saksbehandler.do("/applications", office.application(applicant={"name": name, "address": address}))
        for name, address in (("Anna Prøve", "Annaveien 1"), ("Berit Prøve", "Beritveien 2"))
    )
    return first, second


def test_D17_details_swapped_between_two_people_do_not_open_and_the_problem_says_which_record(office: Office) -> None:
    anna, berit = two_cases(office)
    swap_details(office, anna["person"], berit["person"])

    with structlog.testing.capture_logs() as logged:
        answers = [office.saksbehandler.get(f"/cases/{case['case']}") for case in (anna, berit)]

    for answer, case in zip(answers, (anna, berit), strict=True):
        problem = answer.json()
        assert (answer.status_code, problem["type"]) == (409, "/problems/text_out_of_place")
        assert case["person"] in problem["detail"]
        assert "veien" not in answer.text
        assert "Prøve" not in answer.text
    errors = [line for line in logged if line["log_level"] == "error"]
    assert [(line["event"], line["owner"]) for line in errors] == [
        ("text_out_of_place", anna["person"]), ("text_out_of_place", berit["person"])
    ]  # fmt: skip


def test_D17_whoever_reviews_the_access_log_is_told(office: Office) -> None:
    anna, berit = two_cases(office)
    swap_details(office, anna["person"], berit["person"])
    office.saksbehandler.get(f"/cases/{anna['case']}")

    reviewer = office.caller("personvernombud", Role.REVIEWER)
    lines = reviewer.get(f"/access-log?case={anna['case']}").json()["items"]

    (found,) = [line for line in lines if line["what"] == "out_of_place"]
    assert (found["case"], found["subjects"]) == (anna["case"], [anna["person"]])
    assert found["fields"] == ["contact.address", "identity.name"]


def test_D17_it_stands_on_the_reviewers_day_where_and_never_what_until_nobody_meets_it_any_more(office: Office) -> None:
    anna, berit = two_cases(office)
    reviewer = office.caller("personvernombud", Role.REVIEWER)
    assert reviewer.get("/my-day").json()["items"] == []
    swap_details(office, anna["person"], berit["person"])
    for _ in range(2):
        office.saksbehandler.get(f"/cases/{anna['case']}")

    answer = reviewer.get("/my-day")

    (found,) = answer.json()["items"]
    assert (found["section"], found["step"]) == ("out_of_place", "list_accesses")
    assert (found["case"], found["subject"], found["person"]) == (anna["case"], anna["person"], None)
    assert found["withheld"] == ["contact.address", "identity.name"]
    assert "Prøve" not in answer.text
    assert office.disclosures("ListViewed")[-1].view == "access_log"
    office.set_clock(office.now + timedelta(days=8))
    assert reviewer.get("/my-day").json()["items"] == []


def test_D17_whoever_runs_the_system_sees_how_many_places_there_are_and_nothing_of_them(office: Office) -> None:
    anna, berit = two_cases(office)
    swap_details(office, anna["person"], berit["person"])
    before = office.client.get("/readyz").json()["out_of_place"]
    office.saksbehandler.get(f"/cases/{anna['case']}")
    office.carry_forward()

    after = office.client.get("/readyz")

    assert (before, after.json()["out_of_place"]) == (0, 1)
    assert not any(said in after.text for said in (anna["case"], anna["person"], "identity"))


def test_D17_a_list_withholds_what_is_out_of_place_and_shows_the_rest(office: Office) -> None:
    anna, berit = two_cases(office)
    clara = office.saksbehandler.do("/applications", office.application(applicant={"name": "Clara Prøve"}))
    office.carry_forward()
    names = {row.person: row.name for row in sql(office, Store.VIEWS, "SELECT person, name FROM people")}
    here, there = (next(id for id in names if UUID(str(id)) == UUID(case["person"])) for case in (anna, berit))
    for id, other in ((here, there), (there, here)):
        sql(office, Store.VIEWS, "UPDATE people SET name = :name WHERE person = :id", id=id, name=names[other])

    answer = office.saksbehandler.get("/cases")

    shown = {row["case"]: (row["name"], row["withheld"]) for row in answer.json()["items"]}
    assert answer.status_code == 200
    closed = (None, ["identity.name"])
    assert shown == {anna["case"]: closed, berit["case"]: closed, clara["case"]: ("Clara Prøve", [])}
    told = office.disclosures("FoundOutOfPlace")
    assert {(str(event.case), event.fields) for event in told} == {
        (anna["case"], ("identity.name",)), (berit["case"], ("identity.name",))
    }  # fmt: skip


def rows_of(answer: Any) -> Iterator[dict[str, Any]]:
    """Every object in an answer that says whom it is about."""
    if isinstance(answer, dict):
        if "person" in answer and "name" in answer:
            yield answer
        for part in answer.values():
            yield from rows_of(part)
    elif isinstance(answer, list):
        for part in answer:
            yield from rows_of(part)


def of_many(operation: Operation) -> bool:
    """Whether a query is about many cases at a time."""
    return not operation.is_command and not isinstance(operation.permit, ReadsCase | Reads | Audits | DecidesItself)


def test_D17_one_destroyed_key_withholds_its_texts_from_every_list_and_the_rows_say_so(office: Office) -> None:
    at = world(office)
    log = office.installation.case_log
    for case in at.cases:
        office.installation.vault.destroy(log.load(Case, UUID(case)).person)
    office.carry_forward()

    asked = [each for each in operations() if of_many(each) and right(each) == "lead"]
    answers = {each.id: at.lead.look(request(each, at.things, special(at)).path) for each in asked}

    refused = {id: answer.text for id, answer in answers.items() if answer.status_code != 200 and id not in PART}
    assert not refused
    shown = {
        id: list(rows_of(answer.json()))
        for id, answer in answers.items()
        if answer.is_success and "json" in answer.headers["Content-Type"]
    }
    opened = {id: [row for row in rows if row["person"] is not None] for id, rows in shown.items()}
    assert len([id for id, rows in opened.items() if rows]) > 8
    for id, rows in opened.items():
        assert all(row["name"] is None and "identity.name" in row["withheld"] for row in rows), id


def models(kind: Any, seen: set[Any]) -> Iterator[type[BaseModel]]:
    """Every model that an answer of this type is made of."""
    for part in get_args(kind):
        yield from models(part, seen)
    if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in seen:
        seen.add(kind)
        yield kind
        for field in kind.model_fields.values():
            yield from models(field.annotation, seen)


def test_D17_whatever_an_answer_says_of_a_person_by_name_can_say_that_the_name_is_withheld() -> None:
    seen = set[Any]()
    found = [model for each in operations() if not each.is_command for model in models(each.result, seen)]

    naming = [model for model in found if {"person", "name"} <= model.model_fields.keys()]

    assert len(naming) > 12
    assert [model.__name__ for model in naming if "withheld" not in model.model_fields] == []
