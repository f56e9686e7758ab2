"""How parts of a page are written in a template: words in the reader's language, marks, numbers, addresses.

In:   a part of a page.
Out:  markup, everything of others escaped.
Not here: which parts stand on a page.
"""

from functools import lru_cache

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from plainview.desk.published import addresses, words
from plainview.desk.published.cards import Card
from plainview.desk.published.page import Effect, Finding, LabelRow, Mark, Row, Words

register = template.Library()


@register.filter
def said(told: Words) -> SafeString:
    """In the language that is set; where it has no words there, in English and marked as such."""
    own = getattr(told, (get_language() or "en")[:2], "")
    if own:
        return format_html("{}", own)
    return format_html('<span lang="en">{}</span>', told.en)


@register.filter
def as_text(told: Words) -> str:
    return getattr(told, (get_language() or "en")[:2], "") or told.en


@register.filter
def mark(one: Mark) -> SafeString:
    """A shape and a word."""
    return _mark(Mark(one), "", get_language())


@register.filter
def answered(one: LabelRow) -> SafeString:
    """A row's mark: its shape, and the word that answers the row's question."""
    return _mark(one.mark, one.row, get_language())


@register.filter
def answer_to(card: Card, row: Row) -> SafeString:
    return _mark(card.label[row].mark, row, get_language())


@register.filter
def answer_words(one: LabelRow) -> str:
    return words.answer(one.row, one.mark)


@lru_cache(maxsize=256)
def _mark(one: Mark, row: Row | str, language: str) -> SafeString:
    shape = mark_safe(words.SHAPES[one])  # noqa: S308 - our own
    return format_html(
        '<span class="mark is-{}"><svg viewBox="0 0 18 18" aria-hidden="true">{}</svg> {}</span>',
        one.value.replace("_", "-"),
        shape,
        words.answer(Row(row), one) if row else words.MARKS[one],
    )


@register.filter
def drawn(finding: Finding) -> SafeString:
    """The picture as it stands: the page's own format lets shapes and words through, and nothing else."""
    return mark_safe(finding.chart_svg)  # noqa: S308 - see page.only_drawn


@register.filter
def worded(key: str, kind: str) -> str:
    """The word for a key of one of the closed lists: ``{{ status|worded:"STATUSES" }}``."""
    return getattr(words, kind).get(key, key)


@register.filter
def value_of(one: Effect) -> SafeString:
    """ "4 in 100", "0.36 standard deviations"."""
    unit, is_ours = words.unit_of(one)
    if is_ours:
        return format_html("{} {}", words.amount_of(one), unit)
    return format_html('{} <span lang="en">{}</span>', words.amount_of(one), unit)


@register.filter
def range_of(one: Effect) -> str:
    return words.range_of(one)


@register.filter
def resting_on(one: Effect) -> str:
    return words.resting_on(one)


@register.filter
def cell(value: object) -> str:
    return words.cell(value)


@register.filter
def here(path: str) -> str:
    """A path in the language in which this page was asked for."""
    return addresses.asked_in.get() + path


@register.simple_tag(takes_context=True)
def path_here(context: template.Context) -> str:
    """Where this page stands, without its language: as it was told, or as it was asked for."""
    request = context.get("request")
    return context.get("path") or (request.path_info if request else "")


@register.simple_tag(takes_context=True)
def tongues(context: template.Context) -> list[dict]:
    """This page in each language: each by its own name, to be found by who reads it."""
    request, path = context.get("request"), path_here(context)
    asked = request.META.get("QUERY_STRING", "") if request else ""
    query = f"?{asked}" if asked else ""
    return [
        {"code": code, "name": name, "url": f"/{code}{path}{query}", "is_here": code == get_language()}
        for code, name in settings.LANGUAGES
        if path
    ]


@register.simple_tag
def places() -> tuple:
    """Where one may go on the public pages."""
    return addresses.PLACES


@register.filter
def bytes_told(n: int) -> str:
    """ "12 kB"."""
    return f"{n / 1e6:.1f} MB" if n >= 1_000_000 else f"{max(1, round(n / 1000))} kB"
