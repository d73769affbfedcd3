"""Many writers on one case: one winner for each version, nothing lost, nothing doubled (R07)."""

import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from uuid import UUID

from httpx2 import Response, codes

from domain.cases.application import Application
from domain.cases.consent import Consent, consent_id
from tests.api.office import Caller, Office
from tests.races.meeting import chance
from tests.races.pairs import Ground, Sent

SCOPES = {"scopes": [{"unit": "nav"}, {"unit": "psykisk_helse"}]}
GIVEN = {**SCOPES, "given_on": "2026-12-01", "channel": "form"}
NARROWED = {"scopes": [{"unit": "nav"}]}
GO_FIRST = ("withdrawal", "narrowing")


@dataclass
class Tally:
    """What the writers saw. `winners`: for each version that was built on, how many changes of it were stored."""

    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    winners: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    tag: str | None = None
    lock: Lock = field(default_factory=Lock)

    def stored(self, kind: str) -> int:
        """How many commands of that kind were stored, as their senders were told."""
        return sum(number for (name, answer), number in self.answers.items() if (name, answer) == (kind, "stored"))

    def lost(self, *kinds: str) -> int:
        """How many of those kinds (of all when none is named) were told that they lost a race."""
        return sum(
            number
            for (name, answer), number in self.answers.items()
            if answer == "race_lost" and name in (kinds or (name,))
        )

    def percentile(self, share: float) -> float:
        """The time, in seconds, within which that share of the commands was answered."""
        return sorted(self.seconds)[int(share * (len(self.seconds) - 1))]


@dataclass(frozen=True)
class Case:
    """The case that everybody writes to, and its application."""

    id: str
    application: str
    caller: Caller

    def commands(self) -> tuple[tuple[str, int, Sent, bool], ...]:
        """Each kind of command with its weight, and whether it names the version that it builds on."""
        supplement = Sent(self.caller, f"/applications/{self.application}/supplements", {"text": "Et nytt brev."})
        consent = f"/cases/{self.id}/consent"
        return (
            ("supplement", 40, supplement, False),
            ("supplement_of_version", 30, supplement, True),
            ("consent", 14, Sent(self.caller, consent, GIVEN), False),
            ("narrowing", 8, Sent(self.caller, f"{consent}/narrowing", NARROWED), False),
            ("withdrawal", 8, Sent(self.caller, f"{consent}/withdrawal"), False),
        )


def write(ground: Ground, offices: Sequence[Office], *, writers: int, commands: int, seed: int) -> tuple[Case, Tally]:
    """Let `writers` send `commands` in all, by way of every office in turn."""
    hers, tally = ground.with_a_saksbehandler(), Tally()
    received = hers.saksbehandler.do("/applications", hers.application())
    case = Case(received["case"], received["application"], hers.saksbehandler)

    def one(number: int) -> None:
        random = chance(f"{seed} {number}")
        kinds = case.commands()
        for _ in range(commands // writers):
            ((kind, _, sent, of_version),) = random.choices(kinds, [weight for _, weight, _, _ in kinds])
            _send(tally, kind, sent.by_way_of(offices[number % len(offices)]), of_version=of_version)

    with ThreadPoolExecutor(writers) as people:
        list(people.map(one, range(writers)))
    return case, tally


def mistakes(ground: Ground, case: Case, tally: Tally) -> list[str]:
    """What is not as it must be, in words; nothing when all is well."""
    log = ground.office.installation.case_log
    supplements = [event for event in log.stream(UUID(case.application)) if isinstance(event, Application.Supplemented)]
    told = tally.stored("supplement") + tally.stored("supplement_of_version")
    consents = Counter(type(event).__name__ for event in log.stream(consent_id(UUID(case.id))))
    found = {
        f"{len(supplements)} supplements in the log, {told} were answered as stored": len(supplements) != told,
        "withdrawals lost or doubled": consents[Consent.Withdrawn.__name__] != tally.stored("withdrawal"),
        "narrowings lost or doubled": consents[Consent.Narrowed.__name__] != tally.stored("narrowing"),
        "a version with two winners": any(number > 1 for number in tally.winners.values()),
        "two commands at one position": len(set(tally.positions)) != len(tally.positions),
        "a withdrawal or a narrowing lost a race": tally.lost(*GO_FIRST) > 0,
        "an answer that is neither stored nor a refusal": any("5xx" in answer for _, answer in tally.answers),
    }
    return [what for what, is_so in found.items() if is_so]


def _send(tally: Tally, kind: str, sent: Sent, *, of_version: bool) -> None:
    with tally.lock:
        tag = tally.tag if of_version else None
    began = time.monotonic()
    response = sent.caller.post(sent.path, sent.body, **({"If_Match": tag} if tag else {}))
    with tally.lock:
        tally.seconds.append(time.monotonic() - began)
        tally.answers[kind, _answer(response)] += 1
        if response.is_success:
            vault = sent.caller.office.installation.vault
            tally.positions.append(vault.position_of(response.headers["Husrom-Position"]))
            tally.winners.update([tag] if tag else [])
            if kind.startswith("supplement"):
                tally.tag = response.headers["ETag"]


def _answer(response: Response) -> str:
    if response.is_success:
        return "stored"
    if response.status_code >= codes.INTERNAL_SERVER_ERROR:
        return f"5xx {response.status_code}"
    problem: dict[str, Any] = response.json()
    return str(problem["type"]).rpartition("/")[2]
