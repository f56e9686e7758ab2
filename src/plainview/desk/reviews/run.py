"""The checks of a frozen plan are asked: by a job, of the folder that anyone can ask again.

In:   a review whose plan is frozen.
Out:  findings.json and the report, byte for byte as `plainview review` writes them; a row for each check.
Not here: any check (core.audit), what an answer means (verdicts).
"""

import hashlib
import json
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from plainview.core.mendable import Mendable
from plainview.desk.reviews import export, policy, stage, store, tasks
from plainview.desk.reviews.models import Answered, Exhibit, Review, Run, Stage
from plainview.lobby.jobs.enqueue import enqueue
from plainview.lobby.jobs.models import Job
from plainview.lobby.ledger.durable import durable
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied


def start(review: Review, *, by: Person, at: datetime) -> Run:
    """Queue it. Later runs of the same plan (once ratings are in) change no number of an earlier one."""
    policy.check_may_run(by, review)
    with durable():
        for before in Run.objects.select_for_update().filter(review=review, ended_at=None):
            if not close_if_broken(before, at=at):
                raise Denied(_("Checks are under way already."))
        made = Run.objects.create(review=review, plan=review.frozen_plan, asked_at=at, asked_by=by)
        job = enqueue(tasks.run, arguments={"run": made.pk}, at=at, key=f"reviews.run {review.pk}")
        Run.objects.filter(pk=made.pk).update(job=job.pk)
        made.job = job.pk
        deed("reviews.run.started", by=by.pk, at=at, thing=review.pk)
    return made


def close_if_broken(run: Run, *, at: datetime) -> bool:
    """Whether it has ended: a run whose job is over has, though nobody came to write that down."""
    job = Job.objects.filter(pk=run.job).first()
    if job is not None and not job.is_finished:
        return False
    said = job.why_broken if job else _("The work was lost on the way. Nothing was found.")
    Run.objects.filter(pk=run.pk).update(state=Run.State.BROKEN, trouble=said, ended_at=at)
    return True


def work(pk: int, progress: Callable[[int, int, str], None], *, at: Callable[[], datetime]) -> None:
    """In a worker. What has ended stays as it is, however often a job is taken up again."""
    run = Run.objects.select_related("review__product__vendor", "plan", "asked_by").get(pk=pk)
    if run.ended_at is not None:
        return
    Run.objects.filter(pk=pk).update(state=Run.State.RUNNING)
    try:
        with tempfile.TemporaryDirectory(prefix=".run-", dir=store.folder()) as aside:
            found = _ask(run.review, Path(aside), progress)
    except Mendable as fault:
        Run.objects.filter(pk=pk).update(state=Run.State.BROKEN, trouble=str(fault), ended_at=at())
        raise
    keep(run, found, at=at())


def _ask(review: Review, aside: Path, progress: Callable[[int, int, str], None]) -> dict[str, Any]:
    """As `plainview review` does, of the same folder."""
    from plainview.core.audit.findings import findings_of, written
    from plainview.core.audit.report.html import html
    from plainview.core.audit.report.markdown import markdown
    from plainview.core.audit.report.page import page_of
    from plainview.core.audit.review import review as ask
    from plainview.core.dossier.folder import open_dossier

    folder, work_room = aside / "dossier", aside / "work"
    work_room.mkdir()
    export.folder(review, folder, linked=True)
    found = ask(open_dossier(folder, aside=work_room), telling=_Told(progress))
    told = findings_of(found)
    page = page_of(found, made_with=told["made_with"], at="")
    return {
        "findings": written(told),
        "report_html": html(page),
        "report_md": markdown(page),
        "answered": [_row(one, said) for one, said in zip(found.asked, _checks(told), strict=True)],
    }


def _checks(told: dict[str, Any]) -> list[dict[str, Any]]:
    """As JSON holds them, which is what a row keeps."""
    from plainview.core.audit.findings import written

    return json.loads(written({"checks": told["checks"]}))["checks"]


def _row(asked: Any, said: dict[str, Any]) -> dict[str, Any]:
    answers = said["answers"]
    first = next((one for one in answers if one["kind"] == "finding"), answers[0] if answers else {})
    is_found = first.get("kind") == "finding"
    outcome = Answered.Outcome.FOUND if is_found else Answered.Outcome.CANNOT_SAY
    charts = [one.charts[0] if getattr(one, "charts", ()) else None for one in asked.answers]
    return {
        "check_name": said["check"],
        "question": said["question"],
        "asks": said["asks"],
        "page": said["page"],
        "outcome": Answered.Outcome.BROKE if asked.broke else outcome,
        "answer": first.get("answer", "cannot say"),
        "sentence": first.get("sentence") or first.get("reason", ""),
        "would_need": first.get("would_need", ""),
        "effect": first.get("effect"),
        "answers": answers,
        "charts": [_chart(one) for one in charts],
    }


def _chart(chart: Any) -> dict[str, Any] | None:
    if chart is None:
        return None
    return {"svg": chart.svg, "sentence": chart.sentence, "rows": [list(map(str, row)) for row in chart.rows]}


def keep(run: Run, found: dict[str, Any], *, at: datetime, why: str = "") -> None:
    review = Review.objects.get(pk=run.review_id)
    with durable():
        Answered.objects.bulk_create([Answered(run=run, **row) for row in found["answered"]])
        Run.objects.filter(pk=run.pk, ended_at=None).update(
            state=Run.State.DONE,
            findings=found["findings"],
            findings_sha256=hashlib.sha256(found["findings"].encode()).hexdigest(),
            report_html=found["report_html"],
            report_md=found["report_md"],
            ended_at=at,
        )
        Exhibit.objects.filter(review=review, replaced_at=None, opened_at=None).update(opened_at=at)
        deed("reviews.run.done", by=run.asked_by_id, at=at, thing=review.pk)
        if review.stage == Stage.PLANNED:
            why = why or _("The checks of the plan have run.")
            stage.move(review, to=Stage.CHECKED, by=None, at=at, why=why)


class _Told:
    """How far it is: which check, how much of it."""

    def __init__(self, progress: Callable[[int, int, str], None]) -> None:
        self._progress, self._place, self._asks = progress, (0, 1), ""

    def begins(self, check: Any, n: int, of: int) -> None:
        self._place, self._asks = (n - 1, of), check.asks
        self._progress(*self._place, self._asks)

    def goes_on(self, done: int, of: int, what: str) -> None:
        self._progress(*self._place, f"{self._asks} {100 * done // max(1, of)} %")

    def ended(self, asked: Any) -> None:
        self._progress(self._place[0] + 1, self._place[1], self._asks)
