"""The processes of the bench: ``python -m plainview.cli.bench NAME [quick]``, and one run of a fit alone.

In:   which part.
Out:  its figures as JSON on the standard output; progress on the standard error.
Not here: how many threads these processes may use (core says so before they begin).
"""

import json
import sys
from dataclasses import asdict
from importlib import import_module
from typing import Any


def main(name: str, *rest: str) -> None:
    told = _fit_answers(*rest) if name == "fit-answers" else _part(name, quick="quick" in rest)
    print()  # a peer may have printed half a line
    json.dump(told, sys.stdout)


def _part(name: str, *, quick: bool) -> dict[str, Any]:
    found = import_module(f"plainview.cli.bench.{name}").measure(quick, _say)
    figures, charts = found if isinstance(found, tuple) else (found, {})
    return {
        "figures": [asdict(one) for one in figures],
        "charts": {name: asdict(chart) for name, chart in charts.items()},
    }


def _fit_answers(path: str) -> dict[str, Any]:
    from plainview.cli.bench.responses import fit_answers

    return fit_answers(path)


def _say(words: str) -> None:
    sys.stderr.write(f"   {words}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
