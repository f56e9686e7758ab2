"""Students whose truth is known, so that an estimate can be held against it.

In:   the four numbers of a skill (or the prior they come from), how reliable each kind of evidence
      is, a calendar, a seed.
Out:  pieces of evidence, and beside each whether the student then knew.
Not here: real students. No number below is fitted to any child; each is stated and may be changed.

What is simulated: knowing or not, one skill at a time, nothing forgotten (BKT); guessing and
slipping by kind of evidence; "partly" as often for those who know as for those who do not; help that
makes showing likelier; misconceptions that a student who does not know keeps to; days away.
"""

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from plainview.core.learner.bkt import Skill, SkillPrior
from plainview.core.learner.piece import Helped, Kind, Medium, Piece

PRIOR = SkillPrior()
MOST_LIKELY = 0.95  # no kind of evidence is ever sure to mislead


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """How a kind of evidence compares with an answer."""

    guess_times: float = 1.0  # times the skill's guess
    slip_times: float = 1.0  # times the skill's slip
    p_partly: float = 0.0
    teaches: bool = True  # whether it is also a chance to learn

    def p_shows(self, knows: bool, skill: Skill) -> float:
        if knows:
            return 1 - min(MOST_LIKELY, skill.p_slip * self.slip_times)
        return min(MOST_LIKELY, skill.p_guess * self.guess_times)


# Watching and talking leave less to luck than a choice of four; a child's own word leaves more.
RELIABILITY: Mapping[Kind, Reliability] = {
    Kind.ANSWER: Reliability(),
    Kind.OBSERVATION: Reliability(guess_times=0.5, p_partly=0.15),
    Kind.WORK: Reliability(guess_times=0.6, slip_times=0.8, p_partly=0.2),
    Kind.TALK: Reliability(guess_times=0.5, slip_times=1.2, p_partly=0.2),
    Kind.RUBRIC: Reliability(guess_times=0.5, slip_times=0.8, p_partly=0.25),
    Kind.SELF_ASSESSMENT: Reliability(guess_times=1.8, p_partly=0.3, teaches=False),
}

