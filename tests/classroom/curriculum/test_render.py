"""What an author writes becomes clean HTML: fractions, pictures, blanks; never markup of their own."""

import pytest

from plainview.classroom.curriculum.render import block, inline, plain


def test_a_fraction_has_a_bar_is_read_aloud_and_copies_with_a_slash():
    html = inline("{3/4}")
    assert html == (
        '<span class="frac" role="img" aria-label="3 fourths"><span>3</span>'
        '<span class="over">/</span><span>4</span></span>'
    )


def test_a_mixed_number_is_one_thing_for_the_ear():
    assert 'role="img" aria-label="2 and 1 fourth"' in inline("{2 1/4}")
    assert inline("{2 1/4}").count("aria-label") == 1


def test_markdown_pictures_blanks_and_new_pages():
    html = block("**Fold** it.\n\n```figure\nbar: {parts: 2}\n```\n\n[new page]\n\nWrite: {blank 5}")
    assert html.startswith("<p><strong>Fold</strong> it.</p>")
    assert "<p><figure" not in html and "<svg" in html
    assert '\n<hr class="new-page">\n' in html
    assert "_____</span>" in html


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](http://elsewhere.example/x.png)",
        "<iframe src=//elsewhere.example></iframe>",
        '<p style="position:fixed">x</p>',
        "<http://elsewhere.example>",
        "{'<script>alert(1)</script>'}",
    ],
)
def test_markup_of_an_author_never_gets_through(attack):
    for html in (block(attack), inline(attack)):
        assert not any(tag in html for tag in ("<script", "<img", "<iframe", "<a ", "<p style"))


def test_a_name_from_a_list_is_words_not_markup():
    assert inline("{name}", {"name": "<b>*Bo*</b>"}) == "&lt;b&gt;*Bo*&lt;/b&gt;"


def test_an_empty_heading_of_a_table_is_no_heading():
    assert "<td></td>" in block("| | top |\n|-|-|\n| a | b |")


def test_a_page_has_one_first_heading_and_it_is_not_the_authors():
    assert block("# Big") == "<h2>Big</h2>"


def test_plain_words_for_telling_texts_apart():
    assert plain("**{name}** has {3/4}", {"name": "Bo"}) == "Bo has 3/4"
