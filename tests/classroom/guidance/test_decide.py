"""What a teacher decides happens once, in her name, and stays on the record."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from plainview.classroom.guidance import chain, decide, switch
from plainview.classroom.guidance.decide import Change, Why
from plainview.classroom.guidance.models import BlindPick, Decision, Suggestion, SuggestionStage
from plainview.classroom.guidance.opened import Opened, Page
from plainview.classroom.guidance.policy import AlreadyDecided
from plainview.classroom.plans import choose
from plainview.classroom.plans.models import Group, Stage, Step
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.policy import Denied, NotSeen


@pytest.fixture
def read(now):
    """The page with the evidence was opened half a minute ago."""
    return Opened(page=Page.CARD, at=now - timedelta(seconds=30))


@pytest.fixture
def reasons(today):
    return Why(reasons=("saw_it",), review_on=today + timedelta(days=14))


def test_do_it_puts_the_step_on_each_plan_and_the_group_on_the_board(group_card, people, five, now, today):
    decision = decide.do_it(group_card, by=people.ada, at=now)
    steps = Step.objects.all()
    assert {step.student for step in steps} == set(five[:3])
    assert {(step.activity.identifier, step.origin, step.approved_by) for step in steps} == {
        ("cut-it-again", "suggestion", people.ada)
    }
    group = Group.objects.get()
    assert set(group.members.all()) == set(five[:3])
    assert (group.purpose, (group.ends_on - today).days) == ("reteach", 6)
    assert decision.made == {"steps": [step.pk for step in steps.order_by("student")], "group": group.pk}


def test_the_record_says_all_of_it(group_card, people, now, today):
    decision = decide.do_it(group_card, by=people.ada, at=now, why=Why(reasons=("saw_it",), words="Yes."))
    decision.refresh_from_db()
    assert (decision.verdict, decision.by, decision.acting_role, decision.at) == (
        "do_it",
        people.ada,
        "teacher",
        now,
    )
    assert (decision.rule, decision.model) == ("reteach_together/1", group_card.model)
    assert (decision.reasons, decision.words) == (["saw_it"], "Yes.")
    assert decision.evidence_ids
    assert decision.reversible_until == today + timedelta(days=7)
    assert Line.objects.filter(deed="guidance.decided", thing=decision.pk).count() == 3


def test_a_child_reads_why_in_words_without_a_number(group_card, people, now):
    decide.do_it(group_card, by=people.ada, at=now)
    assert {step.because for step in Step.objects.all()} == {
        "Some of us look at “Make equal fractions” once more together, in another way."
    }


def test_the_second_press_is_told_who_decided_and_when_and_nothing_happens_twice(group_card, people, now):
    decide.do_it(group_card, by=people.ada, at=now)
    with pytest.raises(AlreadyDecided, match=r"You decided this on 4 March, 09:00: Do it\."):
        decide.do_it(group_card, by=people.ada, at=now + timedelta(seconds=1))
    assert Decision.objects.count() == 1
    assert Step.objects.count() == 3


def test_the_database_holds_a_card_to_one_decision(group_card, people, now):
    """Should two presses ever pass the check together, the second finds the place taken."""
    decide.not_now(group_card, by=people.ada, at=now)
    Suggestion.objects.update(stage=SuggestionStage.OPEN)
    with pytest.raises(IntegrityError), transaction.atomic():
        decide.do_it(group_card, by=people.ada, at=now)
    assert not Step.objects.exists()


def test_a_colleague_is_told_the_name(group_card, people, now):
    people.next_door.enrollments.filter(person=people.cy).update(school_class=people.room_4b)
    decide.not_now(group_card, by=people.ada, at=now)
    with pytest.raises(AlreadyDecided, match=r"Ada Okafor decided this on 4 March, 09:00: Not now\."):
        decide.do_it(group_card, by=people.cy, at=now)


def test_a_card_that_went_away_cannot_be_decided(group_card, people, now):
    later = now + timedelta(days=8)
    with pytest.raises(Denied, match="went away on 11 March, and nothing happened"):
        decide.do_it(group_card, by=people.ada, at=later)
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("cy", NotSeen), ("fay", Denied), ("gus", NotSeen), ("eve", NotSeen), ("bo", NotSeen)],
)
def test_only_a_teacher_of_the_class_decides(group_card, people, now, who, refusal):
    with pytest.raises(refusal):
        decide.do_it(group_card, by=getattr(people, who), at=now)
    assert not Decision.objects.exists()
    assert not Step.objects.exists()


def test_no_needs_a_reason(group_card, people, now):
    with pytest.raises(Denied, match="choose a reason"):
        decide.no(group_card, by=people.ada, at=now)
    decision = decide.no(group_card, by=people.ada, at=now, why=Why(reasons=("taught",)))
    assert decision.reasons == ["taught"]
    assert not Step.objects.exists()


def test_not_now_needs_none_and_changes_no_plan(group_card, people, now):
    decide.not_now(group_card, by=people.ada, at=now)
    assert not Step.objects.exists()


def test_a_reason_nobody_knows_is_refused(group_card, people, now):
    with pytest.raises(Denied, match="lazy"):
        decide.no(group_card, by=people.ada, at=now, why=Why(reasons=("lazy",)))


def test_change_it_keeps_what_was_changed(group_card, people, five, content, now, today):
    change = Change(students=(five[0].pk, five[1].pk), activity="fraction-war", on=today + timedelta(days=1))
    decision = decide.change_it(group_card, change, by=people.ada, at=now)
    assert decision.diff == {
        "left_out": [f"s{five[2].pk}"],
        "activity": ["cut-it-again", "fraction-war"],
        "on": "2026-03-05",
    }
    assert {(step.student, step.activity, step.on) for step in Step.objects.all()} == {
        (child, content.game, today + timedelta(days=1)) for child in five[:2]
    }


def test_one_child_alone_is_no_group(group_card, people, five, now):
    decide.change_it(group_card, Change(students=(five[0].pk,)), by=people.ada, at=now)
    assert not Group.objects.exists()
    assert Step.objects.get().student == five[0]


def test_another_choice_of_the_card_may_need_no_plan(group_card, people, now):
    decision = decide.change_it(group_card, Change(choice="one_by_one"), by=people.ada, at=now)
    assert decision.diff == {"choice": "one_by_one"}
    assert (decision.activity, decision.made) == ("", {})
    assert not Step.objects.exists()


def test_changing_nothing_is_not_a_change(group_card, people, now):
    with pytest.raises(Denied, match="Do it"):
        decide.change_it(group_card, Change(), by=people.ada, at=now)


def test_a_child_who_is_not_on_the_card_cannot_be_added(group_card, people, five, now):
    with pytest.raises(Denied, match="Keep at least one child of the card"):
        decide.change_it(group_card, Change(students=(five[0].pk, five[4].pk)), by=people.ada, at=now)


def test_while_guidance_is_stopped_a_card_in_an_old_tab_does_nothing(group_card, people, now):
    switch.stop_for_a_week(people.room_4b, by=people.ada, at=now)
    with pytest.raises(Denied, match="off for this class"):
        decide.do_it(group_card, by=people.ada, at=now)


def test_what_plans_refuse_is_not_decided(group_card, people, five, now):
    from plainview.classroom.plans.models import KeepApart

    KeepApart.objects.create(one=five[0], other=five[1], by=people.ada)
    with pytest.raises(Denied, match="kept apart"):
        decide.do_it(group_card, by=people.ada, at=now)
    group_card.refresh_from_db()
    assert group_card.stage == SuggestionStage.OPEN
    assert not Decision.objects.exists()


# --- asking less of a child ----------------------------------------------------------------------------


def test_asking_less_is_refused_unless_the_evidence_was_open(lowering_card, people, now, reasons):
    from_the_list = Opened(page=Page.LIST, at=now - timedelta(seconds=30))
    for opened in (None, from_the_list):
        with pytest.raises(Denied, match="read the evidence first"):
            decide.do_it(lowering_card, by=people.ada, at=now, why=reasons, opened=opened)
    assert not Step.objects.exists()


def test_asking_less_needs_a_reason(lowering_card, people, now, today, read):
    why = Why(review_on=today + timedelta(days=7))
    with pytest.raises(Denied, match="Say why"):
        decide.do_it(lowering_card, by=people.ada, at=now, why=why, opened=read)


@pytest.mark.parametrize("days", [None, 0, 22])
def test_asking_less_is_looked_at_again_within_three_weeks(lowering_card, people, now, today, read, days):
    review_on = None if days is None else today + timedelta(days=days)
    why = Why(reasons=("saw_it",), review_on=review_on)
    with pytest.raises(Denied, match="between tomorrow and 25 March"):
        decide.do_it(lowering_card, by=people.ada, at=now, why=why, opened=read)


def test_with_all_three_it_is_a_decision_like_any_other(lowering_card, people, now, today, read, reasons):
    decision = decide.do_it(lowering_card, by=people.ada, at=now, why=reasons, opened=read)
    assert decision.lowers_expectation
    assert decision.review_on == today + timedelta(days=14)
    assert Step.objects.get().competency.identifier == "3.NF.A.1"


def test_changing_it_is_held_to_the_same(lowering_card, people, now, today, reasons):
    change = Change(on=today + timedelta(days=1))
    with pytest.raises(Denied, match="read the evidence first"):
        decide.change_it(lowering_card, change, by=people.ada, at=now, why=reasons)


def test_the_database_holds_it_too(lowering_card, people, now, today):
    bare = {"school_class": people.room_4b, "verdict": "do_it", "lowers_expectation": True, "at": now}
    with pytest.raises(IntegrityError, match="asking_less"), transaction.atomic():
        Decision.objects.create(**bare, from_on=today, by=people.ada, digest="x", link=0)


def test_saying_no_to_asking_less_is_as_easy_as_ever(lowering_card, people, now):
    decide.not_now(lowering_card, by=people.ada, at=now)
    assert Decision.objects.get().verdict == "not_now"


# --- the teacher first ---------------------------------------------------------------------------------


def test_a_blind_card_waits_for_the_teachers_own_word(group_card, people, now):
    Suggestion.objects.update(blind_first=True)
    group_card.refresh_from_db()
    with pytest.raises(Denied, match="say first what you would do"):
        decide.do_it(group_card, by=people.ada, at=now)
    BlindPick.objects.create(suggestion=group_card, pick="one_by_one", by=people.ada, at=now)
    assert decide.do_it(group_card, by=people.ada, at=now)


def test_each_teacher_of_the_class_says_first_for_herself(group_card, people, enrol, now):
    Suggestion.objects.update(blind_first=True)
    group_card.refresh_from_db()
    cy = enrol(people.cy, "teacher")
    decide.pick_first(group_card, pick="one_by_one", by=people.ada, at=now)
    with pytest.raises(Denied, match="say first what you would do"):
        decide.do_it(group_card, by=cy, at=now)
    assert decide.pick_first(group_card, pick="do", by=cy, at=now).pick == "do"
    assert dict(BlindPick.objects.values_list("by__given_name", "pick")) == {"Ada": "one_by_one", "Cy": "do"}
    assert decide.do_it(group_card, by=cy, at=now)


# --- the teacher's own idea, taking back, what came of it ----------------------------------------------


def own_idea(people, content, now, key=1, **changes):
    said = {"students": [people.bo], "activity": content.game, "competency": content.equal}
    said |= {"by": people.ada, "at": now, "client_key": UUID(int=key), "because": "You asked for it."}
    return decide.originate(people.room_4b, **(said | changes))


def test_a_teachers_own_idea_needs_no_card_and_no_guidance(people, content, now):
    decision = own_idea(people, content, now)
    assert decision.suggestion is None
    assert (decision.rule, decision.model) == ("", "")
    step = Step.objects.get()
    assert (step.origin, step.because) == ("teacher", "You asked for it.")
    assert chain.place_of(decision).holds


def test_her_second_press_is_the_same_idea(people, content, now):
    assert own_idea(people, content, now) == own_idea(people, content, now)
    assert Decision.objects.count() == 1


def test_an_idea_without_an_activity_has_words(people, content, now):
    with pytest.raises(Denied, match="or say in words"):
        own_idea(people, content, now, activity=None, why=Why())
    said = Why(words="Sit beside him in the circle.")
    assert own_idea(people, content, now, activity=None, why=said).made == {}


def test_a_child_of_another_class_is_not_found(people, content, now):
    people.dee.enrollments.update(school_class=people.next_door)
    with pytest.raises(NotSeen):
        own_idea(people, content, now, students=[people.dee])


def test_taking_back_sets_aside_what_waits_and_leaves_what_a_child_chose(
    group_card, people, five, now, today
):
    decision = decide.do_it(group_card, by=people.ada, at=now)
    hers = Step.objects.get(student=five[0])
    choose.choose(hers, by=five[0], at=now, on=today)
    after = decide.take_back(decision, by=people.ada, at=now + timedelta(hours=1), words="Too soon.")
    assert after.supersedes == decision
    hers.refresh_from_db()
    assert hers.stage == Stage.CHOSEN
    of_the_card = Step.objects.filter(pk__in=decision.made["steps"]).exclude(pk=hers.pk)
    assert {step.stage for step in of_the_card} == {Stage.SET_ASIDE}
    assert Decision.objects.get(pk=decision.pk).verdict == "do_it"


def test_what_waited_before_the_decision_is_not_set_aside(group_card, people, five, content, now):
    from plainview.classroom.plans import set as plan

    before = plan.add_step(
        student=five[0],
        activity=content.lesson,
        competency=content.equal,
        by=people.ada,
        at=now - timedelta(days=1),
        origin="teacher",
    )
    decision = decide.do_it(group_card, by=people.ada, at=now)
    decide.take_back(decision, by=people.ada, at=now)
    before.refresh_from_db()
    assert before.stage == Stage.OFFERED


def test_what_was_taken_back_is_not_taken_back_twice(group_card, people, now):
    decision = decide.do_it(group_card, by=people.ada, at=now)
    decide.take_back(decision, by=people.ada, at=now)
    with pytest.raises(Denied, match="later decision"):
        decide.take_back(decision, by=people.ada, at=now)


def test_after_a_week_it_is_not_taken_back_but_set_aside_on_the_plan(group_card, people, now):
    decision = decide.do_it(group_card, by=people.ada, at=now)
    with pytest.raises(Denied, match="could be taken back until 11 March"):
        decide.take_back(decision, by=people.ada, at=now + timedelta(days=8))


def test_telling_a_child_is_a_teachers_tick(group_card, people, now):
    decision = decide.do_it(group_card, by=people.ada, at=now)
    assert not decision.notes.exists()
    decide.note(decision, kind="told_student", by=people.ada, at=now)
    decide.note(decision, kind="told_student", by=people.ada, at=now)
    decide.note(decision, kind="outcome", by=people.ada, at=now, words="Kai explained it to the others.")
    assert sorted(decision.notes.values_list("kind", flat=True)) == ["outcome", "told_student"]


# --- never changed -------------------------------------------------------------------------------------


@pytest.fixture
def chained(group_card, people, content, now):
    first = decide.do_it(group_card, by=people.ada, at=now)
    own_idea(people, content, now)
    return first


def test_a_decision_cannot_be_changed_or_dropped(chained):
    for change in (
        lambda: Decision.objects.update(words="otherwise"),
        lambda: Decision.objects.all().delete(),
        chained.students.clear,
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


def test_the_chain_holds_and_counts(chained, people):
    place = chain.place_of(chained)
    assert (place.number, place.of, place.holds) == (1, 2, True)
    assert chain.first_broken(people.room_4b) is None


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE guidance_decision SET words = 'otherwise' WHERE id = {pk}",
        "UPDATE guidance_decision SET by_id = {cy} WHERE id = {pk}",
        "INSERT INTO guidance_decision_students (decision_id, person_id) VALUES ({pk}, {mo})",
        "DELETE FROM guidance_decision_students WHERE decision_id = {pk} AND person_id = {bo}",
    ],
)
def test_who_changes_a_decision_behind_our_back_breaks_the_chain(chained, people, five, forgery):
    with connection.cursor() as cursor:
        for trigger in ("decision_no_UPDATE", "decision_keeps", "decision_students_no_DELETE"):
            cursor.execute(f"DROP TRIGGER guidance_{trigger}")
        cursor.execute(forgery.format(pk=chained.pk, cy=people.cy.pk, bo=people.bo.pk, mo=five[4].pk))
    assert chain.first_broken(people.room_4b) == 1
    assert not chain.place_of(Decision.objects.get(pk=chained.pk)).holds
