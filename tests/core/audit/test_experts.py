"""Experts' ratings: a score only where they agree well enough."""

import pytest

from plainview.core.audit.experts import Standing, experts
from plainview.core.dossier.dossier import Rating


def rated(**levels: str):
    """``rated(A="2304", B="2304")``: levels of each rater on questions 1, 2, 3 and so on; a blank is none."""
    return [
        Rating(rater=rater, question=n, level=int(level), file="r.csv", line=None)
        for rater, row in levels.items()
        for n, level in enumerate(row, start=1)
        if level != " "
    ]


def asked(**levels: str):
    return experts(rated(**levels), seed=1, draws=999)


def test_nobody_rated_anything():
    assert experts([], seed=1, draws=999) is None


@pytest.mark.parametrize(
    ("levels", "standing", "scores"),
    [
        ({"A": "20413024", "B": "20413024", "C": "20413023"}, Standing.RELY, [2, 0, 4, 1, 3, 0, 2, 4]),
        ({"A": "20413024", "B": "21413034", "C": "20312013"}, Standing.RELY, [2, 0, 4, 1, 3, 0, 2, 4]),
        ({"A": "40413024", "B": "04131402", "C": "22222222"}, Standing.SPREAD, [None] * 8),
    ],
)
def test_a_score_is_the_median_where_raters_agree_and_no_score_where_they_do_not(levels, standing, scores):
    found = asked(**levels)
    assert found.standing == standing
    assert [one.score for one in found.rated] == scores


def test_between_the_two_lines_it_is_a_first_view():
    found = asked(A="2041302412", B="2132203412", C="1030412321")
    assert 0.667 <= found.agreement.value < 0.8
    assert found.standing == Standing.TENTATIVE
    assert found.sentence.endswith("They agree well enough for a first view only.")


def test_two_raters_are_too_few_and_the_spread_is_shown():
    found = asked(A="2041", B="2041")
    assert found.standing is None
    assert found.sentence == (
        "2 experts rated 4 of 45 questions. Whether they agree cannot be said: 2 raters have rated; "
        "it would need at least 3, each alone."
    )
    assert [one.levels for one in found.rated] == [(2, 2), (0, 0), (4, 4), (1, 1)]


def test_a_question_that_two_of_three_rated_has_no_score():
    found = asked(A="20413024", B="20413024", C="2041302 ")
    assert found.rated[-1].score is None and found.rated[0].score == 2
