"""The worker beside the server: started again whenever it ends, whatever else is born meanwhile."""

import os
import shutil
import time

from plainview.site import beside

CHILDREN, LIVE_S = 40, 1.0


def test_processes_that_are_forked_meanwhile_do_not_hold_it_up(monkeypatch):
    monkeypatch.setattr(beside, "BREATH_S", 0)
    one = beside.Beside([shutil.which("true")])
    one.start()
    children = [os.fork() or _lives_a_while() for _ in range(CHILDREN)]
    time.sleep(0.1)
    before = one.process.pid
    time.sleep(0.4)
    goes_on = one.process.pid != before
    one.stop()
    for child in children:
        os.waitpid(child, 0)
    assert goes_on, "a web process held the pipe on which the keeper waits"


def _lives_a_while() -> int:
    time.sleep(LIVE_S)
    os._exit(0)
