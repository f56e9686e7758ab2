"""The one door from the shell to the site.

In:   a command's word and what follows it.
Out:  what ``plainview.site.shell.run(command, arguments)`` returns: an exit code.
Not here: the site. It is looked for when a command runs, so that the core is usable without it.
"""

import importlib
from collections.abc import Mapping, Sequence

from plainview.core.mendable import Mendable

NEEDS = "The classroom needs its own packages: pip install 'plainview[site]'."

# The site's side: a module with ``run(command: str, arguments: list[str]) -> int``.
SHELL = "plainview.site.shell"

# Each command, what it does, and the word that must follow it, where only some words may.
COMMANDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "demo": ("build the demonstration, a school and a desk, and serve it on this machine", ()),
    "serve": ("serve the faces that are on: a classroom, a desk, or both", ()),
    "work": ("do the work that outlives a request; `serve` starts one by itself", ()),
    "rebuild": ("derive every estimate again from the evidence, and report any difference", ()),
    "content": ("check the content's files, or load them", ("check", "load")),
    "import": ("read in what others wrote", ("oatutor", "ccss")),
    # Core and review are answered before the door.
    "bench": ("measure how fast it is here", ("classroom", "desk", "core", "review")),
    "manage": ("Django's own commands, for whoever runs the site", ()),
}


def run(command: str, arguments: Sequence[str]) -> int:
    """Go through the door; say what to install if there is nothing behind it."""
    what, words = COMMANDS[command]
    first = arguments[0] if arguments else None
    if words and first in ("-h", "--help"):
        print(f"plainview {command} {' | '.join(words)}: {what}")
        return 0
    if words and first not in words:
        found = repr(first) if first else "nothing"
        raise Mendable(f"plainview {command}: found {found}, expected {' or '.join(words)}.")
    return _through(command, list(arguments))


def _through(command: str, arguments: list[str]) -> int:
    try:
        exit_code: int = importlib.import_module(SHELL).run(command, arguments)
    except ModuleNotFoundError as absent:
        if not _can_be_installed(f"{absent.name}"):
            raise
        raise Mendable(f"{NEEDS} ({absent.name} is not here.)") from None
    return exit_code


def _can_be_installed(name: str) -> bool:
    """Whether the reader can mend that it is not there. A part of ours that is not there is our bug."""
    return not f"{name}.".startswith("plainview.") or f"{SHELL}.".startswith(f"{name}.")
