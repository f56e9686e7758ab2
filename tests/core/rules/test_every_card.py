"""What holds for every card of every class, whichever rule wrote it."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from tests.core.rules.random_classes import N_CLASSES, STUDENTS, its_cards, numbers, the_class

from plainview.core.rules.card import LEAVE_IT, as_json
from plainview.core.rules.catalogue import MOST_CARDS, MOST_CARDS_A_CHILD, RULES, choose, propose
from plainview.core.rules.line import Line
from plainview.core.rules.recompute import export, recompute
from plainview.core.rules.snapshot import pruned, ref_order

few = settings(max_examples=20, deadline=None)


def lines_of(part) -> list[Line]:
    """Every line anywhere in a card."""
    if isinstance(part, Line):
        return [part]
    if isinstance(part, tuple):
        return [found for inner in part for found in lines_of(inner)]
    names = getattr(part, "__slots__", ())
    return [found for name in names for found in lines_of(getattr(part, name))]


@few
@given(numbers)
def test_an_exported_card_recomputes_to_the_same_bytes(number):
    snapshot = the_class(number)
    for card in its_cards(number):
        raw = export(card, snapshot)
        again = recompute(raw)
        assert again.same, again.difference
        assert again.now == raw


@few
@given(numbers)
def test_leaving_out_what_a_card_does_not_need_never_changes_it(number):
    snapshot = the_class(number)
    for card in its_cards(number):
        kept = pruned(snapshot, students=card.students, competencies=card.needs, activities=card.activities)
        (same,) = [c for c in propose(kept, rules=[card.rule]) if c.key == card.key]
        assert as_json(same) == as_json(card)


@few
@given(numbers)
def test_a_file_holds_nothing_of_any_other_child(number):
    snapshot = the_class(number)
    for card in its_cards(number):
        raw = export(card, snapshot).decode()
        others = [s for s in STUDENTS if s not in card.students]
        assert not [s for s in others if f'"{s}"' in raw]


@few
@given(numbers)
def test_no_card_is_shown_that_must_not_be(number):
    snapshot = the_class(number)
    for card in its_cards(number):
        views = [snapshot.student[s] for s in card.students]
        assert not any(v.absent for v in views)
        assert not any(set(v.apart_from) & set(card.students) for v in views)
        assert all(snapshot.estimate(sure.student, sure.competency).enough for sure in card.how_sure)
        assert {sure.student for sure in card.how_sure} == set(card.students)
        for ref in card.activities:
            blocked_by = set(snapshot.activity[ref].blocked_by)
            assert not any(blocked_by & set(v.supports) for v in views)
        assert all(cap.minutes_left_after >= 0 for cap in card.cost.caps)


@few
@given(numbers)
def test_every_card_has_all_ten_parts(number):
    snapshot = the_class(number)
    for card in its_cards(number):
        assert card.do.say.say and card.do.task.minutes > 0
        assert 1 <= len(card.because) <= 3
        assert all(line.evidence for line in card.because)
        assert card.how_sure and all(0 <= s.low <= s.high <= 1 and s.lines for s in card.how_sure)
        assert card.would_change
        assert len(card.choices) >= 2 and [c.name for c in card.choices].count(LEAVE_IT) == 1
        assert len({c.name for c in card.choices}) == len(card.choices)
        assert card.does_not_know
        assert {cap.student for cap in card.cost.caps} == set(card.students)
        assert card.fairness.needs_reason is card.lowers_expectation is (card.fairness.review_by is not None)
        assert {s.student for s in card.supports} == {
            s for s in card.students if snapshot.student[s].supports
        }
        assert card.provenance.written_by and card.provenance.model and card.may


@few
@given(numbers)
def test_what_is_not_known_is_about_these_children_or_this_very_thing(number):
    for card in its_cards(number):
        for line in card.does_not_know:
            assert set(line.with_) & {"student", "students", "partner"}, line.say


@few
@given(numbers)
def test_every_link_leads_to_a_piece_of_a_child_on_the_card(number):
    snapshot = the_class(number)
    for card in its_cards(number):
        theirs = {p.ref for s in card.students for ps in snapshot.student[s].pieces.values() for p in ps}
        assert set(card.evidence) <= theirs


@few
@given(numbers)
def test_children_stand_in_the_order_of_their_references_never_by_estimate(number):
    for card in its_cards(number):
        assert list(card.students) == sorted(card.students, key=ref_order)
        for line in lines_of(card):
            named = line.with_.get("students", ())
            assert list(named) == sorted(named, key=ref_order), line.say


@few
@given(numbers)
def test_the_order_in_which_a_class_is_written_down_changes_nothing(number):
    snapshot = the_class(number)
    turned = replace(
        snapshot,
        students=snapshot.students[::-1],
        competencies=snapshot.competencies[::-1],
        activities=snapshot.activities[::-1],
    )
    assert [as_json(c) for c in propose(turned)] == [as_json(c) for c in its_cards(number)]


@few
@given(numbers)
def test_an_absent_child_is_as_if_not_in_the_class_today(number):
    snapshot = the_class(number)
    without = replace(snapshot, students=tuple(s for s in snapshot.students if not s.absent))
    assert [c.key for c in propose(without)] == [c.key for c in its_cards(number)]


@few
@given(numbers)
def test_few_cards_are_shown_and_no_child_is_on_more_than_two(number):
    shown = choose(its_cards(number))
    assert len(shown) <= MOST_CARDS
    assert [c.is_group for c in shown] == sorted((c.is_group for c in shown), reverse=True)
    times = Counter(s for card in shown for s in card.students)
    assert max(times.values(), default=0) <= MOST_CARDS_A_CHILD
    on_one_thing = Counter((s, c.competency) for c in shown for s in c.students)
    assert max(on_one_thing.values(), default=0) <= 1


def test_chance_makes_classes_in_which_every_rule_speaks():
    """Else the properties above would hold because nothing was ever said."""
    spoke = Counter(card.rule for number in range(N_CLASSES) for card in its_cards(number))
    assert set(spoke) == set(RULES)
    assert min(spoke.values()) >= 5, spoke
