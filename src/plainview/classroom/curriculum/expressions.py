"""The small sums that content files may do.

In:   an expression such as "frac(a, b - a)", and what its names stand for.
Out:  an exact value: a whole number, a Fraction, an Amount (written in one way), a word, yes or no.
Not here: anything that can reach beyond the sum. There are no attributes of Python, no imports, no floats.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from simpleeval import DEFAULT_OPERATORS, InvalidExpression, SimpleEval

from . import amounts
from .amounts import Amount

# Whatever goes wrong inside a sum is its author's to mend, not a fault of ours.
REFUSED = (
    InvalidExpression,
    SyntaxError,
    ArithmeticError,
    TypeError,
    ValueError,
    LookupError,
    RecursionError,
)
LONGEST = 400  # characters; a longer sum belongs into `let`
AS_THEY_STAND = [
    (re.compile(r"(\d+)\s*/\s*(\d+)"), amounts.frac),
    (re.compile(r"(\d+)\s+(\d+)\s*/\s*(\d+)"), amounts.mixed),
]


class CannotWorkOut(Exception):
    """An expression that has no value; the sentence says why."""


def work_out(expression: object, names: Mapping[str, object]) -> object:
    """The value of an expression. What is already a number stays one."""
    if isinstance(expression, float):
        return Fraction(str(expression))
    if not isinstance(expression, str):
        return expression
    for as_it_stands, write in AS_THEY_STAND:
        if found := as_it_stands.fullmatch(expression.strip()):
            return _written(write, *map(int, found.groups()))
    return _evaluate(expression, names)


def _written(write: Callable[..., Amount], *numbers: int) -> Amount:
    try:
        return write(*numbers)
    except ZeroDivisionError as problem:
        raise CannotWorkOut(_in_words(problem)) from problem


def _evaluate(expression: str, names: Mapping[str, object]) -> object:
    if len(expression) > LONGEST:
        raise CannotWorkOut(f"an expression of at most {LONGEST} characters")
    evaluator = _Exact(operators=OPERATORS, functions=FUNCTIONS, names=dict(names))
    try:
        found = evaluator.eval(expression.strip())
    except REFUSED as problem:
        raise CannotWorkOut(_in_words(problem)) from problem
    return found


class _Exact(SimpleEval):
    """0.1 means one tenth, not the nearest thing that a computer has for it."""

    def _eval_constant(self, node: ast.Constant) -> object:
        if isinstance(node.value, float):
            return Fraction(str(node.value))
        return super()._eval_constant(node)

    def _eval_attribute(self, node: ast.Attribute) -> object:
        """The word of an entry, as in food.thing; never something that Python hangs on a value."""
        entry = self._eval(node.value)
        if isinstance(entry, Mapping) and node.attr in entry:
            return entry[node.attr]
        raise InvalidExpression(f"nothing here is called {node.attr}")


def _in_words(problem: Exception) -> str:
    if isinstance(problem, SyntaxError):
        return "an expression that can be read as a sum"
    return f"an expression that works out ({problem})"


def number(value: object) -> Fraction:
    """The exact size of a value."""
    if isinstance(value, Amount):
        return value.value
    if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
        return Fraction(value)
    raise CannotWorkOut(f"a number, not {value!r}")


def _divide(a, b) -> Fraction:
    return Fraction(a) / Fraction(b)


def _remainder(a, b):
    # Python's % on words is a formatting language of its own; here it is arithmetic only.
    return number(a) % number(b)


def _one_of(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"


def _gcd(*values) -> int:
    return math.gcd(*(int(number(v)) for v in values))


def _lcm(*values) -> int:
    return math.lcm(*(int(number(v)) for v in values))


OPERATORS = {**DEFAULT_OPERATORS, ast.Div: _divide, ast.Mod: _remainder, ast.Not: operator.not_}

FUNCTIONS = {
    "frac": amounts.frac,
    "mixed": amounts.mixed,
    "dec": lambda value, places=None: amounts.dec(number(value), places),
    "as_frac": lambda value: amounts.as_frac(number(value)),
    "as_mixed": lambda value: amounts.as_mixed(number(value)),
    "val": number,
    "top": lambda value: number(value).numerator,
    "bottom": lambda value: number(value).denominator,
    "words": lambda value: amounts.amount(value).spoken,
    "text": lambda value: str(amounts.amount(value)) if not isinstance(value, str) else value,
    "gcd": _gcd,
    "lcm": _lcm,
    "abs": abs,
    "min": min,
    "max": max,
    "floor": lambda value: math.floor(number(value)),
    "even": lambda value: number(value) % 2 == 0,
    "one_of": _one_of,
    "letter": lambda n: "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[int(n) - 1],
    "sign": lambda a, b: "<" if number(a) < number(b) else ">" if number(a) > number(b) else "=",
}
