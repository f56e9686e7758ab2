"""A child's own voice: a goal, an idea, "I don't agree", "I can show you"; and the teacher's answer.

In:   the child's words; the teacher's.
Out:  rows in which the child's words stay as they are (the database refuses to change them), with a clock.
Not here: what is made of it. A yes becomes a step; "I can show you" becomes evidence, by a person.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from plainview.classroom.curriculum.models import Competency
from plainview.classroom.evidence.models import Medium
from plainview.classroom.plans import policy, turns, twin
from plainview.classroom.plans.models import Contest, Goal, Proposal, Step
from plainview.lobby.ledger import write
from plainview.lobby.ledger.durable import durable
from plainview.lobby.people.models import Class, Person
from plainview.lobby.people.policy import Denied
from plainview.lobby.people.school_days import add_school_days, school_days_between

SCHOOL_DAYS_TO_ANSWER = 5
PRESET_MINUTES = 20


@transaction.atomic
def set_goal(*, student: Person, words: str, by: Person, at: datetime) -> Goal:
    """What the child wants. Earlier goals stay; the newest holds; the same words twice are one goal."""
    policy.check_may_speak(by, student, on=timezone.localdate(at))
    _check_words(words)
    turns.wait_for(student)
    newest = goal_of(student)
    if newest and newest.words == words:
        return newest
    goal = Goal.objects.create(student=student, words=words, by=by, at=at)
    write.deed("plans.goal.set", by=by.pk, at=at, about=student.pk, thing=goal.pk)
    return goal


def goal_of(student: Person) -> Goal | None:
    return Goal.objects.filter(student=student).order_by("-pk").first()


@transaction.atomic
def propose(
    *, student: Person, words: str, by: Person, at: datetime, medium: str = Medium.HANDS_ON
) -> Proposal:
    """A child's own idea. The same idea waiting already is the same idea."""
    policy.check_may_speak(by, student, on=timezone.localdate(at))
    _check_words(words)
    turns.wait_for(student)
    proposal, made = Proposal.objects.get_or_create(
        student=student,
        words=words,
        answer=Proposal.Answer.OPEN,
        defaults={"medium": medium, "at": at},
    )
    if made:
        write.deed("plans.proposal.made", by=by.pk, at=at, about=student.pk, thing=proposal.pk)
    return proposal


def answer_proposal(
    proposal: Proposal,
    *,
    answer: str,
    words: str,
    by: Person,
    at: datetime,
    minutes: int = PRESET_MINUTES,
    with_whom: str = "",
) -> Proposal:
    """Yes makes a step; later and no say why. Answered once; a second press changes nothing."""
    policy.check_may_answer(by, proposal, at=at)
    if answer not in {Proposal.Answer.YES, Proposal.Answer.LATER, Proposal.Answer.NO}:
        raise Denied(_("Choose yes, later or not this time."))
    if answer != Proposal.Answer.YES and not words.strip():
        raise Denied(_("A few words go with it, so that %(student)s knows why.") % _named(proposal.student))
    with durable():
        proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
        if proposal.answer == answer or proposal.answer in (Proposal.Answer.YES, Proposal.Answer.NO):
            return proposal
        if answer == Proposal.Answer.YES:
            proposal.step = _own_idea(proposal, by=by, at=at, minutes=minutes, with_whom=with_whom)
        proposal.answer, proposal.answer_words = answer, words
        proposal.answered_by, proposal.answered_at = by, at
        proposal.save(update_fields=["answer", "answer_words", "answered_by", "answered_at", "step"])
        write.deed("plans.proposal.answered", by=by.pk, at=at, about=proposal.student_id, thing=proposal.pk)
    return proposal


def _own_idea(proposal: Proposal, *, by: Person, at: datetime, minutes: int, with_whom: str) -> Step:
    """The step that came of a child's idea. On a screen it takes all its minutes from the day."""
    on = timezone.localdate(at)
    medium = proposal.medium
    if medium == Medium.SCREEN and proposal.student_id in twin.on_paper([proposal.student_id], on=on):
        medium = Medium.PAPER
    return Step.objects.create(
        student_id=proposal.student_id,
        title=proposal.words[:120],
        medium=medium,
        minutes=minutes,
        screen_minutes=minutes if medium == Medium.SCREEN else 0,
        with_whom=with_whom,
        origin=Step.Origin.STUDENT,
        approved_by=by,
        approved_at=at,
    )


