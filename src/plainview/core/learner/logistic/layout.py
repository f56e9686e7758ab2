"""Which model is which: the columns and the blocks of each, and how strongly each block is held.

In:   a model's name, the families to leave out, penalties of one's own.
Out:  a layout: dense columns by place, sparse blocks by name, one penalty each.
Not here: the numbers themselves (design).

A penalty is 1 / prior variance of a weight: 1 says that weights of size 1 are no surprise. It equals 1/C of
scikit-learn's LogisticRegression. The intercept carries none.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from plainview.core.learner.logistic import columns

MODELS = ("afm", "pfa", "best_lr", "extended")

# Blocks with a weight for each student, item or skill (and a slope where something is multiplied).
STUDENT, ITEM, SKILL = "student", "item", "skill"
SKILL_ANSWERS, SKILL_WINS, SKILL_FAILS = "skill x answers", "skill x wins", "skill x fails"
SKILL_LOG_WINS, SKILL_LOG_FAILS = "skill x log wins", "skill x log fails"
SKILL_LOG_ANSWERS = "skill x log answers"
ITEM_ABILITY = "item x ability"
AFTER = "item after item"  # right after which item, answered right or wrong
COLUMNS = "columns"

_BLOCKS: Mapping[str, tuple[str, ...]] = {
    "afm": (STUDENT, SKILL, SKILL_ANSWERS),
    "pfa": (SKILL, SKILL_WINS, SKILL_FAILS),
    "best_lr": (ITEM, SKILL, SKILL_LOG_WINS, SKILL_LOG_ANSWERS),
    "extended": (AFTER, ITEM, ITEM_ABILITY, SKILL, SKILL_LOG_WINS, SKILL_LOG_FAILS),
}
# Where each block's strength starts, by the unit of what it multiplies: an answer more moves the odds by less
# than a doubling of answers, and that by less than another item. docs/methods/logistic.md has the figures.
_PENALTY: Mapping[str, Mapping[str, float]] = {
    "afm": {STUDENT: 1.0, SKILL: 1.0, SKILL_ANSWERS: 100.0},
    "pfa": {SKILL: 1.0, SKILL_WINS: 50.0, SKILL_FAILS: 50.0},
    "best_lr": {COLUMNS: 4.0, ITEM: 1.0, SKILL: 1.0, SKILL_LOG_WINS: 20.0, SKILL_LOG_ANSWERS: 20.0},
    "extended": {
        COLUMNS: 100.0,
        AFTER: 5.0,
        ITEM: 1.0,
        ITEM_ABILITY: 10.0,
        SKILL: 1.0,
        SKILL_LOG_WINS: 20.0,
        SKILL_LOG_FAILS: 20.0,
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A model's shape: what stands in its columns, and how strongly each block is held."""

    model: str
    past: tuple[int, ...]  # places of `past` that enter
    times: tuple[int, ...]  # places of `times` that enter
    counts: bool  # Best-LR's four log counts instead
    blocks: tuple[str, ...]
    penalty: Mapping[str, float]  # by block; COLUMNS for all dense columns
    chosen: tuple[str, ...]  # blocks whose penalty is chosen from the log, starting from the stated one

    @property
    def columns(self) -> tuple[columns.Column, ...]:
        if self.counts:
            return columns.BEST_LR
        return (*(columns.PAST[n] for n in self.past), *(columns.TIMES[n] for n in self.times))

    @property
    def asks_others(self) -> bool:
        """Whether a row's numbers rest on what other students' answers say of items."""
        return bool(self.past) or AFTER in self.blocks or ITEM_ABILITY in self.blocks


def of(
    model: str,
    *,
    with_times: bool,
    without: Collection[str] = (),
    penalty: Mapping[str, float] | None = None,
) -> Layout:
    """The layout of a model by name; ``without`` names families of columns, or blocks, to leave out."""
    _check(model, without, penalty or {})
    extended = model == "extended"
    past = tuple(n for n, c in enumerate(columns.PAST) if extended and c.family not in without)
    take_times = extended and with_times and "times" not in without
    blocks = tuple(block for block in _BLOCKS[model] if block not in without)
    stated = dict.fromkeys((COLUMNS, *blocks), 1.0) | dict(_PENALTY.get(model, {}))
    strengths = stated | dict(penalty or {})
    return Layout(
        model=model,
        past=past,
        times=tuple(range(len(columns.TIMES))) if take_times else (),
        counts=model == "best_lr",
        blocks=blocks,
        penalty={block: strengths[block] for block in (COLUMNS, *blocks)},
        chosen=tuple(block for block in (COLUMNS, *blocks) if block not in (penalty or {})),
    )


def blocks_of(model: str) -> tuple[str, ...]:
    """All blocks that a model may have."""
    return _BLOCKS[model]


def _check(model: str, without: Collection[str], penalty: Mapping[str, float]) -> None:
    if model not in MODELS:
        raise ValueError(f"model {model!r}: expected one of {', '.join(MODELS)}.")
    known = {*columns.FAMILIES, *_BLOCKS[model], COLUMNS}
    for word in (*without, *penalty):
        if word not in known:
            raise ValueError(f"{word!r} is no block of {model}: expected one of {', '.join(sorted(known))}.")
    for block, strength in penalty.items():
        if not strength > 0:
            raise ValueError(f"penalty of {block!r} is {strength}: expected above 0.")
