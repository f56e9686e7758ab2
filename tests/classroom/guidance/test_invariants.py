"""What guidance refuses, held against its code and its tables."""

import ast
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps

import plainview.classroom.guidance as room
from plainview.classroom.guidance import counts, decide, suggest
from plainview.classroom.guidance.decide import Why
from plainview.classroom.guidance.models import Decision, Estimate, Suggestion
from plainview.lobby.people.models import Class, Enrollment, Person, Role

SOURCES = [path for path in Path(room.__file__).parent.rglob("*.py") if "migrations" not in path.parts]
ESTIMATED = {"p_known", "low", "high", "state", "earned", "n_pieces", "mid", "width"}


def called(tree: ast.AST, *names: str):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in names:
                yield node


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_nothing_is_ordered_by_an_estimate(source):
    """Invariant 7: no order_by, no sorted, no max over what was estimated."""
    for call in called(ast.parse(source.read_text()), "order_by", "sorted", "sort", "max", "min"):
        words = {
            w.lstrip("-")
            for n in ast.walk(call)
            if isinstance(n, ast.Constant) and isinstance(n.value, str)
            for w in [n.value]
        }
        names = {n.attr for n in ast.walk(call) if isinstance(n, ast.Attribute)}
        assert not (words | names) & ESTIMATED, f"{source.name}, line {call.lineno}"


def test_no_table_here_holds_a_grade_a_rank_or_a_placement():
    """Invariants 2 and 7."""
    for model in apps.get_app_config("guidance").get_models():
        for field in model._meta.get_fields():
            for word in ("grade", "rank", "score", "point", "level", "placement", "streak", "badge"):
                assert word not in field.name, f"{model.__name__}.{field.name}"


def test_only_rebuilding_and_looking_write_estimates():
    """Invariant 2: an estimate is written in one place, and no other room is imported upward."""
    writers = {path.name for path in SOURCES if "Estimate.objects" in path.read_text()}
    assert writers == {"estimate.py", "rebuild.py"}


def test_nothing_is_pushed(django_app_signals):
    """No signal, no save-hook: 'nothing happens until the teacher decides' can be read off the call graph."""
    assert django_app_signals == []
    for source in SOURCES:
        tree = ast.parse(source.read_text())
        assert not [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == "save"]


@pytest.fixture
def django_app_signals():
    from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

    return [
        receiver
        for signal in (pre_save, post_save, pre_delete, post_delete, m2m_changed)
        for receiver in signal.receivers
        if "plainview" in repr(receiver)
    ]


def test_cards_and_children_stand_in_no_order_of_estimates(shared_thinking, propose, up_to_date):
    """Turn every estimate round: the page stays as it is."""
    before = [card.pk for card in propose()]
    Estimate.objects.update(p_known=0.99, low=0.9, high=1.0)
    assert [card.pk for card in propose()] == before


def test_every_table_says_what_it_tells_of_a_person():
    for model in apps.get_app_config("guidance").get_models():
        ours = {f.name for f in model._meta.concrete_fields} | {f.name for f in model._meta.many_to_many}
        assert ours == set(model.PRIVACY), model.__name__


# --- no per-teacher view (invariant 10) --------------------------------------------------------------------


@pytest.fixture
def decided_by(people, content, now):
    """``decided_by(5, each=4)``: so many teachers, each with so many decided cards of one rule."""

    def make(n_teachers: int, *, each: int, verdict="do_it") -> None:
        for t in range(n_teachers):
            room = Class.objects.create(
                identifier=f"r{t}{verdict}", school=people.room_4b.school, title=f"Room {t}", grade="4"
            )
            teacher = Person.objects.create(
                identifier=f"t{t}{verdict}", given_name=f"Teacher{t}", role=Role.TEACHER, password="!"
            )
            Enrollment.objects.create(
                person=teacher, school_class=room, role=Role.TEACHER, begins_on=date(2025, 9, 1)
            )
            for n in range(each):
                card = Suggestion.objects.create(
                    key=f"{t}{n}{verdict}",
                    school_class=room,
                    rule="move_on",
                    rule_version=1,
                    model="bkt/1",
                    card={},
                    export=b"",
                    lowers_expectation=False,
                    is_group=False,
                    blind_first=False,
                    stage="decided",
                    made_at=now,
                    made_on=now.date(),
                    expires_on=now.date(),
                )
                Decision.objects.create(
                    school_class=room,
                    suggestion=card,
                    verdict=verdict,
                    words="because",
                    from_on=now.date(),
                    by=teacher,
                    acting_role="teacher",
                    at=now,
                    digest=UUID(int=n).hex,
                    link=0,
                )

    return make


def test_four_teachers_are_too_few_to_tell(decided_by):
    decided_by(4, each=10)
    assert counts.of_rule("move_on") is None


def test_nine_decisions_are_too_few_to_tell(decided_by):
    decided_by(9, each=1)
    assert counts.of_rule("move_on") is None


def test_five_teachers_and_ten_decisions_are_told_together(decided_by):
    decided_by(5, each=2)
    told = counts.of_rule("move_on")
    assert (told.n, told.accepted, told.declined) == (10, None, None)


def test_a_part_below_ten_is_not_told_apart(decided_by):
    decided_by(5, each=4)
    decided_by(5, each=1, verdict="no")
    told = counts.of_rule("move_on")
    assert (told.n, told.accepted) == (25, None)
    decided_by(6, each=2, verdict="not_now")
    told = counts.of_rule("move_on")
    assert (told.accepted, told.declined) == (20, 17)


def test_no_code_here_counts_by_person():
    """The one question about people is how many they are; none is asked by teacher."""
    for source in SOURCES:
        for call in called(ast.parse(source.read_text()), "values", "values_list", "annotate"):
            said = ast.dump(call)
            assert "'by'" not in said and "'by_id'" not in said, f"{source.name}, line {call.lineno}"


# --- everything works without estimates --------------------------------------------------------------------


def test_with_no_estimates_at_all_nothing_breaks(people, five, shared_thinking, propose, now, content):
    """A whole class whose families chose none: no card, and a teacher's own idea as ever."""
    from plainview.lobby.people.models import FamilyChoice

    for child in five:
        FamilyChoice.objects.create(student=child, kind="no_estimates", chosen=True, by=people.eve, at=now)
    assert propose() == []
    assert not Estimate.objects.exists()
    assert decide.originate(
        people.room_4b,
        students=five,
        activity=content.sheet,
        competency=content.share,
        by=people.ada,
        at=now,
        client_key=UUID(int=3),
        why=Why(words="We look together."),
    )


def test_words_and_observations_alone_make_cards_as_scores_do(people, five, content, showed, propose):
    """Invariant 6, narrative parity: no answer, no score; the rules speak all the same."""
    for child in five[:3]:
        for days_ago in (9, 6, 4):
            showed(
                child,
                content.equal,
                0,
                days_ago=days_ago,
                kind="observation",
                misconception="adds-top-and-bottom",
            )
    assert [card.rule for card in propose()] == ["reteach_together"]
    assert suggest.waiting(people.room_4b, on=propose()[0].made_on)
