"""The teacher's deeds: do it, change it, not now, no; her own idea; taking back; what came of it.

In:   a card (or none: most good decisions are a teacher's own), who decides, when, why.
Out:  one decision in the chain of the class, what it puts on plans, a line of the ledger for each child.
Not here: deciding by time-out, by default, or for several cards at once. No function here does that.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID
from zlib import decompress

from django.utils import timezone
from django.utils.translation import gettext as _

from plainview.classroom.curriculum.models import Activity, Competency
from plainview.classroom.guidance import act, alarm, policy, say, switch
from plainview.classroom.guidance.models import (
    BlindPick,
    Decision,
    DecisionNote,
    Scope,
    StandingDecision,
    Suggestion,
    SuggestionStage,
    Verdict,
)
from plainview.classroom.guidance.opened import Opened
from plainview.classroom.guidance.record import Why, accepted, check_reasons, in_order, record
from plainview.classroom.guidance.snapshot import pk_of
from plainview.classroom.plans import turns
from plainview.classroom.plans.models import Step
from plainview.lobby.ledger import write
from plainview.lobby.ledger.durable import durable
from plainview.lobby.people import policy as people_policy
from plainview.lobby.people.models import Class, Person
from plainview.lobby.people.policy import Denied, NotSeen

# Who asks less of a child looks again within three weeks.
REVIEW_WITHIN = timedelta(weeks=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What the teacher would rather do. What is None stays as the card has it."""

    choice: str | None = None  # the name of one of the card's other choices
    activity: str | None = None  # an activity's identifier
    students: tuple[int, ...] | None = None
    on: date | None = None
    minutes: int | None = None


def do_it(
    suggestion: Suggestion, *, by: Person, at: datetime, why: Why | None = None, opened: Opened | None = None
) -> Decision:
    return _accept(suggestion, Verdict.DO_IT, Change(), by=by, at=at, why=why or Why(), opened=opened)


def change_it(
    suggestion: Suggestion,
    change: Change,
    *,
    by: Person,
    at: datetime,
    why: Why | None = None,
    opened: Opened | None = None,
) -> Decision:
    return _accept(suggestion, Verdict.CHANGE_IT, change, by=by, at=at, why=why or Why(), opened=opened)


def not_now(
    suggestion: Suggestion, *, by: Person, at: datetime, why: Why | None = None, opened: Opened | None = None
) -> Decision:
    return _decline(suggestion, Verdict.NOT_NOW, by=by, at=at, why=why or Why(), opened=opened)


def no(
    suggestion: Suggestion, *, by: Person, at: datetime, why: Why | None = None, opened: Opened | None = None
) -> Decision:
    """The reason is kept: it is how a rule is judged later."""
    if why is None or not why.is_given:
        raise Denied(_("Say why in one word: choose a reason. Nothing was decided yet."))
    return _decline(suggestion, Verdict.NO, by=by, at=at, why=why, opened=opened)


def by_standing(suggestion: Suggestion, standing: StandingDecision, *, by: Person, at: datetime) -> Decision:
    """What the teacher once said 'always' to, done in her name as she opens the page, and on the record."""
    return _accept(
        suggestion, Verdict.DO_IT, Change(), by=by, at=at, why=Why(), opened=None, standing=standing
    )


def originate(
    school_class: Class,
    *,
    students: Collection[Person],
    activity: Activity | None,
    competency: Competency | None,
    by: Person,
    at: datetime,
    client_key: UUID,
    why: Why | None = None,
    because: str = "",
    on: date | None = None,
) -> Decision:
    """The teacher's own idea. It needs no card, no model and no estimate, and counts like any other.

    ``why`` is for the record; ``because`` are the words that the child reads.
    """
    why = why or Why()
    people_policy.check_teaches_class(by, school_class, on=timezone.localdate(at))
    _check_in_class(students, school_class, on=timezone.localdate(at))
    check_reasons(why)
    if activity is None and not why.words.strip():
        raise Denied(_("Choose an activity, or say in words what you decided."))
    with durable():
        turns.wait_for(school_class)
        if there := Decision.objects.filter(client_key=client_key, by=by).first():
            return there
        deed = act.Act(
            school_class=school_class,
            students=in_order(students),
            activity=activity,
            competency=competency,
            origin=Step.Origin.TEACHER,
            because=because.strip()[:300],
            on=on,
        )
        return record(
            Decision(
                school_class=school_class,
                competency=competency,
                activity=activity.identifier if activity else "",
                verdict=Verdict.DO_IT,
                client_key=client_key,
                **accepted(deed, by=by, at=at),
            ),
            deed.students,
            why=why,
            by=by,
            at=at,
        )


