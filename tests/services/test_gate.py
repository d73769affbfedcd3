"""The one gate: decide, log, open, in that order; refusals leave one line (D3, D4, B13, R10)."""

import logging
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import OperationalError

from domain.access.decision import Action, Rule
from domain.access.disclosure import Disclosure
from domain.access.kinds import InformationKind
from domain.actors import SERVICE_OG_TILDELING, Actor, Role
from domain.base import Event
from domain.cases.case import Case
from domain.people.person import Person
from domain.refusals import NotAllowedError, NotFoundError
from services.boxes import Box, Closed, OwnedBy
from services.context import Context, ReadReason
from services.gate import ListEntry
from services.log.event_log import DisclosureLog
from services.log.fact_reader import FactReader
from services.refusals import LogUnavailableError
from services.vault import Shut, Vault
from tests.stage import NAME, NAV, Stage, look, look_at_list


def lines(stage: Stage) -> list[Event]:
    """The whole disclosure log."""
    return [recorded.event for recorded in stage.office.disclosure_log.after(0, 1_000)]


def person_of(stage: Stage, case: UUID) -> UUID:
    return stage.office.case_log.load(Case, case).person


def fields_of(stage: Stage, case: UUID) -> dict[str, Closed | None]:
    """A name, a health note, a debt, a colleague's address, and nothing."""
    person = person_of(stage, case)
    seal = stage.office.vault.seal
    return {
        "name": stage.office.case_log.load(Person, person).details.name,
        "health": seal(person, case, "health.situation", "Astma"),
        "debt": seal(person, case, "economy.situation", "Gjeld"),
        "colleague": OwnedBy(stage.member.id, seal(stage.member.id, None, "employee.email", "n@n.no")),
        "empty": None,
    }


@pytest.fixture
def discussed(stage: Stage) -> UUID:
    """A case on the agenda of a meeting the member is called to, with a consent for Nav."""
    stage.call_the_member()
    case = stage.open_case()
    stage.give_consent(case, NAV)
    stage.put_on_agenda(case)
    return case


def broken(*_: object, **__: object) -> int:
    raise OperationalError("the disk is full")


def test_B13_what_is_opened_is_logged_first_with_whose_it_is_what_and_why(stage: Stage) -> None:
    case = stage.open_case()
    context = stage.context(stage.saksbehandler)
    head = stage.office.case_log.head()

    opened = look(stage.office.gate, context, case, fields_of(stage, case), purpose="case")

    assert opened.texts["name"] == NAME
    assert (opened.texts["health"], opened.texts["debt"], opened.texts["empty"]) == ("Astma", "Gjeld", None)
    (line,) = lines(stage)
    assert isinstance(line, Disclosure.Viewed)
    assert (line.case, line.subjects, line.purpose) == (case, (person_of(stage, case),), "case")
    assert line.fields == ("economy.situation", "health.situation", "identity.name")
    assert line.kinds == (InformationKind.ECONOMY, InformationKind.HEALTH, InformationKind.IDENTITY)
    assert (line.rules, line.decided_at) == ((Rule.RESPONSIBLE,), head)
    assert (line.by, line.timestamp) == (context.by, context.at)


def test_M09_what_the_consent_does_not_cover_stays_closed_and_is_named(stage: Stage, discussed: UUID) -> None:
    opened = look(
        stage.office.gate, stage.context(stage.member), discussed, fields_of(stage, discussed), purpose="case"
    )

    assert opened.withheld == ("debt", "colleague")
    assert opened.texts == {"name": NAME, "health": "Astma", "debt": None, "colleague": None, "empty": None}
    (line,) = lines(stage)
    assert isinstance(line, Disclosure.Viewed)
    assert line.fields == ("health.situation", "identity.name")


def test_D3_a_text_that_was_written_in_another_case_stays_closed(stage: Stage) -> None:
    case, other = stage.open_case(), stage.open_case()
    moved = fields_of(stage, other)["health"]

    opened = look(stage.office.gate, stage.context(stage.saksbehandler), case, {"health": moved}, purpose="case")

    assert (opened.texts, opened.withheld) == ({"health": None}, ("health",))


def test_D4_a_stated_reason_stands_in_the_log(stage: Stage) -> None:
    case = stage.open_case()
    context = replace(stage.context(stage.colleague), reason=ReadReason.SUBSTITUTING)

    look(stage.office.gate, context, case, {}, purpose="case")

    (line,) = lines(stage)
    assert isinstance(line, Disclosure.Viewed)
    assert (line.purpose, line.rules) == ("substituting", (Rule.STATED_REASON,))


