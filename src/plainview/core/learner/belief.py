"""What is believed after each piece, when the skill's four numbers are themselves in doubt.

In:   what was shown with which weight, in order; the prior of the four numbers.
Out:  after each piece: P(known), and the range in which P(known) lies over all four numbers
      that the pieces leave likely.
Not here: words and states (states), dates and kinds (estimate).

The four numbers are tried at every crossing of a few values (5 slips x 5 guesses x 8 learns x
5 starts = 1,000, at Gauss-Legendre points), each weighed by its prior and by how likely it makes
the pieces. No chance, hence no seed. It is quick because nothing is forgotten: who starts knowing
depends on the slip alone, who has not learned yet on guess and learn alone, and only "learned on
the way" needs every crossing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import accumulate
from math import exp, log
from operator import mul

from plainview.core.learner.bkt import SkillPrior, if_known, if_unknown, learns
from plainview.core.stats.quantile import place_of

# Against 24 values of each, P(known) is within 0.005 and the range's ends within 0.02 on average (tests).
N_SLIP, N_GUESS, N_LEARN, N_START = 5, 5, 8, 5
FEW_PIECES, N_START_OF_FEW = 2, 15  # while little has been seen, the start is most of the doubt
MANY_PIECES, N_START_OF_MANY = 16, 2  # then it hardly matters: 0.001 of the range's ends, on average
# The range is read off bins of log-odds, linearly within a bin: near 0 and 1 a bin of P would be too wide.
NEVER = 1e-15  # nearer to 0 or 1 than this is not told apart
AS_GOOD_AS_SURE = 30.0  # log-odds; well short of log(1 / NEVER), where everything is pressed together
BINS_A_UNIT = 4
N_BINS = 288
ZERO_AT = N_BINS / 2  # the bin of even odds
MASS = 0.90
# Long before a product of likelihoods gets too small for the machine, all are scaled up alike.
TOO_SMALL = 1e-150
NOTHING = 1e-250


@dataclass(frozen=True, slots=True)
class _Grid:
    slips: tuple[float, ...]
    slip_weights: tuple[float, ...]
    guesses: tuple[float, ...]  # crossed with learns, guess by guess
    learns: tuple[float, ...]
    crossed_weights: tuple[float, ...]
    starts: tuple[tuple[float, float], ...]  # odds of knowing at the start, and their scaled weight
    starts_of_few: tuple[tuple[float, float], ...]
    starts_of_many: tuple[tuple[float, float], ...]
    start_mean: float

    def starts_after(self, n_pieces: int) -> tuple[tuple[float, float], ...]:
        if n_pieces <= FEW_PIECES:
            return self.starts_of_few
        return self.starts if n_pieces <= MANY_PIECES else self.starts_of_many


@lru_cache(maxsize=64)
def _grid(prior: SkillPrior) -> _Grid:
    slips = prior.slip.nodes(N_SLIP)
    crossed = [(g, x, v * w) for g, v in prior.guess.nodes(N_GUESS) for x, w in prior.learn.nodes(N_LEARN)]
    return _Grid(
        slips=tuple(x for x, _ in slips),
        slip_weights=tuple(w for _, w in slips),
        guesses=tuple(g for g, _, _ in crossed),
        learns=tuple(x for _, x, _ in crossed),
        crossed_weights=tuple(w for _, _, w in crossed),
        starts=_starts(prior, N_START),
        starts_of_few=_starts(prior, N_START_OF_FEW),
        starts_of_many=_starts(prior, N_START_OF_MANY),
        start_mean=prior.known.mean(),
    )


def _starts(prior: SkillPrior, n: int) -> tuple[tuple[float, float], ...]:
    return tuple((x / (1 - x), w * (1 - x)) for x, w in prior.known.nodes(n))


@lru_cache(maxsize=1024)
def _factors(
    prior: SkillPrior, shown: float, weight: float
) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
    """How likely the piece is if known (by slip), if unknown and learned now, if unknown and still so."""
    grid = _grid(prior)
    unknown = [if_unknown(shown, weight, g) for g in grid.guesses]
    learned = [learns(weight, x) for x in grid.learns]
    return (
        tuple(if_known(shown, weight, s) for s in grid.slips),
        tuple(u * x for u, x in zip(unknown, learned, strict=True)),
        tuple(u * (1 - x) for u, x in zip(unknown, learned, strict=True)),
    )


@dataclass(frozen=True)
class Belief:
    """What is believed after some pieces."""

    grid: _Grid
    from_start: list[float]  # weight of: knew it from the start, by slip
    sum_on_the_way: list[float]  # weight of: learned it on the way, by slip, over all guesses and learns
    not_yet: list[float]  # weight of: does not know it, by guess and learn
    n_pieces: int
    p_known: float
    p_after_evidence: float  # before the chance to learn that the last piece gave
    # What the last piece did: the belief before it, its likelihood if known (by slip), who learned at it.
    previous: "Belief | None" = field(default=None, repr=False)
    known: Sequence[float] = ()
    newly: Sequence[float] = ()

    @cached_property
    def range(self) -> tuple[float, float]:
        """The middle 90 % of P(known) over the four numbers, each weighed by prior and pieces."""
        bins = self._bins()
        tail = (1 - MASS) / 2 * sum(bins)
        low, high = place_of(tail, bins), N_BINS - place_of(tail, bins[::-1])
        return min(_p(low), self.p_known), max(_p(high), self.p_known)

    @cached_property
    def on_the_way(self) -> list[list[float]]:
        """Weight of: learned it on the way, by slip, by guess and learn.

        Only the range asks for it, so it is made of all pieces since it was last asked for, in one go: who
        learned at a piece, times how likely every later piece is for one who knows.
        """
        since: list[Belief] = []
        before = self
        while before.previous is not None and "on_the_way" not in before.__dict__:
            since.append(before)
            before = before.previous
        if not since:
            return [[0.0] * len(self.not_yet) for _ in self.from_start]
        by_crossing = list(zip(*(belief.newly for belief in since), strict=True))
        return [
            _learned(ways, by_crossing, [belief.known[slip] for belief in since], share)
            for slip, (ways, share) in enumerate(zip(before.on_the_way, self.grid.slip_weights, strict=True))
        ]

    def _bins(self) -> list[float]:
        """The weight of every crossing, thrown into the bin of its log-odds of "known"."""
        bins = [0.0] * N_BINS
        starts = self.grid.starts_after(self.n_pieces)
        for crossings in self._by_slip(max(odds for odds, _ in starts)):
            for odds, scale in starts:
                for started, way, none in crossings:
                    known = odds * started + way
                    bins[int(log(known / none) * BINS_A_UNIT + ZERO_AT)] += scale * (known + none)
        return bins

    def _by_slip(self, top: float) -> Iterator[list[tuple[float, float, float]]]:
        """By guess and learn: weight of known from the start, learned on the way, not yet. Both sides get a
        hair of the other, so that the odds stay within NEVER; what rounds to nothing is left out."""
        for share, start, ways in zip(self.grid.slip_weights, self.from_start, self.on_the_way, strict=True):
            yield [
                (start * w, way + NEVER * share * none, share * none + NEVER * (top * start * w + way))
                for w, way, none in zip(self.grid.crossed_weights, ways, self.not_yet, strict=True)
                if start * w + way + share * none > NOTHING
            ]


def _learned(
    ways: list[float], by_crossing: list[tuple[float, ...]], known: list[float], share: float
) -> list[float]:
    """One slip. ``by_crossing``: who learned at which piece, the latest first, as ``known``."""
    later = [1.0, *accumulate(known, mul)]  # how likely all later pieces are, if known
    all_since = later.pop()
    return [
        way * all_since + share * sum(map(mul, newly, later))
        for way, newly in zip(ways, by_crossing, strict=True)
    ]


def _p(bins: float) -> float:
    """P(known) so many bins up. In the last bins nothing is told apart from 1."""
    log_odds = (bins - ZERO_AT) / BINS_A_UNIT
    return 1 / (1 + exp(-log_odds)) if log_odds < AS_GOOD_AS_SURE else 1.0


def before(prior: SkillPrior) -> Belief:
    grid = _grid(prior)
    return Belief(
        grid,
        list(grid.slip_weights),
        [0.0] * len(grid.slips),
        list(grid.crossed_weights),
        0,
        grid.start_mean,
        grid.start_mean,
    )


def after_each(terms: Iterable[tuple[float, float]], prior: SkillPrior) -> Iterator[Belief]:
    """The belief after each piece; a term is what was shown and its weight."""
    belief = before(prior)
    for shown, weight in terms:
        belief = _after(belief, *_factors(prior, shown, weight))
        yield belief


def _after(
    now: Belief, known: Sequence[float], learned: tuple[float, ...], stays: tuple[float, ...]
) -> Belief:
    """One piece, then the chance to learn it gave, for all crossings at once."""
    grid = now.grid
    newly = list(map(mul, now.not_yet, learned))
    not_yet = list(map(mul, now.not_yet, stays))
    from_start = list(map(mul, now.from_start, known))
    sum_newly = sum(newly)
    on_the_way = [
        way * k + sum_newly * share
        for way, k, share in zip(now.sum_on_the_way, known, grid.slip_weights, strict=True)
    ]
    sum_known = grid.start_mean * sum(from_start) + (1 - grid.start_mean) * sum(on_the_way)
    total = sum_known + (1 - grid.start_mean) * sum(not_yet)
    p_known = sum_known / total
    p_after_evidence = (sum_known - (1 - grid.start_mean) * sum_newly) / total
    if total < TOO_SMALL:
        known, newly, not_yet, from_start, on_the_way = (
            [x / total for x in some] for some in (known, newly, not_yet, from_start, on_the_way)
        )
    return Belief(
        grid,
        from_start,
        on_the_way,
        not_yet,
        now.n_pieces + 1,
        p_known,
        p_after_evidence,
        previous=now,
        known=known,
        newly=newly,
    )
