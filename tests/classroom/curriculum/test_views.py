"""The pages of what can be learned, for each who may open them; the key to a sheet for those who keep it."""

import pytest
from django.urls import reverse

from plainview.classroom.curriculum.load import load_content
from plainview.classroom.curriculum.models import Activity, ItemFamily

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(small_unit):
    assert load_content(small_unit.parent).is_whole


PAGES = [
    ("unit", []),
    ("other_unit", ["apples"]),
    ("competency", ["3.NF.A.1"]),
    ("activity", ["share"]),
    ("activity_paper", ["share"]),
]
KEY_PAGES = [("family_paper", ["shaded"]), ("competency_paper", ["3.NF.A.1"])]


def address(name, args):
    return reverse(f"curriculum:{name}", args=args)


@pytest.mark.parametrize(("name", "args"), PAGES + KEY_PAGES)
def test_signed_out_leads_to_the_door(client, loaded, name, args):
    assert client.get(address(name, args)).status_code == 302


@pytest.mark.parametrize("who", ["ada", "bo", "eve", "fay", "gus"])
@pytest.mark.parametrize(("name", "args"), PAGES)
def test_everyone_signed_in_may_see_what_can_be_learned(people, signed_in_as, loaded, who, name, args):
    assert signed_in_as(getattr(people, who)).get(address(name, args)).status_code == 200


@pytest.mark.parametrize("who", ["bo", "eve"])
@pytest.mark.parametrize(("name", "args"), KEY_PAGES)
def test_for_a_child_and_a_family_the_key_is_not_there(people, signed_in_as, loaded, who, name, args):
    assert signed_in_as(getattr(people, who)).get(address(name, args)).status_code == 404


@pytest.mark.parametrize(("name", "args"), KEY_PAGES)
def test_a_set_prints_with_its_key_on_a_sheet_of_its_own(people, signed_in_as, loaded, name, args):
    page = signed_in_as(people.ada).get(address(name, args)).content.decode()
    questions, key = page.split('aria-labelledby="key"')
    assert questions.count("<svg") >= 4
    assert "Compares shaded with unshaded" in key
    assert "Compares shaded" not in questions


def test_how_many_questions_may_be_asked_for_and_nonsense_is_ignored(people, signed_in_as, loaded):
    client, url = signed_in_as(people.ada), address("family_paper", ["shaded"])
    for asked, rows in (("2", 2), ("0", 1), ("-3", 4), ("x", 4), ("٣", 4), ("9999", 4)):
        page = client.get(url, {"questions": asked})
        assert len(page.context["printed"]) == rows, asked


def test_a_child_reads_the_steps_and_not_the_teachers_notes(people, signed_in_as, loaded):
    url = address("activity", ["share"])
    assert "Watch for" in signed_in_as(people.ada).get(url).content.decode()
    assert "Watch for" not in signed_in_as(people.bo).get(url).content.decode()


def test_more_questions_come_when_asked_for_and_the_key_only_to_adults(people, signed_in_as, loaded):
    Activity.objects.get().item_families.set(ItemFamily.objects.all())
    url = address("activity_paper", ["share"])
    assert "What fraction of the bar" not in signed_in_as(people.ada).get(url).content.decode()
    assert 'id="key"' in signed_in_as(people.ada).get(url, {"questions": "2"}).content.decode()
    child = signed_in_as(people.bo).get(url, {"questions": "2"}).content.decode()
    assert child.count("What fraction of the bar") == 2
    assert 'id="key"' not in child


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("other_unit", ["pears"]),
        ("competency", ["9.X"]),
        ("activity", ["none"]),
        ("family_paper", ["none"]),
        ("competency_paper", ["3.NF.A.2"]),  # it has no questions
        ("picture", ["abc"]),
    ],
)
def test_what_is_not_there_is_not_found(people, signed_in_as, loaded, name, args):
    assert signed_in_as(people.ada).get(address(name, args)).status_code == 404


def test_an_empty_school_says_what_would_fill_the_page(people, signed_in_as):
    page = signed_in_as(people.ada).get(address("unit", [])).content.decode()
    assert "Nothing has been loaded yet." in page


def test_a_retired_activity_can_still_be_read(people, signed_in_as, loaded):
    Activity.objects.update(retired=True)
    assert (
        "No longer offered." in signed_in_as(people.ada).get(address("activity", ["share"])).content.decode()
    )


def test_a_page_takes_few_questions_of_the_database(
    people, signed_in_as, loaded, django_assert_max_num_queries
):
    client = signed_in_as(people.ada)
    for name, args in PAGES + KEY_PAGES:
        with django_assert_max_num_queries(14):
            client.get(address(name, args))
