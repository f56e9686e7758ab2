"""Makes docs/methods/validation.md: what Plainview's numbers were compared with, and how closely.

In:   tests/references/*.json with the scripts that made them; the tests that read them, as text.
Out:  one page: a table of all references, then each with its tests and their tolerances.
Not here: the comparisons. The tests make them, each time they run.

Run from the project's root: python scripts/validation.py
"""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
REFERENCES = ROOT / "tests" / "references"
TESTS = ROOT / "tests" / "core"
METHODS = ROOT / "docs" / "methods"
PAGE = METHODS / "validation.md"

# Made by Plainview's own code where the truth is known: what an interval holds, not who agrees with us.
OURS = {
    "classical_coverage",
    "coverage_of_bkt",
    "efficacy_coverage",
    "deep",
    "figures_coverage",
    "irt_coverage",
    "log_test_sizes",
    "logistic_ablation",
    "logistic_coverage",
    "logistic_small",
    "ranges_coverage",
    "tracing_items",
}

# Kept to hold a format, not a number: whether old files are still read.
KEPT = {"suggestion_1"}

# Names in tests that hold a reference's answers, not its results: a test that uses no more compares nothing.
ONLY_ANSWERS = {"lsat", "PEOPLE", "MEN", "NAMES", "asked"}

WHAT = {
    "ability_by_grid": "ability tracing's quick update with Bayes' rule on 4,001 points",
    "ability_by_scipy": "EAP, MAP and WLE and their errors with integration and search",
    "adblock_by_brave": "which rule of a list of trackers names which request, with Brave's engine",
    "agreement_by_irrcac": "Fleiss' kappa, AC1 and their intervals with gaps",
    "agreement_by_peers": "Krippendorff's alpha on four scales; Cohen's, weighted and Fleiss' kappa",
    "bkt_by_paths": "P(known) after each answer with all paths counted in fractions",
    "bkt_by_pybkt": "what knowledge tracing expects, with pyBKT at the same numbers",
    "classical_by_r": "alpha and intervals, omega, halves, errors, difficulty, item-rest with R",
    "classification_by_r": "Livingston & Lewis, Rudner: accuracy, consistency, kappa at each cut",
    "cluster_robust_by_r": "errors that count clusters (CR2), a random intercept: clubSandwich and lmerTest",
    "dif_verbal_by_difr": "DIF of the verbal aggression study with difR's printed output",
    "dif_verbal_by_r": "the same with R's own tests and regressions, item by item",
    "efficacy_coverage": "studies; ABROCA, errors, decisions by group: how often an interval holds the truth",
    "elo_by_dicts": "two-level Elo with its formulas written a second time",
    "fairness_by_peers": "ABROCA, error rates and ratios by group with scikit-learn, fairlearn, statsmodels",
    "irt_direct": "1PL, 2PL, 3PL, graded, partial credit: likelihood, parameters, errors, S-X2, M2",
    "log_test": "the log test: conditional law, difficulties, G; ExpOppNeed; degree: all patterns, scipy",
    "log_test_sizes": "the log test: false alarms where nothing adapts, power where something does",
    "irt_erm": "the conditional Rasch model, complete and incomplete",
    "irt_published": "LSAT 6 and LSAT 7 with the printed output of ltm and mirt",
    "logistic_by_scikit_learn": "AFM, PFA, Best-LR: weights, likelihood, predictions, standard errors",
    "range_by_draws": "one student's estimate and range with 60,000 draws",
    "ranges_coverage": "what practice costs, and how adaptive: how often a range holds the truth",
    "scores_by_sklearn": "AUC, log loss, Brier score, calibration and its clustered errors",
    "speed_and_pool": "not-reached items, exposure, overlap and unevenness: students counted one by one",
    "tracing_small": "forecasts of small classes with pyBKT's and a constant's",
    "wilson": "Wilson's interval of a share",
    "classical_coverage": "test theory, DIF, decisions, agreement: how often an interval holds the truth",
    "figures_coverage": "figures of predictions, tracing, abilities, fairness: how often an interval holds",
    "deep": "our models beside deep knowledge tracing on the same students held out",
    "coverage_of_bkt": "one student's range: how often it holds the truth",
    "irt_coverage": "response models: how often an interval holds the truth",
    "logistic_ablation": "what each family of features is worth",
    "logistic_coverage": "weights' intervals: how often they hold the truth",
    "tracing_items": "small classes whose items differ, or not: beside items held alike, and pyBKT",
    "logistic_small": "the extended model with the answers of one class",
}

HELD = (
    "Simulated, so that the truth is known; each share is of 60 to 4,000 intervals, so .93 to .97 is as good "
    "as .95. Where an interval is known to be too narrow or too wide its page says why. One student's range "
    "on a card is a 90 % one: see coverage_of_bkt below."
)
EXAMPLE = "Published: "
EXAMPLES = (
    "Typed from print or from the printed output of the named program; each is a test of its own, "
    "to the last digit that is printed."
)

