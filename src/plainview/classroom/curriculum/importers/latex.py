r"""Mathematics as other collections write it, as something a browser draws and a reader's ear hears.

In:   a formula of LaTeX, without its dollar signs: \frac{3}{4}, x^2+2x, \sqrt{8}.
Out:  MathML, and the same in plain words and signs.
Not here: all of LaTeX. What we cannot read is said aloud, and shown as it was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from ..amounts import frac

LONGEST = 2000  # characters
DEEPEST = 30  # braces within braces
TOKEN = re.compile(r"\\[a-zA-Z]+\*?|\\.|\d+(?:\.\d+)?|[a-zA-Z]|\s+|.", re.DOTALL)
LONE_FRACTION = re.compile(r"\s*\\d?frac\{(\d{1,4})\}\{(\d{1,4})\}\s*")
LONE_NUMBER = re.compile(r"\s*-?\d+(\.\d+)?\s*")

SIGNS = {
    **{"times": "×", "cdot": "·", "div": "÷", "pm": "±", "mp": "∓", "ast": "*", "circ": "°", "degree": "°"},
    **{"leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "approx": "≈", "equiv": "≡"},
    **{"lt": "<", "gt": ">", "to": "→", "rightarrow": "→", "infty": "∞", "pi": "π", "theta": "θ"},
    **{"alpha": "α", "beta": "β", "ldots": "…", "dots": "…", "cdots": "⋯", "cup": "∪", "cap": "∩", "in": "∈"},
    **{
        "{": "{",
        "}": "}",
        "$": "$",
        "%": "%",
        "#": "#",
        "&": "&",
        "_": "_",
        "|": "‖",
        "mid": "|",
        "angle": "∠",
    },
}
NAMES = {"log", "ln", "sin", "cos", "tan", "max", "min", "gcd"}
SPACES = {",", ";", ":", "!", " ", "quad", "qquad", "displaystyle", "\\", "limits"}
SIZES = {"left", "right", "big", "bigl", "bigr", "Big", "Bigl", "Bigr", "bigg"}
WORDS = {"text", "texttt", "textbf", "textit", "mathrm", "mathbf", "operatorname", "mbox"}


class CannotReadFormula(Exception):
    """The sentence says which sign we do not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    html: str
    text: str


def read_formula(source: str) -> Formula:
    """A formula drawn. A lone number stays words, a lone fraction becomes a fraction of ours."""
    if LONE_NUMBER.fullmatch(source):
        return Formula(html=source.strip(), text=source.strip())
    if found := LONE_FRACTION.fullmatch(source):
        if int(found[2]) == 0:
            raise CannotReadFormula("a fraction with something other than 0 at the bottom")
        amount = frac(int(found[1]), int(found[2]))
        return Formula(html=amount.html, text=amount.text)
    if len(source) > LONGEST:
        raise CannotReadFormula(f"a formula of at most {LONGEST} characters")
    row = _Reader(source).whole()
    return Formula(html=f"<math>{row.html}</math>", text=row.text.strip())


