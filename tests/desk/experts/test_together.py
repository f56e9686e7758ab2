"""Opening, agreement, second thoughts, what the chair notes, and the ratings in the dossier."""

import csv
import io
import tomllib
import zipfile
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from plainview.core.audit.experts import experts
from plainview.core.dossier.ratings import ratings_of
from plainview.desk.experts import agree, consolidate, export, practise, rate, table, unseal
from plainview.desk.experts.models import Ballot, Consolidated, RatersAgree, Revision
from plainview.desk.published.page import Experts
from plainview.desk.reviews import export as dossier
from plainview.desk.reviews import receive, stage
from plainview.desk.reviews.models import Stage
from plainview.desk.verdicts import gateway
from plainview.lobby.jobs.models import Job
from plainview.lobby.jobs.work import work
from plainview.lobby.people.policy import Denied, NotSeen

PANEL = ("ed", "flo", "gus")


def test_ratings_are_opened_when_all_are_in_and_not_before(rating):
    for who in PANEL:
        with pytest.raises(Denied, match="nobody sees any rating"):
            rating.open()
        rating.hand_in(who)
    rating.open()
    assert rating.review.stage == Stage.CONSOLIDATING
    assert rating.round.opened_by == rating.desk.cora
    assert list(Job.objects.filter(name="experts.agree").values_list("arguments", flat=True)) == [
        {"round_pk": rating.round.pk}
    ]


def test_two_ratings_are_not_enough(panel):
    for who in ("ed", "flo"):
        panel.make_ready(who)
    panel.begin()
    for who in ("ed", "flo"):
        panel.hand_in(who)
    with pytest.raises(Denied):
        panel.open()


def test_whoever_has_not_answered_is_waited_for_until_she_is_let_go(panel):
    from plainview.desk.experts import invite
    from plainview.lobby.people.models import Person, Role

    ida = Person.objects.create_user("ida", identifier="ida", given_name="Ida", role=Role.EXPERT)
    for who in PANEL:
        panel.make_ready(who)
    waits = invite.ask(panel.review, ida, by=panel.desk.cora, at=panel.at)
    panel.begin()
    for who in PANEL:
        panel.hand_in(who)
    with pytest.raises(Denied):
        panel.open()
    invite.let_go(waits, by=panel.desk.cora, at=panel.at, why="no answer in three weeks")
    panel.open()


def test_the_panel_is_complete_once_the_ratings_are_open(opened):
    with pytest.raises(Denied, match="complete"):
        opened.ask("ed")


@pytest.mark.parametrize("who", ["ed", "vic", "val", "olu", "sten"])
def test_nobody_but_the_chair_opens(rating, who):
    for one in PANEL:
        rating.hand_in(one)
    with pytest.raises(NotSeen):
        unseal.open_ratings(rating.round, by=rating.person(who), at=rating.at)


def test_what_was_opened_stays_as_it_was_whoever_leaves_the_panel_later(opened):
    """New evidence comes in; Gus is let go before the second round, and his first ballot still stands."""
    from plainview.desk.experts import invite, policy

    before = export.ratings_csv(opened.review)
    opened.at += timedelta(days=1)
    for step in (Stage.GATHERING, Stage.PLANNED, Stage.CHECKED):
        stage.move(opened.review, to=step, by=opened.desk.cora, at=opened.at, why="a new log")
    opened.begin()
    assert not [name for name in files(opened.review) if name.startswith("ratings/")], "a newcomer reads none"
    invite.let_go(opened.invitation("gus"), by=opened.desk.cora, at=opened.at, why="away")
    first = opened.review.rounds.get(number=1)
    assert policy.counted(first).count() == 3
    first_table = export._table(table.rows(first))
    assert first_table == before
    assert not policy.all_are_in(opened.round)


def test_between_rounds_a_new_expert_declares_and_reads(opened):
    from plainview.lobby.people.models import Person, Role

    opened.desk.ida = Person.objects.create_user("ida", identifier="ida", given_name="Ida", role=Role.EXPERT)
    stage.move(opened.review, to=Stage.GATHERING, by=opened.desk.cora, at=opened.at, why="a new log")
    opened.make_ready("ida")
    assert opened.invitation("ida").place == "ready"


