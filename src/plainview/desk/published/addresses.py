"""The addresses that stay. Whoever cites one finds the same thing there in ten years.

In:   a slug, a number, the name of a file; the language of the page that links.
Out:  a path.
Not here: what answers there (public; a test holds that each of these is answered).

A path without a language answers in the language that the browser asks for; /en/… and /es/… say it.
A frozen page without a language is English, always: an address that is cited must not change with its reader.
"""

from contextvars import ContextVar

from django.utils.translation import gettext_lazy as _

# "" or "/en" or "/es": how the page that is being made was asked for. The door sets it, and freezing does.
asked_in: ContextVar[str] = ContextVar("asked_in", default="")

PRODUCTS = "/products/"
COMPARE = "/products/compare/"
CLAIMS = "/claims/"
METHODS = "/methods/"
STORIES = "/stories/"
KITS = "/kits/"
FUNDING = "/funding/"
READING = "/reading/"
LAW = "/law/"
ASK = "/ask/"
PROGRAMS = "/api/"
PUBLIC = (PRODUCTS, CLAIMS, METHODS, STORIES, KITS, FUNDING, READING, LAW, ASK, PROGRAMS)

PLACES = (
    (PRODUCTS, _("Products")),
    (CLAIMS, _("Claims")),
    (METHODS, _("How we test")),
    (STORIES, _("Stories")),
    (KITS, _("Letters")),
    (FUNDING, _("Who pays whom")),
    (READING, _("Reading")),
)


def product(slug: str) -> str:
    return f"{PRODUCTS}{slug}/"


def versions(slug: str) -> str:
    return f"{PRODUCTS}{slug}/versions/"


def publication(slug: str, number: int) -> str:
    return f"{PRODUCTS}{slug}/{number}/"


def file(slug: str, number: int, name: str) -> str:
    return f"{PRODUCTS}{slug}/{number}/{name}"


def stories_of(slug: str) -> str:
    return f"{STORIES}{slug}/"


def kits_of(slug: str) -> str:
    return f"{KITS}{slug}/"


def method(name: str) -> str:
    return f"{METHODS}{name}/"


def feed(slug: str = "") -> str:
    return f"{PRODUCTS}{slug}/feed.atom" if slug else f"{PRODUCTS}feed.atom"
