"""What a rule sees, and what it does not."""

import dataclasses

from tests.core.rules.story import COMPARE, EQUAL, TODAY, a_class, child, not_yet, piece, steady

from plainview.core.learner.estimate import State, estimate
from plainview.core.rules.snapshot import GroupRecord, Snapshot, StudentView, pruned, ref_order


def test_references_stand_in_the_order_a_person_would_put_them():
    assert sorted(["s10", "s2", "s1", "a"], key=ref_order) == ["a", "s1", "s2", "s10"]
    assert sorted(["4.NF.B.3.a", "4.NF.A.10", "4.NF.A.2", "3.NF.A.1"], key=ref_order) == [
        "3.NF.A.1",
        "4.NF.A.2",
        "4.NF.A.10",
        "4.NF.B.3.a",
    ]


def test_no_view_has_room_for_a_name_or_for_what_is_kept_apart():
    seen = {f.name for view in (Snapshot, StudentView) for f in dataclasses.fields(view)}
    assert not seen & {
        "name",
        "first_name",
        "gender",
        "race",
        "birth",
        "disability",
        "custody",
        "income",
        "grade_average",
    }


def test_what_came_after_the_day_is_not_seen():
    tomorrow = piece(1, days_ago=-1)
    snapshot = a_class(child("s1", equal=(*steady(), tomorrow)))
    assert tomorrow not in snapshot.pieces("s1", EQUAL)
    assert snapshot.estimate("s1", EQUAL).n_pieces == 6


def test_estimates_are_those_of_the_learner():
    pieces = steady()
    assert a_class(child("s1", equal=pieces)).estimates["s1", EQUAL] == estimate(pieces)


def test_an_estimate_that_was_handed_in_is_not_made_again():
    handed_in = estimate(not_yet())
    snapshot = a_class(child("s1", equal=steady()), known={("s1", EQUAL): handed_in})
    assert snapshot.estimate("s1", EQUAL) is handed_in


def test_the_teachers_own_word_wins():
    snapshot = a_class(child("s1", equal=not_yet(), judged={EQUAL: State.STEADY}))
    assert snapshot.state("s1", EQUAL) is State.STEADY
    assert snapshot.estimate("s1", EQUAL).state is State.NOT_ENOUGH


def test_two_are_kept_apart_whichever_of_them_it_is_written_down_for():
    snapshot = a_class(child("s1"), child("s2", apart_from=("s1",)), child("s3"))
    assert not snapshot.may_work_together(("s1", "s2"))
    assert snapshot.may_work_together(("s1", "s3"))


def test_a_pruned_snapshot_holds_nobody_and_nothing_else():
    together = GroupRecord(on=TODAY, purpose="project", members=("s1", "s2"))
    snapshot = a_class(
        child(
            "s1",
            equal=steady(),
            compare=not_yet(),
            apart_from=("s2",),
            holds=("fraction-war",),
            groups=(together,),
        ),
        child("s2", equal=steady()),
    )
    kept = pruned(snapshot, students=("s1",), competencies=(EQUAL,), activities=("same-size",))
    (only,) = kept.students
    assert set(only.pieces) == {EQUAL}
    assert (only.apart_from, only.holds, only.groups[0].members) == ((), (), ("s1",))
    assert [c.ref for c in kept.competencies] == [EQUAL]
    assert COMPARE not in kept.competency[EQUAL].next
    assert [a.ref for a in kept.activities] == ["same-size"]
    assert kept.misconceptions == ()
