"""A study is handed over; what comes back, in words."""

import json
from pathlib import Path

import numpy as np
import pytest
from tests.reading import grade

from plainview.cli import main
from plainview.core.audit.efficacy import ask
from plainview.core.audit.efficacy.checks import CHECKS
from plainview.core.audit.efficacy.read_study import read_study
from plainview.core.cannot_say import CannotSay
from plainview.core.dossier.dossier import Dossier, Exhibit, Kind, Plan, Product
from plainview.core.finding import Finding
from plainview.core.mendable import Mendable

SUMMARY = """
[study]
title = "Two schools"
kind = "rct"
sites = 2
{study}
[attrition.students]
treated = {{assigned = 220, analysed = 200}}
control = {{assigned = 220, analysed = 200}}
[[outcome]]
name = "reading"
domain = "reading"
internal = 0.85
treated = {{n = 200, mean = 54.0, sd = 10.0}}
control = {{n = 200, mean = {control}, sd = 10.0}}
{outcome}
"""


def _dossier(folder: Path, text: str, *, bounds=None) -> Dossier:
    path = folder / "study.toml"
    path.write_text(text, encoding="utf-8")
    exhibit = Exhibit(file="exhibits/study.toml", path=path, kind=Kind.STUDY, sha256="", n_bytes=1)
    plan = Plan(seed=1, draws=999, checks=(), bounds=bounds or {}, frozen_sha256=None, is_as_frozen=False)
    product = Product(name="p", vendor="v", version="1", claims=(), said={})
    return Dossier(folder=folder, product=product, plan=plan, exhibits=(exhibit,), aside=folder)


def _summary(*, control=50.0, study="", outcome=""):
    return SUMMARY.format(control=control, study=study, outcome=outcome)


def _ask(name, dossier):
    return getattr(ask, name)(dossier, lambda done, of, what: None)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (_summary(), "learned more"),
        (_summary(control=58.0), "learned less"),
        (_summary(control=53.0), "not shown"),
        (_summary(outcome="vendors_own = true"), "inconclusive"),
        (_summary(study="units_control = 1"), "scored higher, cause not shown"),
        (_summary(study='confound = "only they had laptops"'), "scored higher, cause not shown"),
    ],
)
def test_the_word_of_a_study(tmp_path, text, answer):
    """Every word of it: what it takes to say that students learned more."""
    (found,) = _ask("effect", _dossier(tmp_path, text))
    assert found.answer == answer


def test_absence_is_said_only_within_the_bound(tmp_path):
    dossier = _dossier(tmp_path, _summary(control=54.0), bounds={"efficacy.effect": {"bound": 0.25}})
    (found,) = _ask("effect", dossier)
    assert found.answer == "no difference that matters"
    (found,) = _ask("effect", _dossier(tmp_path, _summary(control=54.0)))
    assert found.answer == "not shown"


def test_the_sentence_carries_the_effect_and_its_doubt(tmp_path):
    (found,) = _ask("effect", _dossier(tmp_path, _summary()))
    assert found.sentence == (
        "On reading, students who got it learned more. The average one stands above 66 of 100 who did not "
        "get it (58 to 73). No difference would be 50."
    )


def test_outcomes_of_one_domain_are_one_family(tmp_path):
    more = """
[[outcome]]
name = "spelling"
domain = "reading"
standardised = true
treated = {n = 200, mean = 52.0, sd = 10.0}
control = {n = 200, mean = 50.0, sd = 10.0}
"""
    alone = _ask("effect", _dossier(tmp_path, _summary(control=52.0)))[0]
    both = _ask("effect", _dossier(tmp_path, _summary(control=53.0) + more))
    p = {n.name: n.value for n in both[1].numbers}
    assert alone.answer == "learned more"
    assert p["p, adjusted for the family"] == pytest.approx(2 * p["p"])
    assert [one.answer for one in both] == ["not shown", "not shown"]


def test_a_negative_finding_of_the_domain_overrides_the_tier(tmp_path):
    worse = """
[[outcome]]
name = "spelling"
domain = "reading"
standardised = true
treated = {n = 200, mean = 46.0, sd = 10.0}
control = {n = 200, mean = 50.0, sd = 10.0}
"""
    assert _ask("essa", _dossier(tmp_path, _summary()))[0].answer == "tier 1"
    assert _ask("essa", _dossier(tmp_path, _summary() + worse))[0].answer == "no tier"


def test_every_check_answers_a_study_of_numbers(tmp_path):
    for check in CHECKS:
        answers = check.ask(_dossier(tmp_path, _summary()), lambda done, of, what: None)
        assert answers and all(isinstance(one, Finding | CannotSay) for one in answers)
        assert all(one.check == check.name for one in answers)


