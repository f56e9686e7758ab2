"""Numbers with their noun, and a verb that agrees: "1 student", "1,204 rows are", "1 of 8 items is".

In:   a number, the noun, the verb.
Out:  words.
Not here: other tongues. What a page says goes through gettext, which has its own plurals.
"""


def counted(n: int, one: str, verb: str = "", *, many: str = "") -> str:
    """``n`` of them; with ``verb`` as it stands after many ("are", "repeat"), put right for one.

    ``many`` is the noun for more than one, where it is not ``one`` with an s.
    """
    said = f"{n:,} {one if n == 1 else many or one + 's'}"
    return f"{said} {agreeing(n, verb)}" if verb else said


def part_of(n: int, of: int, one: str, verb: str = "", *, many: str = "") -> str:
    """The verb goes by the part: "1 of 8 items is", "3 of 8 items are"."""
    said = f"{n:,} of {counted(of, one, many=many)}"
    return f"{said} {agreeing(n, verb)}" if verb else said


def agreeing(n: int, verb: str) -> str:
    """The verb as it stands after so many; what follows its first word stays."""
    first, space, rest = verb.partition(" ")
    return f"{_ONE.get(first, first + 's')}{space}{rest}" if n == 1 else verb


_ONE = {"are": "is", "were": "was", "have": "has", "do": "does", "can": "can", "could": "could"} | {
    word: word for word in ("should", "may", "will", "lacked", "went", "reached", "stayed")
}
