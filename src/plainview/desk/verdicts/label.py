"""The label on top of a page: eight rows, always the same, each a question, a mark, a sentence and its doubt.

In:   what the checks found, what experts settled on, what was concluded, who pays, how many stories.
Out:  eight rows. A row never says more than the findings do.
Not here: the findings themselves, how a label looks (published).

The rule of the five rows that rest on checks, in this order:
- nothing was asked: "not tested";
- a finding speaks against it: "shown not to";
- the checks that the row rests on speak for it: "shown";
- they answered and leave it open: "not shown";
- only side checks answered: "cannot say";
- nothing answered: "refused" where the vendor refused what it would take, else "cannot say".
Where people were more careful than the checks, the row follows them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plainview.desk.published.page import LabelRow, Money, Row, Stories, Words, anchor
from plainview.desk.published.words import ROWS
from plainview.desk.verdicts import how_sure
from plainview.desk.verdicts.found import Asked, Found
from plainview.desk.verdicts.models import Mark, Verdict
from plainview.desk.verdicts.tongues import NOTHING, Both, said

# Experts' levels, 0 to 4: from here on an answer to a question is a yes.
A_YES = 3
# Who decides: what decisions it makes and who can change them; whether the teacher can switch it off.
ABOUT_DECIDING = (5, 18)
MAY_BE_RELIED_ON = ("rely", "tentative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rests:
    """Which checks a row of the label looks at."""

    on: tuple[str, ...]  # any of these may speak against it
    any_of: tuple[str, ...] = ()  # one of these must speak for it, and none of them leave it open
    all_of: tuple[str, ...] = ()  # each of these must speak for it
    kinds: tuple[str, ...] = ()  # exhibits without which it goes unanswered
    claims: str = ""  # the question that claims of this row rest on

    @property
    def needed(self) -> tuple[str, ...]:
        return (*self.any_of, *self.all_of)


RESTS: dict[Row, Rests] = {
    Row.ADAPTS: Rests(
        on=(
            "adaptivity.log_test",
            "adaptivity.twin_probe",
            "adaptivity.differentiation",
            "adaptivity.memory",
        ),
        any_of=("adaptivity.log_test", "adaptivity.twin_probe"),
        kinds=("log", "probe"),
        claims="adaptivity",
    ),
    Row.FAIR: Rests(
        on=(
            "fairness",
            "adaptivity.same_for_all",
            "adaptivity.irrelevant",
            "adaptivity.equity_of_stopping",
        ),
        any_of=(
            "fairness.errors_by_group",
            "fairness.learner_error",
            "adaptivity.same_for_all",
            "adaptivity.irrelevant",
        ),
        kinds=("log", "groups", "predictions", "responses"),
        claims="fairness",
    ),
    Row.SOUND: Rests(
        on=("soundness",),
        all_of=("soundness.reliability",),
        kinds=("responses", "items", "scores", "framework"),
        claims="soundness",
    ),
    Row.WORKS: Rests(
        on=("efficacy.effect", "efficacy.rating", "efficacy.virtual_group"),
        all_of=("efficacy.effect", "efficacy.rating"),
        kinds=("study",),
        claims="efficacy",
    ),
    Row.LEAVES: Rests(
        on=("exposure",),
        all_of=("exposure.light",),
        kinds=("har", "capture", "policy", "contract", "table"),
        claims="exposure",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the label is made from, besides the checks."""

    levels: Mapping[int, int | None]  # experts', by question of the bank
    standing: str  # of their agreement; "" where nobody rated
    verdicts: Sequence[Verdict]
    money: Money
    stories: Stories


def rows(what: Found, heard: Heard) -> tuple[LabelRow, ...]:
    """All eight, in their order."""
    by_check = [_by_check(row, rests, what, heard.verdicts) for row, rests in RESTS.items()]
    return (*by_check, _decides(heard), _pays(heard.money, what), _teachers(heard.stories))


def mark(rests: Rests, what: Found) -> Mark:
    """What the checks alone say."""
    asked = what.of(rests.on)
    if not asked:
        return Mark.NOT_TESTED
    needed = [one for one in asked if one.name in rests.needed]
    if any(one.speaks_against for one in asked):
        return Mark.SHOWN_NOT_TO
    if _speak_for(rests, needed):
        return Mark.SHOWN
    if any(one.findings for one in needed):
        return Mark.NOT_SHOWN
    if any(one.findings for one in asked):
        return Mark.CANNOT_SAY
    return Mark.REFUSED if what.refused_kinds & set(rests.kinds) else Mark.CANNOT_SAY


def _speak_for(rests: Rests, needed: Sequence[Asked]) -> bool:
    """Whether all that must speak for it do, and none of the others that were answered leaves it open."""
    answered = {one.name: one.speaks_for for one in needed if one.findings}
    some = not rests.any_of or any(name in answered for name in rests.any_of)
    return some and all(answered.values()) and set(rests.all_of) <= set(answered) and bool(answered)


