"""The site's side of the shell: `plainview` opens this door when a command needs the site.

In:   a command's name and its arguments.
Out:  an exit code.
Not here: the words of `plainview` itself (cli); what a command does (the management commands of the rooms).
"""

import os
import sys

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import (
    CommandError,
    call_command,
    execute_from_command_line,
    get_commands,
    load_command_class,
)

from plainview.core.mendable import Mendable

OF_THE_CLASSROOM = {"rebuild", "content", "import"}


def run(command: str, arguments: list[str]) -> int:
    if command == "demo":
        _as_demonstration()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plainview.site.settings")
    try:
        django.setup()
    except ImproperlyConfigured as fault:  # a setting that the operator can put right
        raise Mendable(str(fault)) from fault
    if command in OF_THE_CLASSROOM and "classroom" not in settings.FACES:
        raise Mendable(
            f"plainview {command} is of the classroom, and there is none here. "
            "See docs/settings.md#plainview_faces."
        )
    asks_what_it_is = command != "manage" and bool({"-h", "--help"} & set(arguments))
    if not asks_what_it_is:
        _first([command, *arguments])
    if command == "manage":
        execute_from_command_line(["plainview manage", *arguments])
        return 0
    name = command
    if command == "import":
        name, command, arguments = f"import {arguments[0]}", f"import_{arguments[0]}", arguments[1:]
    if asks_what_it_is:
        load_command_class(get_commands()[command], command).print_help("plainview", name)
        return 0
    try:
        outcome = call_command(command, *arguments)
    except CommandError as fault:
        raise Mendable(str(fault)) from fault
    except KeyboardInterrupt:
        return 130
    return int(outcome) if outcome else 0


def _first(words: list[str]) -> None:
    """A new folder has no tables: the first class makes them, and a reckoning says that there is nothing."""
    from plainview.site import prepare  # its models can be read only after the setup

    if words[:2] in (["manage", "enrol"], ["manage", "appoint"]) and not {"-h", "--help"} & set(words):
        prepare.prepare(say=lambda what: sys.stdout.write(f"   {what} ...\n"))
    elif words[0] == "rebuild" and prepare.is_behind():
        raise Mendable(
            f"{settings.HOME}: found no school that is ready, expected one that `plainview serve` has "
            "opened. PLAINVIEW_HOME says where yours is; the demonstration's is var/demo."
        )


def _as_demonstration() -> None:
    """Made-up people on this machine: the one case in which links sign in, and plain http is enough."""
    os.environ["PLAINVIEW_DEMO"] = "yes"
    os.environ["PLAINVIEW_HTTPS"] = "no"
    os.environ.setdefault("PLAINVIEW_FACES", "classroom desk")
    # Beside a real school's folder, never in it: made-up children must not stand in a real ledger.
    os.environ.setdefault("PLAINVIEW_HOME", "var/demo")
    sys.stdout.reconfigure(line_buffering=True)
