"""The feed: every event once and in order, whoever carries it, and a rebuilt view is the live one (design D6, C02)."""

import threading
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import BigInteger, Column, Connection, Integer, Table, select

from domain.access.decision import Action
from domain.access.emergency import EmergencyAccess
from domain.access.kinds import InformationKind
from domain.actors import SERVICE_OG_TILDELING, Role, Unit
from domain.base import Event
from domain.care.needs import CareHousingKind, CareNeeds, CareUrgency, NeedsBecauseOf, NeedsFound
from domain.cases.application import ApplicationKind
from domain.cases.case import Case
from domain.command_record import CommandRecord
from domain.delivery import Delivery, Message, MessageKind
from domain.law.rulebook import DecisionSubject
from domain.paper import Paper, PaperKind, PaperRecipient, Print
from domain.people.absence import Absence
from domain.people.employee import Employee
from domain.refusals import NotFoundError
from projections import case_history
from projections import feed as feed_module
from projections.catalogue import views
from projections.feed import Feed
from projections.rows import add
from projections.rules import DatedRules
from projections.view import METADATA, Source, View
from services.context import Context
from services.gate import ListEntry
from services.installation import Installation
from tests.examples import event_classes, example
from tests.projections.story import NAV, Story
from tests.stage import look, look_at_list

SEEN = Table(
    "test_seen",
    METADATA,
    Column("row", Integer, primary_key=True),
    Column("position", BigInteger, nullable=False),
)


def see(connection: Connection, _event: Event, position: int) -> None:
    add(connection, SEEN, position=position)


def ignore(_connection: Connection, _event: Event, _position: int) -> None:
    pass


SEEING = View("test_seeing", "1", Source.CASE_LOG, (SEEN,), see)
IGNORING = View("test_ignoring", "1", Source.CASE_LOG, (), ignore)


def a_feed(office: Installation, *followers: View) -> Feed:
    feed = Feed(office.case_log, followers or (SEEING,), office.view_store)
    feed.prepare()
    return feed


def carry(feed: Feed) -> list[int]:
    return list(feed.catch_up())


def seen(office: Installation) -> list[int]:
    with office.views.connect() as connection:
        return list(connection.execute(select(SEEN.c.position).order_by(SEEN.c.row)).scalars())


def everything_in_the_log(office: Installation) -> list[int]:
    return [recorded.position for recorded in office.case_log.after(0, 1_000_000)]


