"""All that a rule sees of a class on one day. No names: references, pieces of evidence, what may be done.

In:   views of students, competencies and activities, as the site gathers them or a file holds them.
Out:  estimates and states, computed once each; the same snapshot cut down to what one card needs.
Not here: names, addresses, groups that are kept apart by law. A rule cannot use what it cannot see.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from plainview.core.learner.bkt import SkillPrior
from plainview.core.learner.estimate import RULES, Aged, Estimate, State, aged, estimate
from plainview.core.learner.piece import Medium, Piece, in_order
from plainview.core.learner.weights import Weights
from plainview.core.rules.canonical import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRecord:
    """A group that a teacher once formed: when, what for, who."""

    on: date
    purpose: str  # the rule's name, or the teacher's own word for it
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentView:
    """What a rule sees of one child."""

    ref: str
    pieces: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)  # by competency
    absent: bool = False
    supports: tuple[str, ...] = ()
    language: str = "en"
    screen_minutes_left: int = 0
    holds: tuple[str, ...] = ()  # activities already on the child's plan
    apart_from: tuple[str, ...] = ()  # children the teacher keeps apart from this one
    groups: tuple[GroupRecord, ...] = ()
    judged: Mapping[str, State] = field(default_factory=dict)  # by competency: the teacher's own word
    # By competency: what stands earned on the child's pages. It may reach further than these pieces give,
    # since a teacher may have set other weights by now, and nothing earned is withdrawn.
    earned: Mapping[str, State] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetencyView:
    """One thing to learn, and what comes directly before and after it."""

    ref: str
    grade: int
    requires: tuple[str, ...] = ()
    next: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityView:
    """One thing to do. Every activity also has a paper twin of the same name."""

    ref: str
    competencies: tuple[str, ...]
    kind: str
    minutes: int
    adult_minutes: int = 0
    group_min: int = 1
    group_max: int = 1
    medium: Medium = Medium.PAPER
    screen_minutes: int = 0
    blocked_by: tuple[str, ...] = ()  # supports with which it cannot be done as it stands
    misconceptions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """A class on one day, as the rules see it."""

    as_of: date
    class_ref: str
    students: tuple[StudentView, ...] = ()
    competencies: tuple[CompetencyView, ...] = ()
    activities: tuple[ActivityView, ...] = ()
    misconceptions: tuple[str, ...] = ()  # those worth a lesson; a slip of the count is none
    language: str = "en"  # the language the class works in
    weights: Weights = field(default_factory=Weights)
    prior: SkillPrior = field(default_factory=SkillPrior)
    # Estimates that were already made from these same pieces, so that a page need not make them again.
    known: Mapping[tuple[str, str], Estimate] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def student(self) -> Mapping[str, StudentView]:
        return {s.ref: s for s in sorted(self.students, key=lambda s: ref_order(s.ref))}

    @cached_property
    def competency(self) -> Mapping[str, CompetencyView]:
        return {c.ref: c for c in sorted(self.competencies, key=lambda c: ref_order(c.ref))}

    @cached_property
    def activity(self) -> Mapping[str, ActivityView]:
        return {a.ref: a for a in sorted(self.activities, key=lambda a: ref_order(a.ref))}

    @cached_property
    def present(self) -> tuple[str, ...]:
        """The children in the room today, by reference: no other order is ever used."""
        return tuple(ref for ref, view in self.student.items() if not view.absent)

    @cached_property
    def _ordered(self) -> dict[tuple[str, str], tuple[Piece, ...]]:
        return {}

    @cached_property
    def made(self) -> dict[tuple[str, str], Estimate]:
        """The estimates so far: those that were handed in, and those that a rule asked for."""
        return dict(self.known)

    def pieces(self, student: str, competency: str) -> tuple[Piece, ...]:
        """The child's pieces on one competency, oldest first; nothing that came after the day."""
        asked = (student, competency)
        if asked not in self._ordered:
            found = self.student[student].pieces.get(competency, ())
            self._ordered[asked] = in_order(p for p in found if p.on <= self.as_of)
        return self._ordered[asked]

    def estimate(self, student: str, competency: str) -> Estimate:
        """What the pieces say. Made when first asked for: most rules ask about few."""
        asked = (student, competency)
        if asked not in self.made:
            pieces = self.pieces(student, competency)
            self.made[asked] = estimate(pieces, prior=self.prior, weights=self.weights)
        return self.made[asked]

    @property
    def estimates(self) -> Mapping[tuple[str, str], Estimate]:
        """Every child on every competency."""
        return {(s, c): self.estimate(s, c) for s in self.student for c in self.competency}

    def state(self, student: str, competency: str) -> State:
        """The teacher's own word where there is one: it stands beside the estimate, and wins."""
        return self.student[student].judged.get(competency) or self.estimate(student, competency).state

    def held(self, student: str, competency: str) -> State:
        """The one word that every page tells: the teacher's own, or else the furthest that was earned.

        A rule looks at what the evidence says now (``state``); what is written on the card is this.
        """
        view = self.student[student]
        earned = view.earned.get(competency) or self.estimate(student, competency).earned
        return view.judged.get(competency) or earned

    def aged(self, student: str, competency: str) -> Aged:
        return aged(self.estimate(student, competency), on=self.as_of)

    def says_enough(self, student: str, competency: str) -> bool:
        """Whether there is enough evidence to say anything at all. Below it no rule speaks."""
        # Counting is cheap and an estimate is not.
        n_pieces = len(self.pieces(student, competency))
        return n_pieces >= RULES.enough_pieces and self.estimate(student, competency).enough

    def may_work_together(self, students: Collection[str]) -> bool:
        """Whether no two of them are kept apart, whichever of the two it is written down for."""
        return not any(set(self.student[s].apart_from) & set(students) for s in students)


