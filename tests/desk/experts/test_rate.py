"""A ballot: a draft, handed in once, then fixed; and when it may be begun at all."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from plainview.core.dossier.bank import bank
from plainview.desk.experts import rate, unseal
from plainview.desk.experts.models import Ballot, Rating
from plainview.desk.reviews import stage
from plainview.desk.reviews.models import Stage
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.policy import Denied, NotSeen


def test_a_draft_is_kept_question_by_question_and_may_change(rating):
    ed, ballot = rating.desk.ed, rating.ballot("ed")
    rate.keep(ballot, 5, level=3, note="saw it", by=ed, at=rating.at)
    rate.keep(ballot, 5, level=1, note="saw it again", by=ed, at=rating.at)
    rate.keep(ballot, 6, cannot_because="no access", by=ed, at=rating.at)
    rate.keep(ballot, 7, note="to be read once more", by=ed, at=rating.at)
    said = list(
        ballot.ratings.order_by("question").values_list("question", "level", "cannot_because", "note")
    )
    assert said == [
        (5, 1, "", "saw it again"),
        (6, None, "no access", ""),
        (7, None, "", "to be read once more"),
    ]
    assert rate.unsettled(ballot) == [n for n in bank() if n not in (5, 6)]


@pytest.mark.parametrize("question, level", [(0, 1), (46, 1), (5, 5), (5, -1)])
def test_there_is_no_such_question_or_level(rating, question, level):
    with pytest.raises(Denied):
        rate.keep(rating.ballot("ed"), question, level=level, by=rating.desk.ed, at=rating.at)


def test_a_level_and_a_reason_why_not_do_not_go_together(rating):
    with pytest.raises(Denied):
        rate.keep(rating.ballot("ed"), 5, level=1, cannot_because="x", by=rating.desk.ed, at=rating.at)


def test_a_ballot_is_handed_in_whole(rating):
    ballot = rating.ballot("ed")
    rate.keep(ballot, 1, level=1, by=rating.desk.ed, at=rating.at)
    with pytest.raises(Denied, match=r"44 questions .* 2, 3, 4, 5, 6, 7 …"):
        rate.hand_in(ballot, by=rating.desk.ed, at=rating.at)


def test_the_rest_of_a_part_may_be_left_with_one_reason(rating):
    ballot = rating.ballot("ed")
    rate.keep(ballot, 34, level=2, by=rating.desk.ed, at=rating.at)
    rate.keep(ballot, 35, note="half a thought", by=rating.desk.ed, at=rating.at)
    n_left = rate.leave_rest(ballot, "data", because="I know no law", by=rating.desk.ed, at=rating.at)
    assert n_left == 6
    left = {one.question: one for one in ballot.ratings.all()}
    assert left[34].level == 2 and left[35].note == "half a thought"
    assert all(left[n].cannot_because == "I know no law" for n in range(35, 41))


def test_once_handed_in_nothing_changes_by_any_way(rating):
    ballot, ed = rating.hand_in("ed"), rating.desk.ed
    with pytest.raises(Denied, match="fixed"):
        rate.keep(ballot, 5, level=4, by=ed, at=rating.at)
    with pytest.raises(Denied, match="fixed"):
        rate.hand_in(ballot, by=ed, at=rating.at)
    for change in (
        lambda: Rating.objects.filter(ballot=ballot, question=5).update(level=4),
        lambda: Rating.objects.filter(ballot=ballot).delete(),
        lambda: Ballot.objects.filter(pk=ballot.pk).update(handed_in_at=None),
        lambda: Rating.objects.filter(ballot=ballot, question=5)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_nothing_is_added_to_a_ballot_that_was_handed_in(rating):
    ballot = rating.ballot("ed")
    Ballot.objects.filter(pk=ballot.pk).update(handed_in_at=rating.at)
    with pytest.raises(DatabaseError, match="takes nothing more"), transaction.atomic():
        Rating.objects.create(ballot=ballot, question=5, level=4, at=rating.at)


def test_a_rating_does_not_move_to_another_ballot(rating):
    mine, hers = rating.fill("ed"), rating.ballot("flo")
    with pytest.raises(DatabaseError), transaction.atomic():
        Rating.objects.filter(ballot=mine).update(ballot=hers)


@pytest.mark.parametrize("who", ["flo", "cora", "vic", "olu"])
def test_nobody_writes_on_anothers_ballot(rating, who):
    with pytest.raises(NotSeen):
        rate.keep(rating.ballot("ed"), 5, level=4, by=rating.person(who), at=rating.at)


def test_practice_comes_first_and_holds_for_a_year(panel):
    panel.ask("ed")
    panel.accept("ed")
    panel.declare("ed")
    panel.begin()
    with pytest.raises(Denied, match="Practise"):
        panel.ballot("ed")
    panel.practise("ed")
    assert panel.ballot("ed")
    later = panel.at + timedelta(days=365)
    with pytest.raises(Denied, match="Practise"):
        rate.ballot_of(panel.invitation("ed"), by=panel.desk.ed, at=later)


def test_a_score_is_asked_only_where_the_chair_set_a_bar(panel):
    panel.make_ready("ed")
    panel.practise("ed", off=2)
    panel.begin(practice_bar=80)
    with pytest.raises(Denied, match="80 of 100"):
        panel.ballot("ed")
    panel.practise("ed", off=1)
    assert panel.ballot("ed")


def test_before_rating_begins_and_without_a_declaration_there_is_no_ballot(panel):
    panel.make_ready("ed")
    with pytest.raises(Denied, match="not being rated"):
        panel.ballot("ed")
    panel.begin()
    panel.ask("flo")
    panel.practise("flo")
    with pytest.raises(Denied, match="independent"):
        panel.ballot("flo")


def test_new_evidence_makes_a_new_round_with_empty_ballots(rating):
    first = rating.hand_in("ed")
    for step in (Stage.GATHERING, Stage.PLANNED, Stage.CHECKED):
        stage.move(
            rating.review, to=step, by=rating.desk.cora, at=rating.at + timedelta(days=1), why="new log"
        )
    with pytest.raises(Denied, match="not being rated"):
        rating.ballot("ed")
    rating.at += timedelta(days=2)
    rating.begin()
    second = rating.ballot("ed")
    assert second.pk != first.pk and second.round.number == 2 and not second.ratings.exists()


def test_the_ledger_notes_that_she_began_and_handed_in_and_no_level(rating):
    rating.hand_in("ed")
    deeds = list(
        Line.objects.filter(by=rating.desk.ed.pk, deed__contains="ballot").values_list("deed", flat=True)
    )
    assert deeds == ["experts.ballot.begun", "experts.ballot.handed_in"]


def test_rating_begins_once_and_by_the_chair(panel):
    with pytest.raises(NotSeen):
        unseal.begin(panel.review, by=panel.desk.ed, at=panel.at)
    panel.begin()
    with pytest.raises(Denied):
        panel.begin()
    assert panel.review.stage == Stage.RATING
