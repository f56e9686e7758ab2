"""The dossiers that come with Plainview, taken in and published as they are: real products, facts only.

In:   content/dossiers, the people, today.
Out:  a page for each, which says no more than its findings; every gateway says "cannot say".
Not here: a condition, an expert, a story. Those of a real product are made by people, not made up.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from plainview.desk.reviews import run, take_in
from plainview.desk.reviews.models import Answered, Product, Review
from plainview.desk.verdicts import conclude, gateway, publish, show
from plainview.desk.verdicts.models import Gate, Passing
from plainview.desk.verdicts.tongues import Both
from plainview.site.demo.desk import shelf, words
from plainview.site.demo.desk.people import Desk
from plainview.site.demo.desk.steps import on

OURS = "plainview-classroom"


def publish_all(desk: Desk, *, today: date) -> None:
    for path in folders():
        review = take_in.folder(path, by=desk.chair, at=on(today - timedelta(days=20)))
        if path.name == OURS:
            Product.objects.filter(pk=review.product_id).update(is_ours=True)
        _checked(review, path, desk, today)
        _concluded(review, desk, today)
        show.show(review, by=desk.chair, at=on(today - timedelta(days=19), 15))
        changes = words.TAKEN_IN
        publish.publish(review, by=desk.chair, at=on(today - timedelta(days=4)), changelog=changes)


def folders() -> list[Path]:
    there = shelf.folder().parent / "dossiers"
    return sorted(path.parent for path in there.glob("*/product.toml"))


def _checked(review: Review, path: Path, desk: Desk, today: date) -> None:
    """What `plainview review` wrote into the folder. Its pictures are in the report, and not in a row."""
    asked = run.start(review, by=desk.chair, at=on(today - timedelta(days=20), 14))
    findings = (path / "findings.json").read_text(encoding="utf-8")
    found = {
        "findings": findings,
        "report_html": (path / "report.html").read_text(encoding="utf-8"),
        "report_md": (path / "report.md").read_text(encoding="utf-8"),
        "answered": list(_rows(json.loads(findings))),
    }
    run.keep(asked, found, at=on(today - timedelta(days=20), 15))
    review.refresh_from_db()


def _rows(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for one in told["checks"]:
        answers = one["answers"]
        first = next((a for a in answers if a["kind"] == "finding"), answers[0] if answers else {})
        is_found = first.get("kind") == "finding"
        yield {
            "check_name": one["check"],
            **{name: one[name] for name in ("question", "asks", "page")},
            "outcome": Answered.Outcome.FOUND if is_found else Answered.Outcome.CANNOT_SAY,
            "answer": first.get("answer", "cannot say"),
            "sentence": first.get("sentence") or first.get("reason", ""),
            "would_need": first.get("would_need", ""),
            "effect": first.get("effect"),
            "answers": answers,
            "charts": [None] * len(answers),
        }


def _concluded(review: Review, desk: Desk, today: date) -> None:
    """Word for word what the checks lead to, in both languages."""
    at = on(today - timedelta(days=19))
    for one in conclude.on_the_way(review):
        said, word = one.judged, one.judged.verdict
        sentence = Both(en=said.sentence, es=words.FOUND_OF[said.id])
        conclude.conclude(review, claim=said.id, word=word, sentence=sentence, by=desk.chair, at=at)
    for gate in Gate:
        passing, why = Passing.CANNOT_SAY, words.ONE_PART_ONLY
        gateway.record(review, gate=gate, passing=passing, why=why, by=desk.chair, at=at)
    conclude.close(review, by=desk.chair, at=at + timedelta(hours=1), why=words.TAKEN_IN.en)
    review.refresh_from_db()
