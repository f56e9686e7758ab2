"""Eight weeks of a made-up class, told in the order they happened, by the same deeds as real ones.

In:   the school, the content, the simulator's children (whose truth is known), the last day of the story.
Out:  evidence, plans, groups, check-ins, decisions: written by record, set, hold, decide and the rest.
Not here: shortcuts. What a deed refuses, the story cannot contain.
"""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from uuid import UUID

from django.utils import timezone

from plainview.classroom.curriculum.mark import mark
from plainview.classroom.curriculum.models import Activity, Competency, Item
from plainview.classroom.evidence import images, judge, record
from plainview.classroom.evidence.models import AssignedBy, Helped, Judgement, Kind, Medium, Work
from plainview.classroom.guidance import decide, suggest, switch
from plainview.classroom.guidance.models import Reason, Suggestion, SuggestionStage, Verdict
from plainview.classroom.guidance.opened import Opened, Page
from plainview.classroom.plans import check_in, choose, group, options, promise, twin, voice
from plainview.classroom.plans import set as plan
from plainview.classroom.plans.models import Group, Stage, Step
from plainview.core.learner import simulate
from plainview.lobby.people import choices, supports
from plainview.lobby.people.models import Absence, FamilyChoice, Person, Support
from plainview.lobby.people.policy import Denied
from plainview.lobby.people.school_days import is_school_day
from plainview.site.demo import drawings
from plainview.site.demo.school import CHILDREN, DemoSchool
from plainview.site.demo.words import CHECK_IN_NOTES, PROMISES, words_for

SEED = 20260302
WEEKS = 8
Say = Callable[[str], None]


class Story:
    """What the telling needs at hand: the people, the content by name, one source of chance."""

    def __init__(self, school: DemoSchool, *, first: date, last: date) -> None:
        self.school, self.first, self.last = school, first, last
        self.chance = random.Random(SEED)
        self.by_ref = {child.identifier: child for child in school.students}
        self.competencies = {
            c.identifier: c for c in Competency.objects.filter(families__isnull=False).distinct()
        }
        self.items = _items_by_family()
        self.activities = {a.identifier: a for a in Activity.objects.filter(retired=False)}

    def at(self, on: date, hour: int, minute: int = 0) -> datetime:
        return timezone.make_aware(datetime.combine(on, time(hour, minute)))

    def key(self) -> UUID:
        """From the story's own chance, so that two tellings write the same rows."""
        return UUID(int=self.chance.getrandbits(128), version=4)


def tell(school: DemoSchool, *, first: date, last: date, say: Say) -> simulate.School:
    story = Story(school, first=first, last=last)
    truth = simulate.school(
        students=list(story.by_ref),
        taught=taught(story.competencies, story.items),
        starts_on=first,
        seed=SEED,
        weeks=WEEKS,
        on_paper_only=_paper_children(story),
    )
    shown = defaultdict(list)
    for one in truth.shown:
        shown[one.piece.on].append(one)
    _begin(story)
    for week, days in enumerate(_weeks(first, last), start=1):
        say(f"week {week} of {WEEKS}")
        for on in days:
            _a_day(story, on, shown[on], truth.absent)
        _the_week_ends(story, days[-1], week)
    _today(story)
    return truth


def taught(competencies: dict[str, Competency], items: dict[str, list[Item]]) -> list[simulate.Taught]:
    """The unit as the simulator needs it: prerequisites first, misconceptions from the wrong choices."""
    families, named = defaultdict(set), defaultdict(set)
    for family, several in items.items():
        for item in several:
            families[item.competency_id].add(family)
            named[item.competency_id] |= {c["misconception"] for c in item.choices if not c["right"]}
    return [
        simulate.Taught(
            ref=ref,
            requires=tuple(c.identifier for c in one.requires.all() if c.identifier in competencies),
            sources=tuple(sorted(families[one.pk])),
            misconceptions=tuple(sorted(named[one.pk] - {""})),
        )
        for ref, one in _prerequisites_first(competencies)
    ]


def _prerequisites_first(competencies: dict[str, Competency]) -> Iterator[tuple[str, Competency]]:
    told: set[str] = set()
    waiting = dict(sorted(competencies.items(), key=lambda pair: (pair[1].order, pair[0])))
    while waiting:
        for ref, one in list(waiting.items()):
            if all(c.identifier in told or c.identifier not in competencies for c in one.requires.all()):
                told.add(ref)
                yield ref, waiting.pop(ref)
                break


def _items_by_family() -> dict[str, list[Item]]:
    by_family = defaultdict(list)
    for item in Item.objects.filter(retired=False).select_related("family").order_by("pk"):
        by_family[item.family.identifier].append(item)
    return by_family


