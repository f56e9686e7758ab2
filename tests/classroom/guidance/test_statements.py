"""A page asks the database as often for 28 children as for five: no page walks through a class."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plainview.classroom.evidence import amend
from plainview.classroom.guidance import decide
from plainview.classroom.guidance.decide import Why
from plainview.classroom.plans import check_in, group, options, promise, voice
from plainview.lobby.people import supports
from plainview.lobby.people.models import Absence, Enrollment, Guardianship, Person

OF_A_CLASS = [
    "day:morning",
    "day:class_map",
    "guidance:cards",
    "guidance:own_idea",
    "guidance:settings",
    "plans:groups",
    "plans:check_ins",
    "plans:voices",
    "plans:defaults",
    "plans:screen_of_class",
    "evidence:capture",
    "evidence:amendments",
    "people:supports",
]


@pytest.fixture(autouse=True)
def clock(now, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


@pytest.fixture
def room(people, content, showed, guidance_on, now, today):
    """``room(28)`` fills the class: each child with work, a support, an idea, a wish, a request, a group."""
    there = [people.bo, people.dee]
    options.approve_default(people.room_4b, content.sheet, by=people.ada, at=now)
    promise.set_promise(
        school_class=people.room_4b, minutes=5, every_school_days=10, minutes_a_day=15, by=people.ada, at=now
    )

    def fill(n: int) -> None:
        for number in range(len(there), n):
            child = Person.objects.create(
                identifier=f"c{number}", given_name=f"Child{number}", role="student", password="!"
            )
            Enrollment.objects.create(
                person=child, school_class=people.room_4b, role="student", begins_on=today.replace(month=1)
            )
            Guardianship.objects.create(guardian=people.eve, student=child)
            there.append(child)
            give(child, number)

    def give(child, number: int) -> None:
        for days_ago in (9, 6, 4):
            showed(child, content.equal, 0, days_ago=days_ago, kind=("answer", "talk")[number % 2])
        words = {"plan": "iep", "term": "spoken", "words": "Read aloud", "exempt": False}
        supports.write_down(child, **words, by=people.fay, at=now, on=today)
        said = {"student": child, "words": "A kite", "by": child, "at": now}
        voice.set_goal(**said)
        voice.propose(**said)
        voice.contest(**said, competency=content.equal, wish="show", on=today)
        check_in.ask(student=child, by=child, at=now)
        check_in.hold(student=child, by=people.ada, at=now, client_key=uuid4())
        check_in.ask(student=child, by=child, at=now)
        amend.ask(student=child, evidence=None, words="Please.", by=people.eve, at=now)
        Absence.objects.create(student=child, on=today, entered_by=people.ada)
        group.make_group(
            school_class=people.room_4b, title=f"G{number}", purpose="mix", competency=None, begins_on=today,
            members=[people.bo, child], ends_on=today, by=people.ada, at=now,
        )  # fmt: skip
        decide.originate(
            people.room_4b, students=[child], activity=content.sheet, competency=content.share, by=people.ada,
            at=now, client_key=uuid4(), why=Why(words="We look."),
        )  # fmt: skip

    return fill


def n_statements(browser, url: str) -> int:
    assert browser.get(url).status_code == 200  # the first look reads what is new
    with CaptureQueriesContext(connection) as asked:
        browser.get(url)
    return len(asked)


def test_no_page_of_a_class_asks_more_often_for_28_children_than_for_5(room, people, signed_in_as):
    ada = signed_in_as(people.ada)
    room(5)
    few = {name: n_statements(ada, reverse(name)) for name in OF_A_CLASS}
    room(28)
    many = {name: n_statements(ada, reverse(name)) for name in OF_A_CLASS}
    assert {name: (few[name], many[name]) for name in OF_A_CLASS if many[name] > few[name]} == {}


OF_A_CHILD = ["day:child", "plans:plan", "plans:check_in"]


def test_no_page_about_a_child_asks_more_often_in_a_larger_class(room, people, signed_in_as):
    ada = signed_in_as(people.ada)
    room(5)
    few = {name: n_statements(ada, reverse(name, args=[people.bo.pk])) for name in OF_A_CHILD}
    room(28)
    many = {name: n_statements(ada, reverse(name, args=[people.bo.pk])) for name in OF_A_CHILD}
    assert many == few


@pytest.fixture
def decided(people, content, now):
    """``decided(20)``: so many decisions about Bo, each with words for him."""
    from plainview.classroom.plans import set as plan
    from plainview.classroom.plans.models import Step

    def decide_for_bo(n: int) -> None:
        for _n in range(n):
            decide.originate(
                people.room_4b, students=[people.bo], activity=content.sheet, competency=content.share,
                by=people.ada, at=now, client_key=uuid4(), because="Look.",
            )  # fmt: skip
            for step in Step.objects.open().filter(student=people.bo):
                plan.set_aside(step, by=people.ada, at=now)

    return decide_for_bo


@pytest.mark.parametrize(
    ("who", "name"), [("eve", "day:family_child"), ("bo", "day:my_week"), ("ada", "day:child")]
)
def test_a_record_asks_as_often_after_twenty_decisions_as_after_two(who, name, decided, people, signed_in_as):
    browser = signed_in_as(getattr(people, who))
    url = reverse(name, args=[] if name == "day:my_week" else [people.bo.pk])
    decided(2)
    few = n_statements(browser, url)
    decided(18)
    assert n_statements(browser, url) == few


def test_what_i_can_do_asks_as_often_for_twelve_things_as_for_two(people, content, showed, signed_in_as):
    from plainview.classroom.curriculum.models import Competency

    bo, url = signed_in_as(people.bo), reverse("day:my_learning")
    for about in (content.share, content.equal):
        showed(people.bo, about, 1)
    few = n_statements(bo, url)
    for n in range(10):
        about = Competency.objects.create(
            unit=content.equal.unit, identifier=f"4.X.{n}", short_name=f"X{n}", statement="...", grade="4"
        )
        showed(people.bo, about, 1)
    assert n_statements(bo, url) == few
