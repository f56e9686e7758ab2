"""Who reaches which page of the day, and that every adult's look is written down."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from plainview.classroom.guidance.models import Estimate
from plainview.lobby.ledger.models import Line

pytestmark = pytest.mark.django_db
WHO = ["ada", "bo", "cy", "dee", "eve", "fay", "gus", "hal"]


def status(signed_in_as, person, url) -> int:
    return signed_in_as(person).get(url).status_code


@pytest.mark.parametrize("who", WHO)
def test_bos_page_is_for_the_adults_of_the_class(who, signed_in_as, people):
    url = reverse("day:child", args=[people.bo.pk])
    assert (status(signed_in_as, getattr(people, who), url) == 200) == (who in {"ada", "fay"})


@pytest.mark.parametrize("who", WHO)
def test_bos_family_page_is_for_eve(who, signed_in_as, people):
    for name in ("day:family_child", "day:take_along"):
        url = reverse(name, args=[people.bo.pk])
        assert (status(signed_in_as, getattr(people, who), url) == 200) == (who == "eve")


def test_the_way_to_the_badges_is_shown_to_who_may_print_them(signed_in_as, people):
    sheet = f'href="{reverse("people:badges", args=[people.room_4b.pk])}"'
    url = reverse("day:class_map_of", args=[people.room_4b.pk])
    assert sheet in signed_in_as(people.ada).get(url).content.decode()
    assert sheet not in signed_in_as(people.fay).get(url).content.decode()


def test_what_stands_around_the_map_is_of_the_class_the_reader_and_the_language(
    signed_in_as, people, content
):
    """It is kept from one look to the next: nobody gets what was kept for another."""
    url = reverse("day:class_map_of", args=[people.room_4b.pk])
    first = signed_in_as(people.ada).get(url).content.decode()
    assert "What the work says so far" in first
    assert "Room 4B" in first
    people.room_4b.title = "The oaks"
    people.room_4b.save()
    client = signed_in_as(people.ada)
    client.cookies["django_language"] = "es"
    spanish = client.get(url).content.decode()
    assert "What the work says so far" not in spanish
    assert "The oaks" in spanish
    assert "Room 4B" not in spanish
    content.equal.short_name = "Another name"
    content.equal.save()
    assert "Another name" in signed_in_as(people.fay).get(url).content.decode()


@pytest.mark.parametrize("who", WHO)
def test_the_class_map_is_for_the_adults_of_the_class(who, signed_in_as, people):
    url = reverse("day:class_map_of", args=[people.room_4b.pk])
    assert (status(signed_in_as, getattr(people, who), url) == 200) == (who in {"ada", "fay"})


@pytest.mark.parametrize("who", WHO)
def test_conditions_are_for_the_principal(who, signed_in_as, people):
    assert (status(signed_in_as, getattr(people, who), reverse("day:conditions")) == 200) == (who == "gus")


@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("fay", "day:class_map"),
        ("bo", "day:my_week"),
        ("eve", "day:family"),
        ("gus", "day:conditions"),
    ],
)
def test_everyone_lands_where_they_belong(who, where, signed_in_as, people):
    said = signed_in_as(getattr(people, who)).get("/")
    assert said.url == reverse(where)


def test_the_signed_out_are_asked_who_they_are(client, people):
    said = client.get(reverse("day:child", args=[people.bo.pk]))
    assert said.status_code == 302
    assert said.url.startswith(reverse("people:sign_in"))


@pytest.mark.parametrize(
    ("who", "url_of", "deed", "about"),
    [
        ("ada", lambda p: "/", "day.morning.looked", {"bo", "dee"}),
        ("ada", lambda p: reverse("day:class_map"), "day.class_map.looked", {"bo", "dee"}),
        ("fay", lambda p: reverse("day:child", args=[p.bo.pk]), "day.child.looked", {"bo"}),
        ("eve", lambda p: reverse("day:family_child", args=[p.bo.pk]), "day.family.looked", {"bo"}),
        ("eve", lambda p: reverse("day:take_along", args=[p.bo.pk]), "day.family.took_along", {"bo"}),
    ],
)
def test_each_look_is_written_down_for_each_child(who, url_of, deed, about, signed_in_as, people):
    person = getattr(people, who)
    signed_in_as(person).get(url_of(people))
    lines = Line.objects.filter(deed=deed, by=person.pk).values_list("about", flat=True)
    assert set(lines) == {getattr(people, name).pk for name in about}


def test_a_look_that_was_refused_shows_nothing_and_writes_nothing(signed_in_as, people):
    said = signed_in_as(people.cy).get(reverse("day:child", args=[people.bo.pk]))
    assert "O&#x27;Neill" not in said.content.decode()
    assert not Line.objects.filter(by=people.cy.pk).exists()


def test_absent_children_are_kept_as_one_list(signed_in_as, people, today):
    from plainview.lobby.people.models import Absence

    client = signed_in_as(people.ada)
    url = reverse("day:absent", args=[people.room_4b.pk])
    client.post(url, {"away": [people.bo.pk, people.dee.pk]})
    client.post(url, {"away": [people.dee.pk]})
    assert list(Absence.objects.values_list("student", flat=True)) == [people.dee.pk]


def test_a_list_that_cannot_be_read_changes_nothing(signed_in_as, people):
    from plainview.lobby.people.models import Absence

    client = signed_in_as(people.ada)
    url = reverse("day:absent", args=[people.room_4b.pk])
    client.post(url, {"away": [people.bo.pk]})
    said = client.post(url, {"away": ["x", people.dee.pk]})
    assert said.status_code == 422
    assert "was not changed" in said.content.decode()
    assert list(Absence.objects.values_list("student", flat=True)) == [people.bo.pk]


def test_the_childs_own_pages_hold_no_numbers_about_her(signed_in_as, people, content, shows, today):
    for days in (20, 12, 5):
        shows(people.bo, content.equal, 1.0, words="Folded it.", on=today - timedelta(days=days))
    page = signed_in_as(people.bo).get(reverse("day:my_learning")).content.decode()
    assert "getting steady" in page
    estimate = Estimate.objects.get(student=people.bo)
    for number in (estimate.p_known, estimate.low, estimate.high):
        assert f"{number:.2f}" not in page
    assert "%" not in page.split("<main")[1].split("</main>")[0]


def test_a_familys_choice_of_no_estimates_leaves_a_page_that_works(signed_in_as, people, content, shows, now):
    from plainview.lobby.people.choices import choose

    shows(people.bo, content.equal, 1.0, words="Folded it.")
    choose(people.bo, kind="no_estimates", chosen=True, by=people.eve, at=now)
    page = signed_in_as(people.eve).get(reverse("day:family_child", args=[people.bo.pk]))
    assert "No estimates are kept" in page.content.decode()
    assert "Folded it." in page.content.decode()
    assert not Estimate.objects.filter(student=people.bo).exists()


def test_what_a_family_takes_along_needs_no_network(signed_in_as, people, content, shows):
    shows(people.bo, content.equal, 1.0, words="Said <b>why</b> & how.")
    said = signed_in_as(people.eve).get(reverse("day:take_along", args=[people.bo.pk]))
    html = said.content.decode()
    assert said["Content-Disposition"].startswith("attachment")
    assert "Said &lt;b&gt;why&lt;/b&gt; &amp; how." in html
    assert 'src="/' not in html
    assert 'href="/' not in html
    assert "http" not in html.replace("http://www.w3.org", "")


def test_conditions_say_nothing_of_fewer_than_ten(signed_in_as, people):
    page = signed_in_as(people.gus).get(reverse("day:conditions")).content.decode()
    assert "Fewer than ten children are here" in page


def test_every_page_tells_the_same_state_and_nothing_earned_is_withdrawn(
    people, content, shows, signed_in_as
):
    shows(people.bo, content.equal, 1.0)
    signed_in_as(people.ada).get(reverse("day:class_map"))
    Estimate.objects.update(state="met_once", earned="getting_steady")  # as after a fall
    pages = {
        "map": signed_in_as(people.ada).get(reverse("day:class_map")),
        "child": signed_in_as(people.ada).get(reverse("day:child", args=[people.bo.pk])),
        "family": signed_in_as(people.eve).get(reverse("day:family_child", args=[people.bo.pk])),
        "his own": signed_in_as(people.bo).get(reverse("day:my_learning")),
    }
    assert Estimate.objects.get(student=people.bo).state == "met_once"
    for name, page in pages.items():
        told = page.content.decode().split("<main")[1].split("</main>")[0].split('class="key"')[0]
        states = set(re.findall(r'href="#shape-(\w+)"', told))
        assert states == {"getting_steady"}, name
        assert "earned" not in told, name


def test_a_child_asks_for_a_talk_in_plain_words(signed_in_as, people):
    page = signed_in_as(people.bo).get(reverse("day:my_week")).content.decode()
    assert f'href="{reverse("plans:ask")}">Ask for a talk</a>' in page
    assert "Talk with me" not in page


def a_lesson(people, content):
    """Something that Bo and Dee can do together."""
    from plainview.classroom.curriculum.models import Activity

    return Activity.objects.create(
        unit=content.equal.unit,
        identifier="cut-it",
        title="Cut it again",
        kind="small_group",
        minutes=15,
        adult_minutes=15,
        group_min=2,
        group_max=6,
        medium="talk",
        with_whom="with my teacher and a few classmates",
        paper_html="<p>Cut.</p>",
    )


def decide_for_bo_and_dee(people, content, lesson, now):
    from plainview.classroom.guidance import decide

    return decide.originate(
        people.room_4b,
        students=[people.bo, people.dee],
        activity=lesson,
        competency=content.equal,
        by=people.ada,
        at=now,
        client_key=uuid4(),
        because="Some of us look once more.",
    )


def main_of(response) -> str:
    shown = response.content.decode().split("<main")[1].split("</main>")[0]
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", shown).split()))


def test_what_was_decided_stands_on_the_childs_week_by_whom_with_whom_and_until_when(
    signed_in_as, people, content, now, monkeypatch
):
    monkeypatch.setattr(timezone, "now", lambda: now)
    decide_for_bo_and_dee(people, content, a_lesson(people, content), now)
    page = main_of(signed_in_as(people.ada).get(reverse("day:child", args=[people.bo.pk])))
    assert (
        "Cut it again with Dee 15 minutes in talk until Tuesday, 10 March decided by Ada Okafor , today"
        in page
    )
    assert "Cut it again to choose from" not in page

    week = main_of(signed_in_as(people.bo).get(reverse("day:my_week")))
    decided, choose = week.split("Decided for these days")[1].split("I can choose")
    assert "Ada Okafor decided it: today, for the days until Tuesday, 10 March." in decided
    assert "15 minutes with Dee in talk" in decided
    assert "I don't agree, or I can show you" in decided
    assert "Cut it again" not in choose


def test_a_step_that_waited_already_is_told_as_decided_when_a_decision_takes_it_into_a_group(
    signed_in_as, people, content, now, monkeypatch
):
    from plainview.classroom.plans import set as plan

    monkeypatch.setattr(timezone, "now", lambda: now)
    lesson = a_lesson(people, content)
    plan.add_step(
        student=people.bo, activity=lesson, competency=None, by=people.ada,
        at=now - timedelta(days=3), origin="teacher",
    )  # fmt: skip
    decide_for_bo_and_dee(people, content, lesson, now)
    week = main_of(signed_in_as(people.bo).get(reverse("day:my_week")))
    assert "15 minutes with Dee in talk" in week.split("Decided for these days")[1]


def test_when_its_days_are_over_or_it_was_taken_back_a_decision_no_longer_stands_on_the_week(
    signed_in_as, people, content, now, monkeypatch
):
    from plainview.classroom.guidance import decide

    made = decide_for_bo_and_dee(people, content, a_lesson(people, content), now)
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=7))
    assert "Decided for these days" not in main_of(signed_in_as(people.bo).get(reverse("day:my_week")))
    monkeypatch.setattr(timezone, "now", lambda: now)
    decide.take_back(made, by=people.ada, at=now)
    assert "Decided for these days" not in main_of(signed_in_as(people.bo).get(reverse("day:my_week")))


def test_not_enough_yet_says_that_it_is_about_what_was_shown(signed_in_as, people, content, shows):
    """Read quickly it could mean that there is not enough evidence: that is "not enough to say"."""
    shows(people.bo, content.equal, 0.0)
    for who, url in (
        (people.ada, reverse("day:class_map")),
        (people.ada, reverse("day:child", args=[people.bo.pk])),
        (people.ada, reverse("evidence:judge", args=[people.bo.pk, content.equal.pk])),
        (people.eve, reverse("day:family_child", args=[people.bo.pk])),
        (people.bo, reverse("day:my_learning")),
    ):
        page = main_of(signed_in_as(who).get(url))
        assert re.search("not enough yet.{0,40}looked at, not shown yet", page), url


def test_who_is_away_is_kept_by_who_teaches_the_class(signed_in_as, people, now, monkeypatch):
    """A teacher of another class who serves this one as a specialist reads the list, and writes none."""
    from plainview.lobby.people.models import Absence, Enrollment

    monkeypatch.setattr(timezone, "now", lambda: now)
    Enrollment.objects.create(
        person=people.cy, school_class=people.room_4b, role="specialist", begins_on=now.date()
    )
    url = reverse("day:absent", args=[people.room_4b.pk])
    assert signed_in_as(people.cy).post(url, {"away": [people.bo.pk]}).status_code in (403, 404)
    assert signed_in_as(people.fay).post(url, {"away": [people.bo.pk]}).status_code == 404
    assert not Absence.objects.exists()
    assert signed_in_as(people.ada).post(url, {"away": [people.bo.pk]}).status_code == 302
    assert Absence.objects.count() == 1


@pytest.mark.parametrize(("days", "says_so"), [(0, False), (3, True), (4, True), (5, False)])
def test_on_a_weekend_the_morning_page_says_that_there_is_no_school(
    days, says_so, signed_in_as, people, now, monkeypatch
):
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=days))
    page = main_of(signed_in_as(people.ada).get("/"))
    assert ("No school today." in page) is says_so
