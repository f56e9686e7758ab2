"""The core's bench: its own arithmetic, its own judges, and what it says where a peer is not there."""

import json
import os
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from plainview.cli import main
from plainview.cli.bench import (
    adaptive,
    core,
    growth,
    kept,
    logistic,
    report,
    responses,
    small,
    timing,
    tracing,
)
from plainview.cli.bench.figures import Figure
from plainview.cli.bench.growth_chart import chart
from plainview.core.learner.ability import Items
from plainview.core.learner.adaptive import Bank
from plainview.core.learner.logistic.fit import fit as fit_logistic
from plainview.core.logs.coded import Coded
from plainview.core.measure.irt.fit import fit as fit_responses
from plainview.core.measure.irt.simulate import simulate as simulate_responses

ROOT = Path(__file__).parents[2]


def figure(**said) -> Figure:
    return Figure(**({"group": "g", "what": "w", "measured": 1.0, "unit": "x"} | said))


# ---- figures that must not be too small


def test_a_bar_may_say_at_least():
    assert figure(measured=10.0, at_least=10).holds is True
    assert figure(measured=9.99, at_least=10).holds is False
    assert figure(measured=None, at_least=10).holds is None
    assert figure(measured=5.0, at_least=1, at_most=4).holds is False
    assert report.bar(figure(at_least=10)) == "at least 10 x"


def test_digits_are_as_many_as_the_figure_needs():
    assert report.measured(figure(measured=-0.551234, unit="a row", digits=5)) == "-0.55123 a row"
    assert report.number(123456.7, 3) == "123,457"


# ---- the stop-watch


def test_contenders_take_turns_and_a_slow_one_is_not_asked_again(monkeypatch):
    clock, asked = [0.0], []
    monkeypatch.setattr(timing.time, "process_time", lambda: clock[0])

    def deed(name: str, seconds: float):
        def run() -> str:
            asked.append(name)
            clock[0] += seconds
            return name

        return run

    timed = timing.in_turns({"quick": deed("quick", 1.0), "slow": deed("slow", 7.0)}, n_runs=3, most_s=10)
    assert asked == ["quick", "slow", "quick", "slow", "quick"]
    assert (timed["quick"].seconds, timed["slow"].seconds) == ((1, 1, 1), (7, 7))
    assert (timed["quick"].median, timed["slow"].result) == (1.0, "slow")
    assert timed["quick"].runs == "median of 3 runs"


def test_a_peer_that_is_not_installed_is_said_and_judged_as_cannot_say():
    assert timing.peer("no_such_peer_anywhere") is None
    line = timing.absent("g", "ratio", "x", at_least=10)
    assert (report.verdict(line), report.measured(line)) == ("cannot say", "cannot say")
    assert "plainview[bench]" in line.note


# ---- the judges


def log_of(correct: list[float]) -> Coded:
    n = len(correct)
    return Coded.from_arrays(student=["a"] * n, item=["i"] * n, correct=correct, skills=["k"] * n)


def test_log_likelihood_by_hand():
    got = tracing.log_likelihood(np.array([0.5, 0.25]), log_of([1, 0]))
    assert got == pytest.approx((np.log(0.5) + np.log(0.75)) / 2)
    # Sure and wrong costs much, and not without end.
    assert tracing.log_likelihood(np.array([0.0]), log_of([1])) == pytest.approx(np.log(tracing.MOST_SURE))


@pytest.mark.parametrize(
    ("numbers", "odd"),
    [
        ((0.4, 0.2, 0.2, 0.1), 0),
        ((0.4, 0.2, 0.5, 0.5), 0),
        ((0.4, 0.2, 0.51, 0.1), 1),
        ((0.4, 0.2, 0.2, 0.6), 1),
        ((0.4, 0.0, 0.2, 0.1), 1),
        ((1.0, 0.2, 0.2, 0.1), 1),
    ],
)
def test_a_skill_is_degenerate_where_luck_is_the_rule_or_a_number_stands_at_a_bound(numbers, odd):
    assert tracing.n_degenerate(np.array([numbers, (0.4, 0.2, 0.2, 0.1)])) == odd


