"""A probe: all twins and drills of one tutor, as a file that can be handed in as an exhibit.

In:   a tutor, who permitted the probe, a seed.
Out:  what every made-up student was given; the same as JSON and back.
Not here: the judgement (twin_test, say_probe), HTTP (cli.probe).
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from plainview.core.audit.adaptivity.drills import Drills, Served, drills
from plainview.core.audit.adaptivity.twins import BLOCKS, Account, Factor, Given, Twins, all_factors
from plainview.core.mendable import Mendable
from plainview.core.stats.interval import Interval
from plainview.core.tutors.tutor import Tutor

FORMAT = "plainview-probe/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    of: str  # which tutor, as whoever probed named it
    permission: str  # who allowed it, in a sentence
    seed: int
    twins: tuple[Twins, ...]
    drills: Drills


def probe(
    tutor: Tutor,
    *,
    of: str,
    permission: str,
    seed: int,
    factors: Sequence[Factor] = tuple(Factor),
    blocks: int = BLOCKS,
    tell: Callable[[int, int, str], None] = lambda done, of, what: None,
) -> Probe:
    """Run every factor and every drill, with made-up students only.

    Raises
    ------
    Mendable
        Without a statement of who permitted it.
    """
    if len(permission.split()) < 3:
        raise Mendable(
            "found no permission, expected a sentence that says who allowed this probe of which test tenant."
        )
    return Probe(
        of=of,
        permission=permission,
        seed=seed,
        twins=all_factors(tutor, seed=seed, factors=factors, blocks=blocks, tell=tell),
        drills=drills(tutor, seed=seed),
    )


def as_json(made: Probe) -> str:
    return json.dumps({"format": FORMAT, **asdict(made)}, indent=1, ensure_ascii=False) + "\n"


def from_json(text: str, *, file: str) -> Probe:
    """The probe of a file.

    Raises
    ------
    Mendable
        If it is none.
    """
    try:
        said = json.loads(text)
        if not isinstance(said, dict) or said.get("format") != FORMAT:
            raise Mendable(f"{file}: found no probe, expected what `plainview probe` writes ({FORMAT}).")
        return Probe(
            of=str(said["of"]),
            permission=str(said["permission"]),
            seed=int(said["seed"]),
            twins=tuple(_twins(one) for one in said["twins"]),
            drills=_drills(said["drills"]),
        )
    except (ValueError, KeyError, TypeError) as fault:
        raise Mendable(f"{file}: found no whole probe ({type(fault).__name__}: {fault}).") from None


def _twins(said: Mapping[str, Any]) -> Twins:
    accounts = tuple(
        Account(**{**one, "steps": tuple(Given(**step) for step in one["steps"])}) for one in said["accounts"]
    )
    return Twins(factor=Factor(said["factor"]), accounts=accounts)


def _drills(said: Mapping[str, Any]) -> Drills:
    interval = said["slope_interval"]
    return Drills(
        **{
            **said,
            "served": tuple(Served(**one) for one in said["served"]),
            "slope_interval": None if interval is None else Interval(**interval),
        }
    )
