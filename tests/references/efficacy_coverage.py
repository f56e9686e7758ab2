"""Makes efficacy_coverage.json. Run: python efficacy_coverage.py > efficacy_coverage.json (about two minutes)

Made with Plainview's own code where the truth is known: how often an interval holds it, how often a test
speaks where nothing is there.
"""

import json
import sys

import numpy as np

from plainview.core.audit.efficacy.clustering import both_arms
from plainview.core.audit.efficacy.effect import Arm, hedges_g
from plainview.core.audit.efficacy.from_rows import contrast_of
from plainview.core.audit.efficacy.outcome import Outcome
from plainview.core.audit.efficacy.rating import Kind
from plainview.core.audit.efficacy.simulate import World, simulate
from plainview.core.audit.efficacy.study import Asked, Design, Rows
from plainview.core.audit.fairness.abroca import abroca
from plainview.core.audit.fairness.errors import errors_by_group
from plainview.core.audit.fairness.gaps import gaps
from plainview.core.audit.fairness.parity import parity
from plainview.core.cannot_say import CannotSay

N = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
ASKED = Asked(outcome=Outcome(name="test", is_standardised=True), after="post", before=("pre",))


def rows_of(made):
    cluster = None if made.cluster[0] < 0 else made.cluster.astype(str)
    numbers = {"pre": made.pre, "post": made.post}
    return Rows(treated=made.treated, cluster=cluster, site=None, strata=None, numbers=numbers)


def trials():
    """Regression with CR2 and the mixed model, in points; g, against the standardised truth."""
    made = []
    for n_clusters, size, icc in [(6, 30, 0.2), (10, 20, 0.2), (20, 20, 0.2), (40, 20, 0.1), (0, 200, 0.0)]:
        assigned = "clusters" if n_clusters else "students"
        design = Design(title="", kind=Kind.TRIAL, assigned=assigned)
        world = World(
            effect=0.3, n_clusters=n_clusters, n_students=(n_clusters or 1) * size, icc=icc, attrition=0.05
        )
        hits, reml, g_hits, spoke, df = 0, 0, 0, 0, []
        for seed in range(N):
            study = simulate(world, seed=seed)
            found = contrast_of(ASKED, rows_of(study), design)
            hits += found.regression.interval.holds(0.3)
            g_hits += found.effect.interval.holds(0.3)
            reml += found.mixed.interval.holds(0.3) if found.mixed else 0
            spoke += found.effect.p_value <= 0.05
            df.append(found.regression.df)
        made.append(
            {
                "clusters": n_clusters,
                "size": size,
                "icc": icc,
                "cr2": hits / N,
                "mixed": reml / N if n_clusters else None,
                "g": g_hits / N,
                "power": spoke / N,
                "df": float(np.median(df)),
            }
        )
    return made


def false_alarms_of_trials():
    """Nothing works: how often p <= .05."""
    made = []
    for n_clusters, size, icc in [(6, 30, 0.2), (10, 20, 0.2), (40, 20, 0.1), (0, 200, 0.0)]:
        assigned = "clusters" if n_clusters else "students"
        design = Design(title="", kind=Kind.TRIAL, assigned=assigned)
        world = World(effect=0.0, n_clusters=n_clusters, n_students=(n_clusters or 1) * size, icc=icc)
        spoke = sum(
            contrast_of(ASKED, rows_of(simulate(world, seed=10_000 + seed)), design).effect.p_value <= 0.05
            for seed in range(N)
        )
        made.append({"clusters": n_clusters, "size": size, "icc": icc, "false_alarms": spoke / N})
    return made


def summaries():
    """g from means and deviations alone: individual arms; clusters ignored by the study, ICC known."""
    made = []
    for n_clusters, size, icc in [(0, 40, 0.0), (0, 200, 0.0), (10, 20, 0.2), (30, 20, 0.2)]:
        hits = 0
        for seed in range(N):
            chance = np.random.default_rng(seed)
            n = (n_clusters or 1) * size
            cluster = np.arange(n) % n_clusters if n_clusters else np.arange(n)
            treated = (cluster % 2 == 0) if n_clusters else np.arange(n) % 2 == 0
            shared = chance.normal(0, 1, max(n_clusters, 1))[cluster] if n_clusters else 0.0
            y = 0.3 * treated + np.sqrt(icc) * shared + np.sqrt(1 - icc) * chance.normal(0, 1, n)
            arms = [
                Arm(n=int(m.sum()), mean=float(y[m].mean()), sd=float(y[m].std(ddof=1)))
                for m in (treated, ~treated)
            ]
            clustering = both_arms(n_students=n, n_clusters=n_clusters, icc=icc) if n_clusters else None
            hits += hedges_g(treated=arms[0], control=arms[1], clustering=clustering).interval.holds(0.3)
        made.append({"clusters": n_clusters, "size": size, "icc": icc, "g": hits / N})
    return made


def served_alike(seed, *, n_students=150, n_rows=6, share=0.3):
    chance = np.random.default_rng(seed)
    who = np.repeat(np.arange(n_students), n_rows)
    ability = chance.normal(0, 1, n_students)[who]
    said = 1 / (1 + np.exp(-ability))
    came = (chance.random(len(who)) < said).astype(float)
    member = chance.random(n_students) < share
    return came, said, who, member[who]


def fairness():
    flagged, any_error, gap, n_abroca = 0, 0, 0, 0
    for seed in range(N):
        came, said, who, side = served_alike(seed)
        if seed < N // 2:
            found = abroca(
                correct=came, predicted=said, student=who, in_group=side, group="g", n_draws=199, seed=seed
            )
            if not isinstance(found, CannotSay):
                flagged, n_abroca = flagged + (found.p_value <= 0.05), n_abroca + 1
        tables = errors_by_group(
            correct=came, predicted=said, student=who, group=side.astype(int), names=("a", "b")
        )
        any_error += any(a.p_adjusted <= 0.05 for one in tables for a in one.apart)
        gap += gaps(came - said, student=who, group=side.astype(int), names=("a", "b"))[0].p_adjusted <= 0.05
    return {"abroca_size": flagged / n_abroca, "errors_any": any_error / N, "gap_size": gap / N}


def decisions():
    hits, rows_hits = 0, 0
    truth = 0.7
    for seed in range(N):
        chance = np.random.default_rng(seed)
        n = 400
        side = chance.random(n) < 0.4
        stratum = chance.integers(0, 4, n)
        p = 0.2 + 0.15 * stratum
        decided = chance.random(n) < np.where(side, truth * p, p)
        asked = {"group": "g", "seed": seed, "n_draws": 399}
        hits += parity(
            decided=decided, performance=stratum, in_group=side, student=None, **asked
        ).interval.holds(truth)
        who = np.arange(n) // 4
        side, shared = (np.arange(100) % 5 < 2)[who], chance.normal(0, 0.1, 100)[who]
        decided = chance.random(n) < np.clip(np.where(side, truth * p, p) + shared, 0, 1)
        if seed < N // 2:
            found = parity(decided=decided, performance=stratum, in_group=side, student=who, **asked)
            rows_hits += found.interval.holds(truth)
    return {"one_row_a_student": hits / N, "four_rows_a_student": rows_hits / (N // 2)}


json.dump(
    {
        "made_with": "Plainview",
        "n": N,
        "trials": trials(),
        "false_alarms": false_alarms_of_trials(),
        "summaries": summaries(),
        "fairness": fairness(),
        "parity": decisions(),
    },
    sys.stdout,
    indent=1,
)
