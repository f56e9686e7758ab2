"""One step as a child sees it: a picture, what, how long, with whom, on a screen or on paper.

In:   steps on the child's plan.
Out:  what site/components/option_tile.html shows.
Not here: which steps there are (options.py), and choosing (choose.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plainview.classroom.curriculum.tongue import marked
from plainview.classroom.curriculum.vocabulary import ActivityKind
from plainview.classroom.evidence.models import Medium
from plainview.classroom.plans.models import Stage, Step

PICTURES = {
    ActivityKind.SMALL_GROUP: "group",
    ActivityKind.GAME: "game",
    ActivityKind.CONVERSATION: "talk",
    ActivityKind.PRACTICE: "paper",
    ActivityKind.PROJECT: "project",
    ActivityKind.READING: "reading",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    value: int  # the step, posted as "option"
    title: str
    picture: str
    words: str
    minutes_words: str
    with_words: str
    medium_words: str
    is_chosen: bool
    url: str = ""
    decided_words: str = ""  # who decided it, and when; "" where it is only offered
    answer_url: str = ""  # where she can say "I don't agree", or "I can show you"


def tile(step: Step) -> Tile:
    return Tile(
        value=step.pk,
        title=marked(step, step.activity),
        picture=_picture(step),
        words=step.because or (marked(step.activity.student_words, step.activity) if step.activity else ""),
        minutes_words=ngettext("%(n)d minute", "%(n)d minutes", step.minutes) % {"n": step.minutes},
        with_words=with_words(step),
        medium_words=Medium(step.medium).label,
        is_chosen=step.stage == Stage.CHOSEN,
    )


def tiles(steps: Iterable[Step]) -> list[Tile]:
    return [tile(step) for step in steps]


def with_words(step: Step) -> str:
    if step.with_whom:
        # Of a group these are first names; of a child's own idea, words that somebody wrote.
        return _("with %(who)s") % {"who": step.with_whom} if step.group_id else step.with_whom
    return marked(step.activity.with_whom, step.activity) if step.activity else _("by myself")


def _picture(step: Step) -> str:
    if step.medium == Medium.SCREEN:
        return "screen"
    return PICTURES.get(step.activity.kind, "paper") if step.activity else "project"
