"""What every card has, and what no card may be, whatever a rule says."""

from dataclasses import replace
from datetime import date

import pytest
from tests.core.rules.cards import said
from tests.core.rules.story import COMPARE, EQUAL, GAME, a_class, child, not_yet, piece, steady

from plainview.core.learner.piece import Helped, Kind
from plainview.core.learner.states import State
from plainview.core.rules.card import Choice, Task
from plainview.core.rules.line import line
from plainview.core.rules.rule import Draft, Rule
from plainview.core.rules.write import write

A_RULE = Rule(
    name="try_this",
    version=3,
    title="Try this",
    words="When there is something, I would try this.",
    written_by="Maria Delgado, grade 4",
    written_on=date(2026, 1, 5),
    may="May suggest a game.",
    propose=lambda snapshot: (),
    parameters={"some_days": 7},
)


def a_draft(**changed) -> Draft:
    draft = Draft(
        students=("s1", "s2"),
        competency=EQUAL,
        do=line("{students}", students=("s1", "s2")),
        task=Task(minutes=10, activity="fraction-war"),
        because=(line("{student}", student="s1", evidence=("e1",)),),
        would_change=(line("{student}", student="s1"),),
        choices=(Choice(name="talk", say=line("Talk first.")),),
    )
    return replace(draft, **changed)


def two(**more_for_the_second):
    return a_class(child("s1", equal=steady()), child("s2", equal=steady(), **more_for_the_second))


def test_leaving_it_is_always_among_the_choices_and_comes_last():
    assert [c.name for c in write(a_draft(), A_RULE, two()).choices] == ["talk", "leave_it"]


def test_the_key_tells_cards_of_one_day_apart():
    assert write(a_draft(about="x"), A_RULE, two()).key == f"try_this:{EQUAL}:x:s1,s2"


@pytest.mark.parametrize(
    ("because_of", "snapshot"),
    [
        ("one is absent", two(absent=True)),
        ("the two are kept apart", two(apart_from=("s1",))),
        ("a support clashes", two(supports=("no-partner",))),
        ("not enough on one", a_class(child("s1", equal=steady()), child("s2", equal=steady()[:2]))),
        ("one is not of the class", a_class(child("s1", equal=steady()))),
    ],
)
def test_no_card_is_written(because_of, snapshot):
    clashing = replace(GAME, blocked_by=("no-partner",))
    blocked = replace(snapshot, activities=(clashing,))
    assert write(a_draft(), A_RULE, replace(two(), activities=(clashing,)))
    if "s2" in snapshot.student:
        assert write(a_draft(), A_RULE, blocked) is None, because_of


def test_above_the_screen_cap_no_card_is_written():
    on_screen = Task(minutes=10, screen_minutes=10)
    assert write(a_draft(task=on_screen), A_RULE, two(screen_minutes_left=10))
    assert write(a_draft(task=on_screen), A_RULE, two(screen_minutes_left=9)) is None


def test_what_remains_of_each_childs_screen_minutes_is_said():
    card = write(a_draft(task=Task(minutes=10, screen_minutes=10)), A_RULE, two(screen_minutes_left=12))
    assert [(c.student, c.minutes_left_after) for c in card.cost.caps] == [("s1", 10), ("s2", 2)]


def test_a_reason_without_work_behind_it_is_no_reason():
    assert write(a_draft(because=(line("{student}", student="s1"),)), A_RULE, two()) is None


def test_every_competency_it_rests_on_needs_enough():
    assert write(a_draft(looks_at=(EQUAL, COMPARE)), A_RULE, two()) is None


def test_four_reasons_are_one_too_many():
    reason = line("{student}", student="s1", evidence=("e1",))
    with pytest.raises(ValueError, match="one to 3 lines"):
        write(a_draft(because=(reason,) * 4), A_RULE, two())


def test_a_card_without_another_choice_cannot_be_written():
    with pytest.raises(ValueError, match="2 other choices"):
        write(a_draft(choices=()), A_RULE, two())


def test_a_card_that_nothing_could_change_cannot_be_written():
    with pytest.raises(ValueError, match="change our mind"):
        write(a_draft(would_change=()), A_RULE, two())


def test_a_choice_that_clashes_with_a_support_is_left_out():
    game = Choice(name="game", say=line("A game."), task=Task(minutes=5, activity="fraction-war"))
    clashing = replace(GAME, blocked_by=("no-partner",))
    snapshot = replace(two(supports=("no-partner",)), activities=(clashing,))
    draft = a_draft(task=Task(minutes=5), choices=(game, Choice(name="talk", say=line("Talk first."))))
    assert [c.name for c in write(draft, A_RULE, snapshot).choices] == ["talk", "leave_it"]


def test_it_says_how_sure_it_is_for_each_child_in_words_and_a_range():
    unsure = not_yet()
    card = write(a_draft(), A_RULE, a_class(child("s1", equal=steady()), child("s2", equal=unsure)))
    first, second = card.how_sure
    assert "Quite sure:" in first.lines[0].say
    assert "Unsure:" in second.lines[0].say
    assert (second.n_pieces, second.n_days) == (4, 4)
    assert second.high - second.low >= 0.5