def test_every_answer_that_bears_is_a_word_of_its_check():
    from plainview.core.audit.efficacy.essa import Tier
    from plainview.core.audit.efficacy.rating import Rating
    from plainview.core.audit.efficacy.say import Found

    bears = {check.name.split(".")[1].split("/")[0]: set(check.bearing) for check in CHECKS}
    assert bears["effect"] <= set(Found)
    assert bears["rating"] <= set(Rating)
    assert bears["essa"] <= set(Tier)


def test_a_pretest_of_another_kind_is_not_taken_off(tmp_path):
    before = """[outcome.before]
name = "another test"
difference_in_differences = true
treated = {n = 200, mean = 42.0, sd = 10.0}
control = {n = 200, mean = 40.0, sd = 10.0}
"""
    other = _ask("effect", _dossier(tmp_path, _summary() + before))[0]
    same = _ask("effect", _dossier(tmp_path, _summary() + before + "same_test = true\n"))[0]
    assert other.effect.value == pytest.approx(2 * same.effect.value)
    assert "another test is another test than the outcome, so its effect was not taken off." in other.said


def test_no_study_is_said(tmp_path):
    dossier = _dossier(tmp_path, "")
    found = _ask("effect", Dossier(**{**_fields(dossier), "exhibits": ()}))
    assert "holds no study" in found[0].reason


def _fields(dossier):
    return {name: getattr(dossier, name) for name in ("folder", "product", "plan", "aside")}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[study]\nkind = 'rtc'\n[[outcome]]\nname='x'", "line 2"),
        ("[study]\nkind = 'rct'\n", "outcome"),
        ("[study\nkind", "study.toml"),
        (_summary(outcome="t = 'large'"), "a number"),
        (
            "[study]\nkind='rct'\n[[outcome]]\nname='x'\ntreated={n=5,mean=1}\ncontrol={n=5,mean=1,sd=1}",
            "'sd'",
        ),
        (_summary().replace("analysed = 200", "analysed = 300"), "no more than assigned"),
        ("[study]\nkind='rct'\n[rows]\nfile='../x.csv'\ntreated='t'\n[[outcome]]\nname='x'", "one beside"),
        ("[study]\nkind='rct'\n[rows]\nfile='x.csv'\ntreated='t'\n[[outcome]]\nname='x'", "no such file"),
    ],
)
def test_a_fault_is_told_by_its_place(tmp_path, text, told):
    path = tmp_path / "study.toml"
    path.write_text(text)
    with pytest.raises(Mendable) as fault:
        read_study(path, file="study.toml")
    assert told in str(fault.value)


def test_cells_that_are_no_numbers_are_told_by_line(tmp_path):
    (tmp_path / "x.csv").write_text("t,post\n1,5\n0,five\n0,6\n")
    (tmp_path / "study.toml").write_text(
        "[study]\nkind='rct'\n[rows]\nfile='x.csv'\ntreated='t'\n[[outcome]]\nname='post'"
    )
    with pytest.raises(Mendable, match="line 3, column 'post': found 'five', expected a number"):
        read_study(tmp_path / "study.toml", file="study.toml")


def test_a_made_up_study_is_asked_from_the_shell(tmp_path, capsys, monkeypatch):
    """plainview simulate study, then plainview ask: the effect that was put in comes out."""
    monkeypatch.chdir(tmp_path)
    line = "simulate study study.csv --effect 0.5 --clusters 40 --students 1200 --icc 0.1 --seed 4"
    assert main(line.split()) == 0
    assert main(["ask", "efficacy.effect", "study.toml", "--json"]) == 0
    told = capsys.readouterr().out
    assert '"learned more"' in told
    assert (
        (tmp_path / "truth-of-study.students.csv")
        .read_text()
        .startswith('"student","without","with","stayed"')
    )


