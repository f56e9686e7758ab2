"""Words of the template that nobody has replaced: a report on "the product" of "the company" helps no one.

In:   what product.toml and plan.toml say, and on which lines.
Out:  a sentence for each value that is still the template's.
Not here: writing the template (new).
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from plainview.core.dossier.shape import Way

# What whoever writes a dossier must say herself. All else in the templates may stand as it is.
PRODUCT = {
    "name": "the product's name",
    "vendor": "the company's name",
    "version": "the version or build",
    "about": "a sentence on what it is, and for whom",
}
CLAIM = {"says": "the vendor's words", "where": "where they stand, and when you read them"}
PLAN = {"why": "your own reasons for the bounds, or no 'why'"}


def unfilled(
    product: Mapping[str, Any],
    plan: Mapping[str, Any],
    lines: Mapping[str, Mapping[Way, int]],
) -> Iterator[str]:
    """What is still as `plainview dossier new` wrote it.

    Parameters
    ----------
    lines : by file, where each key stands, as shape.places gives them
    """
    yield from _same("product.toml", product, _template("product.toml"), PRODUCT, lines, ())
    theirs = _template("product.toml")["claim"][0]
    for n, claim in enumerate(product.get("claim", ())):
        yield from _same("product.toml", claim, theirs, CLAIM, lines, ("claim", n))
    yield from _same("plan.toml", plan, _template("plan.toml"), PLAN, lines, ())


def _same(
    file: str,
    said: Mapping[str, Any],
    template: Mapping[str, Any],
    wanted: Mapping[str, str],
    lines: Mapping[str, Mapping[Way, int]],
    way: Way,
) -> Iterator[str]:
    for key, expected in wanted.items():
        if key in said and said[key] == template[key]:
            line = lines.get(file, {}).get((*way, key), 1)
            yield f"{file}, line {line}, '{key}': found the template's own words, expected {expected}."


@cache
def _template(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "templates" / name).read_text(encoding="utf-8"))
