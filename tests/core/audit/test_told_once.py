"""What is wrong with an exhibit is told once, and every check that asked for it says that it could not."""

import pytest

from plainview.core.audit.review import review
from plainview.core.audit.told_once import told_once
from plainview.core.cannot_say import CannotSay
from plainview.core.dossier.folder import open_dossier


def cannot(reason):
    return CannotSay(question="Is it?", reason=reason, would_need="the file mended", check="a.b/1")


def test_a_fault_that_two_checks_meet_leaves_both_and_is_told():
    two = "exhibits/a.toml, line 1: found x.\nexhibits/b.toml: found y"
    made, told = told_once(
        [[cannot(two)], [cannot(two)]], files=["exhibits/a.toml", "exhibits/b.toml"], told=[]
    )
    assert [answer.reason for (answer,) in made] == [
        "exhibits/a.toml and exhibits/b.toml could not be read"
    ] * 2
    assert told == ("exhibits/a.toml, line 1: found x.", "exhibits/b.toml: found y.")


def test_a_fault_that_one_check_meets_stays_with_it():
    made, told = told_once([[cannot("exhibits/a.csv, line 1: x")]], files=["exhibits/a.csv"], told=[])
    assert (made[0][0].reason, told) == ("exhibits/a.csv, line 1: x", ())


def test_one_that_is_told_anyway_is_not_told_again():
    faults = ["exhibits/a.csv: found an empty file."]
    made, told = told_once([[cannot(faults[0][:-1])]], files=["exhibits/a.csv"], told=faults)
    assert (made[0][0].reason, told) == ("exhibits/a.csv could not be read", ())


def test_what_says_more_than_a_fault_of_an_exhibit_is_left_as_it_is():
    same = [[cannot("the dossier holds no log")], [cannot("the dossier holds no log")]]
    assert told_once(same, files=["exhibits/a.csv"], told=[]) == (tuple(map(tuple, same)), ())


@pytest.mark.parametrize(
    ("name", "content", "question", "n_faults"),
    [("study.toml", "", "efficacy", 2), ("log.csv", "who,what\n1,2\n", "adaptivity", 5)],
)
def test_a_file_that_nobody_can_read_says_so_once(tmp_path, name, content, question, n_faults):
    (tmp_path / "d" / "exhibits").mkdir(parents=True)
    (tmp_path / "d" / "product.toml").write_text('name = "p"\nvendor = "v"\nversion = "1"\n')
    (tmp_path / "d" / "exhibits" / name).write_text(content)
    found = review(open_dossier(tmp_path / "d", aside=tmp_path / "aside"), only=[question])
    reasons = [answer.reason for one in found.asked for answer in one.answers]
    assert reasons.count(f"exhibits/{name} could not be read") >= 9
    assert not [one for one in reasons if "found" in one]
    assert len([one for one in found.told if one.startswith(f"exhibits/{name}")]) == n_faults
