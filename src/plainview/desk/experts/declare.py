"""What an expert has to do with the product: declared before she sees anything of its review.

In:   four questions answered with yes or no, and her own words.
Out:  a declaration that never changes; the lines that readers of the page will find.
Not here: what the desk itself has to do with a vendor (background).
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from plainview.desk.experts import policy, reading
from plainview.desk.experts.models import Declaration, Invitation
from plainview.desk.reviews.models import Review
from plainview.lobby.ledger import write
from plainview.lobby.ledger.durable import durable
from plainview.lobby.people.models import Person

INTERESTS = (
    "took_part_in_building",
    "took_part_in_distributing",
    "took_part_in_buying",
    "has_financial_interest",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interests:
    """Yes or no to each; the page says these four in the same order."""

    took_part_in_building: bool
    took_part_in_distributing: bool
    took_part_in_buying: bool
    has_financial_interest: bool

    @property
    def any(self) -> bool:
        return any(getattr(self, name) for name in INTERESTS)


def declare(
    invitation: Invitation,
    interests: Interests,
    *,
    role_words: str,
    words: str = "",
    may_be_named: bool = False,
    by: Person,
    at: datetime,
) -> Declaration:
    """A later declaration stands beside the earlier ones, and takes back none of them."""
    with durable():
        invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
        policy.check_may_declare(by, invitation)
        made = Declaration.objects.create(
            invitation=invitation,
            **{name: getattr(interests, name) for name in INTERESTS},
            is_independent=not interests.any,
            role_words=role_words,
            words=words,
            may_be_named=may_be_named,
            at=at,
        )
        if made.is_independent:
            reading.let_in(invitation, at=at)
        else:
            reading.let_out(invitation, by=by, at=at)
        write.deed("experts.declared", by=by.pk, at=at, thing=invitation.pk)
    return made


# --- as readers find it ------------------------------------------------------------------------------------
SAYS_NOTHING_STANDS_AGAINST = gettext_noop(
    "Declared on %(day)s: no part in building, distributing or buying this product, "
    "and no financial interest in it."
)
SAYS_DID_NOT_RATE = gettext_noop("Declared on %(day)s: %(what)s. Did not rate.")
SAYS = {
    "took_part_in_building": gettext_noop("had a part in building it"),
    "took_part_in_distributing": gettext_noop("had a part in distributing it"),
    "took_part_in_buying": gettext_noop("had a part in buying it"),
    "has_financial_interest": gettext_noop("has a financial interest in it"),
}


def conflict_lines(review: Review) -> list[dict]:
    """Each expert who declared, in the shape of a published page: a role or her name, and the words."""
    declared = Declaration.objects.filter(invitation__review=review).order_by("invitation", "pk")
    rows = declared.select_related("invitation__expert")
    newest = {one.invitation_id: one for one in rows}
    return [
        {"who": _who(one), "words": _both(one)} for one in newest.values() if not one.invitation.let_go_at
    ]


def _who(one: Declaration) -> str:
    name = one.invitation.expert.full_name if one.may_be_named else f"Expert {one.invitation.letter}"
    return f"{name}, {one.role_words}"


def _both(one: Declaration) -> dict[str, str]:
    said = {}
    for language in ("en", "es"):
        with translation.override(language):
            said[language] = " ".join(filter(None, [_sentence(one), one.words]))
    return said


def _sentence(one: Declaration) -> str:
    day = one.at.date().isoformat()
    if one.is_independent:
        return _(SAYS_NOTHING_STANDS_AGAINST) % {"day": day}
    what = ", ".join(_(SAYS[name]) for name in INTERESTS if getattr(one, name))
    return _(SAYS_DID_NOT_RATE) % {"day": day, "what": what}