def _paper_children(story: Story) -> list[str]:
    paper = twin.on_paper([child.pk for child in story.school.students], on=story.first)
    return [ref for ref, child in story.by_ref.items() if child.pk in paper]


def _weeks(first: date, last: date) -> Iterator[list[date]]:
    for week in range(WEEKS):
        monday = first + timedelta(weeks=week)
        days = [monday + timedelta(days=n) for n in range(5)]
        if days := [day for day in days if day <= last]:
            yield days


# --- before the first lesson --------------------------------------------------------------------------


def _begin(story: Story) -> None:
    teacher, at = story.school.teacher, story.at(story.first, 7, 30)
    switch.turn_on(story.school.room, by=teacher, at=at)
    promise.set_promise(
        school_class=story.school.room, minutes=5, every_school_days=10, minutes_a_day=15, by=teacher, at=at
    )
    for child, row in zip(story.school.students, CHILDREN, strict=True):
        voice.set_goal(student=child, words=row[3], by=child, at=story.at(story.first, 9))
    for activity in _for_anyone(story):
        options.approve_default(story.school.room, activity, by=teacher, at=at)
    options.top_up(story.school.students, by=teacher, at=at, on=story.first)


def _for_anyone(story: Story) -> list[Activity]:
    """Games, conversations, projects and readings that any child may choose, and some practice."""
    kinds = {"game": 6, "conversation": 2, "project": 4, "reading": 3, "practice": 6}
    chosen = []
    for kind, n in kinds.items():
        chosen += [a for a in story.activities.values() if a.kind == kind][:n]
    return chosen


# --- a day --------------------------------------------------------------------------------------------


def _a_day(story: Story, on: date, shown: list[simulate.Shown], absent) -> None:
    for ref, days in absent.items():
        if on in days:
            Absence.objects.get_or_create(
                student=story.by_ref[ref], on=on, defaults={"entered_by": story.school.teacher}
            )
    for one in shown:
        _write_down(story, one, on)
    _practice(story, on, shown)
    if on < story.last:
        _check_ins(story, on)
        _supports(story, on)


def _practice(story: Story, on: date, shown: list[simulate.Shown]) -> None:
    """A quarter of those who answered on a screen that day had chosen a practice set for it."""
    sets = {c: a for a in story.activities.values() if a.kind == "practice" for c in a.competencies.all()}
    on_screen = {
        (one.student, one.competency)
        for one in shown
        if one.piece.kind.value == Kind.ANSWER and one.piece.medium.value == Medium.SCREEN
    }
    for student, competency in sorted(on_screen):
        about = story.competencies[competency]
        if about not in sets or story.chance.random() < 0.75:
            continue
        child, at = story.by_ref[student], story.at(on, 10)
        try:
            step = plan.add_step(
                student=child,
                activity=sets[about],
                competency=about,
                by=story.school.teacher,
                at=at,
                origin=Step.Origin.TEACHER,
            )
            choose.choose(step, by=child, at=at, on=on)
            choose.finish(step, by=child, at=at, on=on)
        except Denied:
            continue  # the screen minutes of the day were used, or a support stood in the way


def _write_down(story: Story, one: simulate.Shown, on: date) -> None:
    child, piece = story.by_ref[one.student], one.piece
    if piece.kind.value == Kind.ANSWER:
        _answer(story, child, one, on)
        return
    by = child if piece.kind.value == Kind.SELF_ASSESSMENT else story.school.teacher
    language = child.language if by == child and child.language == "es" else "en"
    competency = story.competencies[one.competency]
    seen = record.Seen(
        competency=competency,
        kind=Kind(piece.kind.value),
        shown=piece.shown,
        words=words_for(
            one.competency, kind=piece.kind.value, shown=piece.shown, language=language, chance=story.chance
        ),
        language=language,
        medium=Medium(piece.medium.value),
        helped=Helped(piece.helped.value),
        on=on,
        misconception=piece.misconception,
    )
    record.observe(
        seen,
        student=child,
        by=by,
        at=story.at(on, 10, story.chance.randrange(60)),
        client_key=story.key(),
        work=_work(story, child, competency, on) if piece.kind.value == Kind.WORK else None,
    )


def _answer(story: Story, child: Person, one: simulate.Shown, on: date) -> None:
    piece = one.piece
    item = story.chance.choice(story.items[piece.source])
    on_screen = piece.medium.value == Medium.SCREEN
    record.answer(
        student=child,
        item=item,
        response=_response(item, right=piece.shown >= 0.5, misconception=piece.misconception),
        by=child if on_screen else story.school.teacher,
        at=story.at(on, 11, story.chance.randrange(60)),
        on=on,
        client_key=story.key(),
        helped=Helped(piece.helped.value),
        hints=story.chance.choice([0, 0, 0, 1, 2]) if piece.shown < 0.5 else 0,
        medium=Medium(piece.medium.value),
        assigned_by=story.chance.choice([AssignedBy.TEACHER, AssignedBy.TEACHER, AssignedBy.STUDENT]),
    )


