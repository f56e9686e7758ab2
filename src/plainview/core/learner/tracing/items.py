"""Do items differ? And guess and slip of items that do, held about their skill's.

In:   the trees by item, the plain fit's numbers.
Out:  how far the log's items lie apart, and how sure that is; what is held of each item's guess and slip.
Not here: the climb (climb), the fit (fitting).

An easier item is one whose guess is moved up and whose slip is moved down, in log-odds, by as much. If items
do not differ, what an answer shows beyond what was expected of it one step ahead is chance: its sum over an
item's answers, weighed by how much such a move would change what is expected, has the variance that the
expectations themselves say, and no more. What there is more is the variance of the items (a moment estimator,
as in meta-analysis; each skill's own mean is taken out). It is drawn in by its own doubt: at one standard
error above none or nearer, nothing is left of it and all items of a skill are alike.

Items are then held about their skill: the moves follow a normal curve of that variance. A quarter as much is
left to what moves guess and slip alike, for an item may be unclear rather than hard.

Source: DerSimonian & Laird (1986), Controlled Clinical Trials 7, 177-188 (the moments); James & Stein (1961),
Fourth Berkeley Symposium 1, 361-379 (drawn in by its doubt, never below none); Pardos & Heffernan (2011),
UMAP, 243-254 (items that differ).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plainview.core.learner.tracing.alike import Tree
from plainview.core.learner.tracing.expect import odds_before
from plainview.core.learner.tracing.numbers import LEAST, Held, Layout, from_log_odds, log_odds, sums

Floats = NDArray[np.float64]
LEAST_SPREAD, MOST_SPREAD = 0.05, 2.0  # log-odds
UNCLEAR = 0.25  # the variance of what moves guess and slip alike, as a share of the variance of ease
# At an easy item even those who do not know may be right in most cases: its guess may lie above the cap of a
# skill, by so many log-odds (.5 becomes .9). Whoever knows the skill is right more often still.
BEYOND_THE_CAP = 2.2
_NEWTON_STEPS = 10
_LONGEST = 1.5  # log-odds a step


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSpread:
    """How far the items of one skill lie apart, in log-odds of guess and slip."""

    variance: float  # as estimated; below 0 where items differ less than chance would have them
    z: float  # standard errors above none
    n_items: int  # of skills with more than one

    @property
    def drawn_in(self) -> float:
        """The variance that is used: 0 up to one standard error above none."""
        if self.z <= 1:
            return 0.0
        return min(self.variance * (1 - 1 / self.z**2), MOST_SPREAD**2)

    @property
    def said(self) -> str:
        if not self.n_items:
            return "no skill has two items: nothing to tell apart"
        if not self.drawn_in:
            return f"items do not differ beyond chance ({self.z:.1f} standard errors above none): held alike"
        spread = self.drawn_in**0.5
        return f"items differ: a spread of {spread:.2f} in log-odds ({self.z:.1f} standard errors above none)"


def item_spread(tree: Tree, layout: Layout, p: Floats) -> ItemSpread:
    """Of a tree by item, at the numbers of skills whose items are alike."""
    score, information, fourth = _beyond(tree, layout, p)
    skill, n = layout.cell_skill, layout.n_skills
    of_skill = sums(skill, information, n)[skill]
    share = np.divide(information, of_skill, out=np.ones_like(information), where=of_skill > 0)
    off = score - share * sums(skill, score, n)[skill]
    # What is left of an item's own square when its skill's mean is taken out.
    left = 1 - 2 * share + sums(skill, share**2, n)[skill]
    chance = float((information * (1 - share)).sum())
    by_chance = float((2 * information**2 * left + fourth * left**2).sum())
    per_variance = float((information**2 * left).sum())
    n_items = int((share < 1).sum())
    if not n_items or by_chance <= 0 or per_variance <= 0:
        return ItemSpread(variance=0.0, z=0.0, n_items=n_items)
    squares = float((off**2).sum())
    return ItemSpread(
        variance=(squares - chance) / per_variance, z=_z(squares, chance, by_chance), n_items=n_items
    )


def _z(squares: float, chance: float, by_chance: float) -> float:
    """A sum of squares as a normal number: it is skewed as chi-square is, and its cube root is not."""
    ninth = by_chance / chance**2 / 9  # 2 / (9 degrees of freedom)
    return float(((squares / chance) ** (1 / 3) - (1 - ninth)) / ninth**0.5)


def _beyond(tree: Tree, layout: Layout, p: Floats) -> tuple[Floats, Floats, Floats]:
    """Of each cell: answers beyond the expected, weighed; the variance of that; its fourth cumulant."""
    cell, worth = tree.code // len(tree.values), tree.values[tree.code % len(tree.values)]
    guess, slip = p[layout.of["guess"]][cell], p[layout.of["slip"]][cell]
    odds = odds_before(tree, layout, p)
    known = odds / (1 + odds)
    right = known * (1 - slip) + (1 - known) * guess
    moved = known * slip * (1 - slip) + (1 - known) * guess * (1 - guess)
    spread = right * (1 - right)
    weight, n = moved / spread, len(layout.cell_skill)
    return (
        sums(cell, tree.n * weight * (worth - right), n),
        sums(cell, tree.n * weight**2 * spread, n),
        sums(cell, tree.n * weight**4 * spread * (1 - 6 * spread), n),
    )


@dataclass(frozen=True, kw_only=True)
class HeldAbout(Held):
    """As ``Held``; but guess and slip of a cell follow one normal curve, in log-odds, about ``middle``."""

    guess: slice
    slip: slice
    middle: tuple[Floats, Floats]  # (n_cells,) log-odds of guess, of slip
    precision: tuple[float, float]  # of either by itself; of the two together

    def log_density(self, p: Floats) -> Floats:
        density = super().log_density(p)
        off, pull = self._off(log_odds(p[self.guess]), log_odds(p[self.slip]))
        density[self.guess], density[self.slip] = (-x * q / 2 for x, q in zip(off, pull, strict=True))
        return density

    def slope(self, hits: Floats, trials: Floats, p: Floats) -> Floats:
        slope = super().slope(hits, trials, p)
        _, pull = self._off(log_odds(p[self.guess]), log_odds(p[self.slip]))
        for span, q in zip((self.guess, self.slip), pull, strict=True):
            slope[span] = hits[span] - trials[span] * p[span] - q
        return slope

    def likeliest(self, hits: Floats, trials: Floats) -> Floats:
        p = super().likeliest(hits, trials)
        p[self.guess], p[self.slip] = (from_log_odds(z) for z in self._top(hits, trials))
        return self.inside(p)

    def _off(self, guess: Floats, slip: Floats) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
        """How far from the middle, and how strongly the curve pulls back."""
        (one, both), x, y = self.precision, guess - self.middle[0], slip - self.middle[1]
        return (x, y), (one * x + both * y, both * x + one * y)

    def _top(self, hits: Floats, trials: Floats) -> tuple[Floats, Floats]:
        """By Newton's steps from the middle; what presses against its cap stands still."""
        (one, both), (guess, slip) = self.precision, self.middle
        caps = [log_odds(np.minimum(self.cap[span], 1 - LEAST)) for span in (self.guess, self.slip)]
        for _ in range(_NEWTON_STEPS):
            _, pull = self._off(guess, slip)
            up, curve = [], []
            for span, z, q in zip((self.guess, self.slip), (guess, slip), pull, strict=True):
                p = from_log_odds(z)
                up.append(hits[span] - trials[span] * p - q)
                curve.append(trials[span] * p * (1 - p) + one)
            free = [(z < cap) | (u < 0) for z, cap, u in zip((guess, slip), caps, up, strict=True)]
            across = np.where(free[0] & free[1], both, 0.0)
            det = curve[0] * curve[1] - across**2
            steps = (
                np.where(free[0], (curve[1] * up[0] - across * up[1]) / det, 0.0),
                np.where(free[1], (curve[0] * up[1] - across * up[0]) / det, 0.0),
            )
            guess, slip = (
                np.minimum(z + np.clip(step, -_LONGEST, _LONGEST), cap)
                for z, step, cap in zip((guess, slip), steps, caps, strict=True)
            )
        return guess, slip