def take_back(decision: Decision, *, by: Person, at: datetime, words: str = "") -> Decision:
    """A new decision stands in the place of the old one, which stays on the record."""
    policy.check_may_take_back(by, decision, on=timezone.localdate(at))
    with durable():
        turns.wait_for(decision.school_class)
        if Decision.objects.filter(supersedes=decision).exists():
            policy.check_may_take_back(by, decision, on=timezone.localdate(at))
        act.take_off(decision.made, by=by, at=at)
        return record(
            Decision(
                school_class=decision.school_class,
                suggestion=decision.suggestion,
                competency=decision.competency,
                activity=decision.activity,
                verdict=Verdict.NOT_NOW,
                supersedes=decision,
                from_on=timezone.localdate(at),
            ),
            in_order(decision.students.all()),
            why=Why(words=words),
            by=by,
            at=at,
        )


def note(
    decision: Decision, *, kind: DecisionNote.Kind, by: Person, at: datetime, words: str = ""
) -> DecisionNote:
    """That someone was told, or how it went.

    "The child was told" is a teacher's tick, not the opening of a page: an open page has told nobody
    anything yet, and we would have to watch a child's clicks to know even that.
    """
    policy.check_may_note(by, decision, on=timezone.localdate(at))
    if kind == DecisionNote.Kind.OUTCOME and not words.strip():
        raise Denied(_("Say in a few words how it went."))
    with durable():
        said = {"decision": decision, "kind": kind, "words": words.strip()[:300]}
        if there := DecisionNote.objects.filter(**said, by=by).first():
            return there
        made = DecisionNote.objects.create(**said, by=by, at=at)
        for pk in decision.students.values_list("pk", flat=True):
            write.deed("guidance.noted", by=by.pk, at=at, about=pk, thing=decision.pk)
    return made


def pick_first(card: Suggestion, *, pick: str, by: Person, at: datetime) -> BlindPick:
    """What a teacher would do, before she sees what the rule says. Each says hers; the first word stays."""
    policy.check_may_decide(by, card, on=timezone.localdate(at))
    if pick not in {"do", *(choice["name"] for choice in card.card["choices"])}:
        raise NotSeen
    with durable():
        made, _made = BlindPick.objects.get_or_create(
            suggestion=card, by=by, defaults={"pick": pick, "at": at}
        )
    return made


# --- one decision on one card ------------------------------------------------------------------------------


def _accept(
    suggestion: Suggestion,
    verdict: Verdict,
    change: Change,
    *,
    by: Person,
    at: datetime,
    why: Why,
    opened: Opened | None,
    standing: StandingDecision | None = None,
) -> Decision:
    with durable():
        card = _held(suggestion, by=by, at=at)
        _check_open_to(card, by=by, at=at, why=why, is_standing=standing is not None)
        students = _chosen(card, change)
        policy.check_not_vetoed(card, students, on=timezone.localdate(at))
        _check_asymmetry(card, why, opened, on=timezone.localdate(at))
        diff = _diff(card, change, students)
        if verdict == Verdict.CHANGE_IT and not diff:
            raise Denied(_("Nothing is changed yet. If it is right as it stands, press “Do it”."))
        deed = _act(card, change, students)
        decision = record(
            Decision(
                **_from_card(card),
                activity=deed.activity.identifier if deed.activity else "",
                verdict=verdict,
                diff=diff,
                scope=Scope.STANDING if standing else Scope.ONCE,
                standing=standing,
                **accepted(deed, by=by, at=at),
            ),
            deed.students,
            why=why,
            by=by,
            at=at,
        )
        _settle(card, verdict, opened=opened, at=at, counts=standing is None)
    return decision


def _decline(
    suggestion: Suggestion, verdict: Verdict, *, by: Person, at: datetime, why: Why, opened: Opened | None
) -> Decision:
    with durable():
        card = _held(suggestion, by=by, at=at)
        _check_open_to(card, by=by, at=at, why=why)
        decision = record(
            Decision(
                **_from_card(card),
                activity=card.card["do"]["task"]["activity"],
                verdict=verdict,
                from_on=timezone.localdate(at),
            ),
            in_order(card.students.all()),
            why=why,
            by=by,
            at=at,
        )
        _settle(card, verdict, opened=opened, at=at)
    return decision


def _held(suggestion: Suggestion, *, by: Person, at: datetime) -> Suggestion:
    """The card as it is now, held so that a second press waits, and then reads who was first."""
    # First the class, whose chain grows, then the card: whoever takes both takes them in this order.
    turns.wait_for(suggestion.school_class)
    card = Suggestion.objects.select_for_update(of=("self",)).select_related("school_class", "competency")
    card = card.get(pk=suggestion.pk)
    policy.check_may_decide(by, card, on=timezone.localdate(at))
    return card