# --- agreement ---------------------------------------------------------------------------------------------
def weighed(opened) -> RatersAgree:
    return agree.compute(opened.round, at=opened.at)


def test_the_stored_agreement_is_the_cores_own(opened):
    stored = weighed(opened)
    found = experts(agree.blind(opened.round), seed=stored.seed, draws=stored.draws)
    assert (stored.alpha, stored.low, stored.high) == (
        found.agreement.value, found.agreement.interval.low, found.agreement.interval.high,
    )  # fmt: skip
    assert stored.standing == "rely" and stored.n_raters == 3 and stored.n_questions == 45
    assert stored.scores["2"] == 2.0 and stored.scores["7"] == 2.0


def test_the_worker_does_it_once_and_the_database_keeps_it(opened):
    work(once=True)
    stored = agree.standing(opened.review)
    assert stored.standing == "rely"
    assert weighed(opened).pk == stored.pk
    with pytest.raises(DatabaseError), transaction.atomic():
        RatersAgree.objects.update(alpha=1.0)


def test_what_waits_to_be_weighed_is_known_and_may_be_asked_for_again(opened, signed_in_as):
    assert agree.is_waiting(opened.review)
    Job.objects.all().delete()
    client = signed_in_as(opened.desk.cora)
    address = f"/desk/ratings/rounds/{opened.round.pk}/"
    assert "Compute it once more" in client.get(address).content.decode()
    for _press in range(2):
        client.post(f"{address}weigh/")
    assert Job.objects.count() == 1
    work(once=True)
    assert not agree.is_waiting(opened.review)
    assert "agree well enough to rely on" in client.get(address).content.decode()


def test_far_apart_there_is_a_spread_and_no_score(rating):
    levels = {"ed": lambda n: n % 5, "flo": lambda n: (n * 3 + 1) % 5, "gus": lambda n: (4 * n + 2) % 5}
    for who, level in levels.items():
        rating.hand_in(who, level)
    rating.open()
    stored = weighed(rating)
    assert stored.standing == "spread" and stored.scores == {}
    consolidate.note(rating.round, 1, level=2, why="a talk", by=rating.desk.cora, at=rating.at)
    page = Experts.model_validate(agree.for_page(rating.review))
    assert all(one.score is None for one in page.questions), "no talk makes a score of a spread"
    assert "too far apart" in page.sentence.en


def test_where_nobody_could_rate_it_cannot_be_said(rating):
    for who in PANEL:
        ballot, person = rating.ballot(who), rating.person(who)
        for part in rate.parts({}):
            rate.leave_rest(ballot, part.about, because="nothing was shown", by=person, at=rating.at)
        rate.hand_in(ballot, by=person, at=rating.at)
    rating.open()
    stored = weighed(rating)
    assert stored.standing == "cannot_say" and stored.alpha is None and stored.reason


def test_a_page_shows_levels_by_size_and_the_settled_score(opened):
    assert agree.for_page(opened.review) is None, "not weighed yet"
    weighed(opened)
    consolidate.note(opened.round, 2, level=1, why="the prints were found", by=opened.desk.cora, at=opened.at)
    page = Experts.model_validate(agree.for_page(opened.review))
    second = next(one for one in page.questions if one.number == 2)
    assert second.levels == (0, 2, 4) and second.score == 1
    assert page.standing == "rely" and "3 experts rated, each alone." in page.sentence.en


def publish(opened) -> None:
    for step in (Stage.CONCLUDED, Stage.PUBLISHED):
        stage.move(opened.review, to=step, by=opened.desk.cora, at=opened.at, why="done")


def test_what_they_settled_on_may_be_noted_anew_until_it_is_published_and_then_stays(opened):
    said = {"why": "a talk", "by": opened.desk.cora, "at": opened.at}
    for level in (1, 2):
        consolidate.note(opened.round, 2, level=level, **said)
    assert Consolidated.objects.get().level == 2
    review, round_ = opened.review, opened.round
    publish(opened)
    with pytest.raises(DatabaseError), transaction.atomic():
        Consolidated.objects.update(level=4)
    with pytest.raises(DatabaseError), transaction.atomic():
        Consolidated.objects.all()._raw_delete(Consolidated.objects.db)
    with pytest.raises(DatabaseError), transaction.atomic():
        Consolidated.objects.create(review=review, round=round_, question=3, level=1, **said)


