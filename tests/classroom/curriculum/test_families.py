"""A family of questions gives the same items every time, and says which field does not work out."""

import pytest

from plainview.classroom.curriculum.families import CannotMake, make_items
from plainview.classroom.curriculum.format import FamilyFile

FAMILY = {
    "family": "shaded",
    "title": "What is shaded?",
    "competency": "3.NF.A.1",
    "kind": "area_model",
    "response": "choice",
    "make": 4,
    "choices": 1,
    "params": {"b": [3, 4, 5], "a": "1..4", "name": "names"},
    "where": ["a < b"],
    "stem": "{name} sees {frac(a, b)}.",
    "answer": "frac(a, b)",
    "wrong": [{"is": "frac(b, a)", "misconception": "swapped"}],
    "hints": ["One", "Two"],
    "worked": "It is {answer}.",
}
LISTS = {"names": ["Ada", "Bo"]}


def items(**changes):
    return make_items(FamilyFile.model_validate(FAMILY | changes), LISTS)


def test_the_same_file_gives_the_same_items_on_every_machine():
    """Old answers point at these identifiers: what changes them must change the numbers too."""
    assert [item.identifier for item in items()] == PINNED
    assert items() == items()


PINNED = ["shaded-6170af", "shaded-e4f63b", "shaded-a10701", "shaded-cd720b"]


def test_a_reworded_stem_keeps_the_identifiers():
    reworded = items(stem="Look: {frac(a, b)}, says {name}.")
    assert [item.identifier for item in reworded] == [item.identifier for item in items()]


def test_a_wrong_answer_that_is_right_for_these_numbers_is_passed_over():
    """{2/4} and {1/2} are one amount: they never stand side by side."""
    made = items(
        params={"b": [4], "a": [2], "name": "names"},
        make=1,
        wrong=[
            {"is": "frac(1, 2)", "misconception": "equal"},
            {"is": "frac(4, 2)", "misconception": "swapped"},
        ],
    )
    assert [choice["text"] for choice in made[0].choices if not choice["right"]] == ["4/2"]


def test_when_says_for_which_numbers_a_thinking_leads_there():
    made = items(
        choices=1,
        wrong=[
            {"is": "99", "misconception": "never", "when": "a > b"},
            {"is": "98", "misconception": "always"},
        ],
    )
    assert {c["misconception"] for item in made for c in item.choices} == {"", "always"}


def test_easy_first_sorts_the_items():
    bottoms = [item.values["b"] for item in items(easy_first="b", make=8)]
    assert bottoms == sorted(bottoms)


def test_a_given_order_of_choices_is_kept():
    made = items(
        answer_says="yes",
        answer=None,
        wrong=[{"says": "no", "misconception": "swapped"}, {"says": "perhaps", "misconception": "swapped"}],
        choices=2,
        order=["no", "perhaps", "yes"],
    )
    assert all([choice["text"] for choice in item.choices] == ["no", "perhaps", "yes"] for item in made)


def test_the_key_of_a_choice_stays_when_another_choice_is_reworded():
    def key_of_right(made):
        return [item.answer["key"] for item in made]

    assert key_of_right(items()) == key_of_right(items(wrong=[{"is": "a + 7", "misconception": "other"}]))


def test_a_typed_answer_keeps_what_likely_wrong_answers_show():
    made = items(response="fraction", form={"bottom": "b"})
    assert made[0].choices == []
    assert made[0].answer["form"] == {"bottom": made[0].values["b"]}
    assert made[0].answer["known_wrong"][0]["misconception"] == "swapped"


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"answer": "frac(a, 0)"}, ("answer",)),
        ({"answer": "a - 100"}, ("answer",)),
        ({"wrong": [{"is": "frac(a", "misconception": "x"}]}, ("wrong", 0, "is")),
        ({"where": ["nowhere > 1"]}, ("where", 0)),
        ({"params": {"b": "no_such_list"}}, ("params", "b")),
        ({"let": {"c": "1 / 0"}}, ("let", "c")),
        ({"vary": ["z"]}, ("vary",)),
        ({"figure": {"bar": {"parts": 0}}}, ("figure",)),
        ({"worked": "{answer"}, None),
        ({"order": ["elsewhere"]}, ("order",)),
    ],
)
def test_a_field_that_does_not_work_out_is_named(changes, path):
    if path is None:
        assert "{answer" in items(**changes)[0].worked_html  # a lone bracket is a bracket
        return
    with pytest.raises(CannotMake) as problem:
        items(**changes)
    assert problem.value.path == path