HEAD = """\
# What the numbers were compared with

Made by `python scripts/validation.py` from [tests/references](../../tests/references), the scripts that stand
beside each file, and the tests that read them. The tests run with every change. The references were made
once, in environments of their own, with the versions named here; no code of Plainview, unless it is said.

"Within" is the tolerance in the test: *absolute*, or *relative* to the number; where a test names none, it is
pytest's own (a millionth of the number). A test may hold numbers by hand or by property beside those of the
reference. Other tests hold formulas by hand, by property and by recovery of a known truth: they stand in
[tests/core](../../tests/core), and each method's page says what was done.

"""


@dataclass(frozen=True, kw_only=True)
class Test:
    """A test that reads a reference: its sentence, and how closely it holds."""

    path: Path
    name: str
    within: tuple[str, ...]


# ---- A reference and its script --------------------------------------------------------------------------


def script_of(name: str) -> Path | None:
    """The script that made it; none where it was typed from print."""
    found = [REFERENCES / f"{name}{end}" for end in (".py", ".R")]
    return next((path for path in found if path.exists()), None)


def about(name: str) -> str:
    """What its script says of itself, without how to start it."""
    script = script_of(name)
    if script is None:
        return "Copied from print; there is no script."
    text = script.read_text(encoding="utf-8")
    head = ast.get_docstring(ast.parse(text)) or "" if script.suffix == ".py" else _comment(text)
    head = " ".join(head.split())
    head = re.sub(rf"^Makes {name}\.json[.:]?\s*", "", head)
    head = re.sub(r"Run[^:.]*:\s.*?>\s*(\S+\.json|\.\.\.)\s*", "", head)
    head = re.sub(r"^\s*(\([^)]*\))", lambda m: m[1][1:-1][:1].upper() + m[1][2:-1] + ".", head).strip()
    return head[:1].upper() + head[1:]


def _comment(text: str) -> str:
    lines = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# "))
    return " ".join(lines)


def made_with(name: str) -> str:
    said = _read(name).get("made_with")
    return said or ("Plainview itself" if name in OURS else "not said")


