"""Which part of a request the CPU time of a process goes to: exact, by thread, at the doors of each part."""

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from importlib import import_module
from typing import Any

DOORS: Mapping[str, tuple[str, ...]] = {
    "token": ("services.api.tokens:Verifier.verify",),
    "seat": ("services.seating:seated",),
    "strict JSON": ("services.api.middleware:check_json",),
    "permit": (
        "services.permits:Permits._decide",
        "services.permits:Permits.reach",
        "services.permits:Permits.vacancies",
    ),
    "facts": tuple(f"services.log.fact_reader:FactReader.{name}" for name in ("of", "reach", "inhabil")),
    "streams": tuple(f"services.log.event_log:EventLog.{name}" for name in ("find", "head", "stream"))
    + tuple(f"services.log.event_log:CaseLog.{name}" for name in ("find_with_head", "load_many")),
    "decode": ("services.log.mapper:EventMapper.to_domain_event",),
    "seal and open": (
        "services.vault:Vault.seal_many",
        "services.vault:Vault.open_many",
        "services.vault:Vault.person_for",
        "services.vault:Vault.find_person",
        "services.vault:Vault.digest",
        "services.vault:Vault.position_token",
    ),
    "disclosure": ("services.permits:Permits._disclose",),
    "save": ("services.log.event_log:CaseLog.append",),
    "views": ("sqlalchemy.engine.base:Connection.execute", "sqlalchemy.engine.base:Engine.connect"),
}
"""The doors of each part: `module:function` or `module:Class.method`. What a part calls belongs to it, other parts excepted."""

LOOP = "event loop: HTTP, routing, validation"
THREADS = "threads: commands, queries, answers"

WHOLE = frozenset({"disclosure"})
"""Parts that keep to themselves what they call of other parts: a line in the log is one thing."""

OUTERMOST = frozenset({"views"})
"""Parts with a door that others use too: theirs is only what nobody else has asked for."""


@dataclass
class Spent:
    """What one thread has spent, in nanoseconds of CPU, and the parts it is in, the innermost last."""

    in_loop: bool
    within: list[str] = field(default_factory=list)
    by_part: Counter[str] = field(default_factory=Counter)
    since: int = 0

    def enter(self, part: str) -> None:
        self._count()
        self.within.append(part)

    def leave(self) -> None:
        self._count()
        self.within.pop()

    def stays(self, part: str) -> bool:
        """Whether passing this door changes nothing."""
        if not self.within:
            return False
        innermost = self.within[-1]
        return innermost == part or innermost in WHOLE or part in OUTERMOST

    def _count(self) -> None:
        now = time.thread_time_ns()
        if self.within:
            self.by_part[self.within[-1]] += now - self.since
        self.since = now


class Meter:
    """Counts for all threads of this process."""

    def __init__(self) -> None:
        self._here = threading.local()
        self._threads: list[Spent] = []
        self._loop = time.pthread_getcpuclockid(threading.main_thread().ident or 0)

    def watch(self, parts: Mapping[str, tuple[str, ...]] = DOORS) -> None:
        """Put a counter at every door, wherever it has been imported. Raises AttributeError for a door that is not there."""
        for part, doors in parts.items():
            for door in doors:
                self._put_at(door, part)

    def read(self) -> dict[str, float]:
        """Milliseconds of CPU so far, by part; what no part has used is `LOOP` or `THREADS`, by where it ran."""
        in_loop, in_threads = (
            sum((spent.by_part for spent in self._threads if spent.in_loop is where), Counter[str]())
            for where in (True, False)
        )
        loop, process = time.clock_gettime_ns(self._loop), time.process_time_ns()
        rest = {LOOP: loop - in_loop.total(), THREADS: process - loop - in_threads.total()}
        return {name: each / 1e6 for name, each in (in_loop + in_threads + Counter(rest)).items()}

    def _put_at(self, door: str, part: str) -> None:
        module_name, _, path = door.partition(":")
        module = import_module(module_name)
        *outer, name = path.split(".")
        owner: Any = getattr(module, outer[0]) if outer else module
        found = getattr(owner, name)
        counted = self._counted(part, found)
        setattr(owner, name, counted)
        if not outer:
            _replace_everywhere(name, found, counted)

    def _counted(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def counted(*args: Any, **kwargs: Any) -> Any:
            spent = self._of_this_thread()
            if spent.stays(part):
                return function(*args, **kwargs)
            spent.enter(part)
            try:
                return function(*args, **kwargs)
            finally:
                spent.leave()

        return counted

    def _of_this_thread(self) -> Spent:
        spent: Spent | None = getattr(self._here, "spent", None)
        if spent is None:
            spent = self._here.spent = Spent(threading.current_thread() is threading.main_thread())
            self._threads.append(spent)
        return spent


def _replace_everywhere(name: str, found: object, counted: object) -> None:
    for module in list(sys.modules.values()):
        if vars(module).get(name) is found:
            setattr(module, name, counted)
