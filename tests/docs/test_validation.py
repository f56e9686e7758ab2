"""The page that says what our numbers were compared with is made of the comparisons themselves."""

import re

from scripts import validation

PAGE = validation.PAGE.read_text(encoding="utf-8")


def test_the_page_is_what_the_script_makes_of_the_references_and_their_tests():
    assert validation.page() == PAGE, "run: python scripts/validation.py"


def test_every_reference_is_on_the_page_with_what_made_it():
    for name in validation.names():
        assert f"### {name}\n" in PAGE
        assert validation.made_with(name) != "not said", name
    assert set(validation.WHAT) <= set(validation.names())


def test_every_reference_that_others_made_is_read_by_a_test():
    for name in set(validation.names()) - validation.OURS:
        assert validation.tests()[name], name


def test_a_tolerance_is_read_off_the_test_that_names_it():
    (wilson,) = validation.tests()["wilson"]
    assert wilson.within == ("1e-09 relative",)


def test_a_reference_of_our_own_says_where_its_figures_stand():
    for name in validation.OURS:
        assert validation.tests()[name] or validation.pages(name), name


def test_every_link_of_the_page_leads_somewhere():
    headings = {line.lstrip("# ") for line in PAGE.splitlines() if line.startswith("###")}
    for target in re.findall(r"\]\(([^)]+)\)", PAGE):
        place, _, anchor = target.partition("#")
        assert (validation.PAGE.parent / place).exists() if place else anchor in headings, target


def test_published_examples_are_listed_with_whose_they_are():
    found = validation.published()
    assert len(found) >= 20
    for _, _, said in found:
        assert f"| {' '.join(said.split())} |" in PAGE


def test_every_interval_that_was_measured_stands_on_the_page_and_none_is_far_too_narrow():
    found = validation.held()
    assert len({what for what, _, _ in found}) >= 50
    for what, where, share in found:
        assert f"{share:.3f} ({where})" in PAGE
        assert share >= 0.89, (what, where)
