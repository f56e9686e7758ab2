"""A home of its own for each test's exhibits, and the shortest way to each stage of a review."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from plainview.desk.reviews import begin, intake, notice, plan, receive, store
from plainview.desk.reviews.models import Kind, Review
from plainview.lobby.jobs.models import Job
from plainview.lobby.jobs.work import work

STUDY = b"""design = "RCT"
name = "A trial"
"""
CLAIM = {
    "says": "It adapts to every child.",
    "where": "its front page",
    "loop": "task",
    "changing": "sequence",
    "reacts_to": "the last answer",
    "changes": "the next task",
    "how_fast": "at once",
    "who_decides": "the product",
    "checks": ["adaptivity.log_test"],
}
LOG = b"student,at,item,correct\nana,2026-01-05T09:00:00Z,x,1\nbo,2026-01-05T09:01:00Z,x,0\n"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path / "home"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return settings.HOME


@pytest.fixture
def steps(desk, now) -> SimpleNamespace:
    """Each takes a review one stage further, by its own deed."""

    def at_intake() -> Review:
        review = begin.begin(product=desk.fractal, version="2.1", by=desk.cora, at=now, why="Olu asked.")
        intake.write_claim(review, "adapts", CLAIM, by=desk.cora, at=now)
        return review

    def noticed() -> Review:
        review = at_intake()
        wanted = [notice.Wanted(kind=Kind.LOG, what="one term"), notice.Wanted(kind=Kind.STUDY)]
        due_on = (now + timedelta(days=30)).date()
        notice.send(review, wanted=wanted, due_on=due_on, letter="Dear Acme", by=desk.cora, at=now)
        return review

    def gathering() -> Review:
        review = noticed()
        notice.begin_gathering(review, by=desk.cora, at=now, why="The day is near.")
        return review

    def with_a_log() -> Review:
        review = gathering()
        receive.receive(review, name="log.csv", kept=store.keep([LOG]), by=desk.vic, at=now)
        return review

    def planned() -> Review:
        review = with_a_log()
        said = {"seed": 7, "draws": 999, "checks": ["efficacy", "adaptivity.log_test"]}
        plan.write(review, **said, bounds={}, why="As agreed.", by=desk.cora, at=now)
        plan.freeze(review, by=desk.cora, at=now)
        return review

    def work_now() -> None:
        """Whatever waits is due: the tests' day lies ahead of the machine's."""
        Job.objects.filter(state="waiting").update(due_at=timezone.now())
        work(once=True)

    return SimpleNamespace(
        at_intake=at_intake,
        noticed=noticed,
        gathering=gathering,
        with_a_log=with_a_log,
        planned=planned,
        work=work_now,
    )
