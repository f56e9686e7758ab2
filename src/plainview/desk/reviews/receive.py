"""An exhibit is received: kept under its hash, named, and read later by a job.

In:   bytes that lie in the store, a name, what kind it is, who hands it over.
Out:  an exhibit; an earlier one of the same name is kept and set aside. Whatever was asked of that kind has
      come. Where the plan was frozen already, the review goes back to gathering, and says so.
Not here: the bytes' way in (upload, store), reading (tasks), taking in a whole folder (take_in).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from plainview.core.dossier.kinds import guessed
from plainview.desk.reviews import names, policy, run, sheets, stage, tasks
from plainview.desk.reviews.models import Asked, Exhibit, Kind, Review, Stage
from plainview.desk.reviews.store import Kept
from plainview.lobby.jobs.enqueue import enqueue
from plainview.lobby.ledger.durable import durable
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied

STILL_GATHERING = (Stage.INTAKE, Stage.NOTICED, Stage.GATHERING)


def receive(
    review: Review,
    *,
    name: str,
    kept: Kept,
    kind: str = "",
    settings: Mapping[str, Any] | None = None,
    by: Person,
    at: datetime,
) -> Exhibit:
    """``kind`` is guessed from the name where nobody says it."""
    policy.check_may_hand_over(by, review)
    file = names.checked(name)
    with durable():
        _back_to_gathering(review, file, by=by, at=at)
        exhibit = _put_in_place(review, file, kept, kind, settings or {}, by=by, at=at)
        sheets.drop(review, sheets.EXHIBITS)  # the rows say more than the text by now
        has_come(review, exhibit.kind, at=at)
        deed("reviews.exhibit.received", by=by.pk, at=at, thing=exhibit.pk)
        read_later(exhibit, at=at)
    return exhibit


RATED = (Stage.CONSOLIDATING, Stage.CONCLUDED)


def _back_to_gathering(review: Review, file: str, *, by: Person, at: datetime) -> None:
    if review.stage in STILL_GATHERING:
        return
    # A file that breaks the worker must not stand in the way of the one that mends it.
    if not all(run.close_if_broken(one, at=at) for one in review.runs.filter(ended_at=None)):
        raise Denied(_("Checks are under way. Hand it over once they are done."))
    if review.stage in RATED:  # by experts who did not see it
        sheets.drop_ratings(review)
    why = _("A new exhibit came: %(file)s. A new plan is frozen before it is tested.") % {"file": file}
    stage.move(review, to=Stage.GATHERING, by=by, at=at, why=why)


def _put_in_place(
    review: Review, file: str, kept: Kept, kind: str, settings: Mapping[str, Any], *, by: Person, at: datetime
) -> Exhibit:
    standing = review.exhibits.filter(replaced_at=None)
    # Two names that differ in small and large letters are one file on many machines.
    before = standing.filter(file__iexact=file).first()
    if before is not None:
        if not policy.exhibits_seen_by(by, review).filter(pk=before.pk).exists():
            raise Denied(
                _("Another exhibit is called “%(file)s” already. Give yours another name.") % {"file": file}
            )
        Exhibit.objects.filter(pk=before.pk).update(replaced_at=at)
    last = review.exhibits.order_by("-number").first()
    return Exhibit.objects.create(
        review=review,
        file=file,
        number=before.number if before else (last.number + 1 if last else 1),
        kind=kind or guessed(file),
        is_kind_said=bool(kind),
        settings=dict(settings),
        sha256=kept.sha256,
        n_bytes=kept.n_bytes,
        handed_over_at=at,
        handed_over_by=by,
    )


def has_come(review: Review, kind: Kind | str, *, at: datetime) -> None:
    """What was asked for and nobody refused. What was refused stays so: the day and the words are a fact."""
    waiting = review.asked.filter(kind=kind, came=Asked.Came.NOTHING_YET)
    waiting.update(came=Asked.Came.RECEIVED, came_on=timezone.localdate(at))


def read_later(exhibit: Exhibit, *, at: datetime) -> None:
    enqueue(
        tasks.read_exhibit,
        arguments={"exhibit": exhibit.pk},
        at=at,
        key=f"reviews.exhibit {exhibit.pk}",
    )


def look(exhibit: Exhibit, *, by: Person, at: datetime) -> None:
    """Somebody takes the bytes along. If it is somebody of the desk, it was opened from now on."""
    deed("reviews.exhibit.looked", by=by.pk, at=at, thing=exhibit.pk)
    if not policy.speaks_for(by, exhibit.review):
        Exhibit.objects.filter(pk=exhibit.pk, opened_at=None).update(opened_at=at)
