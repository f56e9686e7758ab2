"""An adaptive test: which item next, how able so far, and when is it enough?

In:   a bank of items whose numbers are known, the answers so far, a seed.
Out:  the next item, the ability with its standard error, the whole course of a test.
Not here: whose turn it is and on which screen. A teacher may ask any item at any time.

The ability so far is the mean of what prior and answers leave possible on a fixed grid (EAP), which each
answer multiplies by its own curve; so an answer costs the grid's length and not the test's. The next item
is drawn from the ``among`` best ones (randomesque, Kingsbury & Zara 1989), so that a bank is not used up
from its top; ``among`` 1 always takes the best. What many have seen can be left out (``Exposure.above``;
restrictive maximum information, Revuelta & Ponsoda 1998), which alone holds a stated limit. "Best" is
Fisher's information at the estimate (to the nearest hundredth of a prior deviation), or what an answer is
expected to tell against every other ability that is still possible (Kullback-Leibler, Chang & Ying 1996,
weighed by the posterior).

Sources: van der Linden & Glas (2010), Elements of Adaptive Testing, chapters 1 to 3. Kingsbury & Zara (1989),
Applied Measurement in Education 2, 359-375. Chang & Ying (1996), Applied Psychological Measurement 20,
213-229. Revuelta & Ponsoda (1998), Journal of Educational Measurement 35, 311-327.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum
from math import sqrt

import numpy as np

from plainview.core.cannot_say import CannotSay
from plainview.core.learner.ability import Floats, Items

N_NODES = 81
FARTHEST = 5.0  # prior deviations to either side
N_FINE = 1001  # of these there is one every hundredth of a prior deviation
_TINY = 1e-12
_64_BITS = (1 << 64) - 1


class By(Enum):
    """What makes an item the best one to ask next."""

    INFORMATION = "most information at the estimate"
    DIVERGENCE = "tells most against every ability still possible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """When it is enough: at the first of these, never before ``least``."""

    most: int = 20  # answers
    least: int = 1
    standard_error: float = 0.0  # 0: go on to ``most``


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """Items, and what an answer to each would say at each ability of the grid. Made once, asked often."""

    items: Items
    nodes: Floats  # (n_nodes,)
    prior: Floats  # (n_nodes,) sums to 1
    right: Floats  # (n_items, n_nodes) the chance of a right answer
    wrong: Floats  # (n_items, n_nodes)
    log_right: Floats
    log_wrong: Floats
    powers: Floats  # (n_nodes, 3) 1, the node, its square
    information: Floats  # (N_FINE, n_items)

    @classmethod
    def of(cls, items: Items, *, prior_mean: float = 0.0, prior_sd: float = 1.0) -> "Bank":
        nodes = prior_mean + prior_sd * np.linspace(-FARTHEST, FARTHEST, N_NODES)
        p = np.clip(items.p(nodes), _TINY, 1 - _TINY).T
        prior = np.exp(-0.5 * ((nodes - prior_mean) / prior_sd) ** 2)
        return cls(
            items=items,
            nodes=nodes,
            prior=prior / prior.sum(),
            right=np.ascontiguousarray(p),
            wrong=np.ascontiguousarray(1 - p),
            log_right=np.ascontiguousarray(np.log(p)),
            log_wrong=np.ascontiguousarray(np.log1p(-p)),
            powers=np.column_stack((np.ones_like(nodes), nodes, nodes**2)),
            information=items.information(np.linspace(nodes[0], nodes[-1], N_FINE)),
        )

    def information_at(self, theta: float) -> Floats:
        """(n_items,) at the nearest ability of the fine grid."""
        low, high = self.nodes.item(0), self.nodes.item(-1)
        near: Floats = self.information[round((theta - low) / (high - low) * (N_FINE - 1))]
        return near


@dataclass(frozen=True, slots=True, kw_only=True)
class SoFar:
    """A test that is under way. Nothing in it changes: an answer makes the next one."""

    bank: Bank
    posterior: Floats  # (n_nodes,) sums to 1
    theta: float
    standard_error: float
    asked: tuple[int, ...] = ()
    right: tuple[bool, ...] = ()

    def answered(self, item: int, *, right: bool) -> "SoFar":
        """The test after one more answer."""
        if item in self.asked:
            raise ValueError(f"item {item} has been asked already; a test asks an item once.")
        weight, theta, error = _after(self.bank, self.posterior, item, right)
        return SoFar(
            bank=self.bank,
            posterior=weight,
            theta=theta,
            standard_error=error,
            asked=(*self.asked, item),
            right=(*self.right, right),
        )

    def worth(self, by: By) -> Floats:
        """(n_items,) what each item would tell now; asked ones too."""
        return _worth(self.bank, self.posterior, self.theta, by)


def _after(bank: Bank, weight: Floats, item: int, right: bool) -> tuple[Floats, float, float]:
    """Bayes' rule on the grid; the estimate and its standard error with it."""
    weight = weight * (bank.right[item] if right else bank.wrong[item])
    total, mean, square = (weight @ bank.powers).tolist()
    weight *= 1 / total
    mean /= total
    return weight, mean, sqrt(max(square / total - mean * mean, 0.0))