def test_D4_a_stated_reason_opens_no_row_of_a_list(stage: Stage) -> None:
    case = stage.open_case()
    context = replace(stage.context(stage.colleague), reason=ReadReason.SUBSTITUTING)

    permits = stage.office.gate.permits(context, [case])

    assert not permits[case].decision.allowed


@pytest.mark.parametrize("action", [Action.READ, Action.HANDLE, Action.AUDIT, Action.DELIVER])
def test_D4_who_has_no_relation_gets_the_same_answer_as_for_a_case_that_is_not_there(
    stage: Stage, action: Action
) -> None:
    case, nothing = stage.open_case(), uuid4()

    for asked in (case, nothing):
        with pytest.raises(NotFoundError) as refused:
            stage.office.gate.permit(stage.context(stage.outsider), action, asked, purpose="case")
        assert str(refused.value) == str(NotFoundError())

    known, unknown = lines(stage)
    assert isinstance(known, Disclosure.Refused)
    assert isinstance(unknown, Disclosure.Refused)
    assert (known.case, unknown.case) == (case, nothing)
    assert known.rules == unknown.rules == (Rule.NO_RELATION,)


def test_R10_a_refusal_leaves_exactly_one_line_with_its_rule_and_opens_nothing(
    stage: Stage, discussed: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = fields_of(stage, discussed)
    stage.withdraw_consent(discussed)
    opened: list[object] = []
    monkeypatch.setattr(Vault, "open_many", lambda _self, many: opened.append(many))
    context = stage.context(stage.member)

    with pytest.raises(NotAllowedError, match=Rule.CONSENT_MISSING):
        look(stage.office.gate, context, discussed, fields, purpose="case")

    (line,) = lines(stage)
    assert isinstance(line, Disclosure.Refused)
    assert (line.case, line.action, line.rules, line.purpose) == (
        discussed, Action.READ, (Rule.CONSENT_MISSING,), "case"
    )  # fmt: skip
    assert line.by == context.by
    assert opened == []


def test_R10_when_the_disclosure_log_cannot_be_written_nothing_is_opened(
    stage: Stage, discussed: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields, person = fields_of(stage, discussed), person_of(stage, discussed)
    opened: list[object] = []
    monkeypatch.setattr(Vault, "open_many", lambda _self, many: opened.append(many))
    monkeypatch.setattr(DisclosureLog, "append", broken)
    gate, system = stage.office.gate, Actor(uuid4(), SERVICE_OG_TILDELING, Role.SYSTEM)
    name = {"name": fields["name"]}
    looks: list[Callable[[], object]] = [
        lambda: look(gate, stage.context(stage.saksbehandler), discussed, fields, purpose="case"),
        lambda: look(gate, stage.context(stage.outsider), discussed, fields, purpose="case"),
        lambda: look_at_list(gate, stage.context(stage.saksbehandler), "list", [ListEntry(discussed, person, name)]),
        lambda: gate.address(stage.context(system), discussed, name, delivery=uuid4()),
        lambda: gate.audit(stage.context(stage.reviewer), discussed),
    ]

    for one in looks:
        with pytest.raises(LogUnavailableError):
            one()

    assert opened == []


def test_R10_when_the_facts_cannot_be_read_nothing_is_decided(
    stage: Stage, discussed: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FactReader, "of", broken)

    with pytest.raises(LogUnavailableError):
        stage.office.gate.permit(stage.context(stage.saksbehandler), Action.READ, discussed, purpose="case")

    assert lines(stage) == []


def test_D3_the_line_is_in_the_log_before_anything_is_decrypted(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    case = stage.open_case()
    fields, order = fields_of(stage, case), list[str]()
    really_open = Vault.open_many

    def open_many(vault: Vault, many: list[Box]) -> list[str | Shut]:
        order.append(f"open after {len(lines(stage))} line")
        return really_open(vault, many)

    monkeypatch.setattr(Vault, "open_many", open_many)
    look(stage.office.gate, stage.context(stage.saksbehandler), case, fields, purpose="case")

    assert order == ["open after 1 line"]


def entries(stage: Stage, cases: list[UUID]) -> list[ListEntry]:
    return [ListEntry(case, person_of(stage, case), {"name": fields_of(stage, case)["name"]}) for case in cases]


def test_B02_a_page_with_twelve_names_leaves_twelve_subjects(stage: Stage) -> None:
    cases = [stage.open_case() for _ in range(12)]

    rows = look_at_list(stage.office.gate, stage.context(stage.saksbehandler), "waiting_list", entries(stage, cases))

    assert [row.texts["name"] for row in rows if row] == [NAME] * 12
    (line,) = lines(stage)
    assert isinstance(line, Disclosure.ListViewed)
    assert set(line.cases) == set(cases)
    assert set(line.subjects) == {person_of(stage, case) for case in cases}
    assert (line.view, line.rules) == ("waiting_list", (Rule.RESPONSIBLE,))


def test_B02_a_row_the_reader_may_not_see_is_empty_and_not_in_the_line(stage: Stage, discussed: UUID) -> None:
    hidden = stage.open_case()

    rows = look_at_list(stage.office.gate, stage.context(stage.member), "agenda", entries(stage, [hidden, discussed]))

    assert rows[0] is None
    assert rows[1] is not None
    assert rows[1].texts == {"name": NAME}
    (line,) = lines(stage)
    assert isinstance(line, Disclosure.ListViewed)
    assert (line.cases, line.subjects) == ((discussed,), (person_of(stage, discussed),))


def test_B02_a_list_without_a_visible_row_opens_nothing_and_leaves_no_line(stage: Stage) -> None:
    hidden = stage.open_case()

    assert look_at_list(stage.office.gate, stage.context(stage.outsider), "list", entries(stage, [hidden])) == [None]
    assert look_at_list(stage.office.gate, stage.context(stage.outsider), "list", []) == []
    assert lines(stage) == []


def test_C03_the_system_addresses_a_message_as_itself_and_sees_name_and_contact_only(stage: Stage) -> None:
    case, delivery = stage.open_case(), uuid4()
    system = Actor(uuid4(), SERVICE_OG_TILDELING, Role.SYSTEM)

    opened = stage.office.gate.address(stage.context(system), case, fields_of(stage, case), delivery=delivery)

    assert (opened.texts["name"], opened.texts["colleague"]) == (NAME, "n@n.no")
    assert opened.withheld == ("health", "debt")
    (line,) = lines(stage)
    assert isinstance(line, Disclosure.Addressed)
    assert (line.case, line.delivery, line.by.role) == (case, delivery, Role.SYSTEM)
    assert set(line.subjects) == {person_of(stage, case), stage.member.id}


def test_C03_a_message_about_no_case_reaches_an_employee_and_opens_nothing_else(stage: Stage) -> None:
    fields = fields_of(stage, stage.open_case())
    system = Actor(uuid4(), SERVICE_OG_TILDELING, Role.SYSTEM)

    opened = stage.office.gate.address(stage.context(system), None, fields, delivery=uuid4())

    assert opened.withheld == ("name", "health", "debt")
    assert opened.texts["colleague"] == "n@n.no"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_C03_nobody_but_the_system_addresses_anything(stage: Stage, role: Role) -> None:
    case = stage.open_case()
    actor = replace(stage.saksbehandler, role=role)

    with pytest.raises(NotAllowedError):
        stage.office.gate.address(stage.context(actor), case, fields_of(stage, case), delivery=uuid4())


def test_C05_a_look_at_the_access_log_is_logged_as_well(stage: Stage) -> None:
    case = stage.open_case()

    stage.office.gate.audit(stage.context(stage.reviewer), case)

    (line,) = lines(stage)
    assert isinstance(line, Disclosure.Viewed)
    assert (line.subjects, line.kinds, line.fields) == ((person_of(stage, case),), (), ())
    assert (line.rules, line.purpose) == ((Rule.REVIEWER,), "access_log")


def test_M08_being_told_is_recorded_once_also_when_several_record_it(stage: Stage) -> None:
    def told(context: Context) -> Disclosure:
        return Disclosure.told_in_meeting(
            case=stage.meeting, subjects=(), told=stage.member.id, unit=NAV, told_from=stage.now, meeting=stage.meeting,
            item=stage.meeting, rules=("M08",), decided_at=1, by=context.by, at=context.at,
        )  # fmt: skip

    for _ in range(3):
        stage.office.gate.told([told(stage.context(stage.saksbehandler))])

    assert len(lines(stage)) == 1


def test_R10_the_gate_says_no_name_aloud(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    case = stage.open_case()
    fields = fields_of(stage, case)

    look(stage.office.gate, stage.context(stage.saksbehandler), case, fields, purpose="case")
    with pytest.raises(NotFoundError) as refused:
        look(stage.office.gate, stage.context(stage.outsider), case, fields, purpose="case")

    said = caplog.text + repr(lines(stage)) + str(refused.value)
    assert not any(word in said for word in (NAME, "Astma", "Gjeld", "n@n.no"))
