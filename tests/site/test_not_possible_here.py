"""The page that says no, read at a school and at a review desk alike."""

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override


@pytest.mark.parametrize(
    ("language", "said", "not_said"),
    [
        ("en", "ask whoever gave you your account", "ask the teacher"),
        ("es", "a quien le dio su cuenta", "al docente"),
    ],
)
def test_whom_to_ask_is_said_so_that_it_fits_a_school_and_a_desk(language, said, not_said):
    with override(language):
        page = render_to_string("403.html", {"sentence": "This is another room."})
    assert said in page and not_said not in page