@transaction.atomic
def contest(
    *, student: Person, competency: Competency, wish: str, words: str, by: Person, at: datetime, on: date
) -> Contest:
    """Step 1 of 3: the child says so. The teacher answers within five school days."""
    policy.check_may_speak(by, student, on=on)
    _check_words(words)
    if wish not in Contest.Wish.values:
        raise Denied(_("Choose “I don't agree” or “I can show you”."))
    turns.wait_for(student)
    said, made = Contest.objects.exclude(stage=Contest.Stage.SETTLED).get_or_create(
        student=student,
        competency=competency,
        wish=wish,
        words=words,
        defaults={"at": at, "due_on": add_school_days(on, SCHOOL_DAYS_TO_ANSWER)},
    )
    if made:
        write.deed("plans.contest.said", by=by.pk, at=at, about=student.pk, thing=said.pk)
    return said


def reply(contest: Contest, *, words: str, by: Person, at: datetime) -> Contest:
    """Step 2 of 3: the two have talked, or the teacher has answered. The child's words stay beside it."""
    policy.check_may_answer(by, contest, at=at)
    _check_words(words)
    with durable():
        contest = _held(contest)
        if contest.stage != Contest.Stage.SAID:
            return _once(contest, contest.reply, words)
        contest.stage, contest.reply = Contest.Stage.TALKED, words
        contest.replied_by, contest.replied_at = by, at
        contest.save(update_fields=["stage", "reply", "replied_by", "replied_at"])
        write.deed("plans.contest.replied", by=by.pk, at=at, about=contest.student_id, thing=contest.pk)
    return contest


def settle(contest: Contest, *, words: str, by: Person, at: datetime) -> Contest:
    """Step 3 of 3: what both agreed on, or that they did not."""
    policy.check_may_answer(by, contest, at=at)
    _check_words(words)
    with durable():
        contest = _held(contest)
        if contest.stage == Contest.Stage.SAID:
            raise Denied(
                _("First the two of you talk: write your answer to %(student)s.") % _named(contest.student)
            )
        if contest.stage == Contest.Stage.SETTLED:
            return _once(contest, contest.settled_words, words)
        contest.stage, contest.settled_words, contest.settled_at = Contest.Stage.SETTLED, words, at
        contest.save(update_fields=["stage", "settled_words", "settled_at"])
        write.deed("plans.contest.settled", by=by.pk, at=at, about=contest.student_id, thing=contest.pk)
    return contest


def _once(contest: Contest, written: str, words: str) -> Contest:
    """The same words pressed twice are one answer; other words are not written over the first."""
    if written == words:
        return contest
    raise Denied(_("This is answered already. Nothing was changed."))


def _held(contest: Contest) -> Contest:
    return Contest.objects.select_for_update(of=("self",)).select_related("student").get(pk=contest.pk)


def _check_words(words: str) -> None:
    if not words.strip():
        raise Denied(_("A few words are needed here."))


def _named(student: Person) -> dict[str, str]:
    return {"student": student.short_name}


def open_proposals(school_class: Class, *, on: date) -> list[Proposal]:
    """Ideas that wait for an answer, oldest first; those answered "later" wait on."""
    here = Person.objects.in_classes([school_class.pk], on=on)
    waiting = (Proposal.Answer.OPEN, Proposal.Answer.LATER)
    ideas = Proposal.objects.filter(student__in=here, answer__in=waiting).select_related("student")
    return list(ideas.order_by("at", "pk"))


def open_contests(school_class: Class, *, on: date) -> list[Contest]:
    """What children contest and is not settled, the first due first."""
    here = Person.objects.in_classes([school_class.pk], on=on)
    said = Contest.objects.filter(student__in=here).exclude(stage=Contest.Stage.SETTLED)
    return list(said.select_related("student", "competency__unit", "replied_by").order_by("due_on", "pk"))


def school_days_left(contest: Contest, *, on: date) -> int:
    return school_days_between(on, contest.due_on)
