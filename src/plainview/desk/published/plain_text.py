"""A page as plain text: to mail, to read aloud, to keep.

In:   a page; the language that is set.
Out:  lines of at most 78 characters.
Not here: pictures.
"""

from collections.abc import Iterator
from textwrap import fill

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plainview.desk.published import addresses, words
from plainview.desk.published.page import Page, Words

WIDTH = 78


def text(page: Page) -> str:
    return "\n".join(_lines(page)).rstrip() + "\n"


def _lines(page: Page) -> Iterator[str]:
    yield from _head(page)
    yield from _title(_("What we found"))
    for row in page.label:
        yield fill(f"{_said(row.question)} [{words.answer(row.row, row.mark)}]", WIDTH)
        yield from _under(_said(row.sentence), _said(row.doubt))
    yield from _claims(page)
    yield from _not_tested(page)
    yield from _evidence(page)
    yield from _conditions(page)
    yield from _title(_("What the vendor replies"))
    yield from _under(page.reply.words if page.reply else words.no_reply(page))
    yield from _title(_("What changed, and when"))
    for one in page.changelog:
        yield fill(f"{one.number}. {_day(one.on)}. {_said(one.words)} {one.hash}".rstrip(), WIDTH)


def _head(page: Page) -> Iterator[str]:
    yield fill(page.product.name, WIDTH)
    yield "=" * min(WIDTH, len(page.product.name))
    yield fill(" · ".join(filter(None, [page.product.vendor, page.product.version])), WIDTH)
    yield from filter(None, [fill(page.product.one_line, WIDTH)])
    published = {"number": page.number, "on": _day(page.published_on), "office": page.office}
    yield fill(_("Publication %(number)s, frozen on %(on)s by %(office)s.") % published, WIDTH)
    yield addresses.publication(page.product.slug, page.number)
    yield from filter(None, [fill(_said(page.opening), WIDTH)])


def _claims(page: Page) -> Iterator[str]:
    if page.claims:
        yield from _title(words.over_claims(page))
    for one in page.claims:
        says = f"“{one.says}”" if one.is_quoted else one.says
        yield fill(f"{says} [{words.MARKS[one.mark]}]", WIDTH)
        yield from _under(_said(one.sentence))


def _not_tested(page: Page) -> Iterator[str]:
    yield from _title(_("What was not tested, and why"))
    for one in page.not_tested:
        yield fill(_said(one.what), WIDTH)
        yield from _under(_said(one.why))
    for one in page.refusals:
        day = one.refused_on or one.silent_since
        told = _("refused") if one.refused_on else _("no answer")
        yield fill(f"{words.KINDS.get(one.kind, one.kind)}: {told}{', ' + _day(day) if day else ''}", WIDTH)


def _evidence(page: Page) -> Iterator[str]:
    yield from _title(_("The evidence"))
    for one in page.findings:
        yield fill(one.asks, WIDTH)
        yield from _under(one.sentence, one.not_seen and f"{_('What this cannot see')}: {one.not_seen}")


def _conditions(page: Page) -> Iterator[str]:
    yield from _title(_("Conditions and their clocks"))
    for one in page.conditions:
        yield fill(f"{_said(one.words)} {_('By %(on)s') % {'on': _day(one.deadline)}}, {one.owner}.", WIDTH)
        yield from _under(_said(one.proves))


def _title(words_of_it: str) -> Iterator[str]:
    yield from ("", words_of_it, "-" * len(words_of_it))


def _under(*sentences: str) -> Iterator[str]:
    for one in sentences:
        if one:
            yield fill(one, WIDTH, initial_indent="  ", subsequent_indent="  ")


def _said(told: Words) -> str:
    return getattr(told, (get_language() or "en")[:2], "") or told.en


def _day(day) -> str:
    return date_format(day, "DATE_FORMAT")
