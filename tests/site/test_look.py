"""The look keeps its promises: contrast, weight, no inline style, and a word beside every shape."""

import re
from pathlib import Path

import pytest
from django import forms
from django.template.loader import get_template, render_to_string

SRC = Path(__file__).parents[2] / "src" / "plainview"
STATIC = SRC / "site" / "static" / "site"
CSS = (STATIC / "plainview.css").read_text()
TOKENS, REST = CSS.split("/* ---- Ground", 1)
COMPONENTS = sorted((SRC / "site/templates/site/components").glob("*.html"))
TEMPLATES = sorted(SRC.rglob("templates/**/*.html"))

WORDS = ["ink", "soft", "accent", "note", "warn", "stop"]
GROUNDS = ["paper", "card", "shade", "wash"]


def tokens_of(scheme: str) -> dict[str, str]:
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6})", light))
    if scheme == "dark":
        found |= dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6})", dark.split("@media", 1)[0]))
    return found


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("words", WORDS)
def test_words_can_be_read_on_every_ground(scheme, ground, words):
    tokens = tokens_of(scheme)
    assert contrast(tokens[words], tokens[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "card"])
def test_the_border_of_a_control_can_be_seen(scheme, ground):
    tokens = tokens_of(scheme)
    assert contrast(tokens["control"], tokens[ground]) >= 3


def test_colours_stand_in_the_token_block_only():
    assert not re.findall(r"#[0-9A-Fa-f]{3,8}\b(?=[;, )])|rgba?\(|hsla?\(", REST)


def test_the_style_reads_the_same_from_right_to_left():
    """Left and right are written as start and end."""
    assert not re.findall(r"(?:margin|padding|border)-(?:left|right)|text-align: (?:left|right)|float:", CSS)


def test_style_script_and_htmx_leave_room_for_the_first_page():
    sizes = {path.name: path.stat().st_size for path in STATIC.glob("*.*s")}
    assert sizes["plainview.css"] <= 34 * 1024
    assert sizes["plainview.js"] <= 6.5 * 1024
    assert sum(sizes.values()) <= 100 * 1024  # of 150 KB, uncompressed


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SRC)))
def test_no_page_writes_style_or_script_into_its_markup(path):
    """The content policy refuses both; a browser would drop them in silence."""
    markup = path.read_text()
    assert not re.search(r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|<style|<script(?![^>]*\ssrc=)""", markup)


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_every_component_says_what_it_takes(path):
    opening = path.read_text().split("{% endcomment %}")[0]
    assert opening.startswith("{% comment %}")
    assert re.search(r"\bIn:", opening)


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("not_looked", "we haven&#x27;t looked"),
        ("not_enough", "not enough yet"),
        ("met_once", "met once"),
        ("getting_steady", "getting steady"),
        ("steady", "steady"),
    ],
)
def test_a_shape_never_stands_without_its_word(state, word):
    shown = render_to_string("site/components/state.html", {"state": state, "count": 2, "age": "Tuesday"})
    assert f"#shape-{state}" in shown
    assert word.replace("&#x27;", "'") in shown.replace("&#x27;", "'")
    assert "2 pieces" in shown
    assert f'id="shape-{state}"' in render_to_string("site/components/symbols.svg")


def test_the_teachers_judgement_stands_first_and_the_evidence_stays_beside_it():
    shown = render_to_string(
        "site/components/state.html", {"state": "met_once", "count": 1, "teacher_state": "steady"}
    )
    assert shown.index("shape-steady") < shown.index("the evidence says") < shown.index("shape-met_once")


def test_the_four_buttons_weigh_the_same_and_none_is_chosen():
    shown = render_to_string("site/components/four_buttons.html", {"action": "/decide"})
    buttons = re.findall(r"<button ([^>]*)>([^<]*)<", shown)
    assert [words for _attributes, words in buttons] == ["Do it", "Change it", "Not now", "No"]
    assert {re.sub(r'value="\w+"', "", attributes).strip() for attributes, _words in buttons} == {
        'class="button" name="verdict"'
    }


class Note(forms.Form):
    words = forms.CharField(label="What you saw", help_text="One sentence is enough.")


def test_a_field_is_tied_to_its_label_its_help_and_its_error():
    form = Note({"words": ""})
    shown = render_to_string("site/components/field.html", {"field": form["words"]})
    assert '<label for="id_words">' in shown
    described = re.search(r'aria-describedby="([^"]*)"', shown)[1].split()
    assert len(described) == 2
    for identifier in described:
        assert f'id="{identifier}"' in shown


def test_the_summary_of_errors_leads_to_the_field():
    shown = render_to_string("site/components/errors.html", {"form": Note({"words": ""})})
    assert 'href="#id_words"' in shown
    assert not render_to_string("site/components/errors.html", {"form": Note()}).strip()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_a_page_about_trouble_needs_nothing_to_be_shown(name):
    """When all else fails there is no request and no database; the words must still come."""
    shown = get_template(f"{name}.html").render()
    assert "<h1>" in shown
    assert shown.count("<p>") >= 2
