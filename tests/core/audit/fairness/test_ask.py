"""Groups are handed over; what comes back, in words."""

import json
from pathlib import Path

import numpy as np
import pytest
from tests.reading import grade

from plainview.cli import main
from plainview.core.audit.fairness.checks import CHECKS
from plainview.core.cannot_say import CannotSay
from plainview.core.dossier.dossier import Dossier, Exhibit, Kind, Plan, Product
from plainview.core.finding import Finding
from plainview.core.mendable import Mendable

BY_NAME = {check.name.split(".")[1].split("/")[0]: check for check in CHECKS}


def _dossier(folder: Path, files: dict[Kind, str], *, bounds=None) -> Dossier:
    exhibits = []
    for kind, text in files.items():
        path = folder / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        exhibits.append(
            Exhibit(file=f"exhibits/{kind}.csv", path=path, kind=kind, sha256=f"{kind}", n_bytes=1)
        )
    plan = Plan(seed=1, draws=199, checks=(), bounds=bounds or {}, frozen_sha256=None, is_as_frozen=False)
    product = Product(name="p", vendor="v", version="1", claims=(), said={})
    return Dossier(
        folder=folder, product=product, plan=plan, exhibits=tuple(exhibits), aside=folder / "aside"
    )


def _ask(name, dossier):
    return BY_NAME[name].ask(dossier, lambda done, of, what: None)


def _csv(**columns):
    rows = zip(*columns.values(), strict=True)
    return "\n".join([",".join(columns), *(",".join(map(str, row)) for row in rows)]) + "\n"


def _predictions(seed=1, n=600, shift=0.0):
    chance = np.random.default_rng(seed)
    side = chance.random(n) < 0.4
    ability = chance.normal(0, 1, n)
    came = (chance.random(n) < 1 / (1 + np.exp(-ability))).astype(int)
    said = 1 / (1 + np.exp(-(ability + shift * side)))
    return {
        "student": [f"s{k}" for k in range(n)],
        "predicted": said.round(4),
        "came": came,
        "decided": (said > 0.5).astype(int),
        "performance": ability.round(3),
        "newcomer": np.where(side, "yes", "no"),
    }


def test_a_group_that_is_foretold_too_low_is_named(tmp_path):
    dossier = _dossier(tmp_path, {Kind.PREDICTIONS: _csv(**_predictions(shift=-1.2))})
    (errors,) = _ask("errors_by_group", dossier)
    assert errors.answer == "differs by group"
    assert "times more than the rest" in errors.sentence or "times less than the rest" in errors.sentence
    (learner,) = _ask("learner_error", dossier)
    assert learner.answer == "differs by group"
    assert learner.effect.interval.low > 0 or learner.effect.interval.high < 0
    (parity,) = _ask("decision_parity", dossier)
    assert parity.answer == "flagged"
    assert "students who did as well do not get the same" in parity.sentence
    assert all(grade(one.sentence) <= 8 for one in (errors, learner, parity))


def test_where_all_are_served_alike_nothing_is_claimed(tmp_path):
    dossier = _dossier(tmp_path, {Kind.PREDICTIONS: _csv(**_predictions(seed=3))})
    for name in ("abroca", "errors_by_group", "learner_error"):
        (found,) = _ask(name, dossier)
        assert found.answer == "no difference shown"


def test_alike_is_said_only_within_the_bound(tmp_path):
    text = _csv(**_predictions(seed=5, n=6000))
    bounds = {"fairness.learner_error": {"bound": 0.05}}
    (found,) = _ask("learner_error", _dossier(tmp_path, {Kind.PREDICTIONS: text}, bounds=bounds))
    assert found.answer == "alike within the bound"
    bounds = {"fairness.learner_error": {"bound": 0.001}}
    (found,) = _ask("learner_error", _dossier(tmp_path, {Kind.PREDICTIONS: text}, bounds=bounds))
    assert found.answer == "no difference shown"


def test_two_groupings_are_crossed(tmp_path):
    made = _predictions()
    made["language"] = ["other" if k % 5 == 0 else "home" for k in range(600)]
    found = _ask("errors_by_group", _dossier(tmp_path, {Kind.PREDICTIONS: _csv(**made)}))
    assert [one.question.split("every group of ")[1] for one in found] == [
        "newcomer?",
        "language?",
        "newcomer and language?",
    ]
    assert [row[0] for row in found[2].tables[0].rows] == ["no, home", "no, other", "yes, home", "yes, other"]


