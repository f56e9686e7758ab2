"""In which language a text of the content is, where a page around it speaks another.

In:   a text, and what it belongs to: a unit, or a row of one.
Out:  the text, marked with its language, so that a screen reader says it as it is meant.
Not here: translating it. And where both speak alike there is nothing to mark.
"""

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language


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


def _is_foreign(language: str) -> bool:
    return bool(language) and language.split("-", maxsplit=1)[0] != (get_language() or "").split("-")[0]
