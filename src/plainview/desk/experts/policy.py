"""Who may ask, rate, see and consolidate; and the sentence if not.

In:   a person, an invitation, a ballot or a round.
Out:  nothing, or ``Denied`` with the sentence the person reads, or ``NotSeen``.
Not here: what a ballot must hold before it is handed in (rate).

One rule carries this room: until every expert who was asked has handed in, three at least, a ballot is its
own expert's. No chair, no vendor and no other expert finds it, and what is not found cannot be counted.
"""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from plainview.desk.experts.made_up import key_name
from plainview.desk.experts.models import Ballot, Invitation, Practice, Round
from plainview.desk.experts.models.panel import Place
from plainview.desk.reviews.models import Move, Review, Stage, VendorSeat
from plainview.lobby.people.models import Person, Role
from plainview.lobby.people.policy import Denied, NotSeen

FEWEST_RATERS = 3
AFTER_OPENING = (Stage.CONSOLIDATING, Stage.CONCLUDED, Stage.PUBLISHED)
PRACTICE_HOLDS = timedelta(days=365)
MAY_ASK_AT = (Stage.INTAKE, Stage.NOTICED, Stage.GATHERING, Stage.PLANNED, Stage.CHECKED, Stage.RATING)


# --- the chair ---------------------------------------------------------------------------------------------
def check_leads(person: Person | None) -> None:
    if person is None or person.role != Role.CHAIR:
        raise NotSeen


def check_may_ask(by: Person, review: Review, expert: Person) -> None:
    check_leads(by)
    if review.stage not in MAY_ASK_AT:
        raise Denied(_("The panel of this review is complete: nobody can be asked any more."))
    if expert.role != Role.EXPERT or not expert.is_active:
        raise Denied(_("Only someone who is entered here as an expert can be asked."))
    if VendorSeat.objects.filter(person=expert).exists():
        raise Denied(_("%(name)s speaks for a vendor and cannot rate.") % {"name": expert.full_name})
    if review.invitations.filter(expert=expert).exists():
        raise Denied(_("%(name)s has been asked already.") % {"name": expert.full_name})


def check_may_let_go(by: Person, invitation: Invitation) -> None:
    """Before she has handed in. Afterwards her ballot counts, whatever the chair would like."""
    check_leads(by)
    if invitation.place in (Place.LET_GO, Place.DECLINED, Place.NOT_INDEPENDENT):
        raise Denied(_("She is not on the panel any more. Nothing was changed."))
    if has_handed_in(invitation):
        raise Denied(_("This ballot has been handed in, so it counts. Nobody can take it out."))


def check_may_begin(by: Person, review: Review) -> None:
    check_leads(by)
    if review.stage not in (Stage.CHECKED, Stage.RATING) or current_round(review):
        raise Denied(_("Rating begins when the checks have run, and once."))


def check_may_open(by: Person, round_: Round) -> None:
    check_leads(by)
    if round_ != current_round(round_.review) or round_.opened_at:
        raise Denied(_("These ratings cannot be opened now. Nothing was changed."))
    if not all_are_in(round_):
        raise Denied(
            _(
                "Not every expert who was asked has handed in, or there are fewer than %(n)s of them. "
                "Until then nobody sees any rating."
            )
            % {"n": FEWEST_RATERS}
        )


def check_may_consolidate(by: Person, round_: Round) -> None:
    check_leads(by)
    check_talks(round_)


def check_talks(round_: Round) -> None:
    """Between opening and the verdict."""
    if not round_.opened_at or round_.review.stage != Stage.CONSOLIDATING or _newest(round_.review) != round_:
        raise Denied(_("The talk about these ratings is over, or has not begun. Nothing was changed."))


# --- the expert --------------------------------------------------------------------------------------------
def invitations_of(person: Person | None) -> QuerySet[Invitation]:
    """Her own, and nobody else's."""
    if person is None or person.role != Role.EXPERT:
        return Invitation.objects.none()
    return Invitation.objects.filter(expert=person).select_related("review__product__vendor")


def invitation_seen_by(person: Person | None, pk: int) -> Invitation:
    found = invitations_of(person).filter(pk=pk).first()
    if found is None:
        raise NotSeen
    return found


def check_is_hers(by: Person, invitation: Invitation) -> None:
    if not invitations_of(by).filter(pk=invitation.pk).exists():
        raise NotSeen


def check_may_answer(by: Person, invitation: Invitation) -> None:
    check_is_hers(by, invitation)
    if invitation.place != Place.ASKED:
        raise Denied(_("You have answered this already, or the chair no longer asks."))


def check_may_declare(by: Person, invitation: Invitation) -> None:
    """Once more, too, where something has changed; but not after the ratings were opened."""
    check_is_hers(by, invitation)
    if not may_declare(invitation):
        raise Denied(_("A declaration belongs before the ratings are opened, and after you said yes."))


