"""Content in another language than the page says so; where both speak alike, nothing is marked."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from plainview.classroom.curriculum.tongue import attribute, inside, language_of, marked, spoken

ENGLISH = SimpleNamespace(unit=SimpleNamespace(language="en"))


def test_english_on_a_spanish_page_is_marked_and_kept_as_it_is():
    with translation.override("es"):
        assert marked("Half & half", ENGLISH) == '<span lang="en">Half &amp; half</span>'
        assert attribute(ENGLISH) == ' lang="en"'


@pytest.mark.parametrize("page", ["en", "en-us"])
def test_on_a_page_that_speaks_alike_nothing_is_marked(page):
    with translation.override(page):
        assert marked("Half & half", ENGLISH) == "Half &amp; half"
        assert attribute(ENGLISH) == ""


@pytest.mark.parametrize("nothing", [None, ""])
def test_what_belongs_to_nothing_is_a_persons_own_words(nothing):
    with translation.override("es"):
        assert marked("My own idea", nothing) == "My own idea"
        assert attribute(nothing) == ""


def test_a_unit_a_row_of_one_and_a_name_of_a_language_all_tell():
    assert [language_of(one) for one in (ENGLISH, ENGLISH.unit, "en")] == ["en", "en", "en"]


def test_inside_a_spanish_sentence_english_is_marked_and_all_of_it_is_escaped():
    with translation.override("es"):
        sentence = f"Mira «{inside('Half & half', ENGLISH)}» y <{inside('Thirds', ENGLISH)}>"
        assert spoken(sentence) == (
            'Mira «<span lang="en">Half &amp; half</span>» y &lt;<span lang="en">Thirds</span>&gt;'
        )


def test_a_sentence_in_which_nothing_is_foreign_stays_plain_words():
    with translation.override("en"):
        sentence = spoken(f"Look at {inside('Half & half', ENGLISH)}")
    assert sentence == "Look at Half & half"
    assert not hasattr(sentence, "__html__")