class _Reader:
    def __init__(self, source: str) -> None:
        self.tokens = TOKEN.findall(source)
        self.at = 0
        self.depth = 0

    def whole(self) -> Formula:
        row = self._row(until=None)
        if self.at < len(self.tokens):
            raise CannotReadFormula("as many { as }")
        return row

    def _row(self, *, until: str | None) -> Formula:
        self.depth += 1
        if self.depth > DEEPEST:
            raise CannotReadFormula(f"at most {DEEPEST} braces within braces")
        parts: list[Formula] = []
        while self.at < len(self.tokens) and self.tokens[self.at] not in ("}", until):
            parts.append(self._with_scripts(self._atom()))
        self.depth -= 1
        return _joined(parts)

    def _next(self) -> str:
        if self.at >= len(self.tokens):
            raise CannotReadFormula("something more at the end of the formula")
        self.at += 1
        return self.tokens[self.at - 1]

    def _with_scripts(self, base: Formula) -> Formula:
        while self.at < len(self.tokens) and self.tokens[self.at] in "^_":
            above = self._next() == "^"
            script = self._argument()
            tag, sign = ("msup", "^") if above else ("msub", "_")
            text = script.text if len(script.text) == 1 else f"({script.text})"
            base = Formula(
                html=f"<{tag}>{_as_one(base)}{_as_one(script)}</{tag}>", text=f"{base.text}{sign}{text}"
            )
        return base

    def _argument(self) -> Formula:
        self._skip_spaces()
        return self._atom()

    def _skip_spaces(self) -> None:
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1

    def _atom(self) -> Formula:
        token = self._next()
        if token == "{":  # noqa: S105 (a brace)
            row = self._row(until="}")
            if self._next() != "}":
                raise CannotReadFormula("a closing }")
            return row
        if token.startswith("\\") and len(token) > 1:
            return self._command(token[1:])
        return _plain(token)

    def _command(self, name: str) -> Formula:
        if name in SIGNS:
            return Formula(html=f"<mo>{escape(SIGNS[name])}</mo>", text=SIGNS[name])
        if name in NAMES:
            return Formula(html=f"<mi>{name}</mi>", text=name)
        if name in SPACES:
            return Formula(html="", text=" ")
        if name in SIZES:
            self._skip_spaces()
            if self.at < len(self.tokens) and self.tokens[self.at] == ".":
                self.at += 1  # a bracket that is not drawn
            return Formula(html="", text="")
        if name in WORDS:
            return self._words()
        reader = {"frac": self._frac, "dfrac": self._frac, "tfrac": self._frac, "sqrt": self._sqrt}.get(name)
        if reader is None:
            raise CannotReadFormula(f"a sign that we know, not \\{name}")
        return reader()

    def _frac(self) -> Formula:
        top, bottom = self._argument(), self._argument()
        text = f"{_in_brackets(top.text)}/{_in_brackets(bottom.text)}"
        return Formula(html=f"<mfrac>{_as_one(top)}{_as_one(bottom)}</mfrac>", text=text)

    def _sqrt(self) -> Formula:
        self._skip_spaces()
        if self.at < len(self.tokens) and self.tokens[self.at] == "[":
            self.at += 1
            degree = self._row(until="]")
            self._next()
            of = self._argument()
            return Formula(
                html=f"<mroot>{_as_one(of)}{_as_one(degree)}</mroot>",
                text=f"root {degree.text} of ({of.text})",
            )
        of = self._argument()
        return Formula(html=f"<msqrt>{of.html}</msqrt>", text=f"√({of.text})")

    def _words(self) -> Formula:
        self._skip_spaces()
        if self._next() != "{":
            raise CannotReadFormula("words in braces")
        start = self.at
        while self._next() != "}":
            pass
        words = "".join(self.tokens[start : self.at - 1])
        return Formula(html=f"<mtext>{escape(words)}</mtext>", text=words)


def _plain(token: str) -> Formula:
    if token.isspace() or token == "~":  # noqa: S105 (a sign, no secret)
        return Formula(html="", text=" ")
    if token[0].isdigit():
        return Formula(html=f"<mn>{token}</mn>", text=token)
    if token.isalpha():
        return Formula(html=f"<mi>{escape(token)}</mi>", text=token)
    if token == "&":  # noqa: S105 (a sign, no secret)
        raise CannotReadFormula("a formula without a table")
    return Formula(html=f"<mo>{escape(token)}</mo>", text=token)


def _joined(parts: list[Formula]) -> Formula:
    return Formula(html="".join(p.html for p in parts), text="".join(p.text for p in parts))


def _as_one(part: Formula) -> str:
    return f"<mrow>{part.html}</mrow>"


def _in_brackets(text: str) -> str:
    return text if text.removeprefix("-").isalnum() else f"({text})"