def test_those_whom_it_failed_left_and_the_study_is_not_believed(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    line = "simulate study study.csv --effect 0 --clusters 0 --attrition 0.3 --selective --seed 3"
    assert main(line.split()) == 0
    main(["ask", "efficacy", "study.toml"])
    told = capsys.readouterr().out
    assert "the study cannot say that the product did it" in told
    assert "too many to compare the arms" in told


def test_the_published_shape_of_a_study_is_the_one_that_is_used():
    root = Path(__file__).parents[4]
    used = root / "src" / "plainview" / "core" / "audit" / "efficacy" / "study.schema.json"
    told = root / "docs" / "for-reviewers" / "schemas" / "study.schema.json"
    assert json.loads(told.read_text()) == json.loads(used.read_text())


@pytest.mark.parametrize("n", [0, 1])
def test_the_examples_on_the_page_are_studies(tmp_path, n):
    page = (Path(__file__).parents[4] / "docs" / "for-reviewers" / "study.md").read_text()
    text = page.split("```toml\n")[n + 1].partition("```")[0]
    (tmp_path / "study.toml").write_text(text)
    rows = "student,group,class,school,district,minutes,math_spring,math_autumn,age\n" + "".join(
        f"s{k},{'MathPath' if k % 2 else 'none'},c{k % 6},a,d,{k},{k % 7},{k % 5},{9 + k % 3}\n"
        for k in range(60)
    )
    (tmp_path / "study.csv").write_text(rows)
    read = read_study(tmp_path / "study.toml", file="study.toml")
    assert read.told == ()
    assert len(read.reported) + len(read.asked) == 1


@pytest.mark.parametrize(
    "text",
    [
        _summary(),
        _summary(control=58.0),
        _summary(control=53.9),
        _summary(outcome="vendors_own = true"),
        _summary(study="units_control = 1"),
        _summary().replace("analysed = 200}\ncontrol", "analysed = 150}\ncontrol"),
    ],
)
def test_whoever_left_school_can_read_it(tmp_path, text):
    """Grade 8 or below: what a report's first page asks for."""
    for check in CHECKS:
        for one in check.ask(_dossier(tmp_path, text), lambda done, of, what: None):
            assert isinstance(one, CannotSay) or grade(one.sentence) <= 8, one.sentence


USAGE = """
[study]
kind = "usage"
[rows]
file = "use.csv"
treated = "got"
use = "minutes"
[[outcome]]
name = "post"
standardised = true
{before}
"""


@pytest.mark.parametrize(
    ("before", "slope", "tier"),
    [
        ('before_columns = ["pre"]', 0.5, "tier 3"),
        ("", 0.5, "no tier"),
        ('before_columns = ["pre"]', 0.0, "no tier"),
    ],
)
def test_a_usage_correlation_is_tier_three_at_most_and_only_beside_a_pretest(tmp_path, before, slope, tier):
    chance = np.random.default_rng(1)
    pre, use = chance.normal(0, 1, 800), chance.normal(0, 1, 800)
    post = 0.7 * pre + slope * use + chance.normal(0, 0.7, 800)
    rows = "\n".join(f"1,{u:.3f},{a:.3f},{b:.3f}" for u, a, b in zip(60 + 20 * use, pre, post, strict=True))
    (tmp_path / "use.csv").write_text(f"got,minutes,pre,post\n{rows}\n")
    dossier = _dossier(tmp_path, USAGE.format(before=before))
    (found,) = _ask("essa", dossier)
    assert found.answer == tier
    (found,) = _ask("effect", dossier)
    assert isinstance(found, CannotSay) and "no comparison group" in found.reason
    (found,) = _ask("usage", dossier)
    assert found.answer == "usage correlation"


VIRTUAL = """
[study]
kind = "virtual"
[rows]
file = "pool.csv"
treated = "got"
site = "school"
exact = ["grade"]
caliper = 0.2
[[outcome]]
name = "spring"
standardised = true
after = "post"
before_columns = ["pre"]
"""


def test_matched_records_are_told_with_what_they_cannot_see(tmp_path):
    chance = np.random.default_rng(3)
    school = chance.integers(0, 40, 2400)
    got, grade = (school < 8).astype(int), chance.integers(4, 6, 2400)
    pre = chance.normal(0, 1, 2400) + grade
    post = 0.8 * pre + 0.5 * got + chance.normal(0, 0.15, 40)[school] + chance.normal(0, 0.6, 2400)
    columns = zip(got, school, grade, pre, post, strict=True)
    rows = "\n".join(f"{a},s{b},{c},{d:.3f},{e:.3f}" for a, b, c, d, e in columns)
    (tmp_path / "pool.csv").write_text(f"got,school,grade,pre,post\n{rows}\n")
    dossier = _dossier(tmp_path, VIRTUAL)
    (found,) = _ask("virtual_group", dossier)
    assert found.answer == "scored higher than matched records"
    assert "not left to chance" in found.sentence and grade_of(found) <= 8
    numbers = {number.name: number for number in found.numbers}
    assert numbers["E-value of the interval's near end"].value > 1
    assert numbers["Gamma up to which pairs speak for it"].value > 1
    assert abs(numbers["difference before, matched (Hedges' g)"].value) < 0.05
    (rated,) = _ask("rating", dossier)
    assert rated.answer == "meets with reservations"
    (tier,) = _ask("essa", dossier)
    assert tier.answer == "tier 2"


def grade_of(found):
    return grade(found.sentence)
