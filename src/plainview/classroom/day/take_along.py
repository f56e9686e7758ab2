"""Take everything away: one file that opens in any browser, without Plainview and without a network.

In:   a family page.
Out:  HTML with the style and the pictures inside it.
Not here: other people's names beyond those who wrote something down.
"""

from base64 import b64encode
from dataclasses import replace
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from plainview.classroom.day.diary import Entry
from plainview.classroom.day.family import FamilyPage
from plainview.classroom.evidence import images
from plainview.classroom.evidence.models import Evidence, Work
from plainview.lobby.people.who_looked import looks

EVERY_LOOK = 100_000


def whole_file(page: FamilyPage, context: dict) -> str:
    return render_to_string(
        "day/take_along.html",
        {
            **context,
            "is_file": True,
            "page": replace(page, entries=_bare(page.entries), more=_bare(page.more)),
            "child": page.child,
            "style": _style(),
            "works": list(_works(page)),
            "looks": looks(page.child, today=context["today"], most=EVERY_LOOK),
        },
    )


def _style() -> SafeString:
    """Our own style sheet, inside the file. On the site's pages the content policy forbids this."""
    css = Path(finders.find("site/plainview.css")).read_text(encoding="utf-8")
    return mark_safe(f"<style>{css}</style>")  # noqa: S308 - a file of ours, and nothing anyone wrote


def _bare(entries: list[Entry]) -> list[Entry]:
    """Links and pictures of the site lead nowhere from a file."""
    return [
        replace(entry, pieces=tuple(replace(one, url="", image_url="") for one in entry.pieces))
        for entry in entries
    ]


def _works(page: FamilyPage):
    """Pictures that still stand: one that was taken back may be of another child's work."""
    standing = Evidence.objects.filter(student=page.child, work__isnull=False).current().values("work")
    for work in Work.objects.filter(pk__in=standing).exclude(image="").order_by("-made_on", "-pk"):
        try:
            with images.open_stored(work.image) as file:
                yield work, "data:image/jpeg;base64," + b64encode(file.read()).decode()
        except FileNotFoundError:
            yield work, ""  # the row says there was a picture; the file says where it went
