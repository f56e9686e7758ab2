"""The words of the site in other languages: complete, each gap kept, and read by whoever asks for them."""

import ast
import gettext
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import formats, translation
from django.utils.translation import trans_real

LOCALE = settings.HERE / "locale"
ROOMS = settings.HERE.parent
LANGUAGES = sorted(code for code, _name in settings.LANGUAGES if code != "en")
GAP = re.compile(r"%\(\w+\)[sd]|%s|%%|\{\w+\}")
PATTERN_OF_A_DAY = re.compile(r"""\|date:"([^"]+)"|{% now "([^"]+)" %}|date_format\([^"\n]*"([^"]+)"\)""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    context: str
    said: str
    several: str
    words: tuple[str, ...]  # one, or one for each form of the plural
    is_guess: bool


def entries(path: Path) -> list[Entry]:
    return [_entry(block) for block in path.read_text().split("\n\n") if "\nmsgid" in f"\n{block}"][1:]


def _entry(block: str) -> Entry:
    fields: dict[str, str] = {}
    for line in block.splitlines():
        if line.startswith("msg"):
            field, quoted = line.split(" ", 1)
            fields[field] = ast.literal_eval(quoted)
        elif line.startswith('"'):
            fields[field] += ast.literal_eval(line)
    return Entry(
        context=fields.get("msgctxt", ""),
        said=fields["msgid"],
        several=fields.get("msgid_plural", ""),
        words=tuple(words for field, words in fields.items() if field.startswith("msgstr")),
        is_guess=any(line.startswith("#,") and "fuzzy" in line for line in block.splitlines()),
    )


def sentences_of_the_core() -> set[str]:
    """The core knows no translation: it marks what a person will read, and the site says it."""
    calls = [
        node
        for path in (ROOMS / "core").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "gettext_noop"
    ]
    return {ast.literal_eval(call.args[0]) for call in calls}


def compiled_as(one: Entry) -> list[tuple]:
    key = f"{one.context}\4{one.said}" if one.context else one.said
    return [((key, n), words) for n, words in enumerate(one.words)] if one.several else [(key, one.words[0])]


@pytest.fixture(scope="module", params=LANGUAGES)
def folder(request) -> Path:
    return LOCALE / request.param / "LC_MESSAGES"


@pytest.fixture(scope="module")
def written(folder) -> list[Entry]:
    return entries(folder / "django.po")


def test_every_sentence_has_its_words_and_none_is_a_guess(written):
    assert len(written) > 1000
    assert [one.said for one in written if one.is_guess or not all(one.words)] == []


def test_every_gap_of_a_sentence_stands_in_its_translation(written):
    """A gap that is lost hides a name; a gap that is new stops the page."""
    for one in written:
        for n, words in enumerate(one.words):
            said = one.several if n else one.said
            assert set(GAP.findall(words)) == set(GAP.findall(said)), words


def test_what_is_read_is_what_was_compiled_from_these_words(folder, written):
    with (folder / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    held = {key: words for key, words in compiled._catalog.items() if key != ""}
    expected: dict = {}
    for one in written:
        key = f"{one.context}\4{one.said}" if one.context else one.said
        expected |= (
            {(key, n): words for n, words in enumerate(one.words)} if one.several else {key: one.words[0]}
        )
    assert held == expected


def test_the_sentences_of_the_core_are_translated_by_the_site(written):
    assert len(marked := sentences_of_the_core()) > 50
    assert marked - {one.said for one in written} == set()


def test_each_pattern_of_a_day_has_its_form(folder):
    """Else a page would say "21 octubre"."""
    sources = [path for kind in ("*.html", "*.py") for path in ROOMS.rglob(kind)]
    found = {
        p for path in sources for parts in PATTERN_OF_A_DAY.findall(path.read_text()) for p in parts if p
    }
    patterns = {pattern for pattern in found if " " in pattern and pattern[0] != "Y"}
    assert len(patterns) > 2
    with translation.override(folder.parent.name):
        assert [pattern for pattern in patterns if formats.get_format(pattern) == pattern] == []


def test_days_and_numbers_read_as_in_a_classroom_here(today):
    with translation.override("es"):
        assert formats.date_format(today, "l, j F") == "miércoles 4 de marzo"
        assert formats.localize(0.5) == "0.5"


ENGLISH = ("In short", "A question for tonight", "Your choices", "Who looked", "Sign out", "The whole record")


@pytest.fixture
def family_page(people, signed_in_as):
    return lambda **kind: signed_in_as(people.eve).get(f"/family/{people.bo.pk}/", **kind).content.decode()


def test_a_family_whose_browser_asks_for_spanish_reads_spanish(family_page):
    page = family_page(headers={"accept-language": "es-MX,es;q=0.9,en;q=0.5"})
    assert '<html lang="es" dir="ltr">' in page
    assert "La semana de Bo" in page
    assert [words for words in ENGLISH if words in page] == []


def test_a_family_may_choose_another_language_than_the_browsers(people, signed_in_as, family_page):
    signed_in_as(people.eve).post("/language/setlang/", {"language": "es", "next": "/"})
    assert '<html lang="es" dir="ltr">' in family_page(headers={"accept-language": "en-US"})


def test_each_language_is_offered_by_its_own_name(family_page):
    for asked in ("en", "es"):
        page = family_page(headers={"accept-language": asked})
        assert re.findall(r"<option[^>]*>(\w+)</option>", page) == ["English", "Español"]


def test_an_english_page_reads_no_other_languages_words(family_page, monkeypatch):
    monkeypatch.setattr(trans_real, "_translations", {})
    assert "A question for tonight" in family_page(headers={"accept-language": "en-US"})
    assert "es" not in trans_real._translations
