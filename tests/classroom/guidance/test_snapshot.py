"""What the rules see of a class: evidence by reference, what fits, and nobody's name."""

from plainview.classroom.guidance.snapshot import pk_of, ref, snapshot
from plainview.classroom.plans.models import Group, KeepApart
from plainview.core.rules.canonical import as_bytes
from plainview.core.rules.snapshot import as_json
from plainview.lobby.people.models import Absence, FamilyChoice, Support


def see(people, today):
    return snapshot(people.room_4b, on=today)


def test_a_reference_leads_back_to_the_child():
    assert pk_of(ref(12)) == 12


def test_no_name_reaches_a_rule(people, content, showed, up_to_date, today):
    showed(people.bo, content.equal, 1, words="Bo O'Neill folded a strip.")
    up_to_date()
    written = as_bytes(as_json(see(people, today))).decode()
    for name in ("Bo", "O'Neill", "Dee", "Park", "Ada", "Okafor", "Room 4B", "folded"):
        assert name not in written


def test_children_stand_in_the_order_of_their_references(people, content, showed, up_to_date, today):
    """Invariant 7: who knows more does not come first."""
    for days_ago in (9, 6, 3):
        showed(people.dee, content.equal, 1, days_ago=days_ago)
        showed(people.bo, content.equal, 0, days_ago=days_ago)
    up_to_date()
    assert list(see(people, today).student) == [ref(people.bo.pk), ref(people.dee.pk)]


def test_the_estimates_that_stand_are_not_made_again(people, content, showed, up_to_date, today):
    showed(people.bo, content.equal, 1)
    up_to_date()
    seen = see(people, today)
    assert seen.known == {(ref(people.bo.pk), "4.NF.A.1"): seen.estimate(ref(people.bo.pk), "4.NF.A.1")}


def test_an_estimate_of_other_pieces_is_not_handed_on(people, content, showed, up_to_date, today):
    showed(people.bo, content.equal, 1)
    up_to_date()
    showed(people.bo, content.equal, 0)
    assert not see(people, today).known


def test_a_child_whose_family_chose_no_estimates_is_not_seen(people, content, showed, now, today):
    showed(people.bo, content.equal, 1)
    FamilyChoice.objects.create(student=people.bo, kind="no_estimates", chosen=True, by=people.eve, at=now)
    assert list(see(people, today).student) == [ref(people.dee.pk)]


def test_absence_supports_language_and_minutes_are_told(people, content, now, today):
    Absence.objects.create(student=people.bo, on=today, entered_by=people.ada)
    Support.objects.create(
        student=people.dee,
        plan="iep",
        term="spoken",
        words="Read aloud",
        begins_on=today,
        written_by=people.fay,
    )
    people.dee.language = "es"
    people.dee.save()
    seen = see(people, today)
    dee = seen.student[ref(people.dee.pk)]
    assert seen.present == (dee.ref,)
    assert (dee.supports, dee.language, dee.screen_minutes_left) == (("spoken",), "es", 20)


def test_who_works_on_paper_has_no_screen_minutes_to_spend(people, content, now, today):
    FamilyChoice.objects.create(student=people.bo, kind="paper_only", chosen=True, by=people.eve, at=now)
    assert see(people, today).student[ref(people.bo.pk)].screen_minutes_left == 0


def test_past_groups_and_those_kept_apart_are_told_by_reference(people, content, now, today):
    KeepApart.objects.create(one=people.bo, other=people.dee, by=people.ada)
    group = Group.objects.create(
        school_class=people.room_4b,
        title="Folding",
        purpose="reteach",
        begins_on=today,
        ends_on=today,
        made_by=people.ada,
        made_at=now,
    )
    group.members.set([people.bo, people.dee])
    bo = see(people, today).student[ref(people.bo.pk)]
    assert bo.apart_from == (ref(people.dee.pk),)
    assert [(one.purpose, len(one.members)) for one in bo.groups] == [("reteach_together", 2)]


def test_what_comes_before_and_after_is_told(people, content, today):
    equal = see(people, today).competency["4.NF.A.1"]
    assert (equal.requires, equal.next) == (("3.NF.A.1",), ("4.NF.A.2",))


def test_what_was_earned_is_handed_on_as_the_childs_page_has_it(people, content, showed, up_to_date, today):
    """Nothing earned is withdrawn, also where these pieces alone would no longer give it."""
    for days_ago in (9, 6, 3):
        showed(people.bo, content.equal, 1, days_ago=days_ago)
    [row] = up_to_date().values()
    row.earned = "steady"  # said once, under weights that a teacher has since changed
    row.save()
    seen = see(people, today)
    asked = ref(people.bo.pk), "4.NF.A.1"
    assert (seen.held(*asked), seen.state(*asked)) == ("steady", "getting_steady")
