"""Which machine and which versions the classroom was measured on.

In:   what is installed.
Out:  the machine as the core's bench tells it, with the versions of what serves a classroom.
Not here: what a machine tells of itself (cli.bench.machine).
"""

import sqlite3
from datetime import date
from importlib.metadata import version

from plainview.cli.bench import machine as machines
from plainview.cli.bench.machine import Machine


def read(*, on: date) -> Machine:
    versions = {
        "Django": version("django"),
        "SQLite": sqlite3.sqlite_version,
        "gunicorn": version("gunicorn"),
    }
    return machines.read(on=on, versions=versions)