def test_an_old_round_says_nothing_of_new_evidence(opened):
    weighed(opened)
    consolidate.note(opened.round, 2, level=1, why="a talk", by=opened.desk.cora, at=opened.at)
    assert gateway.levels(opened.review) == {2: 1}
    opened.at += timedelta(days=1)
    receive._back_to_gathering(opened.review, "log.csv", by=opened.desk.cora, at=opened.at)
    assert opened.review.stage == Stage.GATHERING
    assert agree.opened_round(opened.review) is None
    assert agree.for_page(opened.review) is None
    assert not agree.is_waiting(opened.review)
    assert export.ratings_csv(opened.review) == b""
    assert not [name for name in files(opened.review) if name.startswith("ratings/")]
    assert gateway.levels(opened.review) == {}


# --- second thoughts ---------------------------------------------------------------------------------------
def revise(opened, who="ed", question=2, level=1, because="I had not seen the prints"):
    ballot = Ballot.objects.get(invitation__expert=opened.person(who))
    return consolidate.revise(
        ballot, question, level=level, because=because, by=opened.person(who), at=opened.at
    )


def test_each_may_think_again_once_with_a_reason_and_the_first_stays(opened):
    before = weighed(opened)
    with pytest.raises(Denied, match="what made you"):
        revise(opened, because="  ")
    revise(opened)
    with pytest.raises(Denied, match="once already"):
        revise(opened, level=3)
    row = table.rows(opened.round)[1]
    first = row.said[0]
    assert (first.first.level, first.again.level, first.level) == (0, 1, 1)
    assert row.levels == (1, 2, 4) and row.is_wide
    assert agree.compute(opened.round, at=opened.at).alpha == before.alpha, "the talk changes no agreement"
    with pytest.raises(DatabaseError), transaction.atomic():
        Revision.objects.update(level=4)


def test_the_same_level_is_no_second_thought(opened):
    with pytest.raises(Denied):
        revise(opened, level=0)


def test_nobody_thinks_again_for_another_nor_before_the_opening(rating):
    ballot = rating.hand_in("ed")
    said = {"level": 1, "because": "x", "at": rating.at}
    with pytest.raises(Denied, match="has not begun"):
        consolidate.revise(ballot, 2, by=rating.desk.ed, **said)
    for who in ("flo", "cora", "vic"):
        with pytest.raises(NotSeen):
            consolidate.revise(ballot, 2, by=rating.person(who), **said)


def test_the_chair_notes_a_level_or_that_they_stay_apart(opened):
    cora, at = opened.desk.cora, opened.at
    assert consolidate.note_those_alike(opened.round, by=cora, at=at) == 44
    consolidate.note(opened.round, 2, level=None, why="two read it one way, one the other", by=cora, at=at)
    rows = table.rows(opened.round)
    assert all(row.settled for row in rows) and rows[1].settled.level is None
    with pytest.raises(Denied, match="how they came"):
        consolidate.note(opened.round, 2, level=1, why="", by=cora, at=at)
    with pytest.raises(NotSeen):
        consolidate.note(opened.round, 2, level=1, why="x", by=opened.desk.ed, at=at)


def test_after_the_verdict_nothing_more_is_noted(opened):
    stage.move(opened.review, to=Stage.CONCLUDED, by=opened.desk.cora, at=opened.at, why="done")
    with pytest.raises(Denied, match="over"):
        revise(opened)
    with pytest.raises(Denied, match="over"):
        consolidate.note(opened.round, 2, level=1, why="x", by=opened.desk.cora, at=opened.at)


# --- the dossier -------------------------------------------------------------------------------------------
def files(review) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(dossier.zip_bytes(review))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_no_rating_is_in_the_dossier_before_the_opening(rating):
    for who in PANEL:
        rating.hand_in(who)
    assert export.ratings_files(rating.review) == {} and export.ratings_csv(rating.review) == b""
    assert not [name for name in files(rating.review) if name.startswith("ratings/")]


