"""Let the rating begin; open it when all are in.

In:   a review whose checks have run; then a round in which every expert who was asked has handed in.
Out:  a round; then the same round, open to its panel, and the agreement asked for.
Not here: what the panel makes of it (consolidate).
"""

from datetime import datetime

from django.utils.translation import gettext as _

from plainview.desk.experts import export, letters, policy
from plainview.desk.experts.letters import Letter
from plainview.desk.experts.models import Invitation, Round
from plainview.desk.experts.tasks import weigh_round
from plainview.desk.reviews import policy as reviews
from plainview.desk.reviews import run, stage
from plainview.desk.reviews.models import Review, Stage
from plainview.lobby.jobs.enqueue import enqueue
from plainview.lobby.ledger import write
from plainview.lobby.ledger.durable import durable
from plainview.lobby.people.models import Person


def begin(
    review: Review, *, by: Person, at: datetime, practice_bar: int | None = None, sign_in: str = ""
) -> Round:
    with durable():
        review.refresh_from_db()
        policy.check_may_begin(by, review)
        if review.stage != Stage.RATING:
            stage.move(review, to=Stage.RATING, by=by, at=at, why=_("The experts begin to rate, each alone."))
        made = Round.objects.create(
            review=review,
            number=review.rounds.count() + 1,
            begun_by=by,
            begun_at=at,
            practice_bar=practice_bar,
        )
        export.take_out_of_dossier(review)
        if reviews.counts_ratings(review):
            run.start(review, by=by, at=at)  # anew, without the ratings of before
        waited_for = Invitation.objects.standing().filter(review=review)
        letters.send(waited_for, Letter.BEGUN, sign_in=sign_in, at=at)
        write.deed("experts.began", by=by.pk, at=at, thing=made.pk)
    return made


def open_ratings(round_: Round, *, by: Person, at: datetime, sign_in: str = "") -> None:
    """From here on the panel sees all of it, and none of it changes."""
    with durable():
        review = Review.objects.select_for_update().get(pk=round_.review_id)
        round_ = Round.objects.select_related("review").get(pk=round_.pk)
        policy.check_may_open(by, round_)
        Round.objects.filter(pk=round_.pk).update(opened_by=by, opened_at=at)
        stage.move(review, to=Stage.CONSOLIDATING, by=by, at=at, why=_("Every rating is in."))
        export.put_into_dossier(review)
        ask_to_weigh(round_, at=at)
        rated = Invitation.objects.filter(ballots__in=policy.counted(round_))
        letters.send(rated, Letter.OPENED, sign_in=sign_in, at=at)
        write.deed("experts.opened", by=by.pk, at=at, thing=round_.pk)


def ask_to_weigh(round_: Round, *, at: datetime) -> None:
    """By the worker. Asked twice it is done once, and what is stored stays."""
    enqueue(weigh_round, arguments={"round_pk": round_.pk}, at=at, key=f"experts.agree {round_.pk}")
