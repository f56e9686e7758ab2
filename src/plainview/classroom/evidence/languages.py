"""The languages in which evidence is kept, each by its own name.

In:   codes that a class, its children or a row bring along.
Out:  choices for a form. A code without a name here is offered as it stands.
Not here: the languages of the pages (settings). What someone said is kept in the language it was said in.
"""

from collections.abc import Iterable

BY_ITS_OWN_NAME = {
    "en": "English",
    "es": "Español",
    "pt": "Português",
    "ht": "Kreyòl ayisyen",
    "so": "Soomaali",
    "ar": "العربية",
    "zh": "中文",
    "vi": "Tiếng Việt",
    "ase": "American Sign Language",
}


def choices(*first: Iterable[str]) -> list[tuple[str, str]]:
    """The class's own languages first, then all we have a name for."""
    codes = dict.fromkeys([code for some in first for code in some] + list(BY_ITS_OWN_NAME))
    return [(code, name(code)) for code in codes]


def name(code: str) -> str:
    return BY_ITS_OWN_NAME.get(code, code)
