"""How far a long computation is, on stderr.

In:   what is done, of how much, and what is under way.
Out:  a bar on a screen; in a file a line now and then, so that it stays short.
Not here: what is computed.
"""

import sys

LENGTH = 30  # characters
LINES = 20  # at most, in a file


class Bar:
    """Called with (done, of, what); in a file it speaks only where nothing is under way."""

    def __init__(self, unit: str = "fits") -> None:
        self.unit, self.on_screen, self.told, self.said = unit, sys.stderr.isatty(), "", 0

    def __call__(self, done: int, of: int, what: str) -> None:
        if not self.on_screen:
            self._line(done, of, what)
            return
        filled = LENGTH * done // of
        line = f"[{'#' * filled}{'.' * (LENGTH - filled)}] {done} of {of} {what}".rstrip()
        print("\r" + line.ljust(len(self.told)), end="" if done < of else "\n", file=sys.stderr, flush=True)
        self.told = line

    def _line(self, done: int, of: int, what: str) -> None:
        if not what and done * LINES // of > self.said * LINES // of:
            print(f"{done} of {of} {self.unit} done", file=sys.stderr, flush=True)
            self.said = done