def _by_check(row: Row, rests: Rests, what: Found, verdicts: Sequence[Verdict]) -> LabelRow:
    alone = mark(rests, what)
    careful = _more_careful(alone, rests, verdicts)
    leading = _leading(careful or alone, what.of(rests.on), rests)
    return _row(
        row,
        careful or alone,
        doubt=_doubt(row, what.of(rests.on), leading, is_careful=careful is not None),
        evidence=anchor(leading.check) if leading else "",
        n_visits=what.n_visits,
    )


def _more_careful(alone: Mark, rests: Rests, verdicts: Sequence[Verdict]) -> Mark | None:
    """Where people said less than the checks about a claim of this row, the row says no more than they."""
    if alone not in (Mark.SHOWN, Mark.SHOWN_NOT_TO):
        return None
    own = [one for one in verdicts if any(name.startswith(f"{rests.claims}.") for name in one.checks)]
    careful = [one.mark for one in own if one.is_more_careful]
    return min(careful, key=lambda one: one != Mark.CANNOT_SAY) if careful else None


def _leading(mark: Mark, asked: Sequence[Asked], rests: Rests) -> Asked | None:
    """The check that the row points to: the one that bears its mark, else one that it rests on."""
    bears = {Mark.SHOWN: lambda one: one.speaks_for, Mark.SHOWN_NOT_TO: lambda one: one.speaks_against}
    chosen = [one for one in asked if mark in bears and bears[mark](one)]
    needed = [one for one in asked if one.name in rests.needed]
    answered = [one for one in needed if one.findings] + [one for one in asked if one.findings]
    in_order = [*(one for one in chosen if one in needed), *chosen, *answered, *needed, *asked]
    return next(iter(in_order), None)


# --- words ----------------------------------------------------------------------------------------------
def question(row: Row) -> Both:
    """As lists have it too: short enough for a phone."""
    return said(lambda: ROWS[row])


def sentence(row: Row, mark: Mark, *, n_visits: int = 0) -> Both:
    """The sentence of a closed list: no row is ever worded by hand. ``n_visits``: how many were recorded."""
    return said(lambda: {**_of_any_row(), **_of_a_row(n_visits)[row]}[mark])


def _of_any_row() -> dict[Mark, str]:
    return {
        Mark.CANNOT_SAY: _("We cannot say: what we have does not answer it."),
        Mark.REFUSED: _("The vendor refused what it takes to answer this."),
        Mark.NOT_TESTED: _("We have not tested this."),
    }


def _of_a_row(n_visits: int) -> dict[Row, dict[Mark, str]]:
    return {
        Row.ADAPTS: {
            Mark.SHOWN: _("What comes next depends on the answer just given."),
            Mark.NOT_SHOWN: _("We looked, and did not see that answers change what comes next."),
            Mark.SHOWN_NOT_TO: _("A check speaks against it: what we tested does not follow the answers."),
        },
        Row.FAIR: {
            Mark.SHOWN: _("Groups came out alike, in what we could test."),
            Mark.NOT_SHOWN: _("We looked, and it is not shown that groups come out alike."),
            Mark.SHOWN_NOT_TO: _("At least one check found a difference between groups."),
        },
        Row.SOUND: {
            Mark.SHOWN: _("Its scores are steady enough, in what we could test."),
            Mark.NOT_SHOWN: _("We looked, and it is not shown that its scores are steady enough."),
            Mark.SHOWN_NOT_TO: _("At least one check of its tests speaks against them."),
        },
        Row.WORKS: {
            Mark.SHOWN: _("Students who got it learned more, in a study that can be trusted."),
            Mark.NOT_SHOWN: _("There is a study, and it does not show that the product made the difference."),
            Mark.SHOWN_NOT_TO: _("Students who got it did not learn more than others, in what was studied."),
        },
        Row.LEAVES: _of_leaving(n_visits),
        Row.DECIDES: {
            Mark.SHOWN: _("Experts agree: teachers and families can see, change and refuse what it decides."),
            Mark.NOT_SHOWN: _("Experts did not find that teachers and families can see and refuse enough."),
            Mark.CANNOT_SAY: _("We cannot say: experts came to no common answer that may be relied on."),
            Mark.NOT_TESTED: _("Experts have not rated this."),
        },
        Row.PAYS: {
            Mark.SHOWN: _("Who pays is written down below, with its sources."),
            Mark.REFUSED: _("The vendor refused the contract that would show who pays."),
            Mark.NOT_TESTED: _("We have found no source yet that says who pays."),
        },
        Row.TEACHERS: {
            Mark.CANNOT_SAY: _(
                "People told us what happened. We hear and count stories; they prove nothing."
            ),
            Mark.NOT_TESTED: _("Nobody has told us a story about it yet."),
        },
    }


