"""From the checks' word to a verdict: one claim at a time, and then the review as a whole.

In:   what the checks found; a word, a sentence in both languages, and who concludes.
Out:  a verdict that is added, never changed; when all is said, a review that is concluded.
Not here: gateways (gateway), conditions (condition), the page (publish).

Whoever concludes may be more careful than the checks, and says why. Nobody may be bolder: "supported" stands
only where the checks support it, "contradicted" only where one contradicts, "refused" where the vendor did.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from plainview.desk.reviews import sheets, stage
from plainview.desk.reviews.models import Review, Stage
from plainview.desk.verdicts import gateway, policy
from plainview.desk.verdicts.found import Judged, found
from plainview.desk.verdicts.models import SENTENCE, Verdict, Word
from plainview.desk.verdicts.tongues import Both
from plainview.lobby.ledger import write
from plainview.lobby.ledger.durable import durable
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied, NotSeen

# How long a verdict holds where nobody says otherwise; then the product is looked at again.
HOLDS_FOR_MONTHS = 24
SHORTEST, LONGEST = 1, 36

# The words that the findings can carry, by the word that the checks alone lead to. The first is that word.
CARRIED: dict[Word, tuple[Word, ...]] = {
    Word.SUPPORTED: (Word.SUPPORTED, Word.NOT_SUPPORTED, Word.INCONCLUSIVE),
    Word.CONTRADICTED: (Word.CONTRADICTED, Word.NOT_SUPPORTED, Word.INCONCLUSIVE),
    Word.NOT_SUPPORTED: (Word.NOT_SUPPORTED, Word.INCONCLUSIVE),
    Word.INCONCLUSIVE: (Word.INCONCLUSIVE, Word.NOT_SUPPORTED),
    Word.REFUSED: (Word.REFUSED,),
    Word.NOT_TESTED: (Word.NOT_TESTED,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluding:
    """One claim on the way to its verdict."""

    judged: Judged
    may_say: tuple[Word, ...]
    verdict: Verdict | None  # the newest


def words_carried(judged: Judged) -> tuple[Word, ...]:
    """What may be said of a claim. "Not supported" says that somebody looked: a check must have answered."""
    words = CARRIED[Word(judged.verdict)]
    return tuple(one for one in words if one != Word.NOT_SUPPORTED or judged.n_answered or one == words[0])


def on_the_way(review: Review) -> tuple[Concluding, ...]:
    """Every claim of the newest run, with what may be said of it and what was."""
    what = found(review)
    newest = verdicts_of(review)
    return tuple(
        Concluding(judged=one, may_say=words_carried(one), verdict=newest.get(one.id))
        for one in (what.claims if what else ())
    )


def verdicts_of(review: Review) -> dict[str, Verdict]:
    """The verdict that holds for each claim: the newest."""
    return {one.claim: one for one in review.verdicts.order_by("pk")}


def conclude(
    review: Review,
    *,
    claim: str,
    word: str,
    sentence: Both,
    by: Person,
    at: datetime,
    why: str = "",
    months: int = HOLDS_FOR_MONTHS,
) -> Verdict:
    """What follows for one claim. The same words once more add nothing."""
    policy.check_may_conclude(by, review)
    judged = _judged(review, claim)
    sentence, why = sentence.stripped(), why.strip()
    _check_carried(judged, word)
    _check_said(sentence, why, is_more_careful=word != judged.verdict)
    if not SHORTEST <= months <= LONGEST:
        raise Denied(_("A verdict holds for one month at least, and for three years at most."))
    with durable():
        Review.objects.select_for_update().get(pk=review.pk)
        rests = _rests(judged)
        says = {"word": word, "sentence_en": sentence.en, "sentence_es": sentence.es, "why": why}
        holds_until = months_later(timezone.localdate(at), months)
        there = verdicts_of(review).get(claim)
        if there and _is_same(there, rests | says | {"holds_until": holds_until}):
            return there
        made = Verdict.objects.create(review=review, **rests, **says, holds_until=holds_until, by=by, at=at)
        write.deed("verdicts.concluded", by=by.pk, at=at, thing=made.pk)
    return made


def close(review: Review, *, by: Person, at: datetime, why: str) -> None:
    """The verdict is in: each claim has one that rests on the newest findings, each gateway is recorded."""
    policy.check_may_conclude(by, review)
    if review.stage == Stage.CONCLUDED:
        return
    check_rests(review)
    check_can_be_repeated(review)
    if not why.strip():
        raise Denied(_("Say why the review is concluded now."))
    stage.move(review, to=Stage.CONCLUDED, by=by, at=at, why=why)


def check_rests(review: Review) -> None:
    """Every claim and every gateway says what the newest run carries: checks may have run since."""
    if open_claims := [one.judged.says for one in on_the_way(review) if not _is_settled(one)]:
        raise Denied(_("These claims have no verdict yet: %(claims)s") % {"claims": "; ".join(open_claims)})
    at_gates = gateway.at_gates(review)
    if unrecorded := [f"{one.gate} {one.gate.label}" for one in at_gates if one.recorded is None]:
        raise Denied(_("These gateways are not recorded yet: %(gates)s") % {"gates": "; ".join(unrecorded)})
    if loose := [f"{one.gate} {one.gate.label}" for one in at_gates if not gateway.still_rests(one)]:
        raise Denied(
            _("What these gateways rest on is no longer found. Record them again: %(gates)s")
            % {"gates": "; ".join(loose)}
        )


def check_can_be_repeated(review: Review) -> None:
    """What is published comes out of the dossier again: ratings that came later are counted first."""
    what = found(review)
    if what and sheets.body(review, sheets.RATINGS) and what.told.get("experts") is None:
        raise Denied(
            _("The ratings came in after the checks had run. Start the checks once more, then conclude.")
        )


def holds(verdict: Verdict, *, on: date) -> bool:
    """Whether a verdict still stands on that day."""
    return on <= verdict.holds_until


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError  # every month has a 28th


def _judged(review: Review, claim: str) -> Judged:
    what = found(review)
    judged = what.claim(claim) if what else None
    if judged is None:
        raise NotSeen
    return judged


def _check_carried(judged: Judged, word: str) -> None:
    carried = words_carried(judged)
    if word in carried:
        return
    if word == Word.SUPPORTED:
        raise Denied(
            _("“Supported” needs checks that support the claim. They say: %(proposed)s.")
            % {"proposed": Word(judged.verdict).label}
        )
    raise Denied(
        _("The findings do not carry that word. You may say: %(words)s.")
        % {"words": ", ".join(str(one.label) for one in carried)}
    )


def _check_said(sentence: Both, why: str, *, is_more_careful: bool) -> None:
    if not (sentence.en and sentence.es):
        raise Denied(_("A verdict needs one sentence in English and one in Spanish."))
    if max(len(sentence.en), len(sentence.es)) > SENTENCE:
        raise Denied(_("A sentence has at most %(n)s letters.") % {"n": SENTENCE})
    if is_more_careful and not why:
        raise Denied(_("You are more careful than the checks. Say why: it will stand on the page."))


def _rests(judged: Judged) -> dict:
    return {
        "claim": judged.id,
        "says": judged.says,
        "proposed": judged.verdict,
        "proposed_sentence": judged.sentence,
        "checks": list(judged.checks),
    }


def _is_same(there: Verdict, wanted: dict) -> bool:
    return all(getattr(there, name) == value for name, value in wanted.items())


def _is_settled(one: Concluding) -> bool:
    """A verdict that rests on what the newest run says, not on one before it."""
    return one.verdict is not None and _is_same(one.verdict, _rests(one.judged))
