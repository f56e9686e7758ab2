"""The site's side of the shell: `plainview` opens this door when a command needs the site.

In:   a command's name and its arguments.
Out:  an exit code.
Not here: parsing the words of `plainview` itself (cli).
"""

import os

import django
from django.core.management import call_command, execute_from_command_line


def run(command: str, arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plainview.site.settings")
    if command == "manage":
        execute_from_command_line(["plainview manage", *arguments])
        return 0
    django.setup()
    outcome = call_command(command, *arguments)
    return int(outcome) if outcome else 0
