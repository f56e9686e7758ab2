"""Bring the house into order before its door opens: tables, static files, the teaching content.

In:   a home folder, maybe an empty one.
Out:  a database at its newest shape; nothing that was there is lost.
Not here: people. A real school makes its own; the demonstration makes some up.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import allauth
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

Say = Callable[[str], None]


def prepare(*, say: Say) -> None:
    if is_behind():
        say("preparing the database")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
    call_command("clearsessions")  # of those who never signed out
    _static_files(say)
    if "classroom" in settings.FACES:
        _content(say)


def is_behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _static_files(say: Say) -> None:
    """Once for each state of the sources: hashing and compressing takes a second that a restart can spare."""
    # The library's scripts for passkeys count too: an upgrade changes them and nothing of ours.
    homes = (settings.HERE.parent, Path(allauth.__file__).parent)
    sources = (file for home in homes for file in home.rglob("static/**/*") if file.is_file())
    with _when_changed(settings.STATIC_ROOT / "made-from", sources) as changed:
        if changed:
            say("gathering style and scripts")
            call_command("collectstatic", interactive=False, verbosity=0)


def _content(say: Say) -> None:
    """What a teacher changed in the files is there after the next start."""
    # A desk alone has no such tables.
    from plainview.classroom.curriculum.management.commands.content import shipped_content
    from plainview.classroom.curriculum.models import Activity

    try:
        with _when_changed(settings.HOME / "content-made-from", shipped_content().rglob("*.yaml")) as changed:
            if changed:
                say("reading the teaching content")
                call_command("content", "load", verbosity=0)
    except CommandError as fault:
        if not Activity.objects.exists():
            raise
        # A slip in one file must not close the school; it is said again at each start until it is mended.
        say(f"a unit with a fault stays as it was before:\n{fault}")


@contextmanager
def _when_changed(marker: Path, sources: Iterable[Path]) -> Iterator[bool]:
    """Whether any of the files is newer than at the last time this was done; noted only when it went well."""
    state = " ".join(str(n) for n in _state(sources))
    changed = not marker.exists() or marker.read_text() != state
    yield changed
    if changed:
        marker.parent.mkdir(parents=True, exist_ok=True)
        marker.write_text(state)


def _state(sources: Iterable[Path]) -> tuple[int, int]:
    times = [file.stat().st_mtime_ns for file in sources]
    return len(times), max(times, default=0)
