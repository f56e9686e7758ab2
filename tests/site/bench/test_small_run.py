"""The whole bench in small: a school of a dozen, a few hundred rows, one run of each page."""

from collections import Counter
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from plainview.classroom.curriculum.models import Activity, Competency, Item, ItemFamily, Unit
from plainview.classroom.evidence.models import Evidence
from plainview.classroom.guidance.models import Estimate, Reading
from plainview.lobby.ledger.models import Line
from plainview.lobby.people.models import Person, Role
from plainview.site.bench import load, pages, readings, school, year
from plainview.site.bench.asking import Refused, ask

N_ROWS = 600
SIZE = school.Size(n_students=12, n_classes=3, first_class=5, n_competencies=4)
ONCE = pages.Runs(n_runs=1, n_each=2)


@pytest.fixture
def practice_set(db):
    """One competency with a practice set of four questions."""
    unit = Unit.objects.create(identifier="fractions", title="Fractions")
    equal = Competency.objects.create(
        unit=unit, identifier="4.NF.A.1", short_name="Equal", statement="Equal", grade="4"
    )
    family = ItemFamily.objects.create(unit=unit, identifier="halves", competency=equal, kind="equivalence")
    choices = [
        {"key": "a", "label_html": "2/4", "text": "2/4", "right": True, "misconception": ""},
        {"key": "b", "label_html": "1/4", "text": "1/4", "right": False, "misconception": "top-only"},
    ]
    for order in range(4):
        Item.objects.create(
            unit=unit,
            identifier=f"halves-{order}",
            family=family,
            competency=equal,
            stem_html="<p>Which is one half?</p>",
            response="choice",
            choices=choices,
            answer={"key": "a", "text": "2/4"},
            order=order,
        )
    made = Activity.objects.create(
        unit=unit,
        identifier="halves-again",
        title="Halves again",
        kind="practice",
        medium="screen",
        minutes=10,
        adult_minutes=0,
        screen_minutes=10,
        group_min=1,
        group_max=1,
        with_whom="by myself",
        student_words="Halves.",
        teacher_html="<p>Why.</p>",
        student_html="<p>Halves.</p>",
        paper_html="<p>The sheet.</p>",
    )
    made.competencies.add(equal)
    made.item_families.add(family)


@pytest.fixture
def small_school(practice_set, settings):
    settings.ROOT_URLCONF = "plainview.site.bench.urls"
    on = timezone.localdate()
    school.make(SIZE, at=timezone.now(), on=on)
    connection.ensure_connection()
    year.fill(connection.connection, year.of_the_school(n_rows=N_ROWS, on=on))


def test_the_first_class_is_as_large_as_said_and_the_rest_is_shared():
    assert school.class_sizes(SIZE) == [5, 4, 3]
    sizes = school.class_sizes(school.Size())
    assert (sizes[0], sum(sizes), len(sizes)) == (28, 1000, 36)
    assert {27, 28} >= set(sizes)


def test_a_school_year_is_weekdays_and_ends_on_its_last_day():
    days = year.school_days(date(2026, 3, 4), 7)
    assert days[-1] == date(2026, 3, 4)
    assert date(2026, 3, 1) not in days  # a Sunday
    assert (len(days), days == sorted(set(days))) == (7, True)


@pytest.mark.parametrize("place, inside", [(-1, 1), (0, 0), (3, 3), (4, 2), (5, 1), (40, 0)])
def test_before_the_first_and_after_the_last_there_is_always_one_to_work_on(place, inside):
    assert year._inside(place, 4) == inside


def test_the_year_is_believable(small_school):
    rows = Evidence.objects.all()
    assert rows.count() == N_ROWS
    kinds = Counter(rows.values_list("kind", flat=True))
    assert 0.8 < kinds["answer"] / N_ROWS < 0.97
    assert set(rows.values_list("shown", flat=True)) == {0.0, 0.5, 1.0}
    assert rows.filter(supersedes__isnull=False).count() == N_ROWS // year.CORRECTED_EVERY
    assert rows.filter(student__role=Role.STUDENT).count() == N_ROWS
    assert max(rows.values_list("on", flat=True)) < timezone.localdate()
    ids_by_day = list(rows.order_by("pk").values_list("on", flat=True))
    assert ids_by_day == sorted(ids_by_day)


def test_every_row_has_its_line_of_the_ledger(small_school):
    lines = Line.objects.filter(deed__in=["evidence.answered", "evidence.recorded"])
    assert set(lines.values_list("thing", flat=True)) == set(Evidence.objects.values_list("pk", flat=True))
    assert Line.objects.filter(deed="day.class_map.looked").count() == 12 * year.N_SCHOOL_DAYS


def test_the_indexes_are_back_when_the_year_is_written(small_school):
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Evidence._meta.db_table)
    assert {index.name for index in Evidence._meta.indexes} <= set(found)


def test_estimates_are_up_to_date_for_every_child(small_school):
    figure = readings.read_the_year()
    readings.copy_to_the_others()
    assert figure.measured > 0
    students = set(Person.objects.filter(role=Role.STUDENT).values_list("pk", flat=True))
    assert set(Estimate.objects.values_list("student", flat=True)) == students
    read = dict(Reading.objects.values_list("student", "through"))
    for pk in students:
        assert read[pk] == Evidence.objects.filter(student=pk).order_by("-pk").first().pk


def test_one_class_page_is_held_against_a_bare_page_of_equal_size(small_school):
    readings.read_the_year()
    ratio, page, bare, nobody, *_more = pages.class_page(ONCE)
    assert (ratio.unit, ratio.at_most) == ("x", 5)
    assert "5 children, 4 competencies" in ratio.note
    assert page.measured > 0 and bare.measured > 0 and nobody.measured > 0
    with pytest.raises(Refused, match="found 200, expected 404"):
        ask("/bench/bare/100/", by=None, expect=404)
    assert len(ask("/bench/bare/100/", by=None).body) == 100


def test_answers_are_kept_while_they_are_measured(small_school):
    before = load.mark()
    trip, without_scripts = pages.answer(ONCE)
    assert (trip.unit, trip.at_most) == ("CPU-ms", 3)
    assert trip.measured > 0 and without_scripts.measured > 0
    kept = Evidence.objects.filter(pk__gt=before.row)
    assert kept.count() == 5 + 2 * ONCE.n_each
    assert load.n_lost([key.hex for key in kept.values_list("client_key", flat=True)], before) == 0


def test_an_answer_that_is_not_in_the_file_is_counted_as_lost(small_school):
    assert load.n_lost(["0" * 32], load.mark()) == 1


def test_signing_in_is_measured_through_the_real_page(small_school):
    n_sessions = Session.objects.count()
    (figure,) = pages.sign_in(ONCE)
    assert (figure.at_most, figure.unit) == (25, "CPU-ms")
    assert Session.objects.count() > n_sessions


def test_a_load_is_decided_beforehand(small_school):
    one = load.Load(title="x", answers_a_minute=60, pages_a_minute=6, p99_at_most_ms=1, n_browsers=20)
    plan = load.plan_of(one, port=1)
    children = [asks for asks in plan["browsers"] if asks["item"]]
    assert sum(len(asks["due"]) for asks in children) == 60
    assert all(plan["answers"][asks["item"]] == "a" for asks in children)
    teachers = [asks for asks in plan["browsers"] if asks["path"].startswith("/class/")]
    assert (len(teachers), sum(len(asks["due"]) for asks in teachers)) == (3, 6)
    assert len(plan["browsers"]) == 20