@cache
def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((REFERENCES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def holds(name: str) -> str:
    """How many cases of what stand in the file."""
    counted = {k: len(v) for k, v in _read(name).items() if isinstance(v, list | dict) and k != "setting"}
    return ", ".join(f"{n} {key.replace('_', ' ')}" for key, n in counted.items())


def n_numbers(found: Any) -> int:
    if isinstance(found, dict):
        return sum(map(n_numbers, found.values()))
    if isinstance(found, list):
        return sum(map(n_numbers, found))
    return int(isinstance(found, int | float) and not isinstance(found, bool))


# ---- The tests that read it ------------------------------------------------------------------------------


def bound(tree: ast.Module, known: dict[str, set[str]]) -> dict[str, set[str]]:
    """For each name of a file, the references that stand behind it: fixtures, constants, helpers."""
    behind = {name: set(refs) for name, refs in known.items()}
    for _ in range(3):  # a helper of a helper of a constant
        for node in tree.body:
            for name in _names_bound(node):
                behind.setdefault(name, set()).update(_behind(node, behind))
    return behind


def _names_bound(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef) and not node.name.startswith("test_"):
        yield node.name
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from (n.id for n in ast.walk(target) if isinstance(n, ast.Name))


def _behind(node: ast.AST, behind: dict[str, set[str]]) -> set[str]:
    text = ast.unparse(node)
    found = {name for name in names() if f"{name}.json" in text}
    used = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    used |= {n.arg for n in ast.walk(node) if isinstance(n, ast.arg)}
    return found.union(*(behind.get(name, set()) for name in used - ONLY_ANSWERS))


def within(node: ast.FunctionDef) -> tuple[str, ...]:
    """Every tolerance that a test names, once each, in its order."""
    found = [said for call in ast.walk(node) if isinstance(call, ast.Call) for said in _tolerance(call)]
    return tuple(dict.fromkeys(found))


def _tolerance(call: ast.Call) -> Iterator[str]:
    called = ast.unparse(call.func)
    kinds = {"abs": "absolute", "atol": "absolute", "rel": "relative", "rtol": "relative"}
    named = [f"{ast.unparse(k.value)} {kinds[k.arg]}" for k in call.keywords if k.arg in kinds]
    if called in ("pytest.approx", "approx") and not named:
        named = ["1e-06 relative"]
    if called.endswith(("approx", "allclose", "isclose")):
        yield from named


@cache
def names() -> tuple[str, ...]:
    return tuple(sorted({path.stem for path in REFERENCES.glob("*.json")} - KEPT))


@cache
def tests() -> dict[str, list[Test]]:
    """The tests of each reference, file by file."""
    found: dict[str, list[Test]] = {name: [] for name in names()}
    for path in sorted(TESTS.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        behind = bound(tree, _of_conftest(path.parent / "conftest.py"))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for name in _behind(node, behind):
                    found[name].append(Test(path=path, name=node.name, within=within(node)))
    return found


@cache
def _of_conftest(path: Path) -> dict[str, set[str]]:
    return bound(ast.parse(path.read_text(encoding="utf-8")), {}) if path.exists() else {}


def pages(name: str) -> list[str]:
    """The pages of methods on which it is named."""
    others = sorted(path for path in METHODS.glob("*.md") if path != PAGE)
    return [path.stem for path in others if name in path.read_text(encoding="utf-8")]


# ---- The page --------------------------------------------------------------------------------------------


def page() -> str:
    """The whole page, as it should stand."""
    theirs = [name for name in names() if name not in OURS]
    lines = [HEAD + "## Against others", "", *_table(theirs), ""]
    lines += [line for name in theirs for line in _told(name)]
    lines += ["## Published examples", "", EXAMPLES, "", *_examples(), ""]
    lines += [
        "## Against a known truth",
        "",
        "Plainview's own estimates held against students, items and raters ",
    ]
    lines[-1] += "whose truth is known: how often an interval holds it, what a model is worth."
    lines += ["", "### How often 95 % intervals hold the truth", "", HELD, "", *_held(), ""]
    ours = [name for name in names() if name in OURS]
    lines += [*_table(ours), "", *(line for name in ours for line in _told(name))]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def published() -> list[tuple[Path, str, str]]:
    """Every test that holds a published example: its file, its name, and whose example it says it is."""
    found = []
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            said = ast.get_docstring(node) if isinstance(node, ast.FunctionDef) else None
            if said and said.startswith(EXAMPLE) and isinstance(node, ast.FunctionDef):
                found.append((path, node.name, said.removeprefix(EXAMPLE).split("\n\n")[0].strip()))
    return found


def _examples() -> list[str]:
    rows = [
        f"| {' '.join(said.split())} | [{name.removeprefix('test_').replace('_', ' ')}]"
        f"(../../{path.relative_to(ROOT).as_posix()}) |"
        for path, name, said in published()
    ]
    return ["| whose example, and what it says | the test |", "|---|---|", *rows]


# ---- How often intervals hold ----------------------------------------------------------------------------


def held() -> list[tuple[str, str, float]]:
    """Which interval, where, and the share that held the truth: from every file that measured it."""
    found = []
    for name in ("classical_coverage", "figures_coverage"):
        for setting, shares in _read(name)["held"].items():
            for what, share in shares.items():
                if not what.startswith("called significant"):
                    found.append((what, setting, share["held"] if isinstance(share, dict) else share))
    for case in _read("irt_coverage")["cases"]:
        where = f"{case['n_students']:,} students x {case['n_items']} items"
        where += f", {100 * case['absent']:.0f} % absent" if case["absent"] else ""
        found += [(f"{case['model']}, {what}", where, share) for what, share in case["coverage"].items()]
    world = _read("logistic_coverage")["worlds"][0]
    found.append(("weight of a column", "the model is true", world["n_held"] / world["n_intervals"]))
    return found


def _held() -> list[str]:
    """A line an interval, the settings side by side."""
    of: dict[str, list[tuple[str, float]]] = {}
    for what, where, share in held():
        of.setdefault(what, []).append((where, share))
    rows = [f"| {what} | {'; '.join(f'{s:.3f} ({w})' for w, s in found)} |" for what, found in of.items()]
    return ["| interval | held the truth (where) |", "|---|---|", *rows]


def _table(these: list[str]) -> list[str]:
    return [
        "| reference | what is compared | made with | tests |",
        "|---|---|---|---|",
        *map(_summary, these),
    ]


def _summary(name: str) -> str:
    return f"| [{name}](#{name}) | {_what(name)} | {_short(made_with(name))} | {len(tests()[name])} |"


def _what(name: str) -> str:
    """In a few words; where none were written for this table, the first sentence of its script."""
    return WHAT.get(name) or _short(re.split(r"(?<=[.:?]) ", about(name))[0].rstrip("."))


def _short(said: str) -> str:
    return said if len(said) <= 110 else said[:107].rsplit(" ", 1)[0] + " ..."


def _told(name: str) -> list[str]:
    script = script_of(name)
    made = f" by [{script.name}](../../tests/references/{script.name})" if script else ""
    said = [f"### {name}", "", about(name), "", f"- Made{made} with: {made_with(name)}."]
    said += [f"- Holds: {holds(name)}; {n_numbers(_read(name)):,} numbers."]
    said += [f"- Told in: {', '.join(f'[{p}]({p}.md)' for p in pages(name))}."] if pages(name) else []
    if not tests()[name]:
        return [*said, "- No test reads it: its figures stand on that page.", ""]
    return [*said, "", "| the test | within |", "|---|---|", *map(_row, tests()[name]), ""]


def _row(test: Test) -> str:
    place = test.path.relative_to(ROOT).as_posix()
    sentence = test.name.removeprefix("test_").replace("_", " ")
    return f"| [{sentence}](../../{place}) | {'; '.join(test.within) or 'as the test says'} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
