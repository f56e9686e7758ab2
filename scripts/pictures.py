"""Makes docs/charts.md and the pictures on it, from made-up logs whose seeds are stated.

In:   nothing but the core.
Out:  docs/pictures/core/*.svg, docs/charts.md with the code of each picture as it stands here.
Not here: real students.

Run from the project's root: python scripts/pictures.py
"""

from collections.abc import Callable
from functools import cache
from inspect import getsource
from pathlib import Path

import numpy as np

from plainview.core.charts.chart import Chart
from plainview.core.charts.items import InformationWords, ItemWords, information_curve, item_curves
from plainview.core.charts.learning import learning_curve, practised
from plainview.core.charts.moved import explained, traced
from plainview.core.charts.reliability import reliability
from plainview.core.charts.response import Item, category_curves, information, right_curve
from plainview.core.charts.roc import roc, roc_of_groups
from plainview.core.charts.standalone import standalone
from plainview.core.charts.wright import wright_map
from plainview.core.learner.logistic.fit import LogisticFit
from plainview.core.learner.logistic.fit import fit as fit_logistic
from plainview.core.learner.tracing.fitted import TracingFit
from plainview.core.learner.tracing.fitting import fit as fit_tracing
from plainview.core.learner.tracing.simulate import Simulated, World, simulate
from plainview.core.measure.irt import simulate as made_up
from plainview.core.measure.irt.fit import fit as fit_items
from plainview.core.measure.irt.items import IrtFit, ItemParameters
from plainview.core.stats.calibration import calibration

DOCS = Path(__file__).parent.parent / "docs"
THETA = np.linspace(-4, 4, 161)


# ---- What the pictures are made from -------------------------------------------------------------------


@cache
def school() -> Simulated:
    """400 made-up students, 6 skills; students and items differ, one group starts lower. Seed 3."""
    world = World(
        n_students=400,
        n_skills=6,
        mean_length=10,
        spread_of_students=1.2,
        spread_of_items=0.6,
        gap_of_groups=0.8,
    )
    return simulate(world, seed=3)


@cache
def knowledge() -> TracingFit:
    """Knowledge tracing, fitted to the first 200 students."""
    return fit_tracing(school().log.take(np.arange(200)))


@cache
def successes() -> LogisticFit:
    """The extended logistic model, fitted to the same 200."""
    return fit_logistic(school().log.take(np.arange(200)))


def others():
    """The other 200, whom no model has seen."""
    return school().log.take(np.arange(200, 400))


@cache
def test_of(model: str) -> IrtFit:
    """A made-up test of 12 items (4 for categories), 500 students. Seed 7."""
    kind = {"n_categories": 4, "n_items": 4} if model in ("grm", "gpcm") else {"n_items": 12}
    return fit_items(made_up.simulate(n_students=500, model=model, seed=7, **kind).answers, model=model)


def as_item(found: ItemParameters) -> Item:
    """An item of a fit, as the pictures take it."""
    return Item(
        name=f"item {found.item + 1}",
        slope=found.slope,
        slope_se=found.slope_se,
        difficulties=found.difficulties,
        difficulty_ses=found.difficulty_ses,
        guess=found.guess,
        guess_se=found.guess_se,
        graded=found.model == "grm",
    )


# ---- The pictures, each with the sentence that says how to read it ------------------------------------


def learning() -> Chart:
    """Do answers come right more often from one opportunity to the next? The dots are what was seen, the
    pale bars how far that share may be off, the dashes what knowledge tracing expected of students it had
    not seen. Mind the counts: a curve may rise because those who struggled had fewer answers."""
    log = others()
    at = practised(log, "skill 1")
    expected = knowledge().predict(log)
    return learning_curve(
        opportunity=at.opportunity, correct=log.correct[at.row], predicted=expected[at.row], most=15
    )


def said_and_come() -> Chart:
    """Can a prediction be taken at its word? On the dashed line what came is what was said."""
    log = others()
    found = calibration(correct=log.correct, predicted=successes().predict(log), student=log.student)
    return reliability(found)


def two_models() -> Chart:
    """Which of two models puts right answers above wrong ones more often? The difference has an interval of
    its own, by student: what is hard for both cancels."""
    log = others()
    return roc(
        correct=log.correct,
        predicted={"logistic": successes().predict(log), "tracing": knowledge().predict(log)},
        student=log.student,
    )


def two_groups() -> Chart:
    """Does one model tell right from wrong answers as well for one group as for the other?"""
    log, lower = others(), school().truth.group[200:] == 1
    return roc_of_groups(
        correct=log.correct,
        predicted=successes().predict(log),
        in_group=lower[log.student],
        student=log.student,
        group="started lower",
        others="the others",
    )


def response_2pl() -> Chart:
    """How likely is a right answer at each ability? Steep items tell two students apart, flat ones hardly."""
    items = [as_item(test_of("2pl").items[k]) for k in (3, 4, 8)]
    return item_curves(THETA, [right_curve(item, THETA) for item in items])


