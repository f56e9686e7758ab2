"""The site's side of the shell: `plainview` opens this door when a command needs the site.

In:   a command's name and its arguments.
Out:  an exit code.
Not here: the words of `plainview` itself (cli); what a command does (the management commands of the rooms).
"""

import os
import sys

import django
from django.core.management import CommandError, call_command, execute_from_command_line

from plainview.core.mendable import Mendable


def run(command: str, arguments: list[str]) -> int:
    if command == "demo":
        _as_demonstration()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plainview.site.settings")
    if command == "manage":
        execute_from_command_line(["plainview manage", *arguments])
        return 0
    if command == "import":
        command, arguments = f"import_{arguments[0]}", arguments[1:]
    django.setup()
    try:
        outcome = call_command(command, *arguments)
    except CommandError as fault:
        raise Mendable(str(fault)) from fault
    except KeyboardInterrupt:
        return 130
    return int(outcome) if outcome else 0


def _as_demonstration() -> None:
    """Made-up people on this machine: the one case in which links sign in, and plain http is enough."""
    os.environ["PLAINVIEW_DEMO"] = "yes"
    os.environ["PLAINVIEW_HTTPS"] = "no"
    # Beside a real school's folder, never in it: made-up children must not stand in a real ledger.
    os.environ.setdefault("PLAINVIEW_HOME", "var/demo")
    sys.stdout.reconfigure(line_buffering=True)