def test_a_small_group_stays_in_the_dark(tmp_path):
    made = _predictions()
    made["place"] = ["a" if k < 300 else "b" if k < 594 else "few" for k in range(600)]
    for name in ("abroca", "errors_by_group", "learner_error", "decision_parity"):
        for found in _ask(name, _dossier(tmp_path, {Kind.PREDICTIONS: _csv(**made)})):
            told = json.dumps([one.rows for one in found.tables]) + found.sentence
            assert "few" not in told
            # Nor can it be worked out: "all others" are the others that are shown.
            if "place" in found.question and "and" not in found.question:
                assert "Left out: 1 group of fewer than 10 students." in found.said


@pytest.mark.parametrize("name", BY_NAME)
def test_without_exhibits_each_check_says_what_it_needs(tmp_path, name):
    found = _ask(name, _dossier(tmp_path, {}))
    assert all(isinstance(one, CannotSay) and one.would_need for one in found) and found


@pytest.mark.parametrize("name", BY_NAME)
def test_without_groups_each_check_says_what_it_needs(tmp_path, name):
    text = _csv(student=["a", "b"], item=["x", "y"], at=[1, 2], correct=[1, 0], estimate_before=[0.5, 0.5])
    found = _ask(name, _dossier(tmp_path, {Kind.LOG: text}))
    assert all(isinstance(one, CannotSay) for one in found) and found


def test_a_prediction_outside_0_to_1_is_told_by_line(tmp_path):
    text = _csv(student=["a", "b"], predicted=[0.5, 7], came=[1, 0])
    with pytest.raises(Mendable, match="line 3, column 'predicted': found 7, expected a number from 0 to 1"):
        _ask("abroca", _dossier(tmp_path, {Kind.PREDICTIONS: text}))


def test_a_decision_is_yes_or_no(tmp_path):
    text = _csv(student=["a", "b"], decided=["yes", "maybe"], performance=[1, 2])
    with pytest.raises(Mendable, match="line 3, column 'decided'"):
        _ask("decision_parity", _dossier(tmp_path, {Kind.PREDICTIONS: text}))


def _log(n_students=80, n_steps=40, seed=1):
    """The product keeps students of group b practising; they do as well as the others."""
    chance = np.random.default_rng(seed)
    rows = {"student": [], "at": [], "item": [], "skills": [], "correct": [], "estimate_before": []}
    for s in range(n_students):
        late = 12 if s % 2 else 0
        skill, run, step = 0, 0, 0
        for at in range(n_steps):
            right = int(chance.random() < 0.8)
            run = run + 1 if right else 0
            step += 1
            rows["student"].append(f"s{s}")
            rows["at"].append(at + 1)
            rows["item"].append(f"i{skill}-{step % 6}")
            rows["skills"].append(f"k{skill}")
            rows["correct"].append(right)
            rows["estimate_before"].append(0.8)
            if run >= 3 and step >= late:
                skill, run, step = skill + 1, 0, 0
    groups = _csv(
        student=[f"s{s}" for s in range(n_students)],
        side=["b" if s % 2 else "a" for s in range(n_students)],
        grade=[5] * n_students,
    )
    items = sorted(set(rows["item"]))
    grades = _csv(item=items, grade=[4 if int(name[1:].split("-")[0]) < 3 else 6 for name in items])
    return {Kind.LOG: _csv(**rows), Kind.GROUPS: groups, Kind.ITEMS: grades}


def test_a_group_that_is_kept_practising_is_named(tmp_path):
    dossier = _dossier(tmp_path, _log())
    (found,) = _ask("over_practice", dossier)
    assert found.answer == "differs by group"
    assert "'b' is kept practising more" in found.sentence or "'a' is let go sooner" in found.sentence
    (below,) = _ask("below_grade", dossier)
    assert isinstance(below, Finding) and below.answer == "differs by group"
    assert [one.title for one in below.tables][1] == "work below grade, at equal performance"
    (learner,) = _ask("learner_error", dossier)
    assert isinstance(learner, Finding)


