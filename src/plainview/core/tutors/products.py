"""Tutors whose truth is known, from "everybody the same" to an adaptive test.

In:   a pool of items; a profile; answers.
Out:  the next item, and the reason that is also the true one.
Not here: the students (learners), a product of anybody.

Which of them adapt stands in ``ADAPTS``; a check that says otherwise is wrong.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp

from plainview.core.learner.bkt import Skill, after_answer
from plainview.core.tutors.pool import Pool, PoolItem
from plainview.core.tutors.tutor import Next, Offer, Profile, Reason, Reply, RestsOn, Stop

N_LEVELS = 8
IN_A_ROW = 3
BKT = Skill(p_known=0.2, p_learn=0.15, p_guess=0.2, p_slip=0.1)
BKT_MASTERED = 0.95
UNIT = 5
UNIT_PASSED = 4
N_STEPS_OF_A_RAMP = 20
_GRID = tuple(-4 + 0.2 * k for k in range(41))


class Taught:
    """What all sessions share: the answers so far, a teacher's word, chance."""

    rests_on = RestsOn.CHANCE
    words = "picked by chance"

    def __init__(self, pool: Pool, profile: Profile, seed: int) -> None:
        self.pool, self.profile, self.chance = pool, profile, random.Random(seed)
        self.replies: list[Reply] = []
        self.teachers_skill: str | None = None

    def next(self) -> Next:
        if self.teachers_skill is not None:
            item = self.chance.choice(self.pool.by_skill[self.teachers_skill])
            return _offer(item, "your teacher chose this skill", RestsOn.TEACHER)
        found = self.pick()
        return _offer(found, self.words, self.rests_on) if found else self.stop()

    def pick(self) -> PoolItem | None:
        return self.chance.choice(self.pool.items)

    def stop(self) -> Stop:
        return Stop(reason=Reason(words=self.words, rests_on=self.rests_on))

    def answer(self, reply: Reply) -> None:
        self.replies.append(reply)

    def override(self, skill: str) -> None:
        if skill not in self.pool.by_skill:
            raise ValueError(f"found the skill {skill!r}, expected one of {', '.join(self.pool.skills)}.")
        self.teachers_skill = skill


def _offer(item: PoolItem, words: str, rests_on: RestsOn) -> Offer:
    reason = Reason(words=words, rests_on=rests_on)
    return Offer(item=item.name, skill=item.skill, difficulty=item.difficulty, reason=reason)


class Randomly(Taught):
    pass


class Fixed(Taught):
    """The same list for everybody."""

    rests_on, words = RestsOn.ORDER, "the next one in the list"

    def pick(self) -> PoolItem | None:
        n = len(self.replies)
        return self.pool.items[n] if n < len(self.pool.items) else None