def _of_leaving(n_visits: int) -> dict[Mark, str]:
    """What was seen in a few visits says nothing of the rest: how many they were stands in the sentence."""
    n = {"n": n_visits}
    if not n_visits:
        return {
            Mark.SHOWN: _("Nothing was seen to go to others, in what we tried."),
            Mark.NOT_SHOWN: _("We looked, and it is not shown that everything stays with the product."),
            Mark.SHOWN_NOT_TO: _("It does not all stay with the product: others were reached."),
        }
    return {
        Mark.SHOWN: ngettext(
            "Nothing was seen to go to others, in the one visit that was recorded.",
            "Nothing was seen to go to others, in the %(n)d visits that were recorded.",
            n_visits,
        )
        % n,
        Mark.NOT_SHOWN: ngettext(
            "In the one visit that was recorded, it is not shown that everything stays with the product.",
            "In the %(n)d visits that were recorded, it is not shown that everything stays with the product.",
            n_visits,
        )
        % n,
        Mark.SHOWN_NOT_TO: ngettext(
            "It does not all stay with the product: in the one visit that was recorded, others were reached.",
            "It does not all stay with the product: in the %(n)d visits that were recorded, others were"
            " reached.",
            n_visits,
        )
        % n,
    }


def _row(row: Row, mark: Mark, *, doubt: Both = NOTHING, evidence: str = "", n_visits: int = 0) -> LabelRow:
    return LabelRow(
        row=row,
        question=words(question(row)),
        mark=mark.value,
        sentence=words(sentence(row, mark, n_visits=n_visits)),
        doubt=words(doubt),
        evidence=evidence,
    )


def words(both: Both) -> Words:
    return Words(en=both.en, es=both.es)


# --- doubt ----------------------------------------------------------------------------------------------
def _doubt(row: Row, asked: Sequence[Asked], leading: Asked | None, *, is_careful: bool) -> Both:
    told = how_sure.of(asked, leading)
    if row == Row.LEAVES and any(one.findings for one in asked):
        told += said(lambda: _("Other pages, other days and what its servers pass on were not recorded."))
    if is_careful:
        told += said(lambda: _("Who concluded is more careful than the checks, and says why at the claim."))
    return told


# --- rows without checks --------------------------------------------------------------------------------
def _decides(heard: Heard) -> LabelRow:
    levels = [heard.levels.get(number) for number in ABOUT_DECIDING]
    known = [level for level in levels if level is not None]
    n_known = len(known)
    if not any(number in heard.levels for number in ABOUT_DECIDING):
        return _row(Row.DECIDES, Mark.NOT_TESTED)
    if n_known < len(ABOUT_DECIDING) or heard.standing not in MAY_BE_RELIED_ON:
        return _row(Row.DECIDES, Mark.CANNOT_SAY, doubt=_why_no_answer(heard), evidence="experts")
    told = dict(zip(("of_first", "of_second", "first", "second"), (*known, *ABOUT_DECIDING), strict=True))
    doubt = said(
        lambda: (
            _(
                "Of levels 0 to 4, they settled on %(of_first)d for question %(first)d and on %(of_second)d"
                " for question %(second)d."
            )
            % told
        )
    )
    shown = min(known) >= A_YES
    return _row(Row.DECIDES, Mark.SHOWN if shown else Mark.NOT_SHOWN, doubt=doubt, evidence="experts")


def _why_no_answer(heard: Heard) -> Both:
    """Too far apart over all, or no level for one of the two: a reader must not take one for the other."""
    if heard.standing not in MAY_BE_RELIED_ON:
        return said(lambda: _("Over all questions their ratings lie too far apart."))
    open_ones = [str(number) for number in ABOUT_DECIDING if heard.levels.get(number) is None]
    told = {"numbers": ", ".join(open_ones)}
    return said(lambda: _("They settled on no level for question %(numbers)s.") % told)


def _pays(money: Money, what: Found) -> LabelRow:
    if money.who_pays or money.funders:
        return _row(Row.PAYS, Mark.SHOWN, evidence="money")
    refused = "contract" in what.refused_kinds
    return _row(Row.PAYS, Mark.REFUSED if refused else Mark.NOT_TESTED)


def _teachers(stories: Stories) -> LabelRow:
    if not stories.n:
        return _row(Row.TEACHERS, Mark.NOT_TESTED)
    doubt = Both(en=stories.base.en, es=stories.base.es)
    if not doubt.en:
        doubt = said(lambda: ngettext("%(n)d story.", "%(n)d stories.", stories.n) % {"n": stories.n})
    return _row(Row.TEACHERS, Mark.CANNOT_SAY, doubt=doubt, evidence="stories")
