"""A real server for the bench: gunicorn as `plainview serve` starts it, in a process of its own.

In:   the throwaway house.
Out:  a port that answers; the memory and the CPU of all its processes.
Not here: what is asked of it (load).
"""

import io
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command

HOST = "127.0.0.1"
UP_WITHIN = 60
DOWN_WITHIN = 20


class NotUp(Exception):
    """The server did not start, or stopped by itself."""


@dataclass(slots=True)
class Server:
    process: subprocess.Popen
    port: int

    @property
    def pids(self) -> list[int]:
        """The master and its workers."""
        master = self.process.pid
        try:
            workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        except OSError:
            workers = []
        return [master, *(int(pid) for pid in workers)]

    def memory_mb(self) -> float | None:
        """Proportional set size: what two processes share is counted once. None where /proc does not say."""
        sizes = [_pss_kb(pid) for pid in self.pids]
        return None if None in sizes else sum(sizes) / 1024

    def cpu_seconds(self) -> float | None:
        times = [_cpu_seconds(pid) for pid in self.pids]
        return None if None in times else sum(times)


def main(port: str) -> None:
    call_command("serve", host=HOST, port=int(port), stdout=io.StringIO())


@contextmanager
def server() -> Iterator[Server]:
    port = free_port()
    words = [sys.executable, "-m", "plainview.site.bench", "serve", str(port)]
    # What a worker beside it says must not stand among our figures.
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)  # noqa: S603 - our own module, a number
    try:
        _wait_until_up(process, port)
        yield Server(process, port)
    finally:
        _stop(process)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def _wait_until_up(process: subprocess.Popen, port: int) -> None:
    give_up = time.monotonic() + UP_WITHIN
    while time.monotonic() < give_up:
        if process.poll() is not None:
            raise NotUp(f"the server ended with {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    raise NotUp(f"nothing answered on {HOST}:{port} within {UP_WITHIN} s")


def _stop(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(DOWN_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _pss_kb(pid: int) -> int | None:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), None)


def _cpu_seconds(pid: int) -> float | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
