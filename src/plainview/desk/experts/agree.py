"""How far the blind ratings agree: asked of the core, stored once, read from then on.

In:   the ballots of a round that is open.
Out:  a stored row; the same in the shape of a published page.
Not here: the coefficient itself (core.measure.agreement), and what it carries (core.audit.experts).

Only the blind ratings are weighed. After a talk, people agree more; that says something about the talk.
"""

import tomllib
from collections import Counter
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plainview.core.dossier.bank import bank
from plainview.core.dossier.dossier import Rating as Rated
from plainview.desk.experts import policy
from plainview.desk.experts.models import Consolidated, RatersAgree, Rating, Round
from plainview.desk.experts.models.panel import Place
from plainview.desk.reviews.models import Review, Stage

Standing = RatersAgree.Standing
MAY_SCORE = (Standing.RELY, Standing.TENTATIVE)


def blind(round_: Round) -> list[Rated]:
    """The ratings as a dossier holds them: letters, no names."""
    given = Rating.objects.filter(ballot__in=policy.counted(round_), level__isnull=False)
    rows = given.select_related("ballot__invitation").order_by("ballot__invitation__pk", "question")
    return [
        Rated(rater=one.ballot.invitation.letter, question=one.question, level=one.level, file="", line=None)
        for one in rows
    ]


def compute(round_: Round, *, at: datetime) -> RatersAgree:
    """Once a round: a second call returns what is stored."""
    from plainview.core.audit.experts import CHECK, experts  # numpy: only a worker gets here

    stored = RatersAgree.objects.filter(round=round_).first()
    if stored:
        return stored
    seed, draws = _seed_of(round_.review)
    found = experts(blind(round_), seed=seed, draws=draws)
    return RatersAgree.objects.create(
        round=round_, check_name=CHECK, seed=seed, draws=draws, at=at, **_told(found)
    )


def _told(found) -> dict:
    from plainview.core.cannot_say import CannotSay

    if found is None:
        return {
            "standing": Standing.CANNOT_SAY,
            "n_raters": 0,
            "n_questions": 0,
            "reason": "no question was given a level",
            "would_need": "levels by three experts",
        }
    told = {"n_raters": found.n_raters, "n_questions": len(found.rated)}
    said = found.agreement
    if isinstance(said, CannotSay):
        return told | {"standing": Standing.CANNOT_SAY, "reason": said.reason, "would_need": said.would_need}
    return told | {
        "standing": Standing[found.standing.name],
        "alpha": said.value,
        "low": said.interval.low,
        "high": said.interval.high,
        "interval_level": said.interval.level,
        "scores": {str(one.number): one.score for one in found.rated if one.score is not None},
    }


def _seed_of(review: Review) -> tuple[int, int]:
    """The frozen plan's: then `plainview review` on the exported dossier prints the same numbers."""
    from plainview.core.dossier.folder import DRAWS, SEED  # where the plan names none

    said = tomllib.loads(review.frozen_plan.text) if review.frozen_plan else {}
    return int(said.get("seed", SEED)), int(said.get("draws", DRAWS))


# --- reading it --------------------------------------------------------------------------------------------
def opened_round(review: Review) -> Round | None:
    """The newest round that was opened for the evidence that is there now. An older one speaks for none."""
    found = last_opened(review)
    gathered = review.moves.filter(to_stage=Stage.GATHERING).order_by("-pk").first()
    return None if found and gathered and found.opened_at < gathered.at else found


def last_opened(review: Review) -> Round | None:
    """Whatever evidence it was for: whoever rated in it may still read it."""
    return review.rounds.filter(opened_at__isnull=False).order_by("-number").first()


def standing(review: Review) -> RatersAgree | None:
    return RatersAgree.objects.filter(round=opened_round(review)).first()


def is_waiting(review: Review) -> bool:
    """Whether ratings are open and nobody has weighed them yet: a page composed now would not hold them."""
    return opened_round(review) is not None and standing(review) is None


def consolidated(review: Review) -> list[Consolidated]:
    return list(Consolidated.objects.filter(round=opened_round(review)).order_by("question"))


def sentence(stored: RatersAgree) -> str:
    """What may be made of it, in the reader's language."""
    who = ngettext("%(n)s expert rated, each alone.", "%(n)s experts rated, each alone.", stored.n_raters) % {
        "n": stored.n_raters
    }
    return f"{who} {CARRY[stored.standing]()}"


def who_was_asked(review: Review) -> str:
    """How a panel came about, in the reader's language: a reader sees who was asked and did not rate."""
    places = Counter(one.place for one in review.invitations.prefetch_related("declarations"))
    n = places.total()
    told = [ngettext("%(n)s expert was asked.", "%(n)s experts were asked.", n) % {"n": n}]
    told += [say(places[place]) for place, say in DID_NOT_RATE.items() if places[place]]
    return " ".join(told)


DID_NOT_RATE = {
    Place.DECLINED: lambda n: ngettext("%(n)s said no.", "%(n)s said no.", n) % {"n": n},
    Place.NOT_INDEPENDENT: lambda n: (
        ngettext(
            "%(n)s declared an interest and is not counted.",
            "%(n)s declared an interest and are not counted.",
            n,
        )
        % {"n": n}
    ),
    Place.LET_GO: lambda n: (
        ngettext(
            "%(n)s was let go by the chair before handing in.",
            "%(n)s were let go by the chair before handing in.",
            n,
        )
        % {"n": n}
    ),
}


CARRY = {
    Standing.RELY: lambda: _("They agree well enough to rely on."),
    Standing.TENTATIVE: lambda: _("They agree well enough for a first view only."),
    Standing.SPREAD: lambda: _(
        "They are too far apart for a score: how their ratings spread is shown instead."
    ),
    Standing.CANNOT_SAY: lambda: _("Whether they agree cannot be said."),
}


def for_page(review: Review) -> dict | None:
    """In the shape of a published page; None where nothing was rated, or it has not been weighed yet."""
    stored = standing(review)
    if stored is None:
        return None
    said = {}
    for language in ("en", "es"):
        with translation.override(language):
            said[language] = f"{who_was_asked(review)} {sentence(stored)}"
    return {
        "n_raters": stored.n_raters,
        "alpha": stored.alpha,
        "low": stored.low,
        "high": stored.high,
        "standing": stored.standing,
        "sentence": said,
        "questions": _questions(stored),
    }


def _questions(stored: RatersAgree) -> list[dict]:
    """Levels in order of size, so that a place in the row names nobody; a score only where it may stand."""
    levels: dict[int, list[int]] = {}
    for one in blind(stored.round):
        levels.setdefault(one.question, []).append(one.level)
    settled = {one.question: one.level for one in Consolidated.objects.filter(round=stored.round)}
    may_score = stored.standing in MAY_SCORE
    return [
        {
            "number": number,
            "asks": bank()[number].asks,
            "levels": sorted(levels[number]),
            "score": settled.get(number) if may_score else None,
        }
        for number in sorted(levels)
    ]