def pruned(
    snapshot: Snapshot,
    *,
    students: Collection[str],
    competencies: Collection[str],
    activities: Collection[str],
) -> Snapshot:
    """The snapshot with nothing about anyone or anything else: what leaves a school is what is needed."""
    kept = tuple(
        _cut(snapshot, s, students, competencies, activities) for s in snapshot.student if s in students
    )
    seen = {p.misconception for view in kept for pieces in view.pieces.values() for p in pieces}
    return replace(
        snapshot,
        students=kept,
        competencies=tuple(
            _linked(v, competencies) for c, v in snapshot.competency.items() if c in competencies
        ),
        activities=tuple(v for a, v in snapshot.activity.items() if a in activities),
        misconceptions=_only(snapshot.misconceptions, seen),
        known={k: e for k, e in snapshot.made.items() if k[0] in students and k[1] in competencies},
    )


def as_json(snapshot: Snapshot) -> dict[str, Any]:
    """The snapshot as a file holds it; ``read.snapshot`` reads it back."""
    written: dict[str, Any] = plain(snapshot)
    written |= model_as_json(snapshot)
    for student in written["students"]:
        for pieces in student["pieces"].values():
            for piece in pieces:
                piece["shown"] = float(piece["shown"])
    return written


def model_as_json(snapshot: Snapshot) -> dict[str, Any]:
    """What the model was told to hold before any piece, and what it gives each kind of piece."""
    return {"prior": _floats(plain(snapshot.prior)), "weights": _floats(plain(snapshot.weights))}


def _floats(value: Any) -> Any:
    # A weight of 1 and one of 1.0 are the same weight, and must be written alike.
    return {k: _floats(v) for k, v in value.items()} if isinstance(value, dict) else float(value)


def ref_order(ref: str) -> tuple[Any, ...]:
    """s2 before s10, 4.NF.A.1 before 4.NF.A.2: as a person would put them."""
    parts = re.findall(r"[0-9]+|[^0-9]+", ref)
    return (*((int(p), "") if p[0] in "0123456789" else (-1, p) for p in parts), (-2, ref))


def _cut(
    snapshot: Snapshot,
    student: str,
    students: Collection[str],
    competencies: Collection[str],
    activities: Collection[str],
) -> StudentView:
    view = snapshot.student[student]
    return replace(
        view,
        pieces={c: snapshot.pieces(student, c) for c in view.pieces if c in competencies},
        judged={c: s for c, s in view.judged.items() if c in competencies},
        earned={c: s for c, s in view.earned.items() if c in competencies},
        holds=_only(view.holds, activities),
        apart_from=_only(view.apart_from, students),
        groups=tuple(replace(g, members=_only(g.members, students)) for g in view.groups),
    )


def _linked(view: CompetencyView, competencies: Collection[str]) -> CompetencyView:
    return replace(view, requires=_only(view.requires, competencies), next=_only(view.next, competencies))


def _only(refs: Iterable[str], wanted: Collection[str]) -> tuple[str, ...]:
    return tuple(ref for ref in refs if ref in wanted)
