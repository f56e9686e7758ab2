"""What a dossier was found to say elsewhere becomes its review's findings, byte for byte.

In:   a review that was taken in with findings.json and a frozen plan; who, when.
Out:  a run that says the same; the ledger tells that it came along, and was not asked here.
Not here: asking the checks (run).

Rows of students and captures of others stay with those who publish them. Without them nobody can ask the
checks here; whoever has them puts them into the dossier, and `plainview verify` compares.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from plainview.core.mendable import Mendable
from plainview.desk.reviews import policy, run, sheets
from plainview.desk.reviews.export import FOUND
from plainview.desk.reviews.models import Answered, Review, Run
from plainview.lobby.ledger.durable import durable
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied


def take_over(review: Review, *, by: Person, at: datetime) -> Run:
    """A run that says what came along.

    Raises
    ------
    Mendable
        If findings.json is not what `plainview review` writes.
    """
    policy.check_may_run(by, review)
    found = {column: sheets.text(review, name) for name, column in FOUND.items()}
    told = _read(found["findings"])
    rows = _as_written(review, told)
    with durable():
        made = Run.objects.create(review=review, plan=review.frozen_plan, asked_at=at, asked_by=by)
        deed("reviews.run.taken_over", by=by.pk, at=at, thing=review.pk)
        why = _("What the checks found came with the dossier.")
        run.keep(made, found | {"answered": rows}, at=at, why=why)
    review.refresh_from_db()
    return made


def _read(text: str) -> dict[str, Any]:
    if not text:
        raise Denied(_("The dossier came without findings.json."))
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Mendable("findings.json: found no JSON, expected it.") from None


def _as_written(review: Review, told: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows; or, where it is not as `plainview review` writes it, the first thing that is not there."""
    try:
        _check_is_of(review, told)
        return list(_rows(told))
    except KeyError as fault:
        raise Mendable(f"findings.json: found no {fault}, expected it.") from None
    except (TypeError, AttributeError):
        raise Mendable("findings.json: expected it as `plainview review` writes it.") from None


def _check_is_of(review: Review, told: dict[str, Any]) -> None:
    """Findings of another plan, or of other bytes, are not of this dossier."""
    if told["plan"]["frozen_sha256"] != review.frozen_plan.sha256:
        raise Denied(_("findings.json rests on another plan than the one that is frozen here."))
    said = {one["file"]: one["sha256"] for one in told["exhibits"]}
    for one in review.exhibits.filter(replaced_at=None):
        if said.get(one.name) != one.sha256:
            raise Denied(_("%(file)s is not the file that findings.json rests on.") % {"file": one.name})


def _rows(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """As `run` keeps them. Pictures are in the report, and not in findings.json."""
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