def _response(item: Item, *, right: bool, misconception: str) -> str:
    """Right, or wrong by that misconception where one of the wrong answers leads there."""
    candidates = _candidates(item)
    fitting = [r for r in candidates if bool(mark(item, r).right) == right]
    named = [r for r in fitting if mark(item, r).misconception == misconception]
    return (named or fitting or candidates)[0]


def _candidates(item: Item) -> list[str]:
    if item.choices:
        return [choice["key"] for choice in item.choices]
    known_wrong = [wrong["text"] for wrong in item.answer.get("known_wrong", [])]
    return [item.answer["text"], *known_wrong, *_slips(item.answer["text"])]


def _slips(text: str) -> list[str]:
    """What a slip of counting makes of an answer: one more, one less, at its last number."""
    last = list(re.finditer(r"\d+", text))[-1]
    number = int(last.group())
    near = [number + 1, number - 1, number + 2]
    return [f"{text[: last.start()]}{n}{text[last.end() :]}" for n in near if n > 0]


def _work(story: Story, child: Person, competency: Competency, on: date) -> Work | None:
    """One piece of work in three is photographed; where the family wants no photos, none is."""
    if child.pk in choices.chosen([child.pk], FamilyChoice.Kind.NO_PHOTOS):
        return None
    if story.chance.random() > 1 / 3:
        return None
    top, bottom = story.chance.choice([(3, 4), (2, 3), (5, 8), (3, 8), (5, 6), (7, 10)])
    draw = drawings.number_line if "line" in competency.short_name.lower() else drawings.strip
    picture = images.redraw(BytesIO(draw(top, bottom, seed=story.chance.randrange(10**6))))
    return Work.objects.create(
        student=child,
        title=competency.short_name,
        image=images.store(picture, student_pk=child.pk),
        digest=picture.digest,
        made_on=on,
        by=story.school.teacher,
        at=story.at(on, 13),
    )


def _check_ins(story: Story, on: date) -> None:
    for row in check_in.due(story.school.room, on):
        if story.chance.random() < 0.12:
            continue  # the fire drill, the assembly, the day that ran away
        check_in.hold(
            student=row.student,
            by=story.school.teacher,
            at=story.at(on, 13, 30),
            client_key=story.key(),
            minutes=story.chance.choice([4, 5, 5, 5, 6]),
            note=story.chance.choice(CHECK_IN_NOTES),
            promise=story.chance.choice(PROMISES),
        )


def _supports(story: Story, on: date) -> None:
    for support in Support.objects.select_related("student"):
        if story.chance.random() < 0.6:
            outcome = story.chance.choices(["delivered", "not_delivered", "refused"], [9, 1, 1])[0]
            supports.tick(support, outcome=outcome, by=story.school.specialist, at=story.at(on, 14), on=on)


# --- the week's end -----------------------------------------------------------------------------------


def _the_week_ends(story: Story, on: date, week: int) -> None:
    _steps(story, on)
    if week in (2, 4, 6):
        _groups(story, on)
    if 3 <= week < WEEKS:
        _decisions(story, on)


def _steps(story: Story, on: date) -> None:
    """Each child chose something this week; most finished it."""
    for child in story.school.students:
        waiting = list(Step.objects.filter(student=child, stage=Stage.OFFERED).order_by("pk"))
        if not waiting or story.chance.random() < 0.15:
            continue
        step = story.chance.choice(waiting)
        try:
            choose.choose(step, by=child, at=story.at(on, 9, 30), on=on)
        except Denied:
            choose.choose(step, by=child, at=story.at(on, 9, 30), on=on, on_paper=True)
        if on < story.last and story.chance.random() < 0.95:
            choose.finish(step, by=child, at=story.at(on, 10, 30), on=on)


def _groups(story: Story, on: date) -> None:
    children = list(story.school.students)
    story.chance.shuffle(children)
    for n in range(3):
        members = children[n * 4 : n * 4 + 4]
        group.make_group(
            school_class=story.school.room,
            title=["Table by the window", "Round table", "Carpet"][n],
            purpose=[Group.Purpose.PRACTISE, Group.Purpose.MIX, Group.Purpose.PROJECT][n],
            competency=None,
            members=members,
            begins_on=on,
            ends_on=on + timedelta(days=6),
            by=story.school.teacher,
            at=story.at(on, 15),
        )


