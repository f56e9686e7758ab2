"""A pool of items with known difficulty, for tutors whose truth is known.

In:   how many skills and items, a seed.
Out:  items in the order in which they would be taught.
Not here: real items.
"""

import random
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolItem:
    name: str
    skill: str
    difficulty: float  # log-odds of a wrong answer of an average student
    discrimination: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Pool:
    items: tuple[PoolItem, ...]  # skill by skill, in the order in which they would be taught

    @cached_property
    def skills(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(item.skill for item in self.items))

    @cached_property
    def by_skill(self) -> dict[str, tuple[PoolItem, ...]]:
        return {skill: tuple(item for item in self.items if item.skill == skill) for skill in self.skills}

    @cached_property
    def by_name(self) -> dict[str, PoolItem]:
        return {item.name: item for item in self.items}

    @cached_property
    def by_difficulty(self) -> tuple[PoolItem, ...]:
        return tuple(sorted(self.items, key=lambda item: item.difficulty))

    def level(self, n: int, n_levels: int) -> tuple[PoolItem, ...]:
        """The n-th part of the pool by difficulty."""
        size = len(self.items)
        return self.by_difficulty[n * size // n_levels : (n + 1) * size // n_levels]


def make_pool(*, n_skills: int = 8, n_items_a_skill: int = 15, unequal: float = 0.0, seed: int = 1) -> Pool:
    """Skills from easy to hard over about three log-odds, items spread around each.

    ``unequal`` is how much items differ in discrimination: the standard deviation of its logarithm.
    """
    chance = random.Random(seed)
    middle = [3.0 * (k + 0.5) / n_skills - 1.5 for k in range(n_skills)]
    return Pool(
        items=tuple(
            PoolItem(
                name=f"s{k + 1:02d}-i{n + 1:03d}",
                skill=f"s{k + 1:02d}",
                difficulty=chance.gauss(middle[k], 0.6),
                discrimination=chance.lognormvariate(0.0, unequal) if unequal else 1.0,
            )
            for k in range(n_skills)
            for n in range(n_items_a_skill)
        )
    )
