"""A task: a function that may outlive the request which asked for it.

In:   a function ``f(progress, **arguments)`` of any room, and its name. Its arguments are JSON.
Out:  the same function, known by that name; ``f(progress, ...)`` still calls it.
Not here: asking for it (enqueue), doing it (work).

The shape is that of ``django.tasks``. A task is written so that doing it twice does no harm: a worker may be
killed after the deed and before the note that it was done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

LONGEST = timedelta(hours=6)
TASKS: dict[str, "Task"] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    name: str  # "reviews.run": the room, and what is done
    function: Callable[..., Any]
    most_attempts: int = 3
    # Comes again by itself so long after its end. It stands in its room's ``tasks.py``: a worker looks there.
    every: timedelta | None = None
    longest: timedelta = LONGEST  # after which its worker's process ends: that was an attempt

    def __call__(self, progress: Any, **arguments: Any) -> Any:
        return self.function(progress, **arguments)

    @property
    def module(self) -> str:
        return self.function.__module__


def task(
    *,
    name: str,
    most_attempts: int = 3,
    every: timedelta | None = None,
    longest: timedelta = LONGEST,
) -> Callable[[Callable[..., Any]], Task]:
    def keep(function: Callable[..., Any]) -> Task:
        there = TASKS.get(name)
        if there and there.module != function.__module__:
            raise ValueError(f"Two tasks are called {name}: in {there.module} and in {function.__module__}.")
        TASKS[name] = Task(
            name=name, function=function, most_attempts=most_attempts, every=every, longest=longest
        )
        return TASKS[name]

    return keep
