"""One worker beside the web processes: started with them, stopped with them, replaced when it dies.

In:   nothing.
Out:  a process that does what outlives a request (`plainview work`).
Not here: that work; more workers. On another machine, or for more at once, run `plainview work` itself.
"""

import os
import subprocess
import sys
from threading import Event, Lock, Thread

from django.conf import settings

BREATH_S = 1.0  # a worker that cannot start would otherwise be started again without end
LEAVES_S = 10.0  # a job that says nothing for longer is taken up again after the next start

# A web process that is forked while the worker is being started would keep the pipe open on which we wait to
# hear that it has begun, and we would wait for ever. So one is born after the other.
_birth = Lock()
os.register_at_fork(before=_birth.acquire, after_in_parent=_birth.release, after_in_child=_birth.release)


class Beside:
    def __init__(self, command: list[str] | None = None) -> None:
        here = str(os.getpid())
        self.command = command or [sys.executable, "-m", "plainview.cli", "work", "--with", here]
        self.process: subprocess.Popen | None = None
        self._over = Event()
        self._keeper = Thread(target=self._keep, name="worker", daemon=True)

    def start(self) -> None:
        self._keeper.start()

    def stop(self) -> None:
        self._over.set()
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(LEAVES_S)
            except subprocess.TimeoutExpired:
                self.process.kill()

    def _keep(self) -> None:
        while not self._over.is_set():
            with _birth:
                self.process = subprocess.Popen(self.command)  # noqa: S603 - our own interpreter, our own word
            self.process.wait()
            self._over.wait(BREATH_S)


def worker_beside() -> Beside | None:
    """Only the desk has work of this kind: a classroom stays one small server."""
    return Beside() if "desk" in settings.FACES else None
