"""A line: a sentence with gaps that only the site can fill with names."""

import pytest

from plainview.core.rules.line import GAPS, Holds, gaps, line


def test_a_line_says_its_references_where_no_names_are_known():
    said = line("{students} on {competency}: {low}", students=("s1", "s2"), competency="4.NF.A.1", low=1 / 3)
    assert said.in_refs == "s1, s2 on 4.NF.A.1: 0.333333"


def test_every_gap_is_filled_and_nothing_is_left_over():
    with pytest.raises(ValueError, match="other gaps"):
        line("{student} showed it", student="s1", partner="s2")
    with pytest.raises(ValueError, match="other gaps"):
        line("{student} and {partner}", student="s1")


def test_a_gap_that_the_site_could_not_fill_is_refused():
    with pytest.raises(ValueError, match="nobody can fill"):
        gaps("{name} showed it")


@pytest.mark.parametrize(
    "wrong", [{"students": "s1"}, {"n_pieces": "3"}, {"low": "much"}, {"student": ("s1",)}]
)
def test_a_gap_holds_what_its_name_promises(wrong):
    with pytest.raises(ValueError, match="is none"):
        line("".join(f"{{{name}}}" for name in wrong), **wrong)


def test_every_kind_of_gap_is_used_by_some_gap():
    assert set(GAPS.values()) == set(Holds)
