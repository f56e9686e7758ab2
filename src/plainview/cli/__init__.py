"""`plainview`: the core from a shell; and the door to the site, opened lazily.

In:   words of the command line.
Out:  words for people, JSON with --json, an exit code (0 yes, 1 no, 2 something to mend).
Not here: Django. Commands that need the site import it when they run, never before.
"""

from plainview.cli.ask import main

__all__ = ["main"]
