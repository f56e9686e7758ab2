"""The label never says more than the findings do."""

import json
from itertools import product
from types import SimpleNamespace

import pytest

from plainview.core.audit.catalogue import CHECKS
from plainview.core.dossier.dossier import Kind
from plainview.desk.published.page import Money, Row, Stories, Words
from plainview.desk.verdicts import found, how_sure, label
from plainview.desk.verdicts.models import Mark
from plainview.desk.verdicts.tongues import said

NOTHING_HEARD = label.Heard(levels={}, standing="", verdicts=(), money=Money(), stories=Stories())
MATCHED = "scored higher than matched records"


def what(refused: tuple[str, ...] = (), **answers: str) -> found.Found:
    """``what(efficacy__effect="learned more")``: that check found that; ``None`` stands for "cannot say"."""
    checks = [_check(name.replace("__", "."), answer) for name, answer in answers.items()]
    told = {"claims": [], "checks": checks, "refused": [{"kind": kind} for kind in refused]}
    return found.read(json.dumps(told))


def _check(name: str, answer: str | None) -> dict:
    effect = {
        "value": 0.36,
        "unit": "standard deviations",
        "interval": {"low": 0.2, "high": 0.5, "level": 0.95},
        "n": 805,
        "of": "students",
    }
    one = (
        {"kind": "cannot say"} if answer is None else {"kind": "finding", "answer": answer, "effect": effect}
    )
    return {
        "check": f"{name}/1",
        "question": name.split(".", maxsplit=1)[0],
        "asks": "?",
        "page": "",
        "answers": [one],
    }


def row(row: Row, what: found.Found, heard: label.Heard = NOTHING_HEARD):
    return label.rows(what, heard)[list(Row).index(row)]


def test_the_label_has_its_eight_rows_in_order():
    assert [one.row for one in label.rows(what(), NOTHING_HEARD)] == list(Row)


def test_every_row_has_a_sentence_for_every_mark_in_both_languages():
    for one, mark in product(Row, Mark):
        try:
            both = label.sentence(one, mark)
        except KeyError:
            continue
        assert both.en and both.es and both.en != both.es, (one, mark)


@pytest.mark.parametrize(
    ("answers", "mark"),
    [
        ({"efficacy__effect": "learned more", "efficacy__rating": "meets without reservations"}, "shown"),
        ({"efficacy__effect": "learned more", "efficacy__rating": "does not meet"}, "not_shown"),
        ({"efficacy__effect": "learned more", "efficacy__rating": None}, "not_shown"),
        ({"efficacy__effect": "not shown", "efficacy__rating": "meets without reservations"}, "not_shown"),
        ({"efficacy__effect": "learned less", "efficacy__rating": "does not meet"}, "shown_not_to"),
        (
            {"efficacy__effect": None, "efficacy__virtual_group": "scored higher than matched records"},
            "cannot_say",
        ),
        ({"efficacy__effect": None, "efficacy__rating": None}, "cannot_say"),
        ({}, "not_tested"),
    ],
)
def test_whether_it_works_rests_on_the_effect_and_on_how_far_it_can_be_trusted(answers, mark):
    assert row(Row.WORKS, what(**answers)).mark == mark


def test_a_check_that_speaks_against_it_is_never_outvoted():
    both = what(adaptivity__twin_probe="adapts", adaptivity__log_test="shown not to")
    assert row(Row.ADAPTS, both).mark == Mark.SHOWN_NOT_TO


def test_a_refused_exhibit_is_said_where_nothing_else_could_be():
    assert row(Row.ADAPTS, what(("log",), adaptivity__log_test=None)).mark == Mark.REFUSED
    assert row(Row.WORKS, what(("log",), efficacy__effect=None)).mark == Mark.CANNOT_SAY
    assert row(Row.FAIR, what(("log",), adaptivity__log_test=None)).mark == Mark.NOT_TESTED
    assert row(Row.ADAPTS, what(("log",), adaptivity__twin_probe="adapts")).mark == Mark.SHOWN


def test_shown_and_shown_not_to_come_only_from_findings_that_say_so():
    """Over every check of the catalogue and each of its answers."""
    for check in CHECKS.values():
        for answer in [*check.bearing, "something else", None]:
            told = what(**{found.without_version(check.name).replace(".", "__"): answer})
            asked = told.checks[0]
            for one in label.rows(told, NOTHING_HEARD):
                assert one.mark != Mark.SHOWN or asked.speaks_for, (check.name, answer, one.row)
                assert one.mark != Mark.SHOWN_NOT_TO or asked.speaks_against, (check.name, answer, one.row)


def test_no_row_rests_on_a_check_or_an_exhibit_that_is_not_there():
    names = {
        word for check in CHECKS.values() for word in (found.without_version(check.name), check.question)
    }
    for rests in label.RESTS.values():
        assert {*rests.on, *rests.needed} <= {str(name) for name in names}
        assert set(rests.kinds) <= {str(kind) for kind in Kind}


