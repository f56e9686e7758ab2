"""Every page of the desk, for each who works there and for anyone: axe, a narrow window, keys, no code.

Which pages there are is read from the addresses, so that a page nobody looks at fails here by its name.
"""

from functools import cache

import pytest
from django.urls import URLResolver, get_resolver, reverse
from tests.browser import look
from tests.browser.served import OF_THE_DESK
from tests.browser.walk import Answer, Visitor, pages

ROOMS = ("reviews", "ask", "experts", "verdicts", "register", "stories", "background", "kits", "public")
ROLES = ("chair", "expert", "steward", "officer", "vendor")
# Addresses that are posted to: who asks by GET finds no page there (tested below).
DEEDS = {
    *("background:untie", "kits:sign"),
    *("experts:answer", "experts:ask", "experts:begin", "experts:finish", "experts:hand_in", "experts:keep"),
    *("experts:leave", "experts:let_go", "experts:note_alike", "experts:open", "experts:weigh"),
    *("register:ask_for_review", "register:renew_secret", "register:take_off"),
    "register:take_off_subscriber",
    *("reviews:decline", "reviews:freeze", "reviews:gather", "reviews:set_aside", "reviews:start"),
    "reviews:take_seat",
    *("stories:accept", "stories:keep_reply_back", "stories:mask", "stories:open_sheet", "stories:release"),
    *("stories:show_reply", "stories:tag", "stories:take_away"),
    *("verdicts:close", "verdicts:hand_over", "verdicts:letter", "verdicts:publish", "verdicts:show"),
}
# What is taken away or read by programs, and parts of a page that its script asks for.
NO_PAGES = {
    *("background:grants_as_table", "register:table_out", "register:feed"),
    *("register:api_contracts", "register:api_news", "register:api_description"),
    *("reviews:dossier", "reviews:exhibit_bytes", "reviews:findings_json", "reviews:progress"),
    "reviews:report",  # in a box in which nothing runs: tests/browser/test_the_report.py looks at such a one
    *("verdicts:proof", "public:feed", "public:feed_of", "public:products_table", "public:claims_table"),
    *("public:conditions_table", "public:chain", "public:file"),
}
# Pages that no link leads to, each with its reason, and looked at by the test that is named.
ELSEWHERE = {
    "register:confirm": "by a letter's link: tests/desk/register/test_letters_by_mail.py",
    "register:stop": "by a letter's link: tests/desk/register/test_letters_by_mail.py",
    "verdicts:correction": "once a vendor has asked for one: tests/desk/verdicts/test_views.py",
}
BY_FORMS = ("/products/compare/?p=fractal&p=plainview-the-classroom", "/ask/thanks/")


def names() -> set[str]:
    return {
        f"{room}:{pattern.name}"
        for room, under in _rooms()
        for pattern in under.url_patterns
        if not isinstance(pattern, URLResolver)
    }


def _rooms() -> list[tuple[str, URLResolver]]:
    found = [(one.namespace, one) for one in get_resolver().url_patterns if isinstance(one, URLResolver)]
    return [(room, one) for room, one in found if room in ROOMS]


@pytest.fixture(scope="module")
def own(school):
    """``own(role)``: one page of each kind that a role's own work has, whatever its reviews stand at."""

    @cache
    def own(role: str) -> list[Answer]:
        who = Visitor(school.url, school.links.get(role, ""))
        if not role:
            return pages(who.walk("/products/", *BY_FORMS, of_a_kind=1))
        starts = [link for link in who.get("/").links if link.startswith("/desk/")]
        return pages(who.walk("/", *starts, of_a_kind=9, within="/desk/"))

    return own


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_is_sound(enter, own, role):
    page, found = enter(role), []
    for answer in own(role):
        page.goto(answer.path)
        found += look.faults(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("tongue", ["en", "es"])
def test_every_page_that_anyone_may_read_is_sound(enter, visitor, tongue):
    """Spanish in the dark."""
    page, found = enter(color_scheme="dark" if tongue == "es" else "light"), []
    starts = [f"/{tongue}{path}" for path in ("/products/", *BY_FORMS)]
    for answer in pages(visitor().walk(*starts, of_a_kind=1, within=f"/{tongue}/")):
        look.resize(page, look.WIDE)
        page.goto(answer.path)
        found += look.faults(page)
    assert not found, "\n".join(found)
    assert page.context.cookies() == []


def test_every_address_of_the_desk_is_opened_or_says_why_not(own):
    opened = {answer.view.rpartition(" ")[2] for role in ("", *ROLES) for answer in own(role)}
    missed = names() - opened - DEEDS - NO_PAGES - set(ELSEWHERE)
    assert not missed, f"no browser test opens {sorted(missed)}"
    assert not DEEDS - names() and not set(ELSEWHERE) - names(), "a name that is no more"


@pytest.mark.parametrize("role", OF_THE_DESK)
def test_a_deed_is_no_page(visitor, role):
    who = visitor(role)
    for room, under in _rooms():
        for pattern in under.url_patterns:
            name = f"{room}:{getattr(pattern, 'name', '')}"
            if name in DEEDS:
                answer = who.get(reverse(name, kwargs=_anything(pattern)))
                assert not answer.is_page or answer.view != name, name


def _anything(pattern) -> dict[str, object]:
    """Of each part of an address, something that could stand there."""
    return {
        part: 1 if "Int" in type(converter).__name__ else "fractal"
        for part, converter in pattern.pattern.converters.items()
    }
