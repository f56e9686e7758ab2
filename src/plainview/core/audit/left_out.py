"""What cannot be computed again because whoever handed the dossier on left exhibits out, and said so.

In:   left-out.toml of a dossier; what was found then and what is found now.
Out:  which exhibits are absent, which checks cannot be repeated without them, and all else that differs.
Not here: a guess. An exhibit that is absent and not named there is a difference like any other.

A check counts as not repeatable where it now cannot say, or says itself that an absent exhibit is not in its
answer. Any other number that comes out otherwise differs.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plainview.core.audit.findings import differences
from plainview.core.dossier.unread import not_in_it
from plainview.core.mendable import Mendable

NAME = "left-out.toml"
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """One exhibit that was not handed on. Whoever has it can tell by its hash."""

    file: str  # "exhibits/log.csv"
    sha256: str
    why: str  # "confidential"

    @property
    def sentence(self) -> str:
        return f"{self.file} was left out ({self.why}). Put it there to repeat all; SHA-256 {self.sha256}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What differs, and what cannot be said to."""

    differences: tuple[str, ...]
    not_repeated: tuple[str, ...]  # checks, by name


def left_out(folder: Path) -> tuple[LeftOut, ...]:
    """What the dossier says is not in it, and is not.

    Raises
    ------
    Mendable
        If left-out.toml cannot be read.
    """
    path = folder / NAME
    if not path.is_file():
        return ()
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("left_out", [])
        named = [LeftOut(file=one["file"], sha256=one["sha256"], why=one.get("why", "")) for one in rows]
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise Mendable(f"{NAME}: found {fault}, expected [[left_out]] with file and sha256.") from None
    return tuple(one for one in named if not (folder / one.file).exists())


def compared(was: Told, now: Told, absent: Sequence[LeftOut]) -> Compared:
    """Differences between two findings.json, without what follows from absent exhibits alone."""
    if not absent:
        return Compared(differences=tuple(differences(dict(was), dict(now))), not_repeated=())
    silent = _not_repeated(was["checks"], now["checks"], absent)
    then, here = (_without(one, absent, silent) for one in (was, now))
    here["told"] = _told(then["told"], here["told"], absent)
    return Compared(differences=tuple(differences(then, here)), not_repeated=tuple(sorted(silent)))


def _not_repeated(was: Sequence[Told], now: Sequence[Told], absent: Sequence[LeftOut]) -> set[str]:
    """Checks that said something else then, and now cannot say, or not of an exhibit that is absent."""
    here = {one["check"]: one["answers"] for one in now}
    without = {not_in_it(one.file) for one in absent}
    return {
        one["check"]
        for one in was
        if one["answers"] != here.get(one["check"])
        and all(_is_open(answer, without) for answer in here.get(one["check"], ()))
    }


def _is_open(answer: Told, without: set[str]) -> bool:
    return answer["kind"] == "cannot say" or not without.isdisjoint(answer["said"])


def _without(told: Told, absent: Sequence[LeftOut], silent: set[str]) -> dict[str, Any]:
    """The same without those checks, the claims that rest on them, and the absent exhibits."""
    files = {one.file for one in absent}
    return {
        **told,
        "exhibits": [one for one in told["exhibits"] if not _is_absent(one, files, absent)],
        "logs": [one for one in told["logs"] if one["file"] not in files],
        "checks": [one for one in told["checks"] if one["check"] not in silent],
        "claims": [one for one in told["claims"] if not _rests_on(one, silent)],
    }


def _is_absent(exhibit: Told, files: set[str], absent: Sequence[LeftOut]) -> bool:
    """Absent now, or the very file that was left out: one with another hash stays, and differs."""
    hashes = {(one.file, one.sha256) for one in absent}
    return exhibit["file"] in files and (
        not exhibit["sha256"] or (exhibit["file"], exhibit["sha256"]) in hashes
    )


def _rests_on(claim: Told, silent: set[str]) -> bool:
    return any(one["check"] in silent for one in claim["checks"])


def _told(was: Iterable[str], now: Iterable[str], absent: Sequence[LeftOut]) -> list[str]:
    """What is told now of absent files was not told then, and could not be."""
    names = {Path(one.file).name for one in absent}
    before = set(was)
    return [line for line in now if line in before or not any(name in line for name in names)]
