"""Letters to experts: that they are asked, that the rating begins, that the ratings are open. One to the
chair: that all are in.

In:   an invitation, which letter, the address of the page for signing in; or a round.
Out:  a mail in the reader's language. It names the product and who asks; nothing in it opens anything.
Not here: the step itself. It is taken whether or not a letter ever goes out.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext as _

from plainview.desk.experts import policy
from plainview.desk.experts.models import Invitation, Round
from plainview.desk.experts.models.panel import Place
from plainview.desk.experts.tasks import write_to_chair, write_to_expert
from plainview.desk.reviews.models import Stage
from plainview.lobby.jobs.enqueue import enqueue


class Letter(TextChoices):
    ASKED = "asked"
    BEGUN = "begun"
    OPENED = "opened"


WAITED_FOR = (Place.ASKED, Place.TO_DECLARE, Place.READY)


def send(invitations: Iterable[Invitation], letter: Letter, *, sign_in: str, at: datetime) -> None:
    """By the worker. No address of mail stands in the job: it is looked up when the letter goes."""
    for one in invitations:
        enqueue(
            write_to_expert,
            arguments={"invitation": one.pk, "letter": letter.value, "sign_in": sign_in},
            at=at,
            key=f"experts.letter {one.pk} {letter.value}",
        )


def mail(invitation: Invitation, letter: Letter, *, sign_in: str) -> bool:
    """Whether it went out: not without an address, nor where it says nothing by the time the worker comes."""
    expert = invitation.expert
    if not (expert.email and expert.is_active) or not _has_reason(invitation, letter):
        return False
    with translation.override(expert.language):
        subject, body = _subject(invitation, letter), _body(invitation, letter, sign_in)
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [expert.email])
    return True


def say_if_all_are_in(round_: Round, *, at: datetime) -> None:
    """To the chair who let the rating begin: without it she would have to look every day."""
    if policy.all_are_in(round_):
        told = {"round_pk": round_.pk}
        enqueue(write_to_chair, arguments=told, at=at, key=f"experts.all_in {round_.pk}")


def mail_chair(round_: Round) -> bool:
    chair, review = round_.begun_by, round_.review
    if not (chair.email and chair.is_active) or round_.opened_at or not policy.all_are_in(round_):
        return False
    told = {"product": " ".join(str(review).split())}
    with translation.override(chair.language):
        told["panels"] = _("Panels")
        subject = _("%(product)s: all have handed in") % told
        what = (
            _("Every expert who was asked has handed in. You can open the ratings, under “%(panels)s”.")
            % told
        )
    send_mail(subject, f"{what}\n\n{settings.OFFICE}\n", settings.DEFAULT_FROM_EMAIL, [chair.email])
    return True


def _has_reason(invitation: Invitation, letter: Letter) -> bool:
    place, review = invitation.place, invitation.review
    if letter == Letter.ASKED:
        return place == Place.ASKED and review.stage in policy.MAY_ASK_AT
    if letter == Letter.BEGUN:
        is_rated = policy.current_round(review) is not None
        return is_rated and place in WAITED_FOR and not policy.has_handed_in(invitation)
    return place == Place.READY and review.stage == Stage.CONSOLIDATING


def _subject(invitation: Invitation, letter: Letter) -> str:
    """On one line, whatever a product is called."""
    said = {
        Letter.ASKED: _("Would you rate %(product)s?"),
        Letter.BEGUN: _("%(product)s: the rating begins"),
        Letter.OPENED: _("%(product)s: every rating is in"),
    }[letter]
    return said % {"product": " ".join(invitation.review.product.name.split())}


def _body(invitation: Invitation, letter: Letter, sign_in: str) -> str:
    product = invitation.review.product
    told = {"product": product.name, "vendor": product.vendor, "office": settings.OFFICE}
    told |= {"by": invitation.asked_by.full_name}
    said = [one % told for one in _paragraphs(letter)]
    where = _("Sign in here: %(address)s") % {"address": sign_in} if sign_in else ""
    return "\n\n".join(filter(None, [*said, where, settings.OFFICE])) + "\n"


def _paragraphs(letter: Letter) -> list[str]:
    return {
        Letter.ASKED: [
            _("%(by)s of %(office)s asks you to rate %(product)s by %(vendor)s."),
            _(
                "You answer 45 questions, alone. Set a working day aside for it. Before you see anything "
                "of the review you declare whether you have to do with the product."
            ),
            _("You may say no. Please say yes or no after signing in."),
        ],
        Letter.BEGUN: [
            _(
                "The rating of %(product)s by %(vendor)s begins. You rate alone, "
                "and nobody sees it before all are in."
            )
        ],
        Letter.OPENED: [
            _(
                "Every expert has rated %(product)s by %(vendor)s. You can read each other’s ratings "
                "now, and think again, once a question, with a reason."
            )
        ],
    }[letter]
