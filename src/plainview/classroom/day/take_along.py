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

from plainview.classroom.day.family import FamilyPage
from plainview.classroom.evidence import images
from plainview.classroom.evidence.models import Work
from plainview.lobby.people.who_looked import looks

EVERY_LOOK = 100_000


def whole_file(page: FamilyPage, context: dict) -> str:
    # Links and pictures of the site lead nowhere from a file.
    entries = [replace(entry, url="", image_url="") for entry in page.entries]
    return render_to_string(
        "day/take_along.html",
        {
            **context,
            "is_file": True,
            "page": replace(page, entries=entries),
            "child": page.child,
            "style": Path(finders.find("site/plainview.css")).read_text(encoding="utf-8"),
            "works": list(_works(page)),
            "looks": looks(page.child, today=context["today"], most=EVERY_LOOK),
        },
    )


def _works(page: FamilyPage):
    for work in Work.objects.filter(student=page.child).exclude(image="").order_by("-made_on", "-pk"):
        try:
            with images.open_stored(work.image) as file:
                yield work, "data:image/jpeg;base64," + b64encode(file.read()).decode()
        except FileNotFoundError:
            yield work, ""  # the row says there was a picture; the file says where it went
