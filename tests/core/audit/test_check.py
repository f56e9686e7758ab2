"""A line of the catalogue: the answers of its function, whether one or many."""

from plainview.core.audit.check import Check, Question
from plainview.core.cannot_say import CannotSay

NOTHING = CannotSay(question="Is it?", reason="there is nothing", would_need="something", check="x/1")


def one(dossier, progress):
    return NOTHING


def many(dossier, progress):
    return [NOTHING, NOTHING]


def a_check(where):
    return Check(
        name="adaptivity.x/1",
        question=Question.ADAPTIVITY,
        asks="Is it?",
        needs="a log",
        page="x",
        where=where,
    )


def test_a_check_gives_its_answers_as_a_row_whether_it_has_one_or_many():
    assert a_check(f"{__name__}:one").ask(None, print) == (NOTHING,)
    assert a_check(f"{__name__}:many").ask(None, print) == (NOTHING, NOTHING)
