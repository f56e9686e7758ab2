"""Bring the house into order before its door opens: tables, static files, the teaching content.

In:   a home folder, maybe an empty one.
Out:  a database at its newest shape; nothing that was there is lost.
Not here: people. A real school makes its own; the demonstration makes some up.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

Say = Callable[[str], None]


def prepare(*, say: Say) -> None:
    if _is_behind():
        say("preparing the database")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
    _static_files(say)
    _content(say)


def _is_behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _static_files(say: Say) -> None:
    """Once for each state of the sources: hashing and compressing takes a second that a restart can spare."""
    marker = settings.STATIC_ROOT / "made-from"
    state = _newest_static()
    if marker.exists() and marker.read_text() == state:
        return
    say("gathering style and scripts")
    call_command("collectstatic", interactive=False, verbosity=0)
    marker.write_text(state)


def _newest_static() -> str:
    here = settings.HERE.parent
    newest = max(file.stat().st_mtime_ns for file in here.rglob("static/**/*") if file.is_file())
    return str(newest)


def _content(say: Say) -> None:
    from plainview.classroom.curriculum.models import Activity

    if not Activity.objects.exists():
        say("reading the teaching content")
        call_command("content", "load", verbosity=0)
