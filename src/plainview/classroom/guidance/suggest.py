"""Ask the rules, when a teacher opens a page that shows cards.

In:   a class with guidance on, its evidence and plans.
Out:  at most eight cards a week, each kept word for word with all it was made from.
Not here: anything that happens of itself. A card that nobody answers goes away after five school days.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from zlib import compress

from django.db import transaction
from django.db.models import prefetch_related_objects

from plainview.classroom.curriculum.models import Competency
from plainview.classroom.guidance import alarm, decide, estimate, standing, switch
from plainview.classroom.guidance.look import Sight, look, look_beside
from plainview.classroom.guidance.models import (
    Decision,
    LastLook,
    StandingDecision,
    Suggestion,
    SuggestionStage,
    Verdict,
)
from plainview.classroom.guidance.snapshot import pk_of, ref, snapshot
from plainview.core.rules import card as cards
from plainview.core.rules import catalogue
from plainview.core.rules.card import Card
from plainview.core.rules.recompute import DoesNotFollow, export
from plainview.core.rules.snapshot import Snapshot, pruned
from plainview.core.version import VERSION
from plainview.lobby.people.models import Class, Person
from plainview.lobby.people.policy import Denied, NotSeen
from plainview.lobby.people.school_days import add_school_days

log = logging.getLogger(__name__)

# A class has one subject here, so the week's budget is the class's.
MOST_A_WEEK = catalogue.MOST_CARDS
OPEN_FOR_SCHOOL_DAYS = 5
# One card in ten asks the teacher first. Which ones is in the card's own fingerprint: nobody can choose them.
BLIND_ONE_IN = 10
# For so long the same rule does not come back with the same matter for the same children.
QUIET_FOR = {
    Verdict.DO_IT: timedelta(days=14),
    Verdict.CHANGE_IT: timedelta(days=14),
    Verdict.NOT_NOW: timedelta(days=7),
    Verdict.NO: timedelta(days=21),
}
QUIET_AFTER_EXPIRY = timedelta(days=7)
LONGEST_QUIET = timedelta(days=28)


def propose(school_class: Class, *, on: date, at: datetime, by: Person | None = None) -> list[Suggestion]:
    """The cards that wait; new ones are made first, where something is new. Off or stopped: none.

    ``by`` is the teacher who opened the page. What she said 'always' to is then decided in her name.
    """
    if not switch.is_on(school_class, on=on):
        return []
    expire(school_class, on=on)
    estimate.bring_up_to_date(school_class, at=at)
    sight = look(school_class, on=on)
    seen = _fingerprint(school_class, sight, on=on)
    if not LastLook.objects.filter(pk=school_class.pk, seen=seen).exists():
        _ask_the_rules(school_class, sight, seen, on=on, at=at)
    if by is not None:
        carry_out(school_class, by=by, on=on, at=at)
    return waiting(school_class, on=on)


def waiting(school_class: Class, *, on: date) -> list[Suggestion]:
    rows = Suggestion.objects.filter(school_class=school_class).waiting(on=on)
    found = list(rows.select_related("competency__unit", "school_class").prefetch_related("students"))
    prefetch_related_objects([one for one in found if one.blind_first], "blind_picks")
    return found


def expire(school_class: Class, *, on: date) -> int:
    """What nobody answered goes away, and nothing happens."""
    over = Suggestion.objects.filter(school_class=school_class, stage=SuggestionStage.OPEN, expires_on__lt=on)
    return over.update(stage=SuggestionStage.EXPIRED)


def carry_out(school_class: Class, *, by: Person, on: date, at: datetime) -> list[Decision]:
    """Decide in the teacher's name what she said 'always' to. Nobody else's opening of the page does that."""
    always = [
        one
        for one in standing.in_force(school_class, on=on)
        if one.by_id == by.pk and one.way == StandingDecision.Way.ALWAYS
    ]
    if not always:
        return []
    found = ((card, standing.that_says_always(card, always)) for card in waiting(school_class, on=on))
    made = [_by_standing(card, one, by=by, at=at) for card, one in found if one]
    return [one for one in made if one]


def _by_standing(card: Suggestion, said: StandingDecision, *, by: Person, at: datetime) -> Decision | None:
    """What a veto, a support or a retired activity stands against waits for the teacher, like any card."""
    try:
        return decide.by_standing(card, said, by=by, at=at)
    except (Denied, NotSeen):
        return None


def made_this_week(school_class: Class, *, on: date) -> list[Suggestion]:
    """Since Monday, decided or not: the budget is of the teacher's time. What went away took none of it."""
    monday = on - timedelta(days=on.weekday())
    rows = Suggestion.objects.filter(school_class=school_class, made_on__gte=monday)
    rows = rows.exclude(stage=SuggestionStage.GONE)
    return list(rows.select_related("competency").prefetch_related("students"))


