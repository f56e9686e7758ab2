"""A demonstration school, built by the real command and served by the real server.

In:   a folder.
Out:  an address on loopback, and the links that `plainview demo` prints.
Not here: a browser (conftest), a walk through the pages (walk).
"""

import fcntl
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

COMMAND = [sys.executable, "-m", "plainview.cli", "demo"]
CUT = Path(__file__).parent / "cut"
KNOCK = "THE NETWORK IS CUT"
LINK = re.compile(r"^ +(\w+) +(http\S+)$", re.MULTILINE)
ROLES = ("teacher", "student", "family", "specialist", "principal")
OF_THE_DESK = ("chair", "expert", "expert2", "expert3", "steward", "officer", "vendor")
PRINTED = {*ROLES, *OF_THE_DESK, "anyone"}


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    home: Path
    url: str
    links: dict[str, str]  # role: the link that signs in

    @property
    def log(self) -> str:
        return (self.home / "said").read_text()

    def ask(self, sql: str, *values) -> list[tuple]:
        """What stands in its database, read from beside the server."""
        with closing(sqlite3.connect(f"file:{self.home}/plainview.sqlite3?mode=ro", uri=True)) as db:
            return db.execute(sql, values).fetchall()


def environment(home: Path) -> dict[str, str]:
    """As on a fresh machine, with the network cut: see cut/sitecustomize.py."""
    mine = {
        "PLAINVIEW_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "plainview.site.settings",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(CUT), os.environ.get("PYTHONPATH")])),
    }
    return {key: value for key, value in os.environ.items() if not key.startswith("PLAINVIEW_")} | mine


def build_once(home: Path) -> None:
    """Two workers share one school: the first builds it, the other waits."""
    with home.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (home / "built").exists():
            return
        done = subprocess.run(
            [*COMMAND, "--only-build"], check=False, env=environment(home), capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        (home / "built").touch()


@contextmanager
def served(built: Path, home: Path) -> Iterator[School]:
    """A copy of the school with a server of its own, so that what one visitor decides troubles no other."""
    shutil.copytree(built, home)
    with serving(home) as school:
        yield school


@contextmanager
def serving(home: Path) -> Iterator[School]:
    port = _free_port()
    with (home / "said").open("w") as said:
        server = subprocess.Popen(
            [*COMMAND, "--port", str(port)], env=environment(home), stdout=said, stderr=said
        )
    try:
        school = School(home=home, url=f"http://127.0.0.1:{port}", links=_links(server, home))
        yield school
        assert KNOCK not in school.log, "the server reached out"  # whatever it was that was asked of it
    finally:
        server.send_signal(signal.SIGINT)  # at once: a kept-alive browser would hold a gentle end up
        server.wait(timeout=90)  # on a busy machine; the server itself gives its processes ten seconds


def _links(server: subprocess.Popen, home: Path) -> dict[str, str]:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        links = dict(LINK.findall((home / "said").read_text()))
        if set(links) == PRINTED:
            return links
        time.sleep(0.05)
    raise AssertionError("the demonstration did not start:\n" + (home / "said").read_text())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