def contents(office: Installation) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every view."""
    with office.views.connect() as connection:
        tables = [table for feed in office.feeds for view in feed.views for table in view.tables]
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr) for table in tables
        }


def an_absence(story: Story) -> None:
    """Somebody is away for a week, with nobody who stands in."""
    week = story.today + timedelta(days=7)
    story.store(
        Absence.record_days(
            id=uuid4(), absent=uuid4(), from_day=story.today, last_day=week, stand_in=None, today=story.today,
            by=story.by, at=story.at,
        )
    )  # fmt: skip


def an_emergency(story: Story, case: Case) -> None:
    """A saksbehandler opens a case in an emergency."""
    story.store(
        EmergencyAccess.open(
            id=uuid4(), case=case.id, person=case.person, last_day=story.today, most_days=2, today=story.today,
            reason=story.sealed(case, "note.emergency", "Noen er i fare."), by=story.by, at=story.at,
        )
    )  # fmt: skip


def a_varied_history(story: Story) -> None:
    """Two people on the list, an offer declined and one accepted, a lease, a care housing case, mail, and looks."""
    story.members()
    case, first = story.granted_dwelling("Prøve En", without_dwelling=True)
    _, second = story.granted_dwelling("Prøve To", without_dwelling=False)
    allocation = story.allocation(dwelling := story.dwelling(), first, second)
    story.offer(allocation, first)
    allocation.decline(reason="too_small", known_reasons=frozenset({"too_small"}), by=story.by, at=story.at)
    story.store(allocation)
    story.offer(allocation, second)
    allocation.accept(by=story.by, at=story.at)
    story.store(allocation)
    story.lease(case, dwelling, allocation, ends_on=date(2030, 1, 20))
    care = story.case("Prøve Tre", care_housing=True)
    story.application(care, ApplicationKind.CARE_HOUSING)
    a_mapping(story, care)
    both = story.case("Prøve Fire")
    application = story.application(both, ApplicationKind.DWELLING, ApplicationKind.ASSISTANCE)
    story.consent(both)
    story.pre_assessment(both)
    meeting = story.meeting()
    item = story.item(both, meeting)
    story.discuss(item, both, meeting)
    conclusion, follow_up = story.conclude(item, both)
    story.minutes(item, both)
    story.vedtak(both, application, conclusion, DecisionSubject.ASSISTANCE, follow_up)
    story.vedtak(both, application, conclusion, DecisionSubject.DWELLING, departs=True)
    follow_up.move_due_date(due_on=story.today + timedelta(days=60), today=story.today, by=story.by, at=story.at)
    story.store(follow_up)
    first.pause(reason="own_wish", by=story.by, at=story.at)  # type: ignore[arg-type]  # the code is enough here
    story.store(first)
    story.appeal(both)
    a_paper(story, both, application.id)
    a_colleague(story)
    an_absence(story)
    an_emergency(story, both)
    a_delivery(story, both)
    a_leaving(story)
    some_looks(story, both)


def a_mapping(story: Story, case: Case) -> None:
    found = NeedsFound(
        housing=CareHousingKind.WITH_STAFFING,
        because_of=(NeedsBecauseOf.AGE,),
        services=(),
        urgency=CareUrgency.AT_ONCE,
    )
    about = {"about_housing": "housing.care", "about_services": "health.care"}
    texts = {name: story.sealed(case, field) for name, field in about.items()}
    needs = CareNeeds.map(
        case=case.id, person=case.person, care_housing=True, found=found, **texts, by=story.by, at=story.at
    )
    story.store(needs)


def a_paper(story: Story, case: Case, about: UUID) -> None:
    printed = Print(checksum="ab" * 32, size=1, pages=1, template="receipt 1", kinds=(InformationKind.IDENTITY,))
    paper = Paper.make(
        case=case.id, person=case.person, kind=PaperKind.RECEIPT, about=about, about_version=1,
        recipient=PaperRecipient.APPLICANT, made_on=story.today, printed=printed, by=story.by, at=story.at,
    )  # fmt: skip
    story.store(paper)


def an_employee(story: Story, unit: Unit, role: Role) -> Employee:
    id = uuid4()
    texts = story.office.vault.seal_many(
        id, None, {"employee.name": "Ansatt En", "employee.email": "en@eksempel.invalid"}
    )
    return Employee.register(
        id=id, unit=unit, role=role, name=texts["employee.name"], email=texts["employee.email"], by=story.by,
        at=story.at,
    )  # fmt: skip


def a_colleague(story: Story) -> None:
    story.store(an_employee(story, SERVICE_OG_TILDELING, Role.SAKSBEHANDLER))


def a_leaving(story: Story) -> None:
    employee = an_employee(story, NAV, Role.EMPLOYEE)
    employee.leave(by=story.by, at=story.at)
    story.store(employee)


def a_delivery(story: Story, case: Case) -> None:
    message = Message(MessageKind.FOLLOW_UP_REMINDER, uuid4(), story.nav, case.id, 1, story.at)
    delivery = Delivery.start(id=uuid4(), message=message, claimed_until=story.at, by=story.by, at=story.at)
    delivery.uncertain(by=story.by, at=story.at)
    story.store(delivery)


def some_looks(story: Story, case: Case) -> None:
    by = story.by
    context = Context(by.as_actor, by.correlation, by.cause, story.at)
    name = story.sealed(case, "housing.reason")
    look(story.office.gate, context, case.id, {"reason": name}, purpose="case")
    look_at_list(story.office.gate, context, "case_overview", [ListEntry(case.id, case.person, {"reason": name})])
    with pytest.raises(NotFoundError):
        story.office.gate.permit(context, Action.READ, uuid4(), purpose="case")


def test_D6_every_event_is_applied_once_and_in_order(story: Story, office: Installation) -> None:
    a_varied_history(story)
    carry(a_feed(office))
    assert seen(office) == everything_in_the_log(office)


def test_D6_a_long_log_is_read_in_batches(story: Story, office: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_module, "BATCH", 10)
    a_varied_history(story)
    batches = carry(a_feed(office))
    assert len(batches) > 3
    assert set(batches[:-1]) == {10}
    assert seen(office) == everything_in_the_log(office)


def test_D6_two_feeds_at_once_skip_nothing_and_double_nothing(
    story: Story, office: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "BATCH", 3)
    a_feed(office)
    begin = threading.Barrier(3)

    def carry_along() -> None:
        feed = Feed(office.case_log, (SEEING,), office.view_store)
        begin.wait()
        for _ in range(400):
            feed.step()

    feeds = [threading.Thread(target=carry_along) for _ in range(2)]
    for feed in feeds:
        feed.start()
    begin.wait()
    a_varied_history(story)
    for feed in feeds:
        feed.join()
    carry(Feed(office.case_log, (SEEING,), office.view_store))
    assert seen(office) == everything_in_the_log(office)


def test_D6_what_a_view_ignores_still_moves_its_position(story: Story, office: Installation) -> None:
    feed = a_feed(office, IGNORING)
    record = CommandRecord.carried_out(
        id=uuid4(), route="POST /", digest=b"", status=200, answer="{}", etag=None, by=story.by, at=story.at
    )
    story.store(record)
    carry(feed)
    assert feed.positions() == {"test_ignoring": office.case_log.head()}
    assert feed.lag() == 0


def test_D6_a_batch_that_fails_leaves_rows_and_position_as_they_were(story: Story, office: Installation) -> None:
    def stumble(connection: Connection, event: Event, position: int) -> None:
        see(connection, event, position)
        raise ZeroDivisionError

    story.case()
    feed = a_feed(office, replace(SEEING, apply=stumble))
    with pytest.raises(ZeroDivisionError):
        feed.step()
    assert feed.positions() == {"test_seeing": 0}
    assert seen(office) == []


def test_D6_a_view_that_is_behind_catches_up_and_the_others_wait_unharmed(story: Story, office: Installation) -> None:
    story.case()
    feed = a_feed(office, SEEING, IGNORING)
    carry(feed)
    feed.rebuild(IGNORING)
    story.case()
    carry(feed)
    assert seen(office) == everything_in_the_log(office)
    assert set(feed.positions().values()) == {office.case_log.head()}


def test_D6_a_view_can_be_rebuilt_beside_a_running_feed(
    story: Story, office: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "BATCH", 3)
    feed = a_feed(office)
    done = threading.Event()
    runner = threading.Thread(target=feed.run, args=(lambda _seconds: None, done.is_set))
    runner.start()
    a_varied_history(story)
    for _ in range(10):
        feed.rebuild(SEEING)
    while feed.lag():
        pass
    done.set()
    runner.join()
    assert seen(office) == everything_in_the_log(office)


def test_D5_a_restart_that_is_cut_off_leaves_the_view_as_it_was(story: Story, office: Installation) -> None:
    story.case()
    carry(a_feed(office))
    with office.view_store.connect() as connection:
        feed_module._restart(connection, SEEING)
        connection.rollback()
    assert seen(office) == everything_in_the_log(office)
    assert Feed(office.case_log, (SEEING,), office.view_store).lag() == 0


def test_D5_a_view_of_another_version_is_emptied_and_filled_again(story: Story, office: Installation) -> None:
    story.case()
    carry(a_feed(office))
    carry(a_feed(office, replace(SEEING, version="2")))
    assert seen(office) == everything_in_the_log(office)


def test_D5_a_view_of_the_same_version_is_left_alone(story: Story, office: Installation) -> None:
    story.case()
    carry(a_feed(office))
    assert carry(a_feed(office)) == []
    assert seen(office) == everything_in_the_log(office)


def test_D11_a_new_rulebook_rebuilds_the_views_that_compute_dates_and_no_others(office: Installation) -> None:
    books = office.rulebooks.oldest_first
    later = replace(books[-1], version="later", valid_from=date(2031, 1, 1))
    before, after = (
        {view.name: view.version for view in views(DatedRules(rules, office.working_days))}
        for rules in (books, (*books, later))
    )
    changed = {name for name in before if before[name] != after[name]}
    assert {"deadlines", "leases_ending"} <= changed
    assert not changed & {"people", "waiting_list", "task_inbox", "agenda", "access_log"}


def test_C02_what_is_rebuilt_is_what_was_live_in_every_view(
    story: Story, office: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "BATCH", 7)
    story.carry_forward()
    a_varied_history(story)
    story.carry_forward()
    live = contents(office)
    for feed in office.feeds:
        for view in feed.views:
            feed.rebuild(view)
    assert not any(contents(office).values())
    story.carry_forward()
    assert contents(office) == live


def test_C02_the_history_that_is_compared_leaves_a_row_in_every_view(story: Story, office: Installation) -> None:
    a_varied_history(story)
    story.carry_forward()
    assert [name for name, rows in contents(office).items() if not rows] == []


def test_R10_no_view_holds_a_name_or_a_sentence_in_clear(story: Story, office: Installation) -> None:
    a_varied_history(story)
    story.carry_forward()
    everything = repr(contents(office))
    assert "Sealed" in everything
    assert "Eksempelsen" not in everything
    assert "Prøve" not in everything
    assert "avtal besøk" not in everything


def test_D5_every_process_can_prepare_what_is_there_already(office: Installation) -> None:
    for feed in office.feeds:
        feed.prepare()
    names: set[str] = {name for feed in office.feeds for name in feed.positions()}
    assert names == {view.name for view in views(office.dated_rules)}


def test_C05_the_history_of_a_case_finds_every_event_about_it(story: Story, office: Installation) -> None:
    a_varied_history(story)
    story.carry_forward()
    about: dict[UUID, list[int]] = {}
    for recorded in office.case_log.after(0, 1_000_000):
        for case in set(case_history.cases_of(recorded.event)):
            about.setdefault(case, []).append(recorded.position)
    with office.view_store.connect() as connection:
        for case, positions in about.items():
            assert [row.position for row in case_history.of_case(connection, case)] == positions


@pytest.mark.parametrize("filled", [True, False], ids=["filled", "sparse"])
def test_C02_every_view_takes_every_event_there_is(filled: bool, office: Installation) -> None:
    for event_class in event_classes():
        with office.view_store.connect() as connection:
            for feed in office.feeds:
                for view in feed.views:
                    view.apply(connection, example(event_class, filled=filled), 1)