class Tracked(Taught):
    """A teacher has placed the student in one of three tracks; inside, chance."""

    rests_on, words = RestsOn.PLACEMENT, "from the track that your teacher chose"

    def pick(self) -> PoolItem:
        track = {"low": 0, "middle": 1, "high": 2}.get(self.profile.placement, 1)
        # Neighbouring tracks share a part of their items, as real ones do.
        size = len(self.pool.items)
        low, high = max(0, track * size // 3 - size // 12), (track + 1) * size // 3 + size // 12
        return self.chance.choice(self.pool.by_difficulty[low:high])


class ByGroup(Taught):
    """Two classes work on different skills; inside, chance."""

    rests_on, words = RestsOn.PROFILE, "from your class's own content"

    def pick(self) -> PoolItem:
        half = len(self.pool.skills) // 2
        skills = self.pool.skills[:-2] if self.profile.group == "b" else self.pool.skills[half - 2 :]
        return self.chance.choice(self.pool.by_skill[self.chance.choice(skills)])


class Ramp(Taught):
    """The same climb for everybody; on each step one of some items of about the same difficulty."""

    rests_on, words = RestsOn.ORDER, "a little harder each time"
    n_steps = N_STEPS_OF_A_RAMP

    def pick(self) -> PoolItem:
        size = len(self.pool.items)
        there = min(len(self.replies) / max(self.n_steps - 1, 1), 1.0)
        middle = int(there * (size - 1)) + self.chance.randint(-size // 10, size // 10)
        return self.pool.by_difficulty[min(max(middle, 0), size - 1)]


class Mastery(Taught):
    """The same skill until three right in a row, then the next one."""

    rests_on = RestsOn.ANSWERS_IN_A_ROW
    words = "the same skill until three are right in a row"

    def __init__(self, pool: Pool, profile: Profile, seed: int) -> None:
        super().__init__(pool, profile, seed)
        self.at, self.in_a_row = 0, 0

    def pick(self) -> PoolItem | None:
        done = self.at >= len(self.pool.skills)
        return None if done else self.chance.choice(self.pool.by_skill[self.pool.skills[self.at]])

    def answer(self, reply: Reply) -> None:
        super().answer(reply)
        self.in_a_row = self.in_a_row + 1 if reply.correct >= 0.5 else 0
        if self.in_a_row >= IN_A_ROW:
            self.at, self.in_a_row = self.at + 1, 0


class Traced(Taught):
    """The same skill until knowledge tracing holds it known at .95, then the next one."""

    rests_on, words = RestsOn.ANSWERS, "the same skill until it is likely to be known"

    def __init__(self, pool: Pool, profile: Profile, seed: int) -> None:
        super().__init__(pool, profile, seed)
        self.at, self.p_known = 0, BKT.p_known

    def pick(self) -> PoolItem | None:
        done = self.at >= len(self.pool.skills)
        return None if done else self.chance.choice(self.pool.by_skill[self.pool.skills[self.at]])

    def answer(self, reply: Reply) -> None:
        super().answer(reply)
        self.p_known = after_answer(self.p_known, reply.correct >= 0.5, BKT)
        if self.p_known >= BKT_MASTERED:
            self.at, self.p_known = self.at + 1, BKT.p_known


class OneStep(Taught):
    """Right: one level up. Wrong: one down. Nothing older counts."""

    rests_on, words = RestsOn.LAST_ANSWER, "harder after a right answer, easier after a wrong one"

    def __init__(self, pool: Pool, profile: Profile, seed: int) -> None:
        super().__init__(pool, profile, seed)
        self.level = N_LEVELS // 2

    def pick(self) -> PoolItem:
        return self.chance.choice(self.pool.level(self.level, N_LEVELS))

    def answer(self, reply: Reply) -> None:
        super().answer(reply)
        self.level = min(max(self.level + (1 if reply.correct >= 0.5 else -1), 0), N_LEVELS - 1)


class Cat(Taught):
    """An adaptive test: of the five unseen items nearest to the ability estimated so far, one by chance."""

    rests_on, words = RestsOn.ANSWERS, "the item nearest to your estimated ability"

    def __init__(self, pool: Pool, profile: Profile, seed: int) -> None:
        super().__init__(pool, profile, seed)
        self.log_p = [-0.5 * theta * theta for theta in _GRID]
        self.unseen = list(pool.items)

    def pick(self) -> PoolItem | None:
        ability = self.ability()
        nearest = sorted(self.unseen, key=lambda item: abs(item.difficulty - ability))[:5]
        return self.chance.choice(nearest) if nearest else None

    def ability(self) -> float:
        top = max(self.log_p)
        weights = [exp(value - top) for value in self.log_p]
        return sum(w * theta for w, theta in zip(weights, _GRID, strict=True)) / sum(weights)

    def answer(self, reply: Reply) -> None:
        from math import log1p

        super().answer(reply)
        item = self.pool.by_name[reply.item]
        self.unseen = [other for other in self.unseen if other.name != reply.item]
        sign = 1.0 if reply.correct >= 0.5 else -1.0
        self.log_p = [
            value - log1p(exp(-sign * (theta - item.difficulty)))
            for value, theta in zip(self.log_p, _GRID, strict=True)
        ]


class UnitEnds(Taught):
    """Five items of a unit in their order; then a harder unit if four were right, else an easier one.

    Nothing reacts inside a unit.
    """

    rests_on, words = RestsOn.ANSWERS, "your unit, by how the last one went"

    def __init__(self, pool: Pool, profile: Profile, seed: int) -> None:
        super().__init__(pool, profile, seed)
        self.level, self.right, self.form = N_LEVELS // 2, 0, 0

    def pick(self) -> PoolItem:
        # Each level has some units of items; which of them comes is chance.
        unit = self.pool.level(self.level, N_LEVELS)
        place = len(self.replies) % UNIT
        if place == 0:
            self.form = self.chance.randrange(len(unit) // UNIT)
        return unit[self.form * UNIT + place]

    def answer(self, reply: Reply) -> None:
        super().answer(reply)
        self.right += reply.correct >= 0.5
        if len(self.replies) % UNIT == 0:
            step = 1 if self.right >= UNIT_PASSED else -1
            self.level, self.right = min(max(self.level + step, 0), N_LEVELS - 1), 0


class Choice(OneStep):
    """The student chooses: something harder after a right answer, mostly. The product adds nothing."""

    rests_on, words = RestsOn.STUDENT, "you chose it"


class Partial(OneStep):
    """What must not be: at a school of the poor, a right answer mostly leads to nothing harder."""

    def answer(self, reply: Reply) -> None:
        held = self.profile.school_poverty == "high" and self.chance.random() < 0.6
        before = self.level
        super().answer(reply)
        self.level = min(self.level, before) if held else self.level


class Boastful(Taught):
    """What must not be: it says that it reacts to the last answer, and draws by chance."""

    rests_on, words = RestsOn.LAST_ANSWER, "chosen from your last answer"


class Patient(Mastery):
    """Mastery that notices trouble: another way after five wrong in a row, a teacher after eight."""

    def next(self) -> Next:
        wrong = 0
        for reply in reversed(self.replies):
            if reply.correct >= 0.5:
                break
            wrong += 1
        if wrong >= 8:
            words = "eight in a row were not right yet: your teacher is asked"
            return Stop(reason=Reason(words=words, rests_on=RestsOn.ANSWERS_IN_A_ROW), calls_teacher=True)
        offer = super().next()
        if wrong >= 5 and isinstance(offer, Offer):
            return Offer(
                item=offer.item,
                skill=offer.skill,
                difficulty=offer.difficulty,
                reason=offer.reason,
                approach="worked example",
            )
        return offer


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A tutor by its name."""

    name: str
    session: Callable[[Pool, Profile, int], Taught]
    pool: Pool

    def open(self, profile: Profile, *, seed: int) -> Taught:
        return self.session(self.pool, profile, seed)


PRODUCTS: Mapping[str, Callable[[Pool, Profile, int], Taught]] = {
    "random": Randomly,
    "fixed": Fixed,
    "tracks": Tracked,
    "group": ByGroup,
    "ramp": Ramp,
    "mastery": Mastery,
    "patient": Patient,
    "bkt": Traced,
    "one-step": OneStep,
    "cat": Cat,
    "unit-end": UnitEnds,
    "choice": Choice,
    "partial": Partial,
    "boastful": Boastful,
}

# Whether the product would have given something else had the answers been other ones.
ADAPTS: Mapping[str, bool] = {
    name: name in ("mastery", "patient", "bkt", "one-step", "cat", "unit-end", "partial") for name in PRODUCTS
}


def product(name: str, pool: Pool) -> Product:
    """A tutor by its name.

    Raises
    ------
    ValueError
        If there is no such tutor.
    """
    if name not in PRODUCTS:
        raise ValueError(f"found the tutor {name!r}, expected one of {', '.join(PRODUCTS)}.")
    return Product(name=name, session=PRODUCTS[name], pool=pool)
