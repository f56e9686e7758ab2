"""What a child showed is written down once, as it was."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plainview.classroom.evidence.models import Evidence, Kind
from plainview.classroom.evidence.policy import NotTaken
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.models import FamilyChoice
from plainview.lobby.people.policy import Denied, NotSeen

pytestmark = pytest.mark.django_db


def test_a_right_answer_is_kept_with_its_line_in_the_ledger(answered, people, content, now):
    row = answered("a1", hints=2)
    kept = Evidence.objects.get()
    assert (kept.shown, kept.hints, kept.response, kept.competency) == (1.0, 2, "a1", content.compare)
    line = Line.objects.get()
    assert (line.deed, line.by, line.about, line.thing, line.at) == (
        "evidence.answered",
        people.bo.pk,
        people.bo.pk,
        row.pk,
        now,
    )


def test_a_wrong_choice_keeps_the_idea_behind_it(answered):
    row = answered("b2")
    assert (row.shown, row.misconception) == (0.0, "bigger-bottom-is-bigger")


@pytest.mark.parametrize("response", ["3/2", " 6 / 4 ", "1 1/2", "1½", "1.5", "3⁄2", "1 and 1/2"])
def test_whatever_is_equal_in_value_is_right(answered, content, response):
    assert answered(response, item=content.write).shown == 1.0


def test_the_right_amount_written_otherwise_is_partly_shown(answered, content):
    content.write.answer["form"] = "mixed"
    assert answered("3/2", item=content.write).shown == 0.5


def test_a_named_wrong_number_keeps_its_name(answered, content):
    row = answered("1", item=content.write)
    assert (row.shown, row.misconception) == (0.0, "adds-whole-to-top")


def test_what_only_a_person_can_read_is_kept_and_not_scored(answered, content):
    row = answered("because it is", item=content.explain)
    assert row.shown is None
    assert row.response == "because it is"


def test_the_same_press_twice_is_one_answer(answered):
    first = answered("a1")
    again = answered("b2")  # the second press of a form that was changed meanwhile
    assert again.pk == first.pk
    assert again.shown == 1.0
    assert (Evidence.objects.count(), Line.objects.count()) == (1, 1)


def test_a_key_of_another_childs_row_opens_nothing(answered, people):
    answered("a1")
    with pytest.raises(NotSeen):
        answered("a1", student=people.dee, by=people.dee)
    assert Evidence.objects.count() == 1


def test_a_question_that_was_taken_out_is_kept_and_not_scored(answered, content):
    content.choose.retired = True
    content.choose.save()
    row = answered("b2")
    assert (row.response, row.shown, row.misconception) == ("b2", None, "")


@pytest.mark.parametrize("response", ["", "   ", "z9", "3/"])
def test_what_is_no_answer_is_asked_for_again_and_counts_nothing(answered, content, response):
    with pytest.raises(NotTaken):
        answered(response)
    assert not Evidence.objects.exists()


def test_words_where_a_number_is_asked_count_nothing(answered, content):
    with pytest.raises(NotTaken, match="3/4"):
        answered("dunno", item=content.write)
    assert not Evidence.objects.exists()


def test_an_answer_too_long_to_keep_is_not_cut(answered, content):
    with pytest.raises(NotTaken, match="longer"):
        answered("so " * 100, item=content.explain)


def test_help_is_written_down_and_never_makes_an_answer_count_for_nothing(answered):
    """Invariant 17."""
    row = answered("a1", helped="adult", hints=3)
    assert (row.helped, row.hints, row.shown) == ("adult", 3, 1.0)


def test_a_child_who_works_on_paper_is_not_marked_from_a_screen(answered, people, now):
    choose = {"student": people.bo, "kind": "paper_only", "by": people.eve}
    FamilyChoice.objects.create(chosen=True, at=now, **choose)
    with pytest.raises(NotTaken, match="Bo works on paper"):
        answered("a1")
    assert answered("a1", medium="paper", by=people.ada).medium == "paper"


def test_the_familys_newest_word_holds(answered, people, now):
    choose = {"student": people.bo, "kind": "paper_only", "by": people.eve}
    FamilyChoice.objects.create(chosen=True, at=now - timedelta(days=2), **choose)
    FamilyChoice.objects.create(chosen=False, at=now - timedelta(days=1), **choose)
    assert answered("a1").medium == "screen"


def test_an_answer_costs_few_statements(answered):
    with CaptureQueriesContext(
        connection,
    ) as said:
        answered("a1")
    verbs = [q["sql"].split()[0] for q in said]
    assert verbs == ["SELECT", "SAVEPOINT", "INSERT", "INSERT", "RELEASE"], verbs


def test_an_observation_is_as_good_as_an_answer(seen, people):
    row = seen()
    assert (row.kind, row.shown, row.by, row.assigned_by) == ("observation", 1.0, people.ada, "teacher")
    assert Line.objects.get().deed == "evidence.recorded"


def test_words_alone_are_enough(seen):
    row = seen(shown=None, competency=None, words="  Asked what a fraction is for.  ")
    assert (row.shown, row.competency, row.words) == (None, None, "Asked what a fraction is for.")


def test_a_note_that_says_nothing_is_asked_for_again(seen):
    with pytest.raises(NotTaken, match="Say what you saw"):
        seen(shown=None, words=" ")


def test_tomorrow_cannot_be_written_down(seen, today):
    with pytest.raises(NotTaken, match="still to come"):
        seen(on=today + timedelta(days=1))


@pytest.mark.parametrize("language", ["", "<b>", "english please", "EN"])
def test_a_language_is_a_known_kind_of_code(seen, language):
    with pytest.raises(NotTaken, match="language"):
        seen(language=language)


def test_a_child_writes_down_her_own_view_and_no_observation(seen, people):
    own = seen(by=people.bo, kind="self_assessment")
    assert own.assigned_by == "student"
    with pytest.raises(Denied, match="An adult of your class"):
        seen(by=people.bo, kind="observation")


def test_an_answer_is_never_an_observation(seen):
    with pytest.raises(ValueError, match="answer"):
        seen(kind=Kind.ANSWER)


def test_work_of_another_child_is_not_found(seen, people, now, today):
    from plainview.classroom.evidence.models import Work

    work = Work.objects.create(student=people.dee, title="A strip", made_on=today, by=people.ada, at=now)
    with pytest.raises(NotSeen):
        seen(work=work)