def _worth(bank: Bank, weight: Floats, theta: float, by: By) -> Floats:
    if by is By.INFORMATION:
        return bank.information_at(theta)
    # At the estimate p ln(p / p_q) + q ln(q / q_q), averaged over abilities by the posterior.
    p = np.clip(bank.items.p(np.asarray(theta)), _TINY, 1 - _TINY)
    expected = p * (bank.log_right @ weight) + (1 - p) * (bank.log_wrong @ weight)
    worth: Floats = p * np.log(p) + (1 - p) * np.log1p(-p) - expected
    return worth


def begin(bank: Bank) -> SoFar:
    """A test before its first answer."""
    _, mean, square = (bank.prior @ bank.powers).tolist()
    return SoFar(bank=bank, posterior=bank.prior, theta=mean, standard_error=sqrt(square - mean * mean))


def next_item(
    so_far: SoFar,
    *,
    by: By = By.INFORMATION,
    among: int = 5,
    leave_out: Collection[int] = (),
    seed: int,
) -> int | CannotSay:
    """The item to ask next: drawn from the ``among`` best that are left.

    Parameters
    ----------
    so_far : SoFar
    by : By
    among : int
        1 takes the best. The seed and the number of answers so far decide the draw.
    leave_out : items that may not be asked, whatever the reason

    Returns
    -------
    int
        The item's place in the bank.
    CannotSay
        If no item is left.
    """
    worth = so_far.worth(by).copy()
    worth[[*so_far.asked, *leave_out]] = -np.inf
    n_left = int((worth > -np.inf).sum())
    if not n_left:
        return CannotSay(
            question="Which item next?",
            reason=f"all {len(worth)} items of the bank have been asked or left out",
            would_need="more items",
            check="learner.adaptive/1",
        )
    return _draw(worth, min(among, n_left), seed, len(so_far.asked))


def _draw(worth: Floats, among: int, seed: int, n_asked: int) -> int:
    """One of the best, by the seed and the place in the test."""
    if among == 1:
        return int(worth.argmax())
    best = np.sort(np.argpartition(worth, len(worth) - among)[-among:])
    return int(best[int(_chance(seed, n_asked) * among)])


def _chance(seed: int, n: int) -> float:
    """0 to below 1, from two numbers alone: a generator would cost more than the choice (SplitMix64)."""
    z = (seed * 0xD1342543DE82EF95 + (n + 1) * 0x9E3779B97F4A7C15) & _64_BITS
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _64_BITS
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _64_BITS
    return ((z ^ (z >> 31)) >> 11) / (1 << 53)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A whole test: what was asked, what came, and the estimate after each answer."""

    asked: tuple[int, ...]
    right: tuple[bool, ...]
    theta: tuple[float, ...]  # after each answer
    standard_error: tuple[float, ...]
    stopped_because: str


def run(
    bank: Bank,
    answer: Callable[[int], bool],
    *,
    stop: Stop | None = None,
    by: By = By.INFORMATION,
    among: int = 5,
    leave_out: Collection[int] = (),
    seed: int,
) -> Course:
    """Ask until it is enough. ``answer(item)`` says whether the answer was right.

    The same as ``begin``, ``next_item`` and ``answered`` in turn, with less to carry from one to the next.
    """
    stop = stop or Stop()
    start, gone, why = begin(bank), np.zeros(bank.items.n), "every item was asked"
    gone[list(leave_out)] = -np.inf
    n_left = int((gone == 0).sum())
    weight, theta, error = start.posterior, start.theta, start.standard_error
    asked, right = list[int](), list[bool]()
    thetas, errors = list[float](), list[float]()
    while len(asked) < n_left:
        if (reason := _enough(stop, len(asked), error)) is not None:
            why = reason
            break
        worth = _worth(bank, weight, theta, by) + gone
        item = _draw(worth, min(among, n_left - len(asked)), seed, len(asked))
        came = bool(answer(item))
        gone[item] = -np.inf
        weight, theta, error = _after(bank, weight, item, came)
        asked.append(item)
        right.append(came)
        thetas.append(theta)
        errors.append(error)
    return Course(
        asked=tuple(asked),
        right=tuple(right),
        theta=tuple(thetas),
        standard_error=tuple(errors),
        stopped_because=why,
    )


def _enough(stop: Stop, n: int, error: float) -> str | None:
    if n >= stop.most:
        return f"{stop.most} answers are the most"
    if n >= stop.least and error <= stop.standard_error:
        return f"the standard error is {error:.2f}, not above {stop.standard_error:.2f}"
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """How often each item of the bank was asked."""

    share: Floats  # (n_items,) of the tests
    n_tests: int

    @property
    def never(self) -> float:
        """Share of the bank that nobody saw."""
        return float((self.share == 0).mean())

    @property
    def most(self) -> float:
        return float(self.share.max())

    def above(self, at_most: float) -> tuple[int, ...]:
        """Items to leave out of the next test, so that none is asked in more than this share of the tests."""
        return tuple(np.flatnonzero(self.share * self.n_tests >= at_most * (self.n_tests + 1)).tolist())


def exposure(courses: Collection[Course], *, n_items: int) -> Exposure:
    """Of tests that were held."""
    counts = np.zeros(n_items)
    for course in courses:
        counts[list(course.asked)] += 1
    return Exposure(share=counts / max(1, len(courses)), n_tests=len(courses))
