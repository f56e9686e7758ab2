"""What followed a right and a wrong answer: two rows of bars over the same places.

In:   how often each class of next item came, after a wrong and after a right answer.
Out:  a Chart: pairs of bars, easiest to hardest.
Not here: whether the difference is chance (core.audit.adaptivity).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from plainview.core.charts.chart import Chart, box, label, line
from plainview.core.charts.plane import TEXT, WIDTH, Scale, finished

LEFT, TOP, HEIGHT, FOOT = 10.0, 44.0, 130.0, 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedWords:
    title: str = "What came next after a right and after a wrong answer"
    sentence: str = (
        "After a right answer {right} of 100 next items were of the harder half, after a wrong "
        "answer {wrong}."
    )
    right: str = "after a right answer"
    wrong: str = "after a wrong answer"
    along: str = "next item, from easy to hard"
    part: str = "difficulty of the next item"
    eighth: str = "eighth {n} of {of}"


FOLLOWED_WORDS = FollowedWords()


def followed(
    after_wrong: Sequence[float], after_right: Sequence[float], *, words: FollowedWords = FOLLOWED_WORDS
) -> Chart:
    """Shares (0..1) of next items by difficulty, easiest first."""
    if len(after_wrong) != len(after_right):
        raise ValueError(f"{len(after_wrong)} and {len(after_right)} shares: expected as many of each.")
    n = len(after_wrong)
    top = max([*after_wrong, *after_right, 0.01])
    ground = TOP + HEIGHT
    up = Scale(low=0.0, high=top, start=ground, end=TOP)
    each = (WIDTH - 2 * LEFT) / max(n, 1)
    marks = [line("axis", LEFT, ground, WIDTH - LEFT, ground)]
    for k, (wrong, right) in enumerate(zip(after_wrong, after_right, strict=True)):
        left = LEFT + k * each + 0.08 * each
        marks += _bar("cap", left, wrong, up, 0.4 * each)
        marks += _bar("bar", left + 0.44 * each, right, up, 0.4 * each)
    marks += [*_key(words), label(words.along, WIDTH - LEFT, ground + 2 * TEXT + 4, "end")]
    half = n // 2
    sentence = words.sentence.format(
        right=round(100 * sum(after_right[half:])), wrong=round(100 * sum(after_wrong[half:]))
    )
    rows = (
        (words.part, words.wrong, words.right),
        *(
            (words.eighth.format(n=k + 1, of=n), f"{100 * wrong:.1f} %", f"{100 * right:.1f} %")
            for k, (wrong, right) in enumerate(zip(after_wrong, after_right, strict=True))
        ),
    )
    return finished("followed", words.title, sentence, (WIDTH, ground + FOOT), marks, rows)


def _bar(role: str, left: float, share: float, up: Scale, width: float) -> list[str]:
    bar = box(role, left, up(share), width, up(0.0) - up(share))
    return [bar, label(f"{100 * share:.0f}", left + width / 2, up(share) - 3, "middle", "label soft")]


def _key(words: FollowedWords) -> list[str]:
    middle = WIDTH / 2
    return [
        box("cap", LEFT, 8, 12, 12),
        label(words.wrong, LEFT + 18, 18),
        box("bar", middle, 8, 12, 12),
        label(words.right, middle + 18, 18),
    ]
