"""Files become rows: as often as one likes, whole or not at all, and nothing that was used is dropped."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from plainview.classroom.curriculum.load import load_content
from plainview.classroom.curriculum.management.commands.content import shipped_content
from plainview.classroom.curriculum.models import Activity, Competency, Item, ItemFamily, Misconception, Unit

pytestmark = pytest.mark.django_db


def load(unit):
    loaded = load_content(unit.parent)
    assert loaded.is_whole, loaded.faults
    return loaded


def test_every_file_becomes_rows(small_unit):
    load(small_unit)
    assert Unit.objects.get().title == "Sharing apples"
    assert list(
        Competency.objects.get(identifier="3.NF.A.2").requires.values_list("identifier", flat=True)
    ) == ["3.NF.A.1"]
    item = Item.objects.first()
    assert (item.competency.identifier, item.family.identifier) == ("3.NF.A.1", "shaded")
    activity = Activity.objects.get()
    assert [c.identifier for c in activity.competencies.all()] == ["3.NF.A.1"]
    assert len(activity.paper_sheets) == 2
    assert "<svg" in activity.paper_html


def test_loading_again_changes_nothing(small_unit):
    load(small_unit)
    before = list(Item.objects.values())
    again = load(small_unit)
    assert (again.made, again.changed, again.retired) == ({}, {}, {})
    assert list(Item.objects.values()) == before


def test_a_reworded_activity_is_the_same_activity(small_unit, rewrite):
    load(small_unit)
    pk = Activity.objects.get().pk
    rewrite(small_unit / "activities" / "share.yaml", "title: Share an apple", "title: Share two apples")
    assert load(small_unit).changed == {"activities": 1}
    assert Activity.objects.get().pk == pk
    assert Activity.objects.get().title == "Share two apples"


def test_what_left_the_files_is_retired_and_comes_back_when_they_do(small_unit):
    load(small_unit)
    file = small_unit / "activities" / "share.yaml"
    text = file.read_text()
    file.unlink()
    assert load(small_unit).retired == {"activities": 1}
    assert Activity.objects.offered().count() == 0
    assert Activity.objects.get().retired
    file.write_text(text)
    load(small_unit)
    assert Activity.objects.offered().count() == 1


def test_other_numbers_are_other_items_and_the_old_ones_stay_readable(small_unit, rewrite):
    load(small_unit)
    old = set(Item.objects.values_list("identifier", flat=True))
    rewrite(small_unit / "items" / "shaded.yaml", "b: [3, 4, 5]", "b: [6, 8]")
    load(small_unit)
    assert set(Item.objects.filter(retired=True).values_list("identifier", flat=True)) == old
    assert Item.objects.offered().count() == 4


def test_a_unit_with_a_fault_is_not_loaded_at_all_and_the_others_are(small_unit, rewrite):
    other = small_unit.parent / "pears"
    other.mkdir()
    (other / "unit.yaml").write_text((small_unit / "unit.yaml").read_text().replace("apples", "pears"))
    (other / "competencies.yaml").write_text(
        "- competency: 1.G.A.3\n  short_name: Halves\n  grade: 1\n  statement: Cut.\n"
    )
    (other / "misconceptions.yaml").write_text("[]\n")
    rewrite(small_unit / "activities" / "share.yaml", "kind: game", "kind: contest")
    loaded = load_content(small_unit.parent)
    assert len(loaded.faults) == 1
    assert list(Unit.objects.values_list("identifier", flat=True)) == ["pears"]


def test_the_whole_fractions_unit_loads(fractions):
    from plainview.classroom.curriculum.load import Loaded, _load_unit

    loaded = Loaded()
    _load_unit(fractions, loaded)
    assert loaded.made["items"] >= 270
    assert Misconception.objects.count() >= 18
    assert ItemFamily.objects.filter(items=None).count() == 0


def test_an_activity_without_a_paper_twin_cannot_be_kept(small_unit):
    load(small_unit)
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.update(paper_html="")


@pytest.mark.parametrize(
    "change", [{"adult_minutes": 21}, {"screen_minutes": 21}, {"group_min": 0}, {"group_min": 5}]
)
def test_the_database_refuses_an_activity_that_does_not_add_up(small_unit, change):
    load(small_unit)
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.update(**change)


def test_without_a_folder_it_is_the_content_that_plainview_brings_along(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert (shipped_content() / "fractions-4" / "unit.yaml").is_file()


def test_the_command_says_what_it_did_and_every_fault(small_unit, rewrite, capsys):
    call_command("content", "load", str(small_unit.parent))
    assert (
        "made: 2 competencies, 1 misconceptions, 1 item families, 4 items, 1 activities"
        in capsys.readouterr().out
    )
    rewrite(small_unit / "competencies.yaml", "grade: 3", "grade: [3]")
    with pytest.raises(CommandError, match=r"competencies\.yaml, line 3, 'grade': found"):
        call_command("content", "check", str(small_unit.parent))