VERDICTS = [Verdict.DO_IT, Verdict.DO_IT, Verdict.DO_IT, Verdict.NOT_NOW, Verdict.NO]
WHY_NOT = [
    ((Reason.SAW_IT,), "She showed me at the board on Thursday."),
    ((Reason.TAUGHT,), "We did this together yesterday."),
    ((Reason.MATERIALS,), "The tiles are next door this week."),
    ((Reason.GROUPING,), "I want these two at different tables for now."),
]


def _decisions(story: Story, on: date) -> None:
    """On Friday the teacher went through her cards; some she left, and they went away by themselves."""
    at = story.at(on, 15, 30)
    suggest.propose(story.school.room, on=on, at=at)
    cards = Suggestion.objects.filter(school_class=story.school.room, stage=SuggestionStage.OPEN)
    for card in list(cards.order_by("pk")):
        if story.chance.random() < 0.8:
            _decide(story, card, at)


def _decide(story: Story, card: Suggestion, at: datetime) -> None:
    teacher, verdict = story.school.teacher, story.chance.choice(VERDICTS)
    reasons, words = story.chance.choice(WHY_NOT)
    opened = Opened(page=Page.CARD, at=at - timedelta(minutes=2))
    try:
        if verdict == Verdict.DO_IT:
            decide.do_it(card, by=teacher, at=at, why=_why_lower(card, at), opened=opened)
        else:
            why = decide.Why(reasons=reasons, words=words)
            deed = decide.not_now if verdict == Verdict.NOT_NOW else decide.no
            deed(card, by=teacher, at=at, why=why, opened=opened)
    except Denied:
        return  # what a deed refuses, the story does not contain


def _why_lower(card: Suggestion, at: datetime) -> decide.Why:
    """Asking less of a child for a while needs a reason and a day to look again."""
    if not card.lowers_expectation:
        return decide.Why()
    return decide.Why(
        reasons=(Reason.SAW_IT,),
        words="He said himself that the strips come first.",
        review_on=timezone.localdate(at) + timedelta(days=14),
    )


# --- this morning -------------------------------------------------------------------------------------


def _today(story: Story) -> None:
    """What a visitor finds: two children away, ideas and objections that wait, the teacher's own words."""
    teacher, on, at = story.school.teacher, story.last, story.at(story.last, 8, 5)
    children = {child.given_name: child for child in story.school.students}
    for name in ("Hana", "Theo"):
        Absence.objects.get_or_create(
            student=children[name], on=timezone.localdate(), defaults={"entered_by": teacher}
        )
    _to_do(story, children, at)
    voice.propose(
        student=children["Tallulah"],
        words="I could weave a band where every fourth row is red and write the fractions beside it.",
        by=children["Tallulah"],
        at=at,
    )
    voice.propose(
        student=children["Elijah"],
        words="A comic where 1/8 and 1/6 argue about who is bigger.",
        by=children["Elijah"],
        at=at,
    )
    voice.contest(
        student=children["Jaylen"],
        competency=story.competencies["3.NF.A.2"],
        wish="show",
        words="I can do the number line. I can show you on the floor one.",
        by=children["Jaylen"],
        at=at,
        on=on,
    )
    check_in.ask(
        student=children["Esperanza"], by=children["Esperanza"], at=at, asks="My story about the market"
    )
    for name, competency, state, words in [
        ("Priya", "3.NF.A.3.d", Judgement.State.STEADY, "Explained it to two others, with her own example."),
        (
            "Ayaan",
            "3.NF.A.1",
            Judgement.State.STEADY,
            "Folds any strip without help. Paper only, so few pieces here.",
        ),
        ("Noah", "4.NF.A.1", Judgement.State.GETTING_STEADY, "Sound when he draws. Rushes without."),
    ]:
        judge.judge(
            student=children[name],
            competency=story.competencies[competency],
            state=state,
            words=words,
            by=teacher,
            at=at,
        )


def _to_do(story: Story, children: dict[str, Person], at: datetime) -> None:
    """Something to answer on a screen for whoever comes in as the student, and a group on the board."""
    teacher, activity = story.school.teacher, story.activities["over-under-one-half"]
    plan.add_step(
        student=children["Jaylen"],
        activity=activity,
        competency=activity.competencies.first(),
        by=teacher,
        at=at,
        origin=Step.Origin.TEACHER,
        because="You asked for one with number lines.",
    )
    group.make_group(
        school_class=story.school.room,
        title="Table by the window",
        purpose=Group.Purpose.MIX,
        competency=None,
        members=[children[name] for name in ("Amara", "Mateo", "Kai", "Priya")],
        begins_on=story.last,
        ends_on=story.last + timedelta(days=7),
        by=teacher,
        at=at,
    )


def last_school_day(today: date) -> date:
    while not is_school_day(today):
        today -= timedelta(days=1)
    return today
