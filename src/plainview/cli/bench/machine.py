"""Which machine, which versions, which day: a figure without them says nothing.

In:   /proc where there is one.
Out:  one small record.
Not here: the machine's name, or anything else that tells whose it is.
"""

import os
import platform
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    on: str
    cpu: str
    n_cores: int
    memory_gib: float | None
    busy_before: float  # processes that wanted a core in the minute before; above 0.5 the figures are noisy
    system: str
    python: str
    versions: Mapping[str, str]  # of what was measured, and of what it was measured against


def read(*, on: date, versions: Mapping[str, str]) -> Machine:
    return Machine(
        on=on.isoformat(),
        cpu=cpu(),
        n_cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        memory_gib=memory_gib(),
        busy_before=round(os.getloadavg()[0], 2),
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        versions=dict(versions),
    )


def versions_of(*packages: str) -> dict[str, str]:
    """Of those that are installed."""
    found = {}
    for package in packages:
        with suppress(PackageNotFoundError):
            found[package] = version(package)
    return found


def cpu() -> str:
    return _after("/proc/cpuinfo", "model name") or platform.processor() or platform.machine()


def memory_gib() -> float | None:
    found = _after("/proc/meminfo", "MemTotal")
    return round(int(found.split()[0]) / 1024**2, 1) if found else None


def _after(path: str, name: str) -> str:
    try:
        text = Path(path).read_text()
    except OSError:
        return ""
    lines = (line.split(":", 1) for line in text.splitlines() if line.startswith(name))
    return next((value.strip() for _name, value in lines), "")


def sentence(machine: Machine) -> str:
    return f"{about(machine)}; load of the minute before: {machine.busy_before:g}"


def about(machine: Machine) -> str:
    """What stays the same from one minute to the next."""
    memory = f", {machine.memory_gib:g} GiB" if machine.memory_gib else ""
    versions = ", ".join(f"{name} {version}" for name, version in machine.versions.items())
    return (
        f"{machine.on}: {machine.cpu}, {machine.n_cores} cores{memory}; {machine.system}, "
        f"Python {machine.python}, {versions}"
    )
