"""The reading grade is that of the published formula, on texts whose counts are known."""

import pytest
from tests.reading import grade, syllables

WORDS = {
    1: "a be the one school child asked walked names these next would have been class seen made place",
    2: "answer sentence table little reading needed students wanted vendor before open over rated product "
    "tested numbers learning people",
    3: "area different example supported another exhibit remember family together",
    4: "usually contradicted inconclusive information competition development",
    5: "equivalency university examination",
}


def test_syllables_are_those_of_a_dictionary_or_nearly():
    """Rules without a dictionary: nine words in ten are right, and the sum is within three in a hundred."""
    true = {word: n for n, words in WORDS.items() for word in words.split()}
    found = {word: syllables(word) for word in true}
    wrong = [word for word in true if found[word] != true[word]]
    assert len(wrong) <= len(true) / 10, wrong
    assert sum(found.values()) == pytest.approx(sum(true.values()), rel=0.03)


def test_the_grade_is_that_of_the_formula():
    text = "The cat sat on the mat. The dog ran."  # 9 words, 2 sentences, 9 syllables
    assert grade(text) == pytest.approx(0.39 * 9 / 2 + 11.8 * 9 / 9 - 15.59)


def test_law_reads_harder_than_a_letter():
    letter = "We looked at your work. You did it well. Come and see us on Tuesday."
    law = (
        "Notwithstanding the aforementioned provisions, the educational institution shall implement "
        "administrative procedures facilitating parental inspection of confidential documentation."
    )
    assert grade(letter) < 3 and grade(law) > 16
