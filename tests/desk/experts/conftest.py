"""A review whose checks have run, and a panel of Ed, Flo and Gus on it."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from plainview.core.dossier.bank import bank
from plainview.desk.experts import declare, invite, made_up, practise, rate, unseal
from plainview.desk.experts.declare import Interests
from plainview.desk.experts.models import Ballot, Invitation, PracticeRating, Rating, Round
from plainview.desk.reviews import stage
from plainview.desk.reviews.models import Review, Stage

NO_INTEREST = Interests(
    took_part_in_building=False,
    took_part_in_distributing=False,
    took_part_in_buying=False,
    has_financial_interest=False,
)
PANEL = ("ed", "flo", "gus")
WAY = (Stage.INTAKE, Stage.NOTICED, Stage.GATHERING, Stage.PLANNED, Stage.CHECKED)


@dataclass
class Panel:
    """Deeds in a word each, for tests that are about what comes after."""

    desk: SimpleNamespace
    at: object

    @property
    def review(self) -> Review:
        return Review.objects.get(pk=self.desk.review.pk)

    @property
    def round(self) -> Round:
        return Round.objects.order_by("-number").first()

    def person(self, who):
        return getattr(self.desk, who)

    def ask(self, who) -> Invitation:
        return invite.ask(self.review, self.person(who), by=self.desk.cora, at=self.at)

    def invitation(self, who) -> Invitation:
        return Invitation.objects.get(expert=self.person(who))

    def accept(self, who) -> None:
        invite.answer(self.invitation(who), says_yes=True, by=self.person(who), at=self.at)

    def declare(self, who, interests=NO_INTEREST, **words):
        said = {"role_words": "a teacher of mathematics"} | words
        return declare.declare(self.invitation(who), interests, by=self.person(who), at=self.at, **said)

    def practise(self, who, *, off=0):
        """As the key says, or so many levels beside it."""
        person = self.person(who)
        begun = practise.begin(by=person, at=self.at)
        for (product, question), level in made_up.key().items():
            said = level + off if level + off <= 4 else level - off
            PracticeRating.objects.update_or_create(
                practice=begun, product=product, question=question, defaults={"level": said}
            )
        return practise.finish(begun, by=person, at=self.at)

    def ballot(self, who) -> Ballot:
        return rate.ballot_of(self.invitation(who), by=self.person(who), at=self.at)

    def fill(self, who, level=lambda number: number % 5) -> Ballot:
        ballot = self.ballot(who)
        rows = [Rating(ballot=ballot, question=n, level=level(n), at=self.at) for n in bank()]
        Rating.objects.bulk_create(rows)
        return ballot

    def hand_in(self, who, level=lambda number: number % 5) -> Ballot:
        ballot = self.fill(who, level)
        rate.hand_in(ballot, by=self.person(who), at=self.at)
        return Ballot.objects.get(pk=ballot.pk)

    def make_ready(self, who) -> None:
        self.ask(who)
        self.accept(who)
        self.declare(who)
        self.practise(who)

    def begin(self, **kwargs) -> Round:
        return unseal.begin(self.review, by=self.desk.cora, at=self.at, **kwargs)

    def open(self) -> None:
        unseal.open_ratings(self.round, by=self.desk.cora, at=self.at)


@pytest.fixture(autouse=True)
def clock(monkeypatch, now):
    """The views and the worker read the clock; the tests' day is the house's day."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


@pytest.fixture
def panel(desk, now) -> Panel:
    """Checked, nobody asked yet."""
    for step in WAY:
        stage.move(desk.review, to=step, by=desk.cora, at=now, why="on the way")
    return Panel(desk=desk, at=now)


@pytest.fixture
def rating(panel) -> Panel:
    """Three experts are independent and have practised; the rating has begun."""
    for who in PANEL:
        panel.make_ready(who)
    panel.begin()
    return panel


@pytest.fixture
def opened(rating) -> Panel:
    """All three have handed in, far apart on question 2 alone, and the chair has opened the ratings."""
    apart = {"ed": 0, "flo": 2, "gus": 4}
    for who in PANEL:
        rating.hand_in(who, lambda n, who=who: apart[who] if n == 2 else n % 5)
    rating.open()
    return rating
