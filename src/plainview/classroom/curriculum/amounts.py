"""Amounts as people write, say and read them: 3/4, 2 1/4, 0.30.

In:   whole numbers and exact fractions; or what a child typed.
Out:  an amount with its writing (HTML and plain text), its words, and its exact value.
Not here: whether an answer is right (mark.py), and how questions are made (families.py).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

ORDINALS = {
    **{2: "half", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth"},
    **{10: "tenth", 11: "eleventh", 12: "twelfth", 14: "fourteenth", 15: "fifteenth", 16: "sixteenth"},
    **{18: "eighteenth", 20: "twentieth", 24: "twenty-fourth", 25: "twenty-fifth", 30: "thirtieth"},
    **{50: "fiftieth", 60: "sixtieth", 100: "hundredth"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One amount, written in one way. 2/4 and 1/2 are two writings of one value."""

    value: Fraction
    html: str
    text: str  # "3/4", "2 1/4", "0.30": also the form in which a typed answer is compared
    spoken: str

    def __str__(self) -> str:
        return self.text


def whole(n: int) -> Amount:
    return Amount(value=Fraction(n), html=str(n), text=str(n), spoken=str(n))


def frac(top: int, bottom: int) -> Amount:
    """A fraction as it stands, not in lowest terms."""
    top, bottom = _whole_number(top), _whole_number(bottom)
    if bottom == 0:
        raise ZeroDivisionError("the bottom of a fraction is 0")
    words = _spoken_fraction(top, bottom)
    return Amount(
        value=Fraction(top, bottom), html=_stacked(top, bottom, words), text=f"{top}/{bottom}", spoken=words
    )


def mixed(wholes: int, top: int, bottom: int) -> Amount:
    """A whole number and a fraction side by side, as they stand."""
    part, wholes = frac(top, bottom), _whole_number(wholes)
    return Amount(
        value=wholes + part.value,
        # One picture for a reader's ear: "2 and 1 fourth", not "2", pause, "1 fourth".
        html=f'<span class="mixed" role="img" aria-label="{wholes} and {part.spoken}">'
        f"{wholes} {_stacked_silent(top, bottom)}</span>",
        text=f"{wholes} {part.text}",
        spoken=f"{wholes} and {part.spoken}",
    )


def dec(value: Fraction | int, places: int | None = None) -> Amount:
    """A decimal, exactly; with that many places when the question needs 0.30 rather than 0.3."""
    exact = Fraction(value)
    text = _exact_decimal(exact, places)
    return Amount(value=exact, html=text, text=text, spoken=text)


def as_frac(value: Fraction | int) -> Amount:
    exact = Fraction(value)
    return whole(exact.numerator) if exact.denominator == 1 else frac(exact.numerator, exact.denominator)


def as_mixed(value: Fraction | int) -> Amount:
    exact = Fraction(value)
    wholes, rest = divmod(exact, 1)
    if rest == 0 or wholes == 0:
        return as_frac(exact)
    return mixed(wholes, rest.numerator, rest.denominator)


def amount(value: Amount | Fraction | int) -> Amount:
    """Whatever an expression gave, written in the plainest way."""
    return value if isinstance(value, Amount) else as_frac(value)


_MIXED = re.compile(r"(-?\d+)\s+(\d+)\s*/\s*(\d+)")
_FRACTION = re.compile(r"(-?\d+)\s*/\s*(\d+)")
_DECIMAL = re.compile(r"-?(\d+(\.\d*)?|\.\d+)")
_AND = re.compile(r"\s+(and|&|\+|y|e)\s+|(?<=\d)\s*[+&]\s*(?=\d)")


def read_typed(typed: str) -> Amount | None:
    """What a child wrote, as an amount; None when it cannot be read as one.

    Reads 3/4, 3 / 4, 2 1/4, 2 and 1/4, 2¼, 0.5, .5, 0,5 and 7.
    """
    plain = _AND.sub(" ", _without_fancy_signs(typed)).strip()
    if found := _MIXED.fullmatch(plain):
        wholes, top, bottom = map(int, found.groups())
        return mixed(wholes, top, bottom) if bottom and wholes >= 0 else None
    if found := _FRACTION.fullmatch(plain):
        top, bottom = map(int, found.groups())
        return frac(top, bottom) if bottom else None
    plain = plain.replace(",", ".")
    if len(plain) <= 20 and _DECIMAL.fullmatch(plain):
        exact = Fraction(plain)
        return Amount(value=exact, html=plain, text=plain, spoken=plain)
    return None


def _without_fancy_signs(typed: str) -> str:
    """½ becomes 1/2, and 2½ becomes 2 1/2."""
    spaced = re.sub(r"(?<=\d)(?=[¼-¾⅐-⅞])", " ", typed[:40])
    return unicodedata.normalize("NFKC", spaced).replace("\u2044", "/").replace("\u2212", "-")


def _whole_number(n) -> int:
    if isinstance(n, bool) or Fraction(n).denominator != 1:
        raise ValueError(f"a fraction is written with whole numbers, found {n}")
    return int(n)


def _spoken_fraction(top: int, bottom: int) -> str:
    if bottom == 2:
        return f"{top} half" if top == 1 else f"{top} halves"
    name = ORDINALS.get(bottom)
    if name is None:
        return f"{top} over {bottom}"
    return f"{top} {name}" if top == 1 else f"{top} {name}s"


def _stacked(top: int, bottom: int, words: str) -> str:
    return f'<span class="frac" role="img" aria-label="{words}">{_bar(top, bottom)}</span>'


def _stacked_silent(top: int, bottom: int) -> str:
    return f'<span class="frac">{_bar(top, bottom)}</span>'


def _bar(top: int, bottom: int) -> str:
    # The slash is there for whoever copies the text or has no style sheet; CSS turns it into the bar.
    return f'<span>{top}</span><span class="over">/</span><span>{bottom}</span>'


def _exact_decimal(exact: Fraction, places: int | None) -> str:
    for n in range(7) if places is None else [places]:
        scaled = exact * 10**n
        if scaled.denominator == 1:
            digits = str(abs(scaled.numerator)).rjust(n + 1, "0")
            sign = "-" if exact < 0 else ""
            return sign + (f"{digits[:-n]}.{digits[-n:]}" if n else digits)
    raise ValueError(f"{exact} has no exact decimal with {places if places is not None else 'few'} places")