def test_responses_are_asked_item_by_item(tmp_path):
    chance = np.random.default_rng(4)
    n, side = 500, np.arange(500) % 2 == 1
    ability = chance.normal(0, 1, n)
    b = np.linspace(-1.5, 1.5, 15)
    hard = b[None, :] + np.where(side[:, None] & (np.arange(15) == 7), 1.5, 0.0)
    right = (chance.random((n, 15)) < 1 / (1 + np.exp(hard - ability[:, None]))).astype(int)
    columns = {"student": [f"s{k}" for k in range(n)]} | {f"q{j + 1}": right[:, j] for j in range(15)}
    groups = _csv(student=columns["student"], side=["b" if one else "a" for one in side])
    (found,) = _ask("dif", _dossier(tmp_path, {Kind.RESPONSES: _csv(**columns), Kind.GROUPS: groups}))
    assert found.answer == "items to read"
    assert "q8" in [row[1] for row in found.tables[0].rows]
    assert found.effect.value <= 3


def test_of_a_log_too_large_students_are_drawn_and_the_answer_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("plainview.core.audit.fairness.ask.MOST_COUNTED", 600)
    monkeypatch.setattr("plainview.core.audit.fairness.ask.MOST_DRAWN", 600)
    dossier = _dossier(tmp_path, {Kind.PREDICTIONS: _csv(**_predictions())})
    for name in ("abroca", "errors_by_group", "learner_error"):
        (found,) = _ask(name, dossier)
        assert found.seed == 1
        assert "50 in 100 students were drawn, so that it can be counted in time." in found.said


def test_no_name_of_a_student_reaches_a_finding(tmp_path):
    made = _predictions()
    made["student"] = [f"Ana Bo {k}" for k in range(600)]
    for name in ("abroca", "errors_by_group", "decision_parity", "learner_error"):
        for found in _ask(name, _dossier(tmp_path, {Kind.PREDICTIONS: _csv(**made)})):
            assert "Ana Bo" not in repr(found)


OULAD = Path(__file__).parents[5] / "shared" / "data" / "oulad"


@pytest.mark.skipif(not OULAD.exists(), reason="../shared/data/oulad is not here")
def test_real_students_of_an_open_university(tmp_path, capsys, monkeypatch):
    """Passing, foretold from scores of the first sixty days. Women and men take other courses."""
    (tmp_path / "predictions.csv").write_text(_of_oulad())
    monkeypatch.chdir(tmp_path)
    assert main(["ask", "fairness.abroca", "predictions.csv", "--json"]) == 0
    told = capsys.readouterr().out
    assert "By gender, the tool ranks 'F' in another way than the rest." in told
    assert main(["ask", "fairness.errors_by_group", "predictions.csv"]) == 0
    assert "differs by group" in capsys.readouterr().out


def _of_oulad():
    import pyarrow.csv as csv

    def read(name):
        return csv.read_csv(str(OULAD / f"{name}.csv.gz")).to_pylist()

    early = {
        (row["id_assessment"]): (row["code_module"], row["code_presentation"])
        for row in read("assessment")
        if str(row["date"]) not in ("None", "NA", "?") and float(row["date"]) <= 60
    }
    scores: dict[tuple, list[float]] = {}
    for row in read("student_assessment"):
        if row["id_assessment"] in early and str(row["score"]) not in ("None", "NA", "?"):
            scores.setdefault((*early[row["id_assessment"]], row["id_student"]), []).append(
                float(row["score"])
            )
    rows, seen = {"student": [], "predicted": [], "came": [], "gender": []}, set()
    for row in read("student"):
        key = (row["code_module"], row["code_presentation"], row["id_student"])
        if key in scores and row["id_student"] not in seen:
            seen.add(row["id_student"])
            rows["student"].append(row["id_student"])
            rows["predicted"].append(sum(scores[key]) / len(scores[key]) / 100)
            rows["came"].append(int(row["final_result"] in ("Pass", "Distinction")))
            rows["gender"].append(row["gender"])
    return _csv(**rows)


def test_where_not_one_item_could_be_tested_nobody_hears_that_none_favours_a_side(tmp_path):
    """Everybody answers everything rightly: no item can favour anybody, and none was tested."""
    n = 120
    table = _csv(student=[f"s{k}" for k in range(n)], a=[1] * n, b=[1] * n, c=[1] * n)
    groups = _csv(student=[f"s{k}" for k in range(n)], side=["x" if k % 2 else "y" for k in range(n)])
    (found,) = _ask("dif", _dossier(tmp_path, {Kind.RESPONSES: table, Kind.GROUPS: groups}))
    assert isinstance(found, CannotSay)
    assert found.reason.startswith("not one item could be tested")
