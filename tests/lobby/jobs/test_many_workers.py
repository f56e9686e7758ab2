"""Workers in processes of their own, on one file: none takes what another has, and a dead one is replaced."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SETUP = "import django; django.setup()\n"
ASK = (
    SETUP
    + """
import json, sys
from django.core.management import call_command
from django.utils import timezone
from plainview.lobby.jobs.enqueue import enqueue
from tests.lobby.jobs import made_up
from plainview.lobby.jobs.task import TASKS
if sys.argv[1] == "tables":
    call_command("migrate", "jobs", verbosity=0)
else:
    for arguments in json.loads(sys.argv[2]):
        enqueue(TASKS[sys.argv[1]], arguments=arguments, at=timezone.now())
"""
)
WORK = (
    SETUP
    + """
import sys
from datetime import timedelta
from plainview.lobby.jobs import work
work.wind_up_clocks = lambda: None
work.work(once=sys.argv[1] == "once", length=timedelta(seconds=1))
"""
)
SHOW = (
    SETUP
    + """
from plainview.lobby.jobs.models import Job
for job in Job.objects.order_by("pk"):
    print(job.state, job.attempts)
"""
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """The tables, made once."""
    home = tmp_path_factory.mktemp("empty") / "home"
    run(home, ASK, "tables")
    return home / "plainview.sqlite3"


@pytest.fixture
def home(empty, tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "plainview.sqlite3").write_bytes(empty.read_bytes())
    return folder


def environment(home):
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PLAINVIEW_", "DJANGO_"))}
    ours = {"PLAINVIEW_HOME": str(home), "DJANGO_SETTINGS_MODULE": "plainview.site.settings"}
    return clean | ours | {"PLAINVIEW_FACES": "desk"}


def run(home, code, *words):
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        env=environment(home),
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.split()


@contextmanager
def worker(home, *command):
    process = subprocess.Popen(
        [sys.executable, *(command or ("-c", WORK, "once"))],
        env=environment(home),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until_it_says(path, words, n=1, seconds=20):
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if path.exists() and path.read_text().count(words) >= n:
            return
        time.sleep(0.05)
    raise AssertionError(f"{path.name} never said {words!r}")


def test_two_workers_never_take_one_job_twice(home, tmp_path):
    into, n = tmp_path / "done.txt", 300
    run(home, ASK, "made_up.note", json.dumps([{"into": str(into), "number": i} for i in range(n)]))
    with worker(home) as one, worker(home) as two:
        assert (one.wait(60), two.wait(60)) == (0, 0)
    lines = [line.split() for line in into.read_text().splitlines()]
    assert Counter(int(number) for number, _who in lines) == Counter(range(n))
    assert run(home, SHOW) == ["done", "1"] * n


def test_a_worker_that_is_killed_mid_job_is_replaced_after_its_lease(home, tmp_path):
    into = tmp_path / "said.txt"
    run(home, ASK, "made_up.slow", f'[{{"into": "{into}", "seconds": 2}}]')
    with worker(home) as first:
        until_it_says(into, "begun")
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert run(home, SHOW) == ["running", "1"]
    # Its own lease lasts one second; the task two. The second worker keeps it by its heart alone.
    with worker(home, "-c", WORK, "on"), worker(home, "-c", WORK, "on"):
        until_it_says(into, "ended")
        time.sleep(0.3)
    words = [line.split()[0] for line in into.read_text().splitlines()]
    assert words == ["begun", "begun", "ended"]
    assert run(home, SHOW) == ["done", "2"]


def test_a_task_that_hangs_ends_its_worker_and_after_the_usual_attempts_it_is_broken(home):
    run(home, ASK, "made_up.hang", "[{}]")
    for attempt in ("1", "2", "3"):
        with worker(home) as one:
            assert one.wait(15) == 1
        assert run(home, SHOW) == ["running", attempt]
        time.sleep(1.1)  # its lease
    with worker(home) as last:
        assert last.wait(15) == 0
    assert run(home, SHOW)[0] == "broken"


def test_a_worker_that_is_told_to_stop_gives_its_job_back_and_goes(home, tmp_path):
    into = tmp_path / "said.txt"
    run(home, ASK, "made_up.polite", f'[{{"into": "{into}", "seconds": 30}}]')
    with worker(home, "-m", "plainview.cli", "work") as one:
        until_it_says(into, "begun")
        one.send_signal(signal.SIGTERM)
        assert one.wait(10) == 0
    assert run(home, SHOW)[:2] == ["waiting", "0"]
