"""Tasks for the tests of whoever keeps jobs."""

import os
import time
from datetime import timedelta
from pathlib import Path

from plainview.core.mendable import Mendable
from plainview.lobby.jobs.task import task


@task(name="made_up.add")
def add(progress, *, a, b):
    progress(1, 1, "adding")
    return a + b


@task(name="made_up.break")
def break_off(progress):
    raise RuntimeError("the disk of a stranger")


@task(name="made_up.ask")
def ask(progress):
    raise Mendable("answers.csv, line 4: found 'x', expected a date.")


@task(name="made_up.again", every=timedelta(hours=1))
def again(progress):
    return "tick"


@task(name="made_up.note")
def note(progress, *, into, number):
    """Write down who did it; as a task that touches a disk would."""
    with Path(into).open("a") as file:
        file.write(f"{number} {os.getpid()}\n")


@task(name="made_up.slow")
def slow(progress, *, into, seconds):
    with Path(into).open("a") as file:
        file.write(f"begun {os.getpid()}\n")
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        time.sleep(0.05)
    with Path(into).open("a") as file:
        file.write(f"ended {os.getpid()}\n")


@task(name="made_up.polite")
def polite(progress, *, into, seconds):
    """Says how far it is; a worker that is to stop leaves it there."""
    with Path(into).open("a") as file:
        file.write(f"begun {os.getpid()}\n")
    for n in range(int(seconds * 20)):
        progress(n, int(seconds * 20), "counting")
        time.sleep(0.05)


@task(name="made_up.hang", longest=timedelta(seconds=1))
def hang(progress):
    time.sleep(600)
