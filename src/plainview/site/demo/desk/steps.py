"""One stretch of a review each, as its people took it: from a word on the shelf to a stage.

In:   a product of the shelf, the people, the days.
Out:  a review that stands where it is to stand.
Not here: which product goes how far (told); the words of the verdict (words).
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from plainview.core.dossier.bank import BankQuestion, bank
from plainview.desk.experts import consolidate, declare, invite, made_up, practise, rate, unseal
from plainview.desk.experts.declare import Interests
from plainview.desk.experts.models import Rating, Round
from plainview.desk.reviews import begin, intake, notice, plan, receive, run, store
from plainview.desk.reviews.models import Kind, Review
from plainview.desk.reviews.notice import Wanted
from plainview.lobby.people.models import Person
from plainview.site.demo.desk import shelf
from plainview.site.demo.desk.people import Desk

NOTHING_AGAINST = Interests(
    took_part_in_building=False,
    took_part_in_distributing=False,
    took_part_in_buying=False,
    has_financial_interest=False,
)
MADE_UP = "Made up for the demonstration · Inventado para la demostración:"
ROLES = ("a teacher of mathematics, grade 5", "a reader of data protection law", "a test developer, retired")
LEARNS_ON_THE_WAY = 3  # of ten levels in practice, one more or less than the key


def on(day: str | date, hour: int = 10, minute: int = 0) -> datetime:
    found = date.fromisoformat(day) if isinstance(day, str) else day
    return timezone.make_aware(datetime(found.year, found.month, found.day, hour, minute))


def taken_up(name: str, desk: Desk, *, at: datetime, why: str) -> Review:
    """Begun, and its claims written down as they stand on the shelf."""
    text = (shelf.folder() / name / "product.toml").read_text(encoding="utf-8")
    said = intake.read(text)
    product = begin.product_of(name=said["name"], vendor=said["vendor"], homepage=f"https://{name}.example")
    product.one_line = f"{MADE_UP} {said.get('about', '')}"[:200]
    product.save(update_fields=["one_line"])
    review = begin.begin(product=product, version=str(said["version"]), by=desk.chair, at=at, why=why)
    intake.write_text(review, text, by=desk.chair, at=at)
    return review


def begun(name: str, vendor: str, desk: Desk, *, at: datetime, why: str) -> Review:
    product = begin.product_of(name=name, vendor=vendor)
    product.one_line = MADE_UP.rstrip(":")
    product.save(update_fields=["one_line"])
    return begin.begin(product=product, version="", by=desk.chair, at=at, why=why)


def claimed(
    review: Review, identifier: str, claim: Mapping, *, version: str, by: Person, at: datetime
) -> None:
    intake.write_facts(review, version=version, about="", domains=[], by=by, at=at)
    intake.write_claim(review, identifier, claim, by=by, at=at)


def asked(review: Review, desk: Desk, *, wanted: Sequence[Wanted], due_on: date, at: datetime) -> None:
    letter = notice.letter_for(review, wanted=wanted, due_on=due_on)
    notice.send(review, wanted=wanted, due_on=due_on, letter=letter, by=desk.chair, at=at)


def gathered(review: Review, name: str, desk: Desk, *, by: Person, at: datetime, **settings: Mapping) -> None:
    """What lies in the shelf's exhibits is handed over; ``settings`` are by a file's name before its dot."""
    for file in sorted((shelf.folder() / name / "exhibits").iterdir()):
        kept = store.keep_file(file)
        said = settings.get(file.stem, {})
        receive.receive(review, name=file.name, kept=kept, settings=said, by=by, at=at)
    if review.stage != "gathering":
        why = "The exhibits that we can have are in."
        notice.begin_gathering(review, by=desk.chair, at=at, why=why)


def planned(review: Review, name: str, desk: Desk, *, at: datetime) -> None:
    text = (shelf.folder() / name / "plan.toml").read_text(encoding="utf-8")
    plan.write_text(review, text, by=desk.chair, at=at)
    plan.freeze(review, by=desk.chair, at=at + timedelta(hours=2))


def checked(review: Review, name: str, desk: Desk, *, at: datetime) -> None:
    """The run that was stored; where there is none, the checks themselves."""
    asked_for = run.start(review, by=desk.chair, at=at)
    found, ends = shelf.stored(name), at + timedelta(minutes=1)
    if found:
        run.keep(asked_for, found, at=ends)
    else:
        run.work(asked_for.pk, lambda *_progress: None, at=lambda: ends)
    review.refresh_from_db()


# --- experts -------------------------------------------------------------------------------------------


def practised(desk: Desk, *, at: datetime) -> None:
    for n, expert in enumerate(desk.experts):
        practice = practise.begin(by=expert, at=at)
        for product in made_up.products("en"):
            levels = {
                known.question: _near(known.level, n + known.question, every=LEARNS_ON_THE_WAY)
                for known in product.key
            }
            practise.keep(practice, product.slug, levels, by=expert)
        practise.finish(practice, by=expert, at=at + timedelta(hours=1))


def panel(review: Review, desk: Desk, *, at: datetime) -> Round:
    """Three are asked, say yes, and declare that nothing stands against it; then they may rate."""
    for expert, role in zip(desk.experts, ROLES, strict=True):
        invitation = invite.ask(review, expert, by=desk.chair, at=at)
        invite.answer(invitation, says_yes=True, by=expert, at=at + timedelta(hours=5))
        later = at + timedelta(days=1)
        declare.declare(invitation, NOTHING_AGAINST, role_words=role, by=expert, at=later)
    return unseal.begin(review, by=desk.chair, at=at + timedelta(days=2))


def rated(review: Review, expert: Person, *, at: datetime, n: int, whole: bool = True) -> None:
    """Each sees it a little otherwise. What a paper or a check must answer, she leaves to those."""
    invitation = review.invitations.get(expert=expert)
    ballot = rate.ballot_of(invitation, by=expert, at=at)
    # A draft is hers alone and writes no line: all its questions are kept at once, which saves seconds.
    drafts = [_draft(one, n) for one in list(bank().values())[: None if whole else BEGUN]]
    Rating.objects.bulk_create(Rating(ballot=ballot, at=at, **said) for said in drafts)
    if whole:
        rate.hand_in(ballot, by=expert, at=at + timedelta(hours=1))


BEGUN = 14  # questions that somebody has come to who is not through yet


def _draft(one: BankQuestion, n: int) -> dict:
    if one.answered_by != "experts":
        why = "A check or a paper answers this; I have seen nothing of my own."
        return {"question": one.number, "cannot_because": why}
    level = _near(SEEN.get(one.number, LEVELS[one.number % len(LEVELS)]), n * 2 + one.number, every=3)
    return {"question": one.number, "level": level, "note": NOTES.get((one.number, n), "")}


LEVELS = (2, 1, 3, 2, 0, 3, 1, 2)
SEEN = {5: 1, 18: 1}  # what the notes below tell of
NOTES = {
    (5, 0): "The teacher sees two of the four decisions, and can refuse one.",
    (18, 0): "A skipped task comes back the next morning. I tried it on three days.",
    (18, 1): "Skipping works within the day; overnight it is undone.",
    (12, 2): "A child cannot ask for a harder task.",
}


def _near(level: int, turn: int, *, every: int) -> int:
    return level if turn % every else max(0, min(4, level + (1 if turn % 2 else -1)))


def opened(round_: Round, desk: Desk, *, at: datetime) -> None:
    unseal.open_ratings(round_, by=desk.chair, at=at)
    round_.refresh_from_db()
    round_.review.refresh_from_db()


def settled(round_: Round, desk: Desk, *, at: datetime) -> None:
    """Where all said the same, that; else the middle, with what they said in the talk."""
    consolidate.note_those_alike(round_, by=desk.chair, at=at)
    for row in consolidate.rows(round_):
        if row.settled is None and len(row.levels) >= len(ROLES):
            level, why = row.levels[1], "They talked about what each had seen, and settled on the middle."
            consolidate.note(round_, row.number, level=level, why=why, by=desk.chair, at=at)


WANTED_OF_FRACTAL = (
    Wanted(kind=Kind.LOG, what="one term, every answer, with who chose the task", claims=("adapts",)),
    Wanted(kind=Kind.STUDY, what="what the claim rests on", claims=("learn-more",)),
    Wanted(kind=Kind.RESPONSES, what="the check-up, students by items", claims=("precise",)),
    Wanted(kind=Kind.GROUPS, what="who belongs to which group, under pseudonyms", claims=("fair",)),
    Wanted(kind=Kind.POLICY, what="the policy that holds for schools"),
)
WANTED_OF_A_STUDY = (
    Wanted(kind=Kind.STUDY, what="what the claim rests on"),
    Wanted(kind=Kind.LOG, what="one term, every answer"),
)
