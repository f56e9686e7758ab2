"""Anyone can compute a suggestion again from its file: the same bytes, or a sentence on what differs."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.core.rules.story import EQUAL, a_class, child, not_yet, steady

from plainview.core.learner.estimate import estimate
from plainview.core.mendable import Mendable
from plainview.core.rules import recompute as room
from plainview.core.rules.canonical import as_bytes
from plainview.core.rules.catalogue import RULES, propose
from plainview.core.rules.recompute import export, recompute


@pytest.fixture
def snapshot():
    return a_class(child("s1", equal=steady()), child("s2", equal=not_yet()))


@pytest.fixture
def raw(snapshot):
    (card,) = propose(snapshot, rules=["move_on"])
    return export(card, snapshot)


def changed(raw: bytes, change) -> bytes:
    document = json.loads(raw)
    change(document)
    return as_bytes(document)


def test_a_file_says_what_made_it(raw):
    document = json.loads(raw)
    assert document["format"] == "plainview-suggestion/2"
    assert document["rule"] == {"name": "move_on", "version": 1}
    assert (document["model"], document["seed"]) == ("bkt/1", None)
    assert document["output"]["provenance"]["written_by"] == "The Plainview authors"


THEN = Path(__file__).parents[2] / "references" / "suggestion_1.json"


def test_a_file_of_format_1_keeps_its_own_words_and_recomputes_byte_for_byte():
    raw = THEN.read_bytes()
    assert b"Unsure for {student}" in raw and b'"met_once"' in raw and b"Your own word for" in raw
    answer = recompute(raw)
    assert (answer.same, answer.difference) == (True, "")


@pytest.mark.parametrize("form", ["plainview-suggestion/1", "plainview-suggestion/2"])
def test_what_had_been_earned_belongs_to_format_2_alone(raw, form):
    def change(document):
        document["format"] = form
        for student in document["inputs"]["students"]:
            student.pop("earned", None)
            if form.endswith("1"):
                student["earned"] = {}

    with pytest.raises(Mendable, match="earned"):
        recompute(changed(raw, change))


def test_the_same_card_gives_the_same_bytes_twice(snapshot, raw):
    (card,) = propose(replace(snapshot), rules=["move_on"])
    assert export(card, snapshot) == raw


def test_the_file_recomputes(raw):
    answer = recompute(raw)
    assert (answer.same, answer.difference, answer.now) == (True, "", raw)


def test_a_changed_number_is_found_and_said(raw):
    answer = recompute(changed(raw, lambda d: d["output"]["cost"].update(teacher_minutes=99)))
    assert not answer.same
    assert answer.difference == "output.cost.teacher_minutes: the file has 99, computed here 0."


def test_how_many_more_places_differ_is_said(raw):
    def change(document):
        document["output"]["cost"].update(teacher_minutes=99, student_minutes=98)

    assert recompute(changed(raw, change)).difference.endswith(" One more place differs.")


def test_a_changed_piece_of_evidence_unmakes_the_card(raw):
    def change(document):
        for piece in document["inputs"]["students"][0]["pieces"][EQUAL]:
            piece["shown"] = 0.0

    answer = recompute(changed(raw, change))
    assert (answer.same, answer.now) == (False, b"")
    assert answer.difference.startswith("From these inputs the rule move_on makes no card 'move_on:")


def test_a_file_that_was_laid_out_anew_holds_the_same_values_and_says_so(raw):
    answer = recompute(json.dumps(json.loads(raw)).encode())
    assert not answer.same
    assert answer.difference.startswith("Every value is the same; only the way it is written differs")


def test_another_version_of_the_rule_is_said_first(raw, monkeypatch):
    newer = replace(RULES["move_on"], version=2)
    monkeypatch.setitem(RULES, "move_on", newer)
    answer = recompute(raw)
    assert not answer.same
    assert answer.difference.startswith("The file was made by move_on, version 1; here is version 2.")


def test_a_newer_plainview_that_says_the_same_is_the_same(raw, monkeypatch):
    monkeypatch.setattr(room, "VERSION", "9.9.9")
    answer = recompute(raw)
    assert (answer.same, answer.made_by, answer.here) == (True, "0.1.0", "9.9.9")


def test_a_card_that_does_not_follow_from_its_pieces_never_leaves():
    """An estimate kept from yesterday, when the pieces said something else."""
    stale = a_class(child("s1", equal=steady()[-3:]), known={("s1", EQUAL): estimate(steady())})
    (card,) = propose(stale, rules=["move_on"])
    with pytest.raises(ValueError, match="does not follow from its own inputs"):
        export(card, stale)


def test_an_estimate_that_was_handed_in_whole_changes_nothing(snapshot, raw):
    known = {(s, EQUAL): estimate(snapshot.pieces(s, EQUAL)) for s in ("s1", "s2")}
    with_known = replace(snapshot, known=known)
    (card,) = propose(with_known, rules=["move_on"])
    assert export(card, with_known) == raw
