"""The page beside deep knowledge tracing says what was measured, whichever way it fell."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOUND = json.loads((ROOT / "tests/references/deep.json").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs/methods/deep.md").read_text(encoding="utf-8")
OURS = ("skill-rate", "elo", "bkt", "afm", "pfa", "ability", "best-lr", "extended")
DEEP = ("skills", "items", "all")
RUNS = [*FOUND["worlds"].items(), *((f"{name}, 6,000", told) for name, told in FOUND["larger"].items())]


def short(value, digits=4):
    """As the page writes it: .7687, 1.00, +.034."""
    said = f"{value:.{digits}f}"
    return said.removeprefix("0") if said.startswith("0") else said


def lines_of(world):
    return [line for line in PAGE.splitlines() if line.startswith(f"| {world.replace('_', ' ')} |")]


@pytest.mark.parametrize(("world", "told"), RUNS, ids=[name for name, _ in RUNS])
def test_each_model_of_each_world_stands_there_with_its_auc(world, told):
    figures = [short(told["ours"][name]["auc"]) for name in OURS]
    figures += [short(told["deep"][sees]["auc"]) for sees in DEEP]
    line = next(line for line in lines_of(world) if line.count("|") == 2 + len(OURS) + len(DEEP))
    assert [cell.strip(" *") for cell in line.split("|")[2:-1]] == figures


@pytest.mark.parametrize(("world", "told"), RUNS, ids=[name for name, _ in RUNS])
def test_the_chosen_model_stands_beside_the_best_network(world, told):
    chosen, deep, less = told["ours"][told["chosen"]], told["best_deep"], told["chosen_less_deep"]
    line = next(line for line in lines_of(world) if f"| {told['chosen']} |" in line)
    for figure in (chosen["auc"], deep["auc"], chosen["log_loss"], deep["log_loss"], chosen["gap"]):
        assert short(figure) in line
    low, high = less["auc_interval"]
    for end in (less["auc"], low, high):
        assert f"{'+' if end >= 0 else '-'}{short(abs(end), 3)}" in line


def test_what_the_page_says_in_short_is_so():
    """Within .01 of the network or above it, in every world; and calibrated no worse over all of them."""
    runs = [told for _, told in RUNS]
    assert all(told["chosen_less_deep"]["auc"] > -0.01 for told in runs)
    gaps = [
        (told["ours"][told["chosen"]]["gap"], told["best_deep"]["gap"]) for told in FOUND["worlds"].values()
    ]
    assert sum(ours for ours, _ in gaps) < sum(theirs for _, theirs in gaps)
    assert sum(ours < theirs for ours, theirs in gaps) == 6
