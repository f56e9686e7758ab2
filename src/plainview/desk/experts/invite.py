"""Ask an expert, answer, let go.

In:   a review, an expert, the chair; or an invitation and its expert.
Out:  an invitation and where it stands; a letter on its way.
Not here: the letter's words (letters). An expert finds the invitation after signing in, with or without it.
"""

from datetime import datetime
from string import ascii_uppercase

from django.db import transaction
from django.utils.translation import gettext as _

from plainview.desk.experts import letters, policy, reading
from plainview.desk.experts.letters import Letter
from plainview.desk.experts.models import Invitation
from plainview.desk.reviews.models import Review
from plainview.lobby.ledger import write
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied


@transaction.atomic
def ask(review: Review, expert: Person, *, by: Person, at: datetime, sign_in: str = "") -> Invitation:
    """``sign_in``: the address of the page for signing in, for the letter."""
    review = Review.objects.select_for_update().get(pk=review.pk)
    policy.check_may_ask(by, review, expert)
    made = Invitation.objects.create(
        review=review, expert=expert, letter=_next_letter(review), asked_by=by, asked_at=at
    )
    write.deed("experts.asked", by=by.pk, at=at, thing=made.pk)
    letters.send([made], Letter.ASKED, sign_in=sign_in, at=at)
    return made


def _next_letter(review: Review) -> str:
    """A to Z, then AA to ZZ: a letter tells nothing but who is who."""
    n = review.invitations.count()
    tens, ones = divmod(n, len(ascii_uppercase))
    return (ascii_uppercase[tens - 1] if tens else "") + ascii_uppercase[ones]


@transaction.atomic
def answer(invitation: Invitation, *, says_yes: bool, by: Person, at: datetime, why_not: str = "") -> None:
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    policy.check_may_answer(by, invitation)
    invitation.answer = Invitation.Answer.ACCEPTED if says_yes else Invitation.Answer.DECLINED
    invitation.answered_at = at
    invitation.why_not = "" if says_yes else why_not
    invitation.save(update_fields=["answer", "answered_at", "why_not"])
    write.deed("experts.answered", by=by.pk, at=at, thing=invitation.pk)


@transaction.atomic
def let_go(invitation: Invitation, *, by: Person, at: datetime, why: str) -> None:
    """The panel waits for her no longer. The reason is kept, and she reads it."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    policy.check_may_let_go(by, invitation)
    if not why.strip():
        raise Denied(_("Write down why: she will read it."))
    invitation.let_go_at, invitation.let_go_by, invitation.let_go_why = at, by, why
    invitation.save(update_fields=["let_go_at", "let_go_by", "let_go_why"])
    reading.let_out(invitation, by=by, at=at)
    write.deed("experts.let_go", by=by.pk, at=at, thing=invitation.pk)
