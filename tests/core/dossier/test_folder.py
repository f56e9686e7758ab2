"""A dossier's folder is read, or every fault is told at once, by file and line."""

import pytest

from plainview.core.dossier.dossier import Kind
from plainview.core.mendable import Mendable

CLAIM = '\n[[claim]]\nid = "adapts"\nsays = "It adapts."\nchecks = ["adaptivity.log_test"]\n'


def told(opened) -> list[str]:
    with pytest.raises(Mendable) as found:
        opened()
    return list(found.value.faults)


def test_the_least_dossier_is_a_product(opened):
    dossier = opened()
    assert (dossier.product.name, dossier.product.claims, dossier.exhibits) == ("MathPath", (), ())
    assert (dossier.plan.seed, dossier.plan.draws, dossier.plan.frozen_sha256) == (1, 999, None)


def test_a_folder_that_is_none_says_so(tmp_path):
    from plainview.core.dossier.folder import open_dossier

    with pytest.raises(Mendable, match="there is no such folder"):
        open_dossier(tmp_path / "nowhere", aside=tmp_path)


def test_all_faults_of_all_files_are_told_at_once_with_their_lines(put, opened):
    claims = '[[claim]]\nid = "A b"\n[[claim]]\nid = "x"\nsays = ["a"]\n'
    put("product.toml", f'name = 3\nversion = ""\n{claims}')
    put("plan.toml", "draws = 10\n")
    put("exhibits/exhibits.toml", '[[exhibit]]\nkind = "logs"\nfile = "a.csv"\n[[exhibit]]\nkind = "log"\n')
    assert told(opened) == [
        "product.toml, 'vendor': found nothing, expected text in quotes.",
        "product.toml, line 1, 'name': found 3, expected text in quotes.",
        "product.toml, line 2, 'version': found '', expected text with something in it.",
        "product.toml, line 3, claim 1, 'says': found nothing, expected text in quotes.",
        "product.toml, line 4, claim 1, 'id': found 'A b', expected short: letters, digits, hyphens.",
        "product.toml, line 7, claim 2, 'says': found a list of 1, expected text in quotes.",
        "plan.toml, line 1, 'draws': found 10, expected a whole number, 999 or more.",
        "exhibits/exhibits.toml, line 2, exhibit 1, 'kind': found 'logs', expected one of "
        + ", ".join(kind for kind in Kind)
        + ".",
        "exhibits/exhibits.toml, line 4, exhibit 2: found neither 'file' nor 'refused', "
        "expected one of them.",
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("name = ", "product.toml, line 1: found 'name =', expected a value"),
        (b'name = "\xff"', "product.toml, line 1: found bytes that are not UTF-8"),
        ("#" * (1 << 21), "product.toml: found 2,097,152 bytes, expected at most 1,048,576"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(put, opened, content, fault):
    put("product.toml", content)
    assert told(opened)[0].startswith(fault)


def test_a_claim_has_its_id_once(put, opened):
    put("product.toml", 'name = "a"\nvendor = "b"\nversion = "c"\n' + CLAIM * 2)
    assert "'adapts' more than once" in told(opened)[0]


def test_a_key_that_nobody_knows_is_passed_by_and_told(put, opened):
    put("product.toml", 'name = "a"\nvendor = "b"\nversion = "c"\nclaims = "oh"\n')
    assert opened().told[0].startswith("product.toml, line 4, 'claims': passed by")


def test_a_plan_keeps_its_bounds_by_check(put, opened):
    put("plan.toml", 'seed = 7\ndraws = 1999\n[bounds."adaptivity.log_test"]\nbound = 0.05\n')
    plan = opened().plan
    assert (plan.seed, plan.draws, plan.bound("adaptivity.log_test", "bound", 0.02)) == (7, 1999, 0.05)
    assert plan.bound("adaptivity.memory", "bound", 0.02) == 0.02


def test_what_the_vendor_refused_is_kept_with_its_day(put, opened):
    put(
        "exhibits/exhibits.toml",
        '[[exhibit]]\nkind = "study"\nasked = 2026-02-01\nrefused = 2026-03-01\n'
        'says = "No."\nclaims = ["works"]\n',
    )
    (refusal,) = opened().refusals
    assert (refusal.kind, refusal.claims) == (Kind.STUDY, ("works",))
    assert refusal.sentence == (
        "The vendor refused to hand over the study on 1 March 2026. "
        "We had asked for it on 1 February 2026. It said: “No.”"
    )


def test_a_day_that_is_none_is_a_fault(put, opened):
    put("exhibits/exhibits.toml", '[[exhibit]]\nkind = "study"\nrefused = "soon"\n')
    (fault,) = told(opened)
    assert fault.startswith(
        "exhibits/exhibits.toml, line 3, exhibit 1, 'refused': found 'soon', expected a day"
    )


@pytest.mark.parametrize("bound", ['"big"', "-0.1", "nan", "true", "[0.1]"])
def test_a_bound_is_a_number(put, opened, bound):
    put("plan.toml", f'[bounds."adaptivity.log_test"]\nbound = {bound}\n')
    assert told(opened)[0].startswith("plan.toml, line 2, bounds, adaptivity.log_test, 'bound': found ")
    assert "expected a number" in told(opened)[0]


@pytest.mark.parametrize(
    ("setting", "fault"),
    [
        ("taught = 5", "line 2, exhibit 1, 'taught': found 5, expected a list."),
        ('cuts = ["a"]', "line 2, exhibit 1, cuts 1: found 'a', expected a number."),
        ('cuts_on = "abilty"', "expected one of points, ability."),
        ('confidential = "yes"', "found 'yes', expected true or false or a list."),
        ('pass = "first"', "found 'first', expected a whole number, 1 or more."),
        ('mapping = "student"', "found 'student', expected a table."),
    ],
)
def test_a_setting_of_the_wrong_kind_is_told_by_line(put, opened, setting, fault):
    put("exhibits/exhibits.toml", f'[[exhibit]]\n{setting}\nfile = "log.csv"\n')
    assert fault in told(opened)[0]


def test_a_setting_that_is_nearly_one_is_told_and_others_are_anybodys(put, opened):
    put("exhibits/log.csv", "")
    put("exhibits/exhibits.toml", '[[exhibit]]\nfile = "log.csv"\ngrade = ["5"]\nmade_by = "us"\n')
    assert opened().told == (
        "exhibits/exhibits.toml, line 3, exhibit 1: no check reads 'grade'; perhaps 'grades' was meant",
    )
