"""In which language a text of the content is, where a page around it speaks another.

In:   a text, and what it belongs to: a unit, or a row of one.
Out:  the text, marked with its language, so that a screen reader says it as it is meant.
Not here: translating it. And where both speak alike there is nothing to mark.
"""

import re

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

# Letters that no text has: Unicode keeps them for private use.
BEGINS, SAYS, ENDS = "\ue000", "\ue001", "\ue002"
INSIDE = re.compile(f"{BEGINS}([^{SAYS}]*){SAYS}([^{ENDS}]*){ENDS}")


def language_of(thing) -> str:
    """Of a unit, of a row of a unit, of anything that says its own (or is it); "" where nobody knows."""
    if not thing or isinstance(thing, str):
        return thing or ""
    return thing.language if hasattr(thing, "language") else thing.unit.language


def attribute(thing) -> SafeString:
    """`lang="en"` with a space before it, for a tag that holds nothing but content."""
    language = language_of(thing)
    return format_html(' lang="{}"', language) if _is_foreign(language) else SafeString()


def marked(text, thing) -> SafeString:
    """The text itself, or in a span that says its language."""
    language = language_of(thing) if text else ""
    if not _is_foreign(language):
        return conditional_escape(text)
    return format_html('<span lang="{}">{}</span>', language, text)


def inside(text: str, thing) -> str:
    """A text that shall stand inside a sentence: with its language, where the sentence speaks another.

    The sentence is put together as plain words, from any number of these; ``spoken`` then makes it HTML.
    """
    language = language_of(thing) if text else ""
    return f"{BEGINS}{language}{SAYS}{text}{ENDS}" if _is_foreign(language) else text


def spoken(sentence: str) -> str:
    """The sentence, each text inside it marked. One without any stays the plain words that it is."""
    if BEGINS not in sentence:
        return sentence
    return mark_safe(INSIDE.sub(r'<span lang="\1">\2</span>', escape(sentence)))  # noqa: S308 escaped


def _is_foreign(language: str) -> bool:
    return bool(language) and language.split("-", maxsplit=1)[0] != (get_language() or "").split("-")[0]