def test_held_out_students_are_others_and_the_rows_are_as_many_as_stated():
    learn, test = tracing.logs(n_skills=15, n_rows=4_000, seed=1)
    assert not set(learn.students) & set(test.students)
    assert learn.n_rows == pytest.approx(4_000, rel=0.05)
    assert test.n_rows == pytest.approx(1_000, rel=0.2)


def test_the_judge_of_the_2pl_says_what_the_fit_says_of_itself():
    truth = simulate_responses(n_students=300, n_items=8, seed=1)
    found = fit_responses(truth.answers)
    slopes, hard = np.array([(item.slope, item.difficulties[0]) for item in found.items]).T
    judged = responses.log_likelihood(truth.answers, slopes, hard)
    assert judged == pytest.approx(found.ended.log_likelihood, abs=1e-4)


def test_scikit_learns_design_is_ours():
    log = logistic.simulated(2_000)
    full = fit_logistic(log, model="best_lr")
    design = logistic.as_one(full, log)
    eta = full.coefficients[0] + design @ full.coefficients[1:]
    np.testing.assert_allclose(1 / (1 + np.exp(-eta)), full.predict(log), atol=1e-10)


def test_each_test_of_the_bench_has_twenty_items_and_comes_near_the_truth():
    chance = np.random.default_rng(1)
    bank = Bank.of(Items.of(b=chance.normal(0, 1, adaptive.N_ITEMS)))
    students = chance.normal(0, 1, 50)
    off = adaptive.tests(bank, students) - students
    assert np.sqrt(np.mean(off**2)) < 0.7


@pytest.mark.parametrize(("compiled", "bar"), [(True, 6), (False, None)])
def test_only_pybkts_own_cpp_is_a_peer_for_speed(monkeypatch, compiled, bar):
    monkeypatch.setattr(tracing, "peer", lambda name: object() if compiled else None)
    timed = {
        "ours": timing.Timed(seconds=(0.2,), result=None),
        "pyBKT": timing.Timed(seconds=(2.0,), result=None),
    }
    ratio = tracing.seconds("g", timed, tracing.asked_for(10))[-1]
    assert (ratio.measured, ratio.at_least) == (10, bar)
    assert tracing.asked_for(10) == (1 if compiled else 10)


def test_a_class_is_judged_by_every_draw_and_other_fits_are_told():
    draws = [
        small.Draw(
            beyond_constant=0.1,
            beyond_pybkt=by,
            others_beyond_pybkt={"otherwise": -by},
            n_skills=5,
            n_degenerate=0,
            n_degenerate_of_pybkt=1,
        )
        for by in (0.01, -0.02)
    ]
    told = {one.what: one for one in small.told(small.FEW, 25, draws)}
    mine = told["draws in which plainview foresees better than pyBKT does"]
    assert (mine.measured, mine.at_least, mine.holds) == (1, 2, False)
    assert (told["so many otherwise"].measured, told["so many otherwise"].holds) == (1, None)
    assert told["its degenerate skills, all draws"].note == "of 10"


# ---- growth


def test_the_exponent_of_growth_is_found_again():
    rows = [100, 1_000, 10_000]
    assert growth.exponent(rows, [n * 2e-6 for n in rows]) == pytest.approx(1.0)
    assert growth.exponent(rows, [n**1.5 for n in rows]) == pytest.approx(1.5)


def test_growth_is_drawn_said_and_listed():
    made = chart([100_000, 1_000_000], {"Elo": [0.01, 0.1], "other <model>": [0.02, 0.5]})
    root = ElementTree.fromstring(made.svg)  # noqa: S314 - our own
    assert root.attrib["role"] == "img"
    words = "".join(root.itertext())
    assert "Elo" in words and "other <model>" in words and "1 million" in words
    assert made.rows == (
        ("rows", "Elo", "other <model>"),
        ("100,000", "0.01", "0.02"),
        ("1,000,000", "0.1", "0.5"),
    )
    assert "100,000 to 1,000,000 rows" in made.sentence


# ---- the words of the shell


TOLD = {"figures": [{"group": "Elo", "what": "learning", "measured": 41.0, "unit": "x", "at_least": 20.0}]}


