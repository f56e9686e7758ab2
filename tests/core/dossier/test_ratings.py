"""Experts' ratings are read, and every one that is none is told by its line."""

from plainview.core.dossier.bank import FIRST, LAST, bank


def test_a_table_and_a_file_for_each_rater_are_read_alike(put, opened):
    put("ratings/ratings.csv", "rater,question,level,note\nA,5,3,because\nA,12,0,\n")
    put("ratings/b.toml", 'rater = "B"\n[levels]\n5 = 2\n')
    found = [(one.rater, one.question, one.level) for one in opened().ratings]
    assert found == [("B", 5, 2), ("A", 5, 3), ("A", 12, 0)]


def test_each_fault_is_told_by_its_line_and_the_rest_is_kept(put, opened):
    put("ratings/r.csv", "rater,question,level\nA,46,2\n,5,2\nA,5,5\nA,5,x\nA,6,4\nA,6,3\n")
    put("ratings/t.toml", "rater = 1\n")
    dossier = opened()
    assert [(one.question, one.level) for one in dossier.ratings] == [(6, 4)]
    assert list(dossier.faults) == [
        "ratings/r.csv, line 2, 'question': found '46', expected a number from 1 to 45.",
        "ratings/r.csv, line 3, 'rater': found nothing, expected a letter or a word for the rater.",
        "ratings/r.csv, line 4, 'level': found '5', expected a whole number from 0 to 4.",
        "ratings/r.csv, line 5, 'level': found 'x', expected a whole number from 0 to 4.",
        "ratings/t.toml: found no table [levels], expected one with a level for each question.",
        "ratings/r.csv, line 7: found level 3 by rater 'A' on question 6, expected 4, as said before.",
    ]


def test_a_table_without_its_columns_is_told(put, opened):
    put("ratings/r.csv", "who,question,level\nA,1,2\n")
    (fault,) = opened().faults
    assert fault == "ratings/r.csv, line 1, column 'rater': found no such column, expected it in the header."


def test_the_bank_holds_its_45_questions_by_numbers_that_never_change():
    assert list(bank()) == list(range(FIRST, LAST + 1))
    assert len({one.asks for one in bank().values()}) == LAST
    assert all(one.asks.endswith(("?", ".")) for one in bank().values())
    assert bank()[8].about == "algorithm" and bank()[45].about == "governance"
