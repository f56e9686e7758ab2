"""What the reader can mend: shown as sentences, never as a traceback. Anything else is our bug.

In:   the faults that were found, each a sentence that says where, what was found, what was expected.
Out:  one exception that holds them all, and reads as they stand.
Not here: faults of our own making. Those keep their traceback.
"""

from collections.abc import Iterable

# A reader who sees fifty faults has understood; the rest would hide the first.
MOST_FAULTS_SHOWN = 50


class Mendable(Exception):
    """Something that the reader can put right: a file, a word on the command line, a missing package."""

    def __init__(self, *faults: str) -> None:
        self.faults = faults or ("Something could not be read, and we do not know what.",)
        super().__init__(sentence(self.faults))


def sentence(faults: Iterable[str]) -> str:
    """All faults, one a line; the fifty-first and later ones are counted."""
    lines = list(faults)
    beyond = len(lines) - MOST_FAULTS_SHOWN
    if beyond > 0:
        lines = [*lines[:MOST_FAULTS_SHOWN], f"... and {beyond} more of the kind."]
    return "\n".join(lines)