@pytest.fixture
def asked(monkeypatch):
    parts = []

    def run(name: str, *, quick: bool) -> dict | None:
        parts.append((name, quick))
        return None if name == "forward" else TOLD | {"charts": {}}

    monkeypatch.setattr(core, "_in_its_own_process", run)
    return parts


def test_the_core_is_measured_without_going_through_the_door(asked, monkeypatch, capsys):
    monkeypatch.setattr("plainview.cli.door.SHELL", "plainview.site.nothing_here")
    assert main(["bench", "core", "--only", "elo", "--quick"]) == 0
    assert asked == [("elo", True)]
    said = capsys.readouterr().out
    assert "41 x" in said and "holds" in said and "1 of 1 bars hold." in said


def test_a_part_that_does_not_end_is_said(asked, capsys):
    assert main(["bench", "core", "--only", "forward", "--only", "elo"]) == 1
    told = capsys.readouterr()
    assert "forward: the measuring stopped before its end." in told.err
    assert "41 x" in told.out


def test_a_program_gets_json(asked, capsys):
    assert main(["bench", "core", "--json", "--only", "elo"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["figures"][0]["measured"] == 41.0
    assert "numpy" in told["machine"]["versions"]


def test_a_part_is_written_down_beside_what_the_others_found_before(asked, monkeypatch, tmp_path):
    page = tmp_path / "performance-core.md"
    page.write_text(f"Before.\n{report.BEGIN}\n{report.END}\nAfter.\n")
    monkeypatch.setattr(core, "PAGE", page)
    monkeypatch.setattr(core, "KEPT", tmp_path / "kept.json")
    monkeypatch.setattr(core, "PICTURES", tmp_path)
    assert main(["bench", "core", "--only", "elo", "--write"]) == 0
    monkeypatch.setitem(TOLD, "figures", [TOLD["figures"][0] | {"group": "to begin", "measured": 7.0}])
    assert main(["bench", "core", "--only", "start", "--write"]) == 0
    said = page.read_text()
    assert said.startswith("Before.") and said.endswith("After.\n")
    assert said.index("| **to begin**") < said.index("7 x") < said.index("| **Elo**") < said.index("41 x")
    assert "1 of 2 bars hold." in said
    assert "load of the minute before: start " in said
    assert list(kept.read(tmp_path / "kept.json")) == ["start", "elo"]


def test_quick_figures_are_never_written_down(asked, capsys):
    assert main(["bench", "core", "--quick", "--write"]) == 2
    assert "--quick" in capsys.readouterr().err
    assert asked == []


def test_every_part_is_a_module_that_measures():
    from importlib import import_module

    for name in core.PARTS:
        assert callable(import_module(f"plainview.cli.bench.{name}").measure)


def test_a_part_nobody_knows_is_named_with_those_there_are(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["bench", "core", "--only", "elp"])
    assert stopped.value.code == 2
    assert "elo" in capsys.readouterr().err


def test_a_part_runs_in_a_process_of_its_own_with_one_thread(monkeypatch):
    seen = {}

    def run(words, *, env, **rest):
        seen.update(words=words, env=env)
        return type("Ran", (), {"returncode": 0, "stdout": 'a peer says hello\n{"figures": []}'})

    monkeypatch.setattr(core.subprocess, "run", run)
    assert core._in_its_own_process("elo", quick=True) == {"figures": []}
    assert seen["words"][1:] == ["-m", "plainview.cli.bench", "elo", "quick"]
    assert {seen["env"][name] for name in core.ONE_THREAD} == {"1"}
    assert seen["env"]["PATH"] == os.environ["PATH"]


def test_the_page_in_the_docs_has_a_place_for_figures(tmp_path):
    page = tmp_path / "performance-core.md"
    page.write_text(core.PAGE.read_text())
    report.write_into(page, "new figures")
    assert f"{report.BEGIN}\nnew figures\n{report.END}" in page.read_text()


def test_the_extra_holds_every_peer_and_the_lock_none():
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]["bench"]
    locked = (ROOT / "requirements.lock").read_text().lower()
    for peer in ("pyBKT", "girth", "catsim", "scikit-learn", "pandas"):
        assert any(line.startswith(peer) for line in extra)
        assert f"\n{peer.lower()}==" not in locked