def response_3pl() -> Chart:
    """With guessing, even the least able are right now and then; how often is the hardest thing to know."""
    items = [as_item(test_of("3pl").items[k]) for k in (0, 3, 8)]
    return item_curves(THETA, [right_curve(item, THETA) for item in items])


def categories_grm() -> Chart:
    """Graded response: which of four categories is likely at which ability."""
    words = ItemWords(title="Categories of an item, graded response", value="likely", name="category")
    return item_curves(THETA, category_curves(as_item(test_of("grm").items[1]), THETA), words=words)


def categories_gpcm() -> Chart:
    """Generalised partial credit, an item of the same kind: where two curves cross, a step is as likely
    taken as not."""
    words = ItemWords(title="Categories of an item, partial credit", value="likely", name="category")
    return item_curves(THETA, category_curves(as_item(test_of("gpcm").items[1]), THETA), words=words)


def what_it_tells() -> Chart:
    """Where is the test sharp? The same curve read at the right is a student's standard error."""
    items = [as_item(found) for found in test_of("2pl").items]
    return information_curve(THETA, information(items, THETA), words=InformationWords())


def students_and_items() -> Chart:
    """Are the items where the students are? Students are a heap at the left, with the doubt of one at the
    low end, one in the middle and one at the top; items are at the right, each with its doubt."""
    fit = test_of("2pl")
    return wright_map(
        abilities=fit.eap,
        ability_ses=fit.eap_sd,
        items=[f"item {item.item + 1}" for item in fit.items],
        difficulties=fit.b,
        difficulty_ses=[item.difficulty_ses[0] for item in fit.items],
    )


def pieces() -> Chart:
    """What moved one prediction of the logistic model: base and bars add up to it exactly."""
    log = others()
    return explained(successes().explain(log, 30))


def steps() -> Chart:
    """What each answer said of one skill, and what each chance to learn added (knowledge tracing)."""
    log = others()
    return traced(knowledge().trace(log, student="student 205", skill="skill 2")[:4])


SECTIONS: dict[str, tuple[Callable[[], Chart], ...]] = {
    "Learning curves": (learning,),
    "Calibration": (said_and_come,),
    "Right above wrong (ROC)": (two_models, two_groups),
    "Items": (response_2pl, response_3pl, categories_grm, categories_gpcm, what_it_tells),
    "Wright map": (students_and_items,),
    "What moved an estimate": (pieces, steps),
}

OPENING = """# Pictures of results

Every picture is a pure function of `plainview.core.charts`: a result goes in, and a `Chart` comes out, which
is the same thing three times: `svg` to see, `sentence` to hear, `rows` to look up. Doubt is always drawn;
where it is not known, the sentence says so. Zero stands on every axis that has one. Colours are CSS classes
by role, so a page's own stylesheet decides them.

```python
from plainview.core.charts.standalone import png, standalone

Path("curve.svg").write_text(standalone(chart), encoding="utf-8")  # colours inside: light, dark and print
Path("curve.png").write_bytes(png(chart))                         # needs: pip install 'plainview[png]'
```

Large logs make no larger pictures: a million answers are counted into a few points first. `width=` widens a
picture, and `words=` takes every word in it in another language.

No student here is real. The pictures come from two made-up sources, and `python scripts/pictures.py` makes
them again:
"""


def page() -> str:
    """docs/charts.md: each picture, its sentence, how to read it, its code."""
    parts = [OPENING, _code(school, knowledge, successes, others, test_of, as_item)]
    for title, makers in SECTIONS.items():
        parts.append(f"## {title}\n")
        parts += [_shown(make) for make in makers]
    return "\n".join(parts)


def _shown(make: Callable[[], Chart]) -> str:
    chart = make()
    how_to_read = " ".join((make.__doc__ or "").split())
    picture = f"![{chart.sentence}](pictures/core/{make.__name__}.svg)"
    return f"{how_to_read}\n\n{picture}\n\n*{chart.sentence}*\n\n{_code(make)}"


def _code(*functions: Callable[..., object]) -> str:
    return "```python\n" + "\n\n".join(_bare(function) for function in functions) + "\n```\n"


def _bare(function: Callable[..., object]) -> str:
    """The function's source; of a picture without the words that stand above it already."""
    source = getsource(function).strip()
    if function.__annotations__.get("return") is not Chart:
        return source
    head, _, rest = source.split('"""', 2)
    return head.rstrip() + rest


def main() -> None:
    folder = DOCS / "pictures" / "core"
    folder.mkdir(parents=True, exist_ok=True)
    for makers in SECTIONS.values():
        for make in makers:
            (folder / f"{make.__name__}.svg").write_text(standalone(make()), encoding="utf-8")
    (DOCS / "charts.md").write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