def fell():
    """Getting steady once; the newest pieces, by themselves, would say less."""
    return (*steady(newest_days_ago=20)[:3], *not_yet(newest_days_ago=10), *not_yet())


def how_sure_of(view):
    return write(a_draft(), A_RULE, a_class(child("s1", equal=steady()), view)).how_sure[1]


def test_a_card_tells_what_was_earned_and_apart_from_it_what_the_evidence_says_now():
    sure = how_sure_of(child("s2", equal=fell()))
    assert (sure.held, sure.state) == (State.GETTING_STEADY, State.MET_ONCE)
    first, second, *_more = said(sure.lines).splitlines()
    assert first.startswith("s2 on 4.NF.A.1: getting_steady. Unsure:")
    assert second == "What was earned stays. The evidence by itself now says: met_once."


def test_where_the_evidence_says_what_was_earned_nothing_more_is_said_of_it():
    assert "What was earned" not in said(how_sure_of(child("s2", equal=steady())).lines)


def test_what_stands_earned_on_the_childs_page_stands_on_the_card():
    """Earned under weights that a teacher has since changed: these pieces alone would not give it."""
    sure = how_sure_of(child("s2", equal=not_yet(), earned={EQUAL: State.MET_ONCE}))
    assert said(sure.lines).startswith("s2 on 4.NF.A.1: met_once.")
    assert "The evidence by itself now says: not_enough." in said(sure.lines)


def test_the_teachers_own_word_stands_first_and_the_evidence_after_it():
    sure = how_sure_of(child("s2", equal=fell(), judged={EQUAL: State.STEADY}))
    assert sure.held is State.STEADY
    first, second, *_more = said(sure.lines).splitlines()
    assert first.startswith("s2 on 4.NF.A.1: steady.")
    assert second == "That is your own word, and it wins. The evidence by itself says: met_once."


def wide(**changed):
    """Two children of whom four pieces say little."""
    return write(
        a_draft(**changed), A_RULE, a_class(child("s1", equal=not_yet()), child("s2", equal=not_yet()))
    )


def test_where_every_estimate_is_wide_the_card_says_so_and_what_carries_it():
    answers = tuple(piece(0, days_ago=n) for n in range(1, 8))
    assert said(wide(carried_by=answers).rests_on) == (
        "Each of these estimates is still wide.\nThe card rests on 7 pieces of the same kind (answer)."
    )
    one_told = (*answers, piece(0, days_ago=1, kind=Kind.TALK))
    assert said(wide(carried_by=one_told).rests_on).endswith("The card rests on 8 pieces (answer, talk).")


def test_without_more_the_pieces_that_the_reasons_link_to_carry_the_card():
    children = child("s1", equal=not_yet()), child("s2", equal=not_yet())
    refs = tuple(p.ref for view in children for p in view.pieces[EQUAL] if p.kind is Kind.ANSWER)
    because = (line("{student}", student="s1", evidence=refs), line("{student}", student="s2", evidence=refs))
    rests_on = write(a_draft(because=because), A_RULE, a_class(*children)).rests_on
    assert said(rests_on).endswith("The card rests on 6 pieces of the same kind (answer).")


def test_where_one_estimate_says_something_the_estimates_carry_the_card():
    assert write(a_draft(), A_RULE, two()).rests_on == ()
    mixed = a_class(child("s1", equal=steady()), child("s2", equal=not_yet()))
    assert write(a_draft(), A_RULE, mixed).rests_on == ()


def test_what_it_does_not_know_is_about_these_children():
    speaks_kreyol = child("s2", equal=steady(), language="ht", supports=("large-print",))
    doubts = said(write(a_draft(), A_RULE, a_class(child("s1", equal=steady()), speaks_kreyol)).does_not_know)
    assert "s2, who also speaks ht" in doubts
    assert "the supports of s2 (large-print)" in doubts
    assert "What s1, s2 may have learned of 4.NF.A.1 since" in doubts


def test_help_is_said_where_it_was_half_or_more():
    helped = tuple(piece(1, days_ago=2 * n, helped=Helped.PEER if n % 2 else Helped.NONE) for n in range(4))
    doubts = said(
        write(
            a_draft(), A_RULE, a_class(child("s1", equal=helped), child("s2", equal=steady()))
        ).does_not_know
    )
    assert "What s1 does alone on 4.NF.A.1: with help, 2 of 4 pieces." in doubts
    assert "s2 does alone" not in doubts


def test_where_it_comes_from_is_on_the_card():
    provenance = write(a_draft(), A_RULE, two()).provenance
    assert (provenance.rule, provenance.version, provenance.written_by) == (
        "try_this",
        3,
        "Maria Delgado, grade 4",
    )
    assert provenance.model == "bkt/1"
    assert provenance.parameters["rule"] == {"some_days": 7}
    assert provenance.parameters["prior"]["guess"] == {"a": 2.0, "b": 4.0, "cap": 0.5}
    assert provenance.parameters["weights"]["self_assessment"] == 0.3
