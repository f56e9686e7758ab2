"""Words for what fills the gaps of a card."""

import pytest
from django.utils import translation

from plainview.classroom.guidance import say


@pytest.mark.parametrize(
    ("code", "in_english"),
    [("es", "Spanish"), ("zh", "Chinese"), ("ht", "Haitian Creole"), ("so", "Somali"), ("vi", "Vietnamese")],
)
def test_a_language_that_is_spoken_at_home_has_a_name(code, in_english):
    with translation.override("en"):
        assert say.language(code) == in_english


def test_a_language_that_nobody_here_has_a_name_for_stands_as_it_is_written():
    assert say.language("qqq") == "qqq"