def _check_open_to(
    card: Suggestion, *, by: Person, at: datetime, why: Why, is_standing: bool = False
) -> None:
    if not switch.is_on(card.school_class, on=timezone.localdate(at)):
        raise Denied(_("Suggestions are off for this class just now. Nothing was changed."))
    if card.is_hidden_from(by) and not is_standing:
        raise Denied(_("Open the card and say first what you would do. Then it shows what the rule says."))
    check_reasons(why)


def _check_asymmetry(card: Suggestion, why: Why, opened: Opened | None, *, on: date) -> None:
    """Who asks less of a child has read the evidence, says why, and says when to look again."""
    if not card.lowers_expectation:
        return
    if opened is None or not opened.showed_evidence:
        raise Denied(
            _("This asks for less than the grade's work. Open the card and read the evidence first.")
        )
    if not why.is_given:
        raise Denied(_("This asks for less than the grade's work. Say why, in a word or a sentence."))
    if why.review_on is None or not on < why.review_on <= on + REVIEW_WITHIN:
        raise Denied(
            _("Choose a day to look again, between tomorrow and %(day)s.")
            % {"day": policy.day(on + REVIEW_WITHIN)}
        )


def _chosen(card: Suggestion, change: Change) -> tuple[Person, ...]:
    """The children of the card, or those of them whom the teacher kept."""
    students = in_order(card.students.all())
    if change.students is None:
        return students
    kept = tuple(one for one in students if one.pk in change.students)
    if not kept or len(kept) != len(set(change.students)):
        raise Denied(_("Keep at least one child of the card. For others, decide on an idea of your own."))
    return kept


def _diff(card: Suggestion, change: Change, students: tuple[Person, ...]) -> dict:
    """What the teacher changed, by reference: from what, to what."""
    diff: dict = {}
    left_out = [ref for ref in card.card["students"] if pk_of(ref) not in {one.pk for one in students}]
    if left_out:
        diff["left_out"] = left_out
    if change.choice:
        diff["choice"] = change.choice
    named = card.card["do"]["task"]["activity"]
    if change.activity and change.activity != named:
        diff["activity"] = [named, change.activity]
    if change.on:
        diff["on"] = change.on.isoformat()
    planned = card.card["do"]["task"]["minutes"]
    if change.minutes and change.minutes != planned:
        diff["minutes"] = [planned, change.minutes]
    return diff


def _act(card: Suggestion, change: Change, students: tuple[Person, ...]) -> act.Act:
    task = _task(card, change)
    named = change.activity or task["activity"]
    activity = Activity.objects.filter(identifier=named).first() if named else None
    if named and activity is None:
        raise NotSeen
    return act.Act(
        school_class=card.school_class,
        students=students,
        activity=activity,
        competency=_about(card),
        origin=Step.Origin.SUGGESTION,
        because=say.because_for_child(card),
        rule=card.rule,
        medium="paper" if task["is_twin"] and not change.activity else None,
        on=change.on,
        minutes=change.minutes,
    )


def _task(card: Suggestion, change: Change) -> dict:
    """The card's own task, or that of the other choice; a choice may be something that needs no plan."""
    if not change.choice:
        return card.card["do"]["task"]
    for choice in card.card["choices"]:
        if choice["name"] == change.choice:
            return choice["task"] or {"activity": "", "is_twin": False}
    raise NotSeen


def _about(card: Suggestion) -> Competency | None:
    """What the step is about: the next or the earlier thing, where the card is about one."""
    about = Competency.objects.filter(identifier=card.card["about"]).first() if card.card["about"] else None
    return about if card.rule in ("move_on", "prerequisite_first") and about else card.competency


def _from_card(card: Suggestion) -> dict:
    return {
        "school_class": card.school_class,
        "suggestion": card,
        "competency": card.competency,
        "lowers_expectation": card.lowers_expectation,
        "model": card.model,
        "rule": f"{card.rule}/{card.rule_version}",
        "evidence_ids": say.evidence_of(card.card),
        "snapshot_hash": sha256(decompress(card.export)).hexdigest(),
    }


def _settle(
    card: Suggestion, verdict: Verdict, *, opened: Opened | None, at: datetime, counts: bool = True
) -> None:
    card.stage = SuggestionStage.DECIDED
    card.save(update_fields=["stage"])
    if counts:
        alarm.count(card, verdict, opened=opened, at=at)


def _check_in_class(students: Iterable[Person], school_class: Class, *, on: date) -> None:
    here = set(Person.objects.in_classes([school_class.pk], on=on).values_list("pk", flat=True))
    chosen = [one.pk for one in students]
    if not chosen:
        raise Denied(_("Choose at least one child."))
    if not here.issuperset(chosen):
        raise NotSeen