ANSWERS_ONLY: Mapping[Kind, float] = {Kind.ANSWER: 1.0}
MIXED: Mapping[Kind, float] = {
    Kind.ANSWER: 0.5,
    Kind.OBSERVATION: 0.15,
    Kind.WORK: 0.1,
    Kind.TALK: 0.1,
    Kind.RUBRIC: 0.05,
    Kind.SELF_ASSESSMENT: 0.1,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """One student, one skill: what was shown, and the truth after each piece."""

    skill: Skill
    pieces: tuple[Piece, ...]
    knows: tuple[bool, ...]  # the truth itself
    p_known: tuple[float, ...]  # what one could know of it at best: BKT with the true numbers


def student(
    skill: Skill,
    *,
    n: int,
    seed: int,
    mix: Mapping[Kind, float] = ANSWERS_ONLY,
    starts_on: date = date(2025, 9, 1),
    days_between: int = 2,
) -> Simulated:
    """``n`` pieces of one student on one skill, their kinds drawn by ``mix``."""
    chance = random.Random(seed)
    knows, p_known = chance.random() < skill.p_known, skill.p_known
    pieces, truths, best = [], [], []
    for i in range(n):
        kind = chance.choices(tuple(mix), tuple(mix.values()))[0]
        shown = _shown(RELIABILITY[kind].p_shows(knows, skill), RELIABILITY[kind].p_partly, chance)
        on = starts_on + timedelta(days=i * days_between)
        pieces.append(Piece(ref=f"e{i + 1}", kind=kind, shown=shown, on=on, medium=_medium(kind)))
        p_known = _best(p_known, shown, RELIABILITY[kind], skill)
        if RELIABILITY[kind].teaches:
            knows = knows or chance.random() < skill.p_learn
        truths.append(knows)
        best.append(p_known)
    return Simulated(skill=skill, pieces=tuple(pieces), knows=tuple(truths), p_known=tuple(best))


def _shown(p_shows: float, p_partly: float, chance: random.Random) -> float:
    if chance.random() < p_partly:
        return 0.5
    return float(chance.random() < p_shows)


def _best(p_known: float, shown: float, how: Reliability, skill: Skill) -> float:
    """One step of BKT with the numbers that made the piece. "Partly" says nothing: both show it as often."""
    p_then = p_known
    if shown != 0.5:
        known, unknown = how.p_shows(True, skill), how.p_shows(False, skill)
        if not shown:
            known, unknown = 1 - known, 1 - unknown
        p_then = p_known * known / (p_known * known + (1 - p_known) * unknown)
    return p_then + (1 - p_then) * skill.p_learn * how.teaches


# --- a school ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """One competency of the unit, as the simulation needs it."""

    ref: str
    requires: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()  # what answers can come from: item families
    misconceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One piece of one student on one competency, and the truth just after it."""

    student: str
    competency: str
    piece: Piece
    knows: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    shown: tuple[Shown, ...]  # in the order it happened; refs e1, e2, ...
    knew_at_first: frozenset[tuple[str, str]]  # (student, competency)
    knows_at_last: frozenset[tuple[str, str]]
    absent: Mapping[str, tuple[date, ...]]
    skills: Mapping[str, Skill]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """The stated chances of the school, all in one place."""

    away: tuple[float, float] = (1, 18)  # Beta: a day away, by student; about one day in nineteen
    quickness: tuple[float, float] = (0.6, 1.4)  # times the skill's learn, by student, evenly
    head_start: tuple[float, float] = (5, 3)  # Beta: knows a competency before the unit, by student
    without_prerequisite: float = 0.5  # times the chance to learn
    left_out: float = 0.12  # a piece that was planned and did not come
    keeps_a_misconception: float = 0.7  # of those who do not know
    wrong_names_it: float = 0.75
    helped: Mapping[Helped, float] = field(
        default_factory=lambda: {Helped.NONE: 0.8, Helped.PEER: 0.08, Helped.ADULT: 0.08, Helped.TOOL: 0.04}
    )
    help_shows: float = 0.35  # of what would not be shown alone, shown with help


# School days after the lesson, what is asked of each student there, and how likely each one is.
RHYTHM: tuple[tuple[int, tuple[tuple[Kind, float], ...]], ...] = (
    (0, ((Kind.OBSERVATION, 0.45), (Kind.TALK, 0.15))),
    (1, ((Kind.ANSWER, 1.0), (Kind.ANSWER, 0.9), (Kind.ANSWER, 0.5))),
    (2, ((Kind.ANSWER, 0.9), (Kind.ANSWER, 0.5), (Kind.WORK, 0.3))),
    (4, ((Kind.ANSWER, 0.9), (Kind.ANSWER, 0.6), (Kind.RUBRIC, 0.2), (Kind.SELF_ASSESSMENT, 0.3))),
    (8, ((Kind.ANSWER, 0.7), (Kind.ANSWER, 0.4), (Kind.OBSERVATION, 0.2))),
    (15, ((Kind.ANSWER, 0.6), (Kind.TALK, 0.15), (Kind.WORK, 0.15))),
    (24, ((Kind.ANSWER, 0.5), (Kind.OBSERVATION, 0.15))),
)


def school(
    *,
    students: Sequence[str],
    taught: Sequence[Taught],
    starts_on: date,
    seed: int,
    weeks: int = 8,
    on_paper_only: Collection[str] = (),
    joined_on: Mapping[str, date] | None = None,
    prior: SkillPrior = PRIOR,
    chances: Chances | None = None,
) -> School:
    """A class through one unit, competency after competency as ``taught`` lists them.

    The skills' numbers are drawn from ``prior``; a student may learn what she has the prerequisites of,
    and seldom what she has not. ``joined_on`` names those who came later.
    """
    _check_order(taught)
    chance, chances = random.Random(seed), chances or Chances()
    skills = {one.ref: prior.draw(chance) for one in taught}
    children = [_child(ref, taught, chance, chances) for ref in students]
    at_first = _known(children)
    joined, shown, absent = joined_on or {}, [], {ref: list[date]() for ref in students}
    for on, asked in _calendar(taught, starts_on, weeks):
        for child in children:
            if on < joined.get(child.ref, starts_on):
                continue
            if chance.random() < child.p_away:
                absent[child.ref].append(on)
                continue
            child.on_paper_only = child.ref in on_paper_only
            for what, kinds in asked:
                for kind, p_asked in kinds:
                    if chance.random() < p_asked * (1 - chances.left_out):
                        shown.append(_show(child, what, kind, on, skills[what.ref], chance, chances))
    return School(
        shown=tuple(_numbered(shown)),
        knew_at_first=at_first,
        knows_at_last=_known(children),
        absent={ref: tuple(days) for ref, days in absent.items()},
        skills=skills,
    )


def _check_order(taught: Sequence[Taught]) -> None:
    before: set[str] = set()
    for one in taught:
        if late := [ref for ref in one.requires if ref not in before]:
            raise ValueError(
                f"{one.ref}: requires {', '.join(late)}, expected before it. List prerequisites first."
            )
        before.add(one.ref)


@dataclass(slots=True)
class _Child:
    ref: str
    p_away: float
    quickness: float
    knows: set[str]
    keeps: dict[str, str]  # competency: the misconception kept to while it is not known
    on_paper_only: bool = False


def _child(ref: str, taught: Sequence[Taught], chance: random.Random, chances: Chances) -> _Child:
    child = _Child(ref, chance.betavariate(*chances.away), chance.uniform(*chances.quickness), set(), {})
    head_start = chance.betavariate(*chances.head_start)
    for one in taught:
        if chance.random() < head_start and child.knows.issuperset(one.requires):
            child.knows.add(one.ref)
        if one.misconceptions and chance.random() < chances.keeps_a_misconception:
            child.keeps[one.ref] = chance.choice(one.misconceptions)
    return child


def _known(children: Sequence[_Child]) -> frozenset[tuple[str, str]]:
    return frozenset((child.ref, competency) for child in children for competency in child.knows)


_Asked = list[tuple[Taught, tuple[tuple[Kind, float], ...]]]


def _calendar(taught: Sequence[Taught], starts_on: date, weeks: int) -> list[tuple[date, _Asked]]:
    """School days, and what is asked on each. The last lesson leaves two days to practise."""
    days = [
        day for i in range(7 * weeks) if (day := starts_on + timedelta(days=i)).weekday() < 5
    ]  # Monday to Friday
    asked: list[_Asked] = [[] for _ in days]
    for i, one in enumerate(taught):
        lesson = i * max(0, len(days) - 3) // max(1, len(taught) - 1)
        for later, kinds in RHYTHM:
            if lesson + later < len(days):
                asked[lesson + later].append((one, kinds))
    return list(zip(days, asked, strict=True))


def _show(
    child: _Child,
    what: Taught,
    kind: Kind,
    on: date,
    skill: Skill,
    chance: random.Random,
    chances: Chances,
) -> Shown:
    """One piece, then the chance to learn it gives."""
    how, knew = RELIABILITY[kind], what.ref in child.knows
    helped = _help(kind, chance, chances)
    p_shows = how.p_shows(knew, skill)
    if helped is not Helped.NONE:
        p_shows += (1 - p_shows) * chances.help_shows
    shown = _shown(p_shows, how.p_partly, chance)
    ready = 1.0 if child.knows.issuperset(what.requires) else chances.without_prerequisite
    if how.teaches and chance.random() < min(MOST_LIKELY, skill.p_learn * child.quickness * ready):
        child.knows.add(what.ref)
    piece = Piece(
        ref="e0",
        kind=kind,
        shown=shown,
        on=on,
        helped=helped,
        medium=_medium_of(child, kind, chance),
        source=chance.choice(what.sources) if what.sources and kind is Kind.ANSWER else "",
        misconception=_named(child, what, kind, knew, shown, chance, chances),
    )
    return Shown(student=child.ref, competency=what.ref, piece=piece, knows=what.ref in child.knows)


def _help(kind: Kind, chance: random.Random, chances: Chances) -> Helped:
    if kind is Kind.SELF_ASSESSMENT:
        return Helped.NONE
    return chance.choices(tuple(chances.helped), tuple(chances.helped.values()))[0]


def _medium(kind: Kind) -> Medium:
    return {
        Kind.ANSWER: Medium.SCREEN,
        Kind.OBSERVATION: Medium.HANDS_ON,
        Kind.TALK: Medium.TALK,
    }.get(kind, Medium.PAPER)


def _medium_of(child: _Child, kind: Kind, chance: random.Random) -> Medium:
    # One practice in three is done on paper by everyone, so that paper singles nobody out.
    if kind is Kind.ANSWER and (child.on_paper_only or chance.random() < 1 / 3):
        return Medium.PAPER
    return _medium(kind)


def _named(
    child: _Child,
    what: Taught,
    kind: Kind,
    knew: bool,
    shown: float,
    chance: random.Random,
    chances: Chances,
) -> str:
    """The misconception a wrong piece shows: the one kept to; of a slip, none."""
    if knew or shown == 1 or kind is Kind.SELF_ASSESSMENT or chance.random() > chances.wrong_names_it:
        return ""
    return child.keeps.get(what.ref, "")


def _numbered(shown: Sequence[Shown]) -> list[Shown]:
    return [replace(one, piece=replace(one.piece, ref=f"e{i}")) for i, one in enumerate(shown, start=1)]
