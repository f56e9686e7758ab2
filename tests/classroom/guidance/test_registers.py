"""One record in four registers: a child and a family read what concerns them, and nobody else's name."""

from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

import pytest

from plainview.classroom.guidance import decide, registers, standing
from plainview.classroom.guidance.decide import Change, Why


@pytest.fixture
def decided(group_card, people, now):
    return decide.do_it(group_card, by=people.ada, at=now, why=Why(words="Kai should sit beside Bo."))


def test_a_child_reads_what_was_decided_and_why(decided, people, today):
    [told] = registers.for_student(people.bo, on=today)
    assert told.what == "Cut it again"
    assert told.why.startswith("Some of us look at")
    assert told.with_whom == "Dee, Kai"
    assert told.competency.identifier == "4.NF.A.1"


def test_a_child_reads_no_number_and_no_verdict_on_her(decided, people, today):
    [told] = registers.for_student(people.bo, on=today)
    said = f"{told.what} {told.why} {told.with_whom}"
    assert not any(sign.isdigit() for sign in said)
    for word in ("not yet", "steady", "sure", "behind", "low"):
        assert word not in said


def test_a_child_is_told_nothing_of_a_card_that_was_declined(group_card, people, now, today):
    decide.no(group_card, by=people.ada, at=now, why=Why(reasons=("taught",)))
    assert registers.for_student(people.bo, on=today) == []


def test_what_was_taken_back_is_told_no_longer(decided, people, now, today):
    decide.take_back(decided, by=people.ada, at=now)
    assert registers.for_student(people.bo, on=today) == []


def test_a_family_reads_all_of_it_with_reasons(group_card, people, now, today):
    decide.no(group_card, by=people.ada, at=now, why=Why(reasons=("taught", "saw_it")))
    [told] = registers.for_family(people.bo, on=today)
    assert told.what == "Teach a small group again: Make equal fractions"
    assert told.decided == "Ada Okafor: No"
    assert told.reasons == ("already taught", "I saw it myself")
    assert told.rule_words.startswith("When three to six children")
    assert told.pieces


def test_no_other_child_is_in_what_a_family_reads(decided, people, today):
    """Not her name, not her evidence, not what the teacher wrote about several children at once."""
    [told] = registers.for_family(people.bo, on=today)
    written = repr(asdict(told))
    for name in ("Dee", "Kai", "Park"):
        assert name not in written
    own = set(people.bo.evidence.values_list("pk", flat=True))
    assert {piece.pk for piece in told.pieces} <= own


def test_a_reason_that_is_about_one_child_is_told_to_no_family_of_a_group(group_card, people, now, today):
    reasons = ("support", "language", "absent", "student_chose", "family_asked", "taught")
    decide.no(group_card, by=people.ada, at=now, why=Why(reasons=reasons))
    [told] = registers.for_family(people.bo, on=today)
    assert told.reasons == ("already taught",)


def test_of_her_own_child_a_family_reads_every_reason(lowering_card, people, five, now, today):
    decide.no(lowering_card, by=people.ada, at=now, why=Why(reasons=("support",)))
    [told] = registers.for_family(five[4], on=today)
    assert told.reasons == ("IEP or 504",)


def test_a_family_reads_that_a_card_was_decided_without_the_child(group_card, people, five, now, today):
    keep = Change(students=(five[1].pk, five[2].pk))
    decide.change_it(group_card, keep, by=people.ada, at=now, why=Why(words="Bo is ahead of this."))
    [told] = registers.for_family(people.bo, on=today)
    assert told.decided == "The teacher decided it without your child, and nothing happened."
    assert told.what == "Teach a small group again: Make equal fractions"
    assert (told.words, told.pieces) == ("", ())


def test_supports_and_language_are_not_in_it(decided, people, today):
    """Invariant 9: sensitive facts stay in their own place."""
    written = repr([*registers.for_family(people.bo, on=today), *registers.for_student(people.bo, on=today)])
    for word in ("IEP", "spoken", "English learner"):
        assert word not in written


def test_words_about_one_child_are_read_by_her_family(lowering_card, people, five, now, today):
    decide.no(lowering_card, by=people.ada, at=now, why=Why(words="She explained it to me on Monday."))
    [told] = registers.for_family(five[4], on=today)
    assert told.words == "She explained it to me on Monday."


def test_a_family_reads_that_a_card_went_away(group_card, people, today):
    [told] = registers.for_family(people.bo, on=today + timedelta(days=8))
    assert told.decided == "Nobody decided, and nothing happened."


def test_a_card_that_still_waits_is_not_told(group_card, people, today):
    assert registers.for_family(people.bo, on=today) == []


def test_a_family_reads_a_veto_with_its_words(group_card, people, now, today):
    standing.veto(
        group_card,
        people.bo,
        words="He needs a quiet place first.",
        ends_on=today + timedelta(weeks=4),
        by=people.fay,
        at=now,
    )
    [told] = registers.for_family(people.bo, on=today)
    assert (told.decided, told.words) == ("Fay Mbeki", "He needs a quiet place first.")


def test_a_teachers_own_idea_is_told_in_her_words_for_the_child(people, content, now, today):
    decide.originate(
        people.room_4b,
        students=[people.bo],
        activity=content.game,
        competency=content.equal,
        by=people.ada,
        at=now,
        client_key=UUID(int=1),
        because="You asked for a game.",
    )
    [told] = registers.for_student(people.bo, on=today)
    assert (told.what, told.why) == ("Fraction war", "You asked for a game.")


def test_what_a_teacher_noted_for_herself_is_not_put_before_a_child(people, now, today):
    decide.originate(
        people.room_4b,
        students=[people.bo],
        activity=None,
        competency=None,
        by=people.ada,
        at=now,
        client_key=UUID(int=1),
        why=Why(words="Ask about his sister."),
    )
    assert registers.for_student(people.bo, on=today) == []
