"""Numbers with their noun: one is never many, in any sentence that is kept here."""

import json
import re
from pathlib import Path

import pytest

from plainview.core.plural import agreeing, counted, part_of

ROOT = Path(__file__).parents[2]
TOLD = sorted(
    [*ROOT.glob("content/dossiers/*/findings.json"), *ROOT.glob("docs/for-reviewers/*/findings.json")]
)
ONE_OF_MANY = re.compile(r"(?<![\d.,/:=-])1 (?!is\b|was\b|has\b|less\b|times\b)[a-z-]+s\b(?! of)")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (counted(1, "student"), "1 student"),
        (counted(1204, "row", "are"), "1,204 rows are"),
        (counted(1, "row", "are left"), "1 row is left"),
        (counted(0, "request", "were"), "0 requests were"),
        (counted(2, "company", many="companies"), "2 companies"),
        (part_of(1, 8, "item", "seem"), "1 of 8 items seems"),
        (part_of(1, 1, "item", "are"), "1 of 1 item is"),
        (part_of(3, 8, "item", "should"), "3 of 8 items should"),
        (agreeing(1, "should"), "should"),
        (agreeing(1, "have"), "has"),
    ],
)
def test_noun_and_verb_go_by_the_number(said, words):
    assert said == words


@pytest.mark.parametrize("path", TOLD, ids=lambda path: path.parent.name)
def test_no_sentence_of_a_kept_review_counts_one_as_many(path):
    texts = _texts(json.loads(path.read_text(encoding="utf-8")))
    assert [text for text in texts if ONE_OF_MANY.search(text)] == []


def _texts(told):
    if isinstance(told, str):
        return [told]
    each = told.values() if isinstance(told, dict) else told if isinstance(told, list) else ()
    return [text for one in each for text in _texts(one)]