def may_declare(invitation: Invitation) -> bool:
    stands = invitation.place in (Place.TO_DECLARE, Place.READY)
    return stands and invitation.review.stage not in AFTER_OPENING


def check_may_read(by: Person, invitation: Invitation) -> None:
    """Questions and materials of a review: after she declared, and only where nothing stands against it."""
    check_is_hers(by, invitation)
    if invitation.place != Place.READY:
        raise Denied(
            _("What is in this review is shown to experts who have declared that they are independent.")
        )


def check_may_rate(by: Person, invitation: Invitation, *, at: datetime) -> Round:
    """The round that she rates in."""
    check_may_read(by, invitation)
    round_ = current_round(invitation.review)
    if round_ is None or round_.opened_at:
        raise Denied(_("This review is not being rated now."))
    if has_handed_in(invitation):
        raise Denied(_("You have handed in. What you said is fixed now."))
    check_has_practised(by, round_, at=at)
    return round_


def check_has_practised(by: Person, round_: Round, *, at: datetime) -> None:
    newest = newest_practice(by, at=at)
    if newest is None:
        raise Denied(_("Practise on the made-up products first. It takes about half an hour."))
    bar = round_.practice_bar
    if bar and round(100 * newest.within_one_share, 9) < bar:
        raise Denied(
            _(
                "For this review the chair asks that %(bar)s of 100 levels in practice lie within one "
                "of the key. You may practise again."
            )
            % {"bar": bar}
        )


# --- ballots -----------------------------------------------------------------------------------------------
def ballots_seen_by(person: Person | None) -> QuerySet[Ballot]:
    """Her own; and, once a round is open, all that was handed in there: for the chair and who rated in it.

    ``check_may_see_ballot`` tells the same story.
    """
    if person is None or person.role not in (Role.CHAIR, Role.EXPERT):
        return Ballot.objects.none()
    opened = Ballot.objects.filter(round__opened_at__isnull=False, handed_in_at__isnull=False)
    if person.role == Role.CHAIR:
        return opened
    hers = Ballot.objects.filter(invitation__expert=person)
    rated_in = hers.filter(handed_in_at__isnull=False, invitation__in=Invitation.objects.standing())
    return Ballot.objects.filter(
        Q(pk__in=hers.values("pk")) | Q(pk__in=opened.filter(round__in=rated_in.values("round")).values("pk"))
    )


def check_may_see_ballot(person: Person | None, ballot: Ballot) -> None:
    if not ballots_seen_by(person).filter(pk=ballot.pk).exists():
        raise NotSeen


def check_may_revise(by: Person, ballot: Ballot) -> None:
    check_is_hers(by, ballot.invitation)
    if ballot.handed_in_at is None or ballot.invitation.place != Place.READY:
        raise NotSeen
    check_talks(ballot.round)


def check_may_see_together(person: Person | None, round_: Round) -> None:
    if not round_.opened_at or not ballots_seen_by(person).filter(round=round_).exists():
        raise NotSeen


# --- rounds ------------------------------------------------------------------------------------------------
def _newest(review: Review) -> Round | None:
    return review.rounds.order_by("-number").first()


def current_round(review: Review) -> Round | None:
    """The round of the review's present time of rating. One from before new evidence came in is past."""
    newest = _newest(review)
    if newest is None or review.stage != Stage.RATING:
        return None
    moved = Move.objects.filter(review=review, to_stage=Stage.RATING).order_by("-pk").first()
    return None if moved and newest.begun_at < moved.at else newest


def has_handed_in(invitation: Invitation) -> bool:
    round_ = current_round(invitation.review) or _newest(invitation.review)
    return invitation.ballots.filter(round=round_, handed_in_at__isnull=False).exists() if round_ else False


def counted(round_: Round) -> QuerySet[Ballot]:
    """Handed in by experts who stand; of a round that is open, by those who stood when it was opened."""
    standing = Invitation.objects.standing(at=round_.opened_at).filter(review=round_.review)
    return round_.ballots.filter(handed_in_at__isnull=False, invitation__in=standing)


def all_are_in(round_: Round) -> bool:
    n_asked = Invitation.objects.standing().filter(review=round_.review).count()
    return n_asked >= FEWEST_RATERS and counted(round_).count() == n_asked


# --- practice ----------------------------------------------------------------------------------------------
def check_may_practise(by: Person | None) -> None:
    if by is None or by.role != Role.EXPERT:
        raise NotSeen


def practice_seen_by(person: Person | None, pk: int) -> Practice:
    """Her own: what an expert did in practice is nobody else's to look at."""
    check_may_practise(person)
    found = Practice.objects.filter(expert=person, pk=pk).first()
    if found is None:
        raise NotSeen
    return found


def newest_practice(person: Person, *, at: datetime) -> Practice | None:
    """Finished within the last year, on the made-up products that are used now."""
    found = Practice.objects.filter(expert=person, key=key_name(), finished_at__gt=at - PRACTICE_HOLDS)
    return found.order_by("-finished_at", "-pk").first()
