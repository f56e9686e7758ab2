"""A row as people read it: what was shown, in whose words, on which day, with what help.

In:   rows of evidence, and which day it is now.
Out:  what components/evidence_row.html shows of each.
Not here: who may read it (policy), who looked (views).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from plainview.classroom.curriculum.tongue import marked
from plainview.classroom.evidence.models import Evidence, Helped, Kind
from plainview.lobby.people import days

FULLY, PARTLY = 0.75, 0.25
LONGEST_ANSWER = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    url: str
    on_words: str
    on_exact: str
    kind_words: str
    competency_words: str  # HTML: marked with its language, where the page speaks another
    said: str
    words: str
    words_lang: str
    by: str
    helped_words: str
    medium_words: str
    image_url: str = ""
    image_alt: str = ""
    is_replaced: bool = False
    replaced_url: str = ""
    why: str = ""
    task_words: str = ""  # HTML: which question, and what was answered


def tell(rows: Iterable[Evidence], *, today: date, with_task: bool = False) -> list[Told]:
    return [told(row, today=today, with_task=with_task) for row in rows]


def told(
    row: Evidence,
    *,
    today: date,
    replaced_by: Evidence | None = None,
    with_image: bool = True,
    with_task: bool = False,
) -> Told:
    has_image = with_image and row.work is not None and row.work.image and not row.withdrawn
    return Told(
        url=reverse("evidence:record", args=[row.pk]),
        on_words=days.said(row.on, today=today),
        on_exact=days.exact(row.on),
        kind_words=row.get_kind_display(),
        competency_words=marked(row.competency.short_name, row.competency) if row.competency else "",
        said=said(row),
        words=row.words,
        words_lang=row.language,
        by=row.by.full_name,
        helped_words=helped(row),
        medium_words=row.get_medium_display(),
        image_url=reverse("evidence:work_image", args=[row.work_id]) if has_image else "",
        image_alt=_("A picture of the work: %(title)s") % {"title": row.work.title} if has_image else "",
        is_replaced=replaced_by is not None,
        replaced_url=reverse("evidence:record", args=[replaced_by.pk]) if replaced_by else "",
        why=row.why,
        task_words=task(row) if with_task else "",
    )


def task(row: Evidence) -> SafeString:
    """Two answers of one day are told apart by their questions, and by what was answered."""
    if row.item is None:
        return SafeString()
    title = marked(row.item.family.title, row.item.family)
    answer = Truncator(response(row)).chars(LONGEST_ANSWER)
    return format_html("{} <q>{}</q>", title, answer) if answer else title


def said(row: Evidence) -> str:
    """In a sentence. Never a mark, and never less than 'not yet, this time'."""
    if row.withdrawn:
        return _("Taken back: nothing is made of it any more.")
    if row.kind == Kind.ANSWER:
        return str(_ANSWERED[level(row.shown)])
    if row.kind == Kind.SELF_ASSESSMENT:
        return str(_THINKS[level(row.shown)])
    return str(_SEEN[level(row.shown)])


def helped(row: Evidence) -> str:
    words = [row.get_helped_display()] if row.helped != Helped.NONE else []
    return ", ".join([*words, *hints(row)])


def hints(row: Evidence) -> list[str]:
    return [ngettext("%(n)d hint", "%(n)d hints", row.hints) % {"n": row.hints}] if row.hints else []


def response(row: Evidence) -> str:
    """What was answered, in words: the text of a choice rather than its key."""
    if row.item is None:
        return ""
    by_key = {choice["key"]: choice["text"] for choice in row.item.choices}
    return by_key.get(row.response, row.response)


def level(shown: float | None) -> str:
    if shown is None:
        return "open"
    return "fully" if shown >= FULLY else "partly" if shown > PARTLY else "not_yet"


_SEEN = {
    "open": "",
    "fully": gettext_lazy("Showed it"),
    "partly": gettext_lazy("Showed it partly"),
    "not_yet": gettext_lazy("Not yet, this time"),
}
_ANSWERED = {
    "open": gettext_lazy("Answered; a person reads it"),
    "fully": gettext_lazy("Answered as expected"),
    "partly": gettext_lazy("Partly as expected"),
    "not_yet": gettext_lazy("Answered another way"),
}
_THINKS = {
    "open": gettext_lazy("In my own words"),
    "fully": gettext_lazy("“I can do this”"),
    "partly": gettext_lazy("“I can do some of this”"),
    "not_yet": gettext_lazy("“Not yet”"),
}
