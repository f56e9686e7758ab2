"""What needs arithmetic of many draws, done by the house's worker: the web process never imports it.

In:   a round that was opened; a practice that was finished; a letter that is due.
Out:  the agreement, stored; the coefficient of a practice, stored; a mail.
Not here: who may look at it. Done twice, each of these does no harm.
"""

from typing import Any

from django.utils import timezone

from plainview.desk.experts.models import Invitation, Practice, Round
from plainview.lobby.jobs.task import task


@task(name="experts.agree")
def weigh_round(progress: Any, *, round_pk: int) -> dict:
    from plainview.desk.experts import agree  # brings the core's arithmetic along

    round_ = Round.objects.select_related("review").get(pk=round_pk)
    progress(0, 1, "agreement")
    stored = agree.compute(round_, at=timezone.now())
    return {"standing": stored.standing}


@task(name="experts.weigh_practice")
def weigh_practice(progress: Any, *, practice_pk: int) -> dict:
    from plainview.desk.experts import practise

    progress(0, 1, "practice")
    practise.weigh(Practice.objects.get(pk=practice_pk))
    return {}


@task(name="experts.letter")
def write_to_expert(progress: Any, *, invitation: int, letter: str, sign_in: str) -> dict:
    from plainview.desk.experts import letters

    one = Invitation.objects.select_related("expert", "asked_by", "review__product__vendor").get(
        pk=invitation
    )
    return {"sent": letters.mail(one, letters.Letter(letter), sign_in=sign_in)}


@task(name="experts.all_in")
def write_to_chair(progress: Any, *, round_pk: int) -> dict:
    from plainview.desk.experts import letters

    round_ = Round.objects.select_related("review__product", "begun_by").get(pk=round_pk)
    return {"sent": letters.mail_chair(round_)}
