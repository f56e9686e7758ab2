"""Groups travel apart from the log, and are joined by student."""

import pytest

from plainview.core.dossier.groups import groups_of
from plainview.core.dossier.unread import told
from plainview.core.mendable import Mendable


def test_each_student_has_a_label_in_each_column(put, opened):
    put("exhibits/groups.csv", "student,sex,newcomer\nb,girl,no\na,boy,\nc,girl,yes\n")
    groups = groups_of(opened())
    assert groups.columns["sex"].names == ("boy", "girl")
    assert groups.of("sex", ["a", "b", "c", "unknown"]).tolist() == [0, 1, 1, -1]
    assert groups.of("newcomer", ["a", "b", "c"]).tolist() == [-1, 0, 1]


def test_without_a_table_there_are_none(opened):
    assert groups_of(opened()) is None


def test_a_mapping_says_which_column_is_the_student(put, opened):
    put("exhibits/roster.csv", "uid,ell\n7,y\n8,n\n")
    put(
        "exhibits/exhibits.toml",
        '[[exhibit]]\nfile = "roster.csv"\nkind = "groups"\nmapping = {student = "uid", newcomer = "ell"}\n',
    )
    assert groups_of(opened()).of("newcomer", ["8", "7"]).tolist() == [0, 1]


def test_a_student_may_stand_twice_but_not_in_two_groups(put, opened):
    put("exhibits/groups.csv", "student,sex\na,girl\nb,boy\na,girl\n")
    assert groups_of(opened()).students == ("a", "b")
    put("exhibits/groups.csv", "student,sex\na,girl\nb,boy\na,boy\n")
    with pytest.raises(Mendable, match="line 4, column 'sex': found 'boy', expected 'girl'"):
        groups_of(opened())


def test_a_column_with_a_word_of_its_own_for_everyone_is_no_grouping(put, opened):
    rows = "".join(f"s{n},street {n},{'g' if n % 2 else 'h'}\n" for n in range(30))
    put("exhibits/groups.csv", f"student,address,group\n{rows}")
    groups = groups_of(opened())
    assert list(groups.columns) == ["group"]
    assert "column 'address' holds 30 words" in groups.told[0]


def test_two_tables_are_one(put, opened):
    put("exhibits/groups-1.csv", "student,sex\na,girl\n")
    put("exhibits/groups-2.csv", "student,sex,meals\nb,boy,free\n")
    groups = groups_of(opened())
    assert list(groups.columns) == ["sex", "sex (2)", "meals"]
    assert groups.of("meals", ["a", "b"]).tolist() == [-1, 0]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("name,sex\na,girl\n", "line 1: found no column 'student' in name, sex"),
        ("student,sex\na,girl\n,boy\n", "line 3, column 'student': found nothing"),
        ("", "found an empty file"),
    ],
)
def test_a_table_that_cannot_be_joined_says_why(put, opened, content, fault):
    put("exhibits/groups.csv", content)
    with pytest.raises(Mendable, match=fault):
        groups_of(opened())


def test_what_was_passed_by_and_letters_that_cannot_be_read_reach_the_report(put, opened):
    """A student whose name cannot be read is in no group: nobody would notice the one who is not there."""
    rows = "".join(f"s{n},{'girl' if n % 2 else 'boy'},street {n}\n" for n in range(40))
    put(
        "exhibits/groups.csv", ("student,sex,address\n" + rows + "Jos\xe9,boy,x\ns99,boy\n").encode("latin-1")
    )
    dossier = opened()
    groups_of(dossier)
    found = told(dossier)
    assert [one for one in found if "column 'address' holds 41 words: it is no grouping." in one]
    assert [one for one in found if "exhibits/groups.csv: 1 cell holds bytes that are not UTF-8." in one]
    assert [one for one in found if "1 row with another number of cells passed by." in one]