def _counted(school_class: Class, *, on: date) -> list[Suggestion]:
    """This week's cards, and those of last week that still wait: no more than eight in all."""
    return list(
        {
            one.pk: one for one in (*made_this_week(school_class, on=on), *waiting(school_class, on=on))
        }.values()
    )


def digest_of_key(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def is_blind_first(key_digest: str) -> bool:
    return int(key_digest[:8], 16) % BLIND_ONE_IN == 0


# --- asking ------------------------------------------------------------------------------------------------


def _ask_the_rules(school_class: Class, sight: Sight, seen: str, *, on: date, at: datetime) -> None:
    view = snapshot(school_class, on=on, sight=sight)
    _let_go(school_class, view, on=on)
    cards_made = _but_quiet(_all_cards(school_class, view, on=on), school_class, on=on)
    with transaction.atomic():
        # One at a time: two teachers who open the page together share one budget.
        Class.objects.select_for_update().get(pk=school_class.pk)
        already = [
            (one.card["competency"], tuple(one.card["students"])) for one in _counted(school_class, on=on)
        ]
        for card in catalogue.choose(cards_made, MOST_A_WEEK, already=already):
            if file := _file_of(card, view):
                _keep(card, file, school_class, on=on, at=at)
        LastLook.objects.update_or_create(pk=school_class.pk, defaults={"seen": seen, "at": at})


def _let_go(school_class: Class, view: Snapshot, *, on: date) -> None:
    """A card says what would make it go away. When that has come, it goes, and nothing happens."""
    gone = [one.pk for one in waiting(school_class, on=on) if not _still_stands(one, view)]
    Suggestion.objects.filter(pk__in=gone, stage=SuggestionStage.OPEN).update(stage=SuggestionStage.GONE)


def _still_stands(one: Suggestion, view: Snapshot) -> bool:
    """Whether the rule would make this card today, of these children alone. Being away is no reason."""
    if one.rule not in catalogue.RULES:
        return False
    alone = pruned(
        view,
        students=one.card["students"],
        competencies=one.card["needs"],
        activities=_named_activities(one.card),
    )
    alone = replace(alone, students=tuple(replace(child, absent=False) for child in alone.students))
    made = catalogue.written(catalogue.RULES[one.rule], alone)
    return any(card.key == one.card["key"] for card in made)


def _named_activities(card: dict) -> set[str]:
    tasks = [card["do"]["task"], *(choice["task"] for choice in card["choices"] if choice["task"])]
    return {task["activity"] for task in tasks if task["activity"]}


def _all_cards(school_class: Class, view: Snapshot, *, on: date) -> list[Card]:
    """Each rule in force, without the children and competencies it must not speak of."""
    resting = alarm.resting(school_class)
    nevers = [one for one in standing.in_force(school_class, on=on) if one.way == StandingDecision.Way.NEVER]
    return [
        card
        for rule in catalogue.RULES
        if rule not in resting
        for card in _cards_of(rule, view, [one for one in nevers if one.rule == rule])
    ]


def _cards_of(rule: str, view: Snapshot, nevers: list[StandingDecision]) -> list[Card]:
    """A group loses the child it must not have, and stays a group where enough are left."""
    if any(one.competency is None and one.student is None for one in nevers):
        return []
    everywhere = {ref(one.student_id) for one in nevers if one.competency is None}
    view = _without(view, everywhere)
    about = {one.competency.identifier for one in nevers if one.competency}
    found = [card for card in catalogue.propose(view, rules=[rule]) if card.competency not in about]
    for competency in sorted(about):
        these = [one for one in nevers if one.competency and one.competency.identifier == competency]
        if all(one.student_id for one in these):
            rest = _without(view, {ref(one.student_id) for one in these})
            found += [card for card in catalogue.propose(rest, rules=[rule]) if card.competency == competency]
    return found


def _without(view: Snapshot, students: set[str]) -> Snapshot:
    if not students:
        return view
    return replace(view, students=tuple(one for one in view.students if one.ref not in students))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settled:
    """A matter that was decided, or went away, a short while ago."""

    rule: str
    competency: str
    about: str
    students: frozenset[str]

    def is_like(self, card: Card) -> bool:
        """The same matter for at least half of the same children."""
        same = (self.rule, self.competency, self.about) == (card.rule, card.competency, card.about)
        return same and 2 * len(self.students & set(card.students)) >= len(card.students)


def _but_quiet(found: Iterable[Card], school_class: Class, *, on: date) -> list[Card]:
    settled = _settled(school_class, on=on)
    return [card for card in found if not any(one.is_like(card) for one in settled)]


def _settled(school_class: Class, *, on: date) -> list[_Settled]:
    rows = Suggestion.objects.filter(
        school_class=school_class, made_on__gte=on - LONGEST_QUIET - timedelta(7)
    )
    return [
        _Settled(
            rule=one.rule,
            competency=one.card["competency"],
            about=one.card["about"],
            students=frozenset(one.card["students"]),
        )
        for one in rows.prefetch_related("decisions")
        if on < _quiet_until(one)
    ]


def _quiet_until(one: Suggestion) -> date:
    """An open card is quiet as long as it waits; then as long as what became of it asks for."""
    decisions = sorted(one.decisions.all(), key=lambda decision: decision.pk)
    if decisions:
        last = decisions[-1]
        return last.from_on + QUIET_FOR[Verdict(last.verdict)]
    if one.stage == SuggestionStage.EXPIRED:
        return one.expires_on + QUIET_AFTER_EXPIRY
    if one.stage == SuggestionStage.GONE:
        return one.made_on
    return one.expires_on + timedelta(days=1)


def _file_of(card: Card, view: Snapshot) -> bytes | None:
    """A card that its own inputs do not give is a fault of ours: it is not shown, and the page goes on."""
    try:
        return export(card, view)
    except DoesNotFollow as fault:
        log.error("%s", fault)
        return None


def _keep(card: Card, file: bytes, school_class: Class, *, on: date, at: datetime) -> Suggestion:
    key = digest_of_key(card.key)
    kept = Suggestion.objects.create(
        key=key,
        school_class=school_class,
        competency=Competency.objects.filter(identifier=card.competency).first(),
        rule=card.rule,
        rule_version=card.provenance.version,
        model=card.provenance.model,
        card=cards.as_json(card),
        export=compress(file),
        lowers_expectation=card.lowers_expectation,
        is_group=card.is_group,
        blind_first=is_blind_first(key),
        made_at=at,
        made_on=on,
        expires_on=add_school_days(on, OPEN_FOR_SCHOOL_DAYS),
    )
    kept.students.set(pk_of(student) for student in card.students)
    return kept


def _fingerprint(school_class: Class, sight: Sight, *, on: date) -> str:
    """Day, evidence, plans, settings, version: with none of them new, no rule has more to say."""
    said = [
        on.isoformat(),
        VERSION,
        [(name, rule.version) for name, rule in catalogue.RULES.items()],
        sorted(sight.newest.items()),
        look_beside(school_class, on=on),
        sorted(sight.without),
        sorted((pk, how.digest) for pk, how in sight.heard.items()),
        standing.newest_fingerprint(school_class),
        sorted(alarm.resting(school_class)),
    ]
    return sha256(repr(said).encode()).hexdigest()