def test_a_row_says_no_more_than_people_who_were_more_careful():
    verdict = SimpleNamespace(checks=["efficacy.effect/1"], is_more_careful=True, mark=Mark.CANNOT_SAY)
    heard = label.Heard(levels={}, standing="", verdicts=[verdict], money=Money(), stories=Stories())
    answers = {"efficacy__effect": "learned more", "efficacy__rating": "meets without reservations"}
    one = row(Row.WORKS, what(**answers), heard)
    assert one.mark == Mark.CANNOT_SAY
    assert "more careful" in one.doubt.en


def test_a_row_tells_how_much_could_be_asked_and_its_number():
    one = row(Row.WORKS, what(efficacy__effect="learned more", efficacy__rating=None))
    assert one.doubt.en.startswith("1 of 2 checks could be answered: 1 for it, 0 against it.")
    assert one.doubt.en.endswith(
        "Students who got it scored 0.36 (0.2 to 0.5) standard deviations above those who did not."
        " This rests on 805 students."
    )
    assert one.evidence == "efficacy-effect"


def test_a_row_of_which_nothing_could_be_asked_gives_no_empty_counts():
    one = row(Row.WORKS, what(efficacy__effect=None, efficacy__rating=None))
    assert one.doubt.en == "None of 2 checks could be answered."
    assert one.sentence.en == "We cannot say: what we have does not answer it."


def test_a_number_below_nothing_is_said_as_one():
    def effect(value: float, low: float, high: float) -> str:
        interval = {"low": low, "high": high, "level": 0.9}
        told = {"value": value, "unit": "standard deviations", "interval": interval, "n": None, "of": ""}
        asked = SimpleNamespace(name="efficacy.effect", findings=[{"effect": told}])
        return how_sure.number(asked).en

    assert effect(-0.2, -0.4, 0.1) == (
        "Students who got it scored 0.2 (−0.1 to 0.4, 90 %) standard deviations below those who did not."
    )


def test_every_number_has_its_sentence_in_both_languages():
    for say in (*how_sure.ABOVE.values(), *how_sure.BELOW.values()):
        both = said(say)
        assert both.en != both.es
        assert "%(value)s (%(range)s)" in both.en and "%(value)s (%(range)s)" in both.es


@pytest.mark.parametrize(("n", "visits"), [(1, "in the one visit"), (3, "in the 3 visits")])
@pytest.mark.parametrize("light", ["red", "green"])
def test_what_leaves_says_in_how_many_visits_it_was_looked_at(n, visits, light):
    """A few visits of a tester's are no proof that nothing else leaves, nor how much does."""
    captures = [{"kind": "har", "fault": ""}] * n + [{"kind": "har", "fault": "not read"}]
    told = what(exposure__light=light)
    told = found.Found(claims=(), checks=told.checks, refused_kinds=frozenset(), told={"exhibits": captures})
    one = row(Row.LEAVES, told)
    assert visits in one.sentence.en.lower()
    assert "Other pages, other days" in one.doubt.en


def test_questions_are_short_enough_for_a_phone():
    for one in label.rows(what(), NOTHING_HEARD):
        assert max(len(one.question.en), len(one.question.es)) <= 30, one.question


@pytest.mark.parametrize(
    ("levels", "standing", "mark"),
    [
        ({5: 4, 18: 3}, "rely", "shown"),
        ({5: 4, 18: 1}, "rely", "not_shown"),
        ({5: 4, 18: 3}, "spread", "cannot_say"),
        ({5: 4, 18: None}, "rely", "cannot_say"),
        ({5: 4}, "tentative", "cannot_say"),
        ({12: 4}, "rely", "not_tested"),
    ],
)
def test_who_decides_is_what_experts_agree_on(levels, standing, mark):
    heard = label.Heard(levels=levels, standing=standing, verdicts=(), money=Money(), stories=Stories())
    assert row(Row.DECIDES, what(), heard).mark == mark


def test_stories_are_counted_and_never_a_score():
    told = Stories(n=12, base=Words(en="12 stories", es="12 relatos"))
    heard = label.Heard(levels={}, standing="", verdicts=(), money=Money(), stories=told)
    assert row(Row.TEACHERS, what(), heard).mark == Mark.CANNOT_SAY
    assert row(Row.TEACHERS, what()).mark == Mark.NOT_TESTED


def test_who_pays_is_shown_only_where_something_is_known():
    paid = Money(who_pays=(Words(en="Districts"),))
    heard = label.Heard(levels={}, standing="", verdicts=(), money=paid, stories=Stories())
    assert row(Row.PAYS, what(), heard).mark == Mark.SHOWN
    assert row(Row.PAYS, what(("contract",))).mark == Mark.REFUSED
    assert row(Row.PAYS, what()).mark == Mark.NOT_TESTED


@pytest.mark.parametrize(
    ("levels", "standing", "tells"),
    [
        ({5: None, 18: 0}, "rely", "no level for question 5."),
        ({5: None, 18: None}, "tentative", "no level for question 5, 18."),
        ({5: 3, 18: 3}, "spread", "too far apart"),
    ],
)
def test_experts_who_agree_and_settled_nothing_are_not_said_to_disagree(levels, standing, tells):
    heard = label.Heard(levels=levels, standing=standing, verdicts=(), money=Money(), stories=Stories())
    told = row(Row.DECIDES, what(), heard)
    assert tells in told.doubt.en
    assert "agree well enough" not in told.sentence.en
