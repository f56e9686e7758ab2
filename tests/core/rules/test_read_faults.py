"""A file that is no suggestion: every fault at once, each with its place and what was expected there."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.rules.story import EQUAL, a_class, child, not_yet, steady

from plainview.core.mendable import Mendable
from plainview.core.rules.canonical import as_bytes
from plainview.core.rules.catalogue import propose
from plainview.core.rules.recompute import export, recompute

SNAPSHOT = a_class(child("s1", equal=steady(), groups=()), child("s2", equal=not_yet(), add=not_yet()))
RAW = next(export(card, SNAPSHOT) for card in propose(SNAPSHOT))


def faults(document) -> list[str]:
    raw = document if isinstance(document, bytes) else as_bytes(document)
    with pytest.raises(Mendable) as fault:
        recompute(raw, file="suggestion.json")
    return list(fault.value.faults)


def spoiled(*way, to) -> dict:
    """The good file with one thing in it changed."""
    document = json.loads(RAW)
    inner = document
    for step in way[:-1]:
        inner = inner[step]
    inner[way[-1]] = to
    return document


FIRST_PIECE = ("inputs", "students", 0, "pieces", EQUAL, 0)


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (
            spoiled(*FIRST_PIECE, "on", to="31/02/2026"),
            "inputs.students[0].pieces['4.NF.A.1'][0].on: found '31/02/2026', expected a date such as "
            "2026-03-02.",
        ),
        (
            spoiled(*FIRST_PIECE, "shown", to=1.5),
            "inputs.students[0].pieces['4.NF.A.1'][0].shown: found 1.5, expected a number from 0 to 1.",
        ),
        (
            spoiled(*FIRST_PIECE, "helped", to="magic"),
            "inputs.students[0].pieces['4.NF.A.1'][0].helped: found 'magic', "
            "expected one of none, peer, adult, tool.",
        ),
        (
            spoiled("inputs", "students", 0, "absent", to="no"),
            "inputs.students[0].absent: found 'no', expected true or false.",
        ),
        (
            spoiled("inputs", "students", 0, "screen_minutes_left", to=True),
            "inputs.students[0].screen_minutes_left: found true, expected a whole number from 0 to 1440.",
        ),
        (
            spoiled("inputs", "students", 0, "supports", to={}),
            "inputs.students[0].supports: found {}, expected a list in brackets.",
        ),
        (
            spoiled("inputs", "students", 0, "pieces", to=[]),
            "inputs.students[0].pieces: found [], expected an object in braces.",
        ),
        (
            spoiled("inputs", "activities", 0, "colour", to="red"),
            "inputs.activities[0].colour: found 'red', expected no such field here, only ref, "
            "competencies, kind, "
            "minutes, adult_minutes, group_min, group_max, medium, screen_minutes, blocked_by, "
            "misconceptions.",
        ),
        (
            spoiled("inputs", "prior", "guess", "cap", to=0),
            "inputs.prior.guess.cap: found 0, expected a number from 0.05 to 1.",
        ),
        (
            spoiled("rule", "name", to="follow_the_moon"),
            "rule.name: found 'follow_the_moon', expected a rule that this Plainview has: "
            "reteach_together, pair_up, "
            "move_on, check_again, look_another_way, look_again, prerequisite_first.",
        ),
        (spoiled("seed", to=7), "seed: found 7, expected null, because no chance is used."),
        (
            spoiled("format", to="plainview-suggestion/9"),
            "format: found 'plainview-suggestion/9', expected 'plainview-suggestion/2', as an exported "
            "suggestion "
            "has it.",
        ),
        (
            [1, 2],
            "format: found nothing, expected 'plainview-suggestion/2', as an exported suggestion has it.",
        ),
    ],
)
def test_a_fault_says_where_what_was_found_and_what_was_expected(document, sentence):
    assert faults(document) == [f"suggestion.json, {sentence}"]


def test_a_field_that_is_not_there_is_found_as_nothing():
    document = json.loads(RAW)
    del document["inputs"]["as_of"]
    assert faults(document) == [
        "suggestion.json, inputs.as_of: found nothing, expected a date such as 2026-03-02."
    ]


def test_all_faults_are_said_at_once():
    document = spoiled(*FIRST_PIECE, "kind", to="guess")
    document["inputs"]["students"][0]["language"] = ""
    document["output"] = []
    found = faults(document)
    assert len(found) == 3
    assert ["pieces" in found[0], "language" in found[1], "output.key" in found[2]] == [True] * 3


def test_one_child_twice_is_a_fault():
    document = json.loads(RAW)
    document["inputs"]["students"].append(document["inputs"]["students"][0])
    (fault,) = faults(document)
    assert fault.endswith("2 times, expected each once.")


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b'{"format": \n', "line 2, column 1: this is not JSON: Expecting value."),
        (b"", "line 1, column 1: this is not JSON: Expecting value."),
        (b"\xff\xfe{}", "found bytes that are no text, expected JSON in UTF-8."),
        (b'{"format": "\\ud800"}', "found bytes that are no text, expected JSON in UTF-8."),
        (b'{"seed": 1, "seed": 2}', "found the field 'seed' twice in one place, expected it once."),
        (b'{"seed": NaN}', "found NaN, expected a finite number."),
        (b"[" * 200_000, "found brackets within brackets without end, expected a suggestion."),
    ],
)
def test_what_is_no_json_is_said_in_one_sentence(raw, sentence):
    (fault,) = faults(raw)
    assert fault.removeprefix("suggestion.json").lstrip(",: ") == sentence


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=3,
)


def ways(value, way=()):
    """Every place of a file."""
    yield way
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, deeper in inner:
        yield from ways(deeper, (*way, step))


@settings(max_examples=150, deadline=None)
@given(way=st.sampled_from([w for w in ways(json.loads(RAW)) if w]), to=anything)
def test_whatever_stands_in_a_file_it_is_answered_or_a_sentence(way, to):
    """Never a traceback: a file comes from anywhere."""
    try:
        assert recompute(json.dumps(spoiled(*way, to=to)).encode()).difference
    except Mendable as fault:
        assert all(len(sentence) < 400 for sentence in fault.faults)
