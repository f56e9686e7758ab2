"""What experts hold products against: five sentences a question, in each language."""

import pytest

from plainview.core.dossier.bank import bank
from plainview.desk.experts import made_up
from plainview.desk.experts.anchors import LANGUAGES, anchors

LONGEST = 105  # a line or two beside its button on a phone


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_has_five_sentences_that_differ_and_are_short(language):
    found = anchors(language)
    assert list(found) == list(bank())
    said = [sentence for one in found.values() for sentence in one.levels]
    assert len(said) == 225 == len(set(said))
    assert max(map(len, said)) <= LONGEST
    assert all(one.levels and len(one.levels) == 5 for one in found.values())
    assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in said)


def test_no_spanish_sentence_is_the_english_one():
    english, spanish = anchors("en"), anchors("es")
    for number in bank():
        assert english[number].asks != spanish[number].asks
        assert not set(english[number].levels) & set(spanish[number].levels)


def test_a_language_without_words_reads_the_english_ones():
    assert anchors("fr") == anchors("en")


def test_there_are_three_made_up_products_of_eight_questions_with_every_level_among_them():
    for language in LANGUAGES:
        found = made_up.products(language)
        assert [len(one.key) for one in found] == [8, 8, 8]
        assert all(len(one.told) == 9 for one in found), "a paragraph of what it is, and one a question"
        assert all(known.why for one in found for known in one.key)
    assert set(made_up.key().values()) == {0, 1, 2, 3, 4}
    assert made_up.products("en")[0].told != made_up.products("es")[0].told
