"""Lay a card out: its ten parts, in the order in which a teacher reads them.

In:   stored cards; the rooms below for names, work and who entered it.
Out:  what the templates show. The front alone for a page of cards, all of it for the card's own page.
Not here: sentences (say) and who may read (policy).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from zlib import decompress

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plainview.classroom.curriculum.tongue import spoken
from plainview.classroom.evidence.models import Evidence, Medium
from plainview.classroom.evidence.tell import Told, told
from plainview.classroom.guidance import policy, say
from plainview.classroom.guidance.models import StandingDecision, Suggestion, SuggestionStage
from plainview.classroom.guidance.snapshot import pk_of, ref
from plainview.core.charts.chart import Chart
from plainview.core.charts.doubt import StepShown, StepsWords, estimate_steps
from plainview.core.learner import estimate as learner
from plainview.core.learner.piece import Piece
from plainview.core.rules import read
from plainview.core.rules.card import LEAVE_IT
from plainview.core.rules.snapshot import Snapshot
from plainview.lobby.people.models import Person, Support
from plainview.lobby.people.names import joined

# A picture with fifty points is a carpet; the newest dozen tell how it came to stand where it stands.
MOST_STEPS = 12
DO = "do"  # the name of what the rule itself suggests, beside the names of the other choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A piece of a child's work, and who entered it where it was not the child."""

    told: Told
    entered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """A sentence, and the work it rests on, child by child."""

    words: str
    work: tuple[tuple[str, tuple[Work, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The first two parts: do what, because of what. Of a card that asks first, only what it is about."""

    card: Suggestion
    sentence: str
    kind_words: str
    expires_words: str
    minutes_words: str
    medium_words: str
    because: tuple[Because, ...]
    is_blind: bool

    @property
    def pk(self) -> int:
        return self.card.pk

    @property
    def url(self) -> str:
        return reverse("guidance:card", args=[self.card.pk])

    @property
    def asks_less(self) -> bool:
        return self.card.lowers_expectation


@dataclass(frozen=True, slots=True, kw_only=True)
class Sure:
    """How sure, for one child on one thing, with the steps that led there."""

    name: str
    competency: str
    student_pk: int
    lines: tuple[str, ...]
    low: int
    mid: int
    high: int
    steps: Chart
    n_left_out: int

    @property
    def width(self) -> int:
        return self.high - self.low

    @property
    def alt(self) -> str:
        return _("between %(low)d and %(high)d of 100") % {"low": self.low, "high": self.high}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    name: str
    words: str

    @property
    def is_to_leave_it(self) -> bool:
        return self.name == LEAVE_IT


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """All ten parts."""

    front: Front
    rests_on: tuple[str, ...]
    sure: tuple[Sure, ...]
    would_change: tuple[str, ...]
    choices: tuple[Choice, ...]
    does_not_know: tuple[str, ...]
    cost: tuple[str, ...]
    fairness: tuple[str, ...]
    supports: tuple[str, ...]
    rule_name: str
    rule_title: str
    rule_words: str
    may: str
    written_by: str
    written_on: date
    version: int
    model: str
    parameters: tuple[Parameter, ...]
    vetoes: tuple[StandingDecision, ...]
    evidence: tuple[Told, ...]  # every piece in full, where the card asks less of a child


def fronts(cards: Sequence[Suggestion], *, today: date, reader: Person) -> list[Front]:
    names = say.names_for([card.card for card in cards])
    work = _work({pk for card in cards for pk in say.evidence_of(card.card)})
    return [_front(card, names, work, today=today, reader=reader) for card in cards]


def whole(card: Suggestion, *, today: date, reader: Person) -> Whole:
    """Everything as the rule saw it then: the steps are made from what the card keeps."""
    names = say.names_for([card.card])
    [front] = fronts([card], today=today, reader=reader)
    kept, origin = card.card, card.card["provenance"]
    return Whole(
        front=front,
        rests_on=tuple(say.lines(kept.get("rests_on", ()), names)),
        sure=_sure(card, names),
        would_change=tuple(say.lines(kept["would_change"], names)),
        choices=tuple(Choice(name=one["name"], words=say.line(one["say"], names)) for one in kept["choices"]),
        does_not_know=tuple(say.lines(kept["does_not_know"], names)),
        cost=_cost(kept, names),
        fairness=(*_against_class(card, today=today), *_fairness(kept, names)),
        supports=tuple(say.line(one["say"], names) for one in kept["supports"]),
        rule_name=card.rule,
        rule_title=say.title_of_rule(kept),
        rule_words=_(origin["words"]),
        may=_(origin["may"]),
        written_by=origin["written_by"],
        written_on=date.fromisoformat(origin["written_on"]),
        version=origin["version"],
        model=origin["model"],
        parameters=_parameters(origin["parameters"]),
        vetoes=tuple(policy.vetoes(card, on=today)),
        evidence=_in_full(card, today=today) if card.lowers_expectation else (),
    )


def picks(card: Suggestion) -> list[Choice]:
    """What the teacher may say she would do, before she sees which of them the rule suggests."""
    names = say.names_for([card.card])
    some = [Choice(name=DO, words=say.line(card.card["do"]["say"], names))]
    some += [Choice(name=one["name"], words=say.line(one["say"], names)) for one in card.card["choices"]]
    # By the alphabet: a place on the list says nothing.
    return sorted(some, key=lambda one: strip_tags(one.words))


# --- the front ---------------------------------------------------------------------------------------------


def _front(
    card: Suggestion, names: say.Names, work: dict[int, Evidence], *, today: date, reader: Person
) -> Front:
    is_blind = card.is_hidden_from(reader)
    task = card.card["do"]["task"]
    return Front(
        card=card,
        sentence=_what_would_you_do(card, names) if is_blind else say.line(card.card["do"]["say"], names),
        kind_words=_kind(card),
        expires_words=_until(card, today=today),
        minutes_words="" if is_blind else _minutes(task["minutes"]),
        medium_words="" if is_blind else str(Medium(task["medium"]).label),
        because=tuple(_because(one, names, work, today=today) for one in card.card["because"]),
        is_blind=is_blind,
    )


def _what_would_you_do(card: Suggestion, names: say.Names) -> str:
    said = {
        "who": joined(names.students.get(one, one) for one in card.card["students"]),
        "competency": say.quoted(say.named(card.competency)),
    }
    return spoken(_("%(competency)s with %(who)s: what would you do?") % said)


def _kind(card: Suggestion) -> str:
    kind = _("For a group") if card.is_group else _("For one child")
    return spoken(f"{kind} · {say.named(card.competency)}") if card.competency else kind


def _until(card: Suggestion, *, today: date) -> str:
    if card.stage != SuggestionStage.OPEN or card.expires_on < today:
        return _("no longer open")
    return _("open until %(day)s; then nothing happens") % {"day": policy.day(card.expires_on)}


def _because(line: dict, names: say.Names, work: dict[int, Evidence], *, today: date) -> Because:
    found = [work[pk] for pk in (int(one.removeprefix("e")) for one in line["evidence"]) if pk in work]
    by_child: dict[str, list[Work]] = {}
    for row in found:
        name = names.students.get(ref(row.student_id), row.student.short_name)
        by_child.setdefault(name, []).append(_piece_of_work(row, today=today))
    return Because(
        words=say.line(line, names), work=tuple((name, tuple(some)) for name, some in by_child.items())
    )


def _piece_of_work(row: Evidence, *, today: date) -> Work:
    by_herself = row.by_id == row.student_id
    return Work(
        told=told(row, today=today, with_task=True), entered_by="" if by_herself else row.by.full_name
    )


def _work(pks: Iterable[int]) -> dict[int, Evidence]:
    rows = Evidence.objects.filter(pk__in=pks).select_related(
        "competency__unit", "item__family__unit", "work", "by", "student"
    )
    return {row.pk: row for row in rows}


def _in_full(card: Suggestion, *, today: date) -> tuple[Told, ...]:
    work = _work(say.evidence_of(card.card))
    return tuple(told(row, today=today) for row in sorted(work.values(), key=lambda row: (row.on, row.pk)))


# --- how sure ----------------------------------------------------------------------------------------------


def _sure(card: Suggestion, names: say.Names) -> tuple[Sure, ...]:
    seen = read.suggestion(decompress(card.export)).snapshot
    return tuple(_one_sure(one, seen, names) for one in card.card["how_sure"])


def _one_sure(one: dict, seen: Snapshot, names: say.Names) -> Sure:
    steps = learner.explain(
        seen.pieces(one["student"], one["competency"]), prior=seen.prior, weights=seen.weights
    )
    return Sure(
        name=names.students.get(one["student"], one["student"]),
        competency=spoken(names.competencies.get(one["competency"], one["competency"])),
        student_pk=pk_of(one["student"]),
        lines=tuple(say.lines(one["lines"], names)),
        low=round(100 * one["low"]),
        mid=round(100 * steps[-1].p_after),
        high=round(100 * one["high"]),
        steps=_chart(steps[-MOST_STEPS:]),
        n_left_out=max(0, len(steps) - MOST_STEPS),
    )


def _chart(steps: Sequence[learner.StepOfEstimate]) -> Chart:
    shown = [
        StepShown(what=_piece(step.piece), p_known=step.p_after, low=step.low, high=step.high)
        for step in steps
    ]
    return estimate_steps(shown, words=_steps_words())


def _piece(piece: Piece) -> str:
    kind = say.fill(say.Holds.KIND, piece.kind.value, None)
    shown = _("showed it") if piece.shown >= 0.75 else _("partly") if piece.shown >= 0.25 else _("not yet")
    return f"{say.day(piece.on)}, {kind}: {shown}"


def _steps_words() -> StepsWords:
    return StepsWords(
        title=_("How the estimate moved"),
        sentence=_("After {n} pieces: from {first} in 100 to {last}, likely between {low} and {high}."),
        one=_("After one piece: {last} in 100, likely between {low} and {high}."),
        none=_("We haven't looked yet."),
        piece=_("piece"),
        estimate=_("estimate"),
        range=_("likely between"),
        between=_("{low} and {high} in 100"),
        value=_("{n} in 100"),
    )


# --- what it costs, and whom it touches ------------------------------------------------------------------


def _cost(card: dict, names: say.Names) -> tuple[str, ...]:
    cost = card["cost"]
    said = [
        _("You: %(minutes)s.") % {"minutes": _minutes(cost["teacher_minutes"])},
        _("Each child: %(minutes)s.") % {"minutes": _minutes(cost["student_minutes"])},
    ]
    if not cost["screen_minutes"]:
        return (*said, _("No screen."))
    said.append(_("On a screen: %(minutes)s.") % {"minutes": _minutes(cost["screen_minutes"])})
    for cap in cost["caps"]:
        said.append(
            _("%(student)s has %(left)d screen minutes left today, then %(after)d.")
            % {
                "student": names.students.get(cap["student"], cap["student"]),
                "left": cap["minutes_left"],
                "after": cap["minutes_left_after"],
            }
        )
    return tuple(said)


def _fairness(card: dict, names: say.Names) -> tuple[str, ...]:
    said = say.lines(card["fairness"]["lines"], names)
    if not card["lowers_expectation"]:
        said.append(_("It does not lower what is expected of anyone."))
    return tuple(said)


def _against_class(card: Suggestion, *, today: date) -> tuple[str, ...]:
    """Who is in the group, against who is in the class. For the adults of the class alone."""
    if not card.is_group:
        return ()
    group = {pk_of(one) for one in card.card["students"]}
    here = set(Person.objects.in_classes([card.school_class_id], on=today).values_list("pk", flat=True))
    held = Support.objects.filter(student__in=here, begins_on__lte=today).exclude(ends_on__lt=today)
    by_plan: dict[bool, set[int]] = {True: set(), False: set()}
    for student, plan in held.values_list("student", "plan"):
        by_plan[plan == Support.Plan.EL].add(student)
    return (
        _("With an IEP or 504 plan: %(here)d of %(n)d here, %(there)d of %(all)d in the class.")
        % _shares(by_plan[False], group, here),
        _("Learning English: %(here)d of %(n)d here, %(there)d of %(all)d in the class.")
        % _shares(by_plan[True], group, here),
    )


def _shares(some: set[int], group: set[int], here: set[int]) -> dict[str, int]:
    return {"here": len(some & group), "n": len(group), "there": len(some), "all": len(here)}


def _minutes(n: int) -> str:
    return ngettext("%(n)d minute", "%(n)d minutes", n) % {"n": n}


def _parameters(parameters: dict) -> tuple[Parameter, ...]:
    """Every number the rule and the model were given, by its path: for whoever wants to check."""
    return tuple(Parameter(name=name, value=f"{value:g}") for name, value in _leaves(parameters, ""))


def _leaves(node, path: str):
    if isinstance(node, dict):
        for name, value in node.items():
            yield from _leaves(value, f"{path}.{name}".lstrip("."))
    else:
        yield path, node
