"""Counts stand with their base, and never enter a mark or a verdict."""

import ast
import json
from datetime import date
from pathlib import Path

import plainview
from plainview.desk.published.page import Mark, Money, Row, Stories
from plainview.desk.stories import counts
from plainview.desk.stories.models import Theme
from plainview.desk.verdicts import found, label

HOUSE = Path(plainview.__file__).parent


def test_where_nobody_told_anything_it_says_so(desk):
    told = counts.for_product("fractal")
    assert (told["n"], told["themes"], told["since"]) == (0, [], None)
    assert told["base"] == {
        "en": "No story was told here yet.",
        "es": "Todavía no se ha contado aquí ninguna historia.",
    }


def test_themes_are_counted_with_their_base(tell_one, let_out, open_codes):
    let_out(
        tell_one(themes=("say", "time"))[0],
        tell_one(themes=("say",), teller="student")[0],
        tell_one(themes=("say",), slip=open_codes[0])[0],
    )
    told = counts.for_product("fractal")
    assert told["n"] == 3
    assert [(one["theme"]["en"], one["n"]) for one in told["themes"]] == [
        ("who could decide", 3),
        ("time and work", 1),
    ]
    assert told["base"]["en"] == (
        "Of 3 stories: 1 by somebody at a school, 1 of them verified, 1 by a student, 1 by a family."
    )
    assert (told["since"], told["until"]) == (date(2026, 11, 15), date(2026, 12, 1))


def test_what_was_not_released_is_not_counted(tell_one):
    tell_one()
    assert counts.for_product("fractal")["n"] == 0


def test_it_has_the_shape_of_a_page(three_released):
    told = Stories.model_validate(counts.for_product("fractal"))
    assert told.n == 3 and told.silent.es and "how often" in told.silent.en


def test_a_theme_takes_no_side():
    """Whether a story is for or against is the story's to say: nothing here adds up good and bad."""
    sides = {"good", "bad", "better", "worse", "positive", "negative", "helped", "harmed"}
    assert not any(set(str(theme.label).split()) & sides for theme in Theme)


def test_only_the_page_as_a_whole_is_told_of_stories():
    """What gives marks, verdicts, scores and gateways cannot ask how many stories there are."""
    told = {
        str(file.relative_to(HOUSE))
        for file in HOUSE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("plainview.desk.stories")
        if not str(file.relative_to(HOUSE)).startswith("desk/stories/")
    }
    allowed = {"desk/verdicts/compose.py"}
    assert {name for name in told if name.startswith(("desk/", "core/"))} <= allowed


def test_a_thousand_stories_change_no_mark():
    """Seven rows stay as they are, to the letter; the eighth, which tells of them, takes no side."""
    what = found.read(json.dumps({"claims": [], "checks": [], "refused": []}))
    few, many = (label.rows(what, heard_with(Stories(n=n))) for n in (0, 1000))
    assert few[:-1] == many[:-1]
    assert (few[-1].row, few[-1].mark, many[-1].mark) == (Row.TEACHERS, Mark.NOT_TESTED, Mark.CANNOT_SAY)


def heard_with(stories: Stories) -> label.Heard:
    return label.Heard(levels={}, standing="", verdicts=(), money=Money(), stories=stories)
