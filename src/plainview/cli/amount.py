"""Numbers on the command line that make sense: how many there are, shares, seeds.

In:   a word, as argparse hands it over.
Out:  the number; or what was found and what was expected, which argparse puts behind the option's name.
Not here: what the number is for.
"""

import math
from argparse import ArgumentTypeError
from collections.abc import Callable


def count(word: str) -> int:
    """How many: 1 or more."""
    return _whole(word, least=1)


def count_or_none(word: str) -> int:
    """How many, and none is an answer too: 0 or more."""
    return _whole(word, least=0)


def seed(word: str) -> int:
    """Where chance begins: 0 or more."""
    return _whole(word, least=0)


def port(word: str) -> int:
    """Where a server listens; 0: any that is free."""
    if (found := _whole(word, least=0)) < 1 << 16:
        return found
    raise ArgumentTypeError(f"found '{word}', expected a port, from 0 to 65535.")


def rate(word: str) -> float:
    return _number(word, lambda value: value > 0, "a number above 0")


def number(word: str) -> float:
    """Any number that there is."""
    return _number(word, math.isfinite, "a number")


def spread(word: str) -> float:
    return _number(word, lambda value: value >= 0, "a number, 0 or more")


def share(word: str) -> float:
    """Of a whole, but not all of it: of all, nothing would be left to write."""
    return _number(word, lambda value: 0 <= value < 1, "a share from 0 to below 1, such as 0.1")


def _whole(word: str, *, least: int) -> int:
    # int() would take 1_000 and digits of other scripts; a shell's reader would not.
    if word.isascii() and word.isdecimal() and len(word) < 19 and int(word) >= least:
        return int(word)
    raise ArgumentTypeError(f"found '{word}', expected a whole number, {least} or more.")


def _number(word: str, fits: Callable[[float], bool], expected: str) -> float:
    try:
        value = float(word)
    except ValueError:
        value = math.nan
    if math.isfinite(value) and fits(value):
        return value
    raise ArgumentTypeError(f"found '{word}', expected {expected}.")
