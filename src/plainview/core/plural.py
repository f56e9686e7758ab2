"""Numbers with their noun, and a verb that agrees: "1 student", "1,204 rows are".

In:   a number, the noun, the verb.
Out:  words.
Not here: other tongues. What a page says goes through gettext, which has its own plurals.
"""


def counted(n: int, one: str, verb: str = "") -> str:
    """``n`` of them; with ``verb`` as it stands after many ("are", "repeat"), put right for one."""
    said = f"{n:,} {one if n == 1 else one + 's'}"
    if not verb:
        return said
    return f"{said} {_ONE.get(verb, verb + 's') if n == 1 else verb}"


_ONE = {"are": "is", "have": "has"}
