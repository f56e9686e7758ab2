"""Makes ranges_coverage.json: how often the ranges of what practice costs hold the truth.

Run from the project's root: python tests/references/ranges_coverage.py > ranges_coverage.json
Shares of few and of many students, rare and sure, students alike and unlike each other, beside percentiles of
students drawn again; a gap between two shares; means; what knowledge tracing expects; effort and score; the
indices of degree. 95 % ranges. The truth is known, or that of 20,000 students.
"""

import json
import platform
import sys

import numpy as np

from plainview.core.audit.adaptivity import degree as degrees
from plainview.core.audit.adaptivity.opportunities import expected_opportunities, made, mean_of
from plainview.core.audit.adaptivity.ranges import gap_range, left_out_range, share_range
from plainview.core.audit.adaptivity.sequences import Tracing, sequences, traced
from plainview.core.audit.adaptivity.stopping import equity_of_stopping
from plainview.core.audit.adaptivity.white import white
from plainview.core.learner.bkt import Skill
from plainview.core.learner.tracing.fitting import fit
from plainview.core.learner.tracing.simulate import World, simulate

SEED, N_SHARES, N_LOGS, N_TRUTH = 20261122, 500, 200, 20_000


def told(held):
    return {"held": round(float(np.mean(held)), 4), "n": len(held)}


def holds(interval, truth):
    return interval.low - 1e-12 <= truth <= interval.high + 1e-12


# --- shares -------------------------------------------------------------------------------------------


def cases(chance, n_students, share, alike):
    """What each student brings: hits, cases. ``alike``: how much cases of one student resemble each other."""
    n_of = chance.integers(1, 15, n_students)
    k = (1 - alike) / alike
    p = chance.beta(share * k, (1 - share) * k, n_students)
    return chance.binomial(n_of, p).astype(float), n_of.astype(float)


def redrawn(chance, part, whole):
    """Percentiles of students drawn again: what these ranges stand in for."""
    times = chance.multinomial(len(part), np.full(len(part), 1 / len(part)), 399)
    return np.quantile((times @ part) / (times @ whole), [0.025, 0.975])


def shares(chance):
    found = {}
    for n_students in (20, 100):
        for share in (0.005, 0.02, 0.1, 0.5, 0.95, 0.995):
            for alike in (0.05, 0.4):
                ours, other = [], []
                for _ in range(N_SHARES):
                    part, whole = cases(chance, n_students, share, alike)
                    ours.append(holds(share_range(part, whole), share))
                    low, high = redrawn(chance, part, whole)
                    other.append(low <= share <= high)
                name = f"{n_students} students, share {share:g}, alike {alike:g}"
                found[name] = {"ours": told(ours), "redrawn students": told(other)}
    return found


def gaps(chance):
    """Two shares of the same students; 1 and 1 is among them."""
    found = {}
    for one, other in ((0.8, 0.7), (0.97, 0.97), (0.995, 0.9), (0.5, 0.5)):
        held = []
        for _ in range(N_SHARES):
            a, b = cases(chance, 30, one, 0.1), cases(chance, 30, other, 0.1)
            held.append(holds(gap_range(a, b), one - other))
        found[f"30 students, {one:g} less {other:g}"] = told(held)
    return found


# --- logs ---------------------------------------------------------------------------------------------

SKILL = Skill(p_known=0.3, p_learn=0.2, p_guess=0.2, p_slip=0.1)


def world(n_students):
    one = {"known": (0.3, 0.3), "learn": (0.2, 0.2), "guess": (0.2, 0.2), "slip": (0.1, 0.1)}
    return World(n_students=n_students, n_skills=5, spread_of_students=1.0, **one)


def figures(log):
    seen = sequences(log)
    numbers = Tracing(
        **{k: np.full(seen.n_skills, getattr(SKILL, f"p_{k}")) for k in ("known", "learn", "guess", "slip")}
    )
    p_known = traced(seen, numbers)
    at = white(seen, p_known, 0.95)
    stops = equity_of_stopping(seen, seen.first(p_known >= 0.95))
    attempts = made(seen)
    return {
        "attempts made": (attempts.mean, attempts.interval),
        "effort": (at.effort, at.effort_interval),
        "score": (at.score, at.score_interval),
        "share that reaches the criterion": (at.reached, at.reached_interval),
        "effort of the slower": (stops.slower.effort, stops.slower.effort_interval),
        "right afterwards, slower": (stops.slower.after, stops.slower.after_interval),
        "gap afterwards": (stops.gap, stops.gap_interval),
    }


def logs():
    truth = {name: value for name, (value, _) in figures(simulate(world(N_TRUTH), seed=SEED).log).items()}
    held = {name: [] for name in truth}
    for n in range(N_LOGS):
        for name, (_, interval) in figures(simulate(world(40), seed=n).log).items():
            held[name].append(holds(interval, truth[name]))
    return {f"40 students, {name}": told(each) for name, each in held.items()}


def expected(log):
    found = fit(log, by_item=False, other_starts=())
    four = [found.of_skills(kind) for kind in ("known", "learn", "guess", "slip")]
    return mean_of(
        [
            expected_opportunities(Skill(p_known=a, p_learn=b, p_guess=c, p_slip=d))
            for a, b, c, d in zip(*(column.tolist() for column in four), strict=True)
        ]
    )


def opportunities():
    """Against what the same fit expects of 20,000 students: weak priors pull both, ever less."""
    found = {}
    for n_students in (40, 200):
        truth = expected(simulate(world(N_TRUTH), seed=SEED).log)
        held = []
        for n in range(N_LOGS // 2):
            log = simulate(world(n_students), seed=1000 + n).log
            held.append(holds(left_out_range(expected, log, value=expected(log), seed=n), truth))
        found[f"{n_students} students, attempts expected"] = told(held)
    return found


# --- degree -------------------------------------------------------------------------------------------

POOL = np.random.default_rng(7).normal(0, 1, 200)


def sitting(chance, n_students):
    """Twelve items each, drawn from the thirty nearest to where a student stands, give or take."""
    able = chance.normal(0, 1, n_students)
    near = able + chance.normal(0, 0.5, n_students)
    given = [
        chance.choice(POOL[np.argsort(np.abs(POOL - one))[:30]], 12, replace=False).astype(float)
        for one in near
    ]
    right = [
        (chance.random(12) < 1 / (1 + np.exp(b - one))).astype(float)
        for b, one in zip(given, able, strict=True)
    ]
    return given, degrees.abilities(given, right)


def degree(chance):
    given, able = sitting(chance, N_TRUTH // 4)
    truth = degrees.degree(given, able, POOL)
    names = ("correlation", "spread", "reduced", "information")
    held = {name: [] for name in names}
    for n in range(N_LOGS):
        given, able = sitting(chance, 40)
        ranges = degrees.degrees(given, able, POOL, seed=n, draws=499).ranges
        for name in names:
            held[name].append(holds(getattr(ranges, name), getattr(truth, name)))
    return {f"40 students, {name}": told(each) for name, each in held.items()}


def main():
    chance = np.random.default_rng(SEED)
    found = {
        "made_with": f"Python {platform.python_version()}, seed {SEED}, 95 % ranges",
        "shares": shares(chance),
        "gaps": gaps(chance),
        "of a log": logs(),
        "expected": opportunities(),
        "degree": degree(chance),
    }
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