def test_the_dossier_holds_letters_and_no_names_and_the_core_reads_the_same_ratings(opened, tmp_path):
    held = files(opened.review)
    (tmp_path / "ratings").mkdir()
    (tmp_path / "ratings/ratings.csv").write_bytes(held["ratings/ratings.csv"])
    found, faults = ratings_of(tmp_path)
    assert not faults
    said = {(one.rater, one.question, one.level) for one in found}
    assert said == {(one.rater, one.question, one.level) for one in agree.blind(opened.round)}
    assert {one.rater for one in found} == {"A", "B", "C"}
    assert not [name for name in (b"Ed", b"Flo", b"Gus") if name in held["ratings/ratings.csv"]]


def test_notes_are_one_line_each_and_no_formula(rating):
    ballot, ed = rating.fill("ed"), rating.desk.ed
    rate.keep(ballot, 1, level=1, note='=HYPERLINK("x")\nand <script>alert(1)</script>', by=ed, at=rating.at)
    rate.keep(ballot, 2, cannot_because="no\nkey", by=ed, at=rating.at)
    rate.hand_in(ballot, by=ed, at=rating.at)
    for who in ("flo", "gus"):
        rating.hand_in(who)
    rating.open()
    told = export.ratings_files(rating.review)
    first = next(csv.DictReader(io.StringIO(told["ratings/ratings.csv"].decode())))
    assert first["note"] == '\'=HYPERLINK("x") and <script>alert(1)</script>'
    assert told["ratings/not-rated.txt"].decode() == "A, question 2: no key\n"


def test_a_second_thought_reaches_the_dossier_beside_the_first(opened):
    revise(opened)
    lines = csv.DictReader(io.StringIO(files(opened.review)["ratings/ratings.csv"].decode()))
    row = next(one for one in lines if (one["rater"], one["question"]) == ("A", "2"))
    assert (row["level"], row["level_after_talk"]) == ("0", "1")


def test_the_frozen_plans_seed_is_used(opened):
    from plainview.desk.reviews.models import Plan

    text = "seed = 7\ndraws = 199\n"
    assert tomllib.loads(text)["seed"] == 7
    Plan.objects.create(
        review=opened.review, number=1, text=text, sha256="0" * 64, lock="x",
        frozen_at=opened.at, frozen_by=opened.desk.cora,
    )  # fmt: skip
    stored = weighed(opened)
    assert (stored.seed, stored.draws) == (7, 199)


# --- practice ----------------------------------------------------------------------------------------------
def test_practice_counts_what_is_the_keys_and_what_is_next_to_it(panel):
    exact, beside = panel.practise("ed"), panel.practise("flo", off=1)
    assert (exact.n_rated, exact.n_exact, exact.n_within_one) == (24, 24, 24)
    assert (beside.n_exact, beside.n_within_one) == (0, 24)
    assert panel.practise("gus", off=2).n_within_one == 0


def test_the_worker_adds_how_far_that_is_beyond_chance(panel):
    panel.practise("flo", off=1)
    work(once=True)
    kept = panel.desk.flo.practices.get()
    assert 0 < kept.kappa < 1 and kept.kappa_low < kept.kappa < kept.kappa_high


def test_practice_is_finished_whole_once_and_by_its_expert(panel):
    ed = panel.desk.ed
    begun = practise.begin(by=ed, at=panel.at)
    assert practise.begin(by=ed, at=panel.at).pk == begun.pk
    practise.keep(begun, "acorn", {5: 1}, by=ed)
    with pytest.raises(Denied, match="23 questions"):
        practise.finish(begun, by=ed, at=panel.at)
    with pytest.raises(NotSeen):
        practise.keep(begun, "acorn", {5: 1}, by=panel.desk.flo)
    with pytest.raises(Denied, match="no such question"):
        practise.keep(begun, "acorn", {6: 1}, by=ed)
    done = panel.practise("ed")
    with pytest.raises(Denied, match="finished"):
        practise.keep(done, "acorn", {5: 3}, by=ed)
    with pytest.raises(DatabaseError), transaction.atomic():
        done.ratings.update(level=4)
