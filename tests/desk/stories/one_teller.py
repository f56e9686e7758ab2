"""What a teller does, in a house of its own: run in a process of its own by test_a_teller_is_not_found.

In:   PLAINVIEW_HOME, an empty folder.
Out:  that folder with a database, and a copy of it beside; on stdout, what must not be found in either.
"""
# ruff: noqa: E402 - the framework is set up first

import json
import re
import shutil
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import django
from django.conf import settings

# The tables as they are now, in a second instead of ten: how they came about is not asked here.
settings.MIGRATION_MODULES = type(
    "Nothing", (), {"__contains__": lambda *_: True, "__getitem__": lambda *_: None}
)()
django.setup()

from django.core.management import call_command
from django.test import Client
from django.utils import timezone

call_command("migrate", run_syncdb=True, verbosity=0)
call_command("createcachetable", verbosity=0)

from plainview.desk.reviews.models import Product, Review, Stage, Vendor, VendorSeat
from plainview.desk.stories import code, moderate, release, reply, slips, views
from plainview.desk.stories.models import Reason, Standing, Story
from plainview.lobby.people.models import Person, Role

TOLD_AT = datetime(2026, 11, 20, 13, 37, 42, tzinfo=UTC)
BEFORE, RELEASED_AT = datetime(2026, 11, 10, 9, 0, tzinfo=UTC), datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
NAME, MAIL, AGENT, ADDRESS, PROXIED = (
    "Wilhelmina Quillfeather",
    "w.quillfeather@oakhill.example",
    "TellTaleBrowser/9.9",
    "203.0.113.77",
    "198.51.100.23",
)
STAYS = "The pupils sat with the same fractions for eleven weeks"
WITHDRAWN, OVERLOOKED = "a heliotrope umbrella stood in the corner of it", "the zebrafish aquarium"


A_FORM = {"product": "fractal", "teller": "family", "words": NAME * 9, "look": "1"}


def make_desk() -> dict:
    acme = Vendor.objects.create(slug="acme", name="Acme")
    fractal = Product.objects.create(slug="fractal", vendor=acme, name="Fractal")
    Review.objects.create(product=fractal, stage=Stage.NOTICED, opened_at=timezone.now())
    people = {
        name: Person.objects.create_user(name, None, identifier=name, given_name=name.title(), role=role)
        for name, role in {"sten": Role.STEWARD, "vic": Role.VENDOR, "ada": Role.TEACHER}.items()
    }
    VendorSeat.objects.create(vendor=acme, person=people["vic"])
    return people


def told(browser: Client, words: str, **said) -> str:
    """The three steps of the form; the code at their end."""
    form = {"product": "fractal", "teller": "educator", "words": words, "themes": ["fit"], **said}
    page = browser.post("/stories/tell/", form | {"look": "1"}).content.decode()
    signed, drawn = (re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("seen", "code"))
    sent = browser.post("/stories/tell/", form | {"send": "1", "seen": signed, "code": drawn})
    assert sent.status_code == 200, sent.content.decode()
    return drawn


people = make_desk()
sheet, codes = slips.print_sheet(n=10, by=people["sten"], at=BEFORE)
slips.open_sheet(sheet, n_drawn=10, by=people["sten"], at=BEFORE)
views.SOONEST = timedelta(seconds=-1)
browser = Client(
    headers={"user-agent": AGENT, "x-forwarded-for": PROXIED, "accept-language": "en"}, REMOTE_ADDR=ADDRESS
)
browser.raise_request_exception = False
with patch.object(timezone, "now", lambda: BEFORE):
    browser.force_login(people["ada"], backend="plainview.lobby.people.sign_in.AdultBackend")

with patch.object(timezone, "now", lambda: TOLD_AT):
    place = {"state": "OH", "district": "Tumbledown Local"}
    hers = told(
        browser,
        f"My name is {NAME}, mail {MAIL}, of Oak Hill Elementary School. {STAYS}, near {OVERLOOKED}.",
        slip=codes[0],
        **place,
    )
    taken_back_at_once = told(browser, f"It was when {WITHDRAWN}, and nobody looked at the children.")
    later = told(browser, f"Long after {WITHDRAWN}, it began again, and the children were tired of it.")
    told(browser, "It helped my class a lot, and I could always turn it off when I wanted.")
    told(browser, "It was fine for most of us, though the sound was far too loud for some.")
    browser.post("/stories/withdraw/", {"code": taken_back_at_once})
    browser.post("/stories/tell/", {"words": NAME})  # sent back: 422
    with patch.object(views, "MOST_LOOKS", 0):  # too many: 429
        browser.post("/stories/tell/", A_FORM)
    with patch.object(views.names, "find", side_effect=ValueError(NAME)):  # a fault of ours: 500
        browser.post("/stories/tell/", A_FORM)

for story in Story.objects.all():
    if OVERLOOKED in story.words:
        start = story.words.index(OVERLOOKED)
        span = (start, start + len(OVERLOOKED))
        moderate.mask(story, places=[span], reason=Reason.NAMES, by=people["sten"], at=RELEASED_AT)
    moderate.accept(story, by=people["sten"], at=RELEASED_AT)
release.release(by=people["sten"], at=RELEASED_AT)
for story in Story.objects.filter(standing=Standing.RELEASED):
    reply.reply(story, words="We have looked into it.", by=people["vic"], at=RELEASED_AT)
with patch.object(timezone, "now", lambda: RELEASED_AT):
    assert browser.post("/stories/withdraw/", {"code": later}).status_code == 200

# While the house is still open: an operator who copies files takes the log of writes along.
shutil.copytree(settings.HOME, settings.HOME.with_name("copied"))
secrets = [*NAME.split(), MAIL, "oakhill", "Oak Hill", AGENT, ADDRESS, PROXIED, WITHDRAWN, OVERLOOKED]
secrets += [hers, code.tidy(hers), later, code.tidy(later), codes[0], code.tidy(codes[0])]
secrets += ["13:37", str(int(TOLD_AT.timestamp()))]
print(json.dumps({"stays": STAYS, "secrets": secrets, "n": Story.objects.count()}))  # noqa: T201