def held_about(layout: Layout, hold: Held, guess: Floats, slip: Floats, variance: float) -> HeldAbout:
    """``hold``, but each cell's guess and slip about its skill's (n_skills,) with the items' variance."""
    spans = (layout.of["guess"], layout.of["slip"])
    middle = [
        np.minimum(of[layout.cell_skill], hold.cap[span] * 0.98)
        for of, span in zip((guess, slip), spans, strict=True)
    ]
    own, across = variance * (1 + UNCLEAR), -variance * (1 - UNCLEAR)
    det, a, b, cap = own**2 - across**2, hold.a.copy(), hold.b.copy(), hold.cap.copy()
    for span, about in zip(spans, middle, strict=True):
        a[span], b[span] = touching(about, own)
        cap[span] = from_log_odds(log_odds(np.minimum(cap[span], 1 - LEAST)) + BEYOND_THE_CAP)
    return HeldAbout(
        a=a,
        b=b,
        cap=cap,
        guess=spans[0],
        slip=spans[1],
        middle=(log_odds(middle[0]), log_odds(middle[1])),
        precision=(own / det, -across / det),
    )


def touching(middle: Floats, variance: float) -> tuple[Floats, Floats]:
    """Betas with these tops, and this variance in log-odds there."""
    weight = 1 / (variance * middle * (1 - middle))
    return 1 + weight * middle, 1 + weight * (1 - middle)
