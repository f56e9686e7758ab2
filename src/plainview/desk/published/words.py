"""The words of the closed lists, and numbers as people read them.

In:   a mark, a row, a kind, a number with its range.
Out:  a word in the language that is set; for a mark, also its shape: nobody needs to tell colours apart.
Not here: sentences about a product. Those stand in its page.
"""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from plainview.desk.published.clocks import Status
from plainview.desk.published.models import Event
from plainview.desk.published.page import Cell, ClaimKind, Effect, Mark, Page, Row, Words

MARKS = {
    Mark.SHOWN: _("shown"),
    Mark.NOT_SHOWN: _("not shown"),
    Mark.SHOWN_NOT_TO: _("shown not to"),
    Mark.CANNOT_SAY: _("cannot say"),
    Mark.REFUSED: pgettext_lazy("a mark", "refused"),
    Mark.NOT_TESTED: _("not tested"),
}
MARKS_MEAN = {
    Mark.SHOWN: _("What we saw speaks for it."),
    Mark.NOT_SHOWN: _("We looked, and what we saw does not show it."),
    Mark.SHOWN_NOT_TO: _("What we saw speaks against it."),
    Mark.CANNOT_SAY: _("We looked, and it cannot be said from what there is."),
    Mark.REFUSED: _("The vendor was asked for what it takes, and said no or nothing."),
    Mark.NOT_TESTED: _("We did not look, and the page says why."),
}
SHAPES = {
    Mark.SHOWN: '<circle class="full" cx="9" cy="9" r="8"/><path class="tick" d="m5 9.4 2.8 2.8L13.2 6"/>',
    Mark.NOT_SHOWN: '<circle class="line" cx="9" cy="9" r="7"/>',
    Mark.SHOWN_NOT_TO: '<path class="line" d="M3.5 3.5l11 11m0-11l-11 11"/>',
    Mark.CANNOT_SAY: '<circle class="line" cx="9" cy="9" r="7"/><path class="full" d="M9 2a7 7 0 0 1 0 14"/>',
    Mark.REFUSED: '<circle class="line" cx="9" cy="9" r="7"/><path class="line" d="M4 14 14 4"/>',
    Mark.NOT_TESTED: '<path class="line dashed" d="M2 9h14"/>',
}
ROWS = {
    Row.ADAPTS: _("Does it adapt?"),
    Row.FAIR: _("Is it fair?"),
    Row.SOUND: _("Are its tests sound?"),
    Row.WORKS: _("Does it work?"),
    Row.LEAVES: _("What data leaves?"),
    Row.DECIDES: _("Who decides?"),
    Row.PAYS: _("Who pays?"),
    Row.TEACHERS: _("What did teachers say?"),
}
# Where the mark's own word would answer the row's question wrongly: "What data leaves?" "Shown not to."
ANSWERS = {
    (Row.LEAVES, Mark.SHOWN): pgettext_lazy("of data", "none seen to leave"),
    (Row.LEAVES, Mark.NOT_SHOWN): pgettext_lazy("of data", "not shown to stay"),
    (Row.LEAVES, Mark.SHOWN_NOT_TO): pgettext_lazy("of data", "seen to leave"),
    (Row.DECIDES, Mark.SHOWN): _("teachers and families can"),
    (Row.DECIDES, Mark.NOT_SHOWN): _("not shown that people can"),
    (Row.DECIDES, Mark.SHOWN_NOT_TO): _("not teachers or families"),
    (Row.PAYS, Mark.SHOWN): _("it is known"),
    (Row.PAYS, Mark.NOT_TESTED): _("no source yet"),
    (Row.TEACHERS, Mark.CANNOT_SAY): _("stories, counted"),
    (Row.TEACHERS, Mark.NOT_TESTED): _("no story yet"),
}
QUESTIONS = {
    "adaptivity": _("Does it adapt?"),
    "fairness": _("Is it fair?"),
    "soundness": _("Are its tests sound?"),
    "efficacy": _("Does it work?"),
    "exposure": _("What data leaves?"),
}
CLAIMS = {
    ClaimKind.ADAPTS: _("It adapts"),
    ClaimKind.FAIR: _("It is fair"),
    ClaimKind.SOUND: _("Its tests are sound"),
    ClaimKind.WORKS: _("It works"),
    ClaimKind.SAFE: _("Data are safe"),
    ClaimKind.OTHER: _("Something else"),
}
OFFICES = {
    "desk": _("this desk"),
    "chair": _("chair of the review"),
    "expert": _("expert"),
    "steward": _("steward of stories"),
}
STATUSES = {
    Status.OPEN: _("open"),
    Status.MET: pgettext_lazy("a condition", "met"),
    Status.OVERDUE: _("overdue"),
    Status.BREACHED: pgettext_lazy("a condition", "breached"),
    Status.WITHDRAWN: pgettext_lazy("a condition", "withdrawn"),
}
EVENTS = dict(Event.Kind.choices)
STANDINGS = {
    "rely": _("They agree closely: the scores can be relied on."),
    "tentative": _("They agree in part: the scores are tentative."),
    "spread only": _("They do not agree: the spread is shown, and no score."),
    "cannot say": _("How far they agree cannot be said."),
}
# What a refusal was about, and what a document is. A word that is not here is shown as it was written.
KINDS = {
    "log": _("learning log"),
    "groups": _("table of groups"),
    "study": _("study"),
    "responses": _("answers to items"),
    "items": _("items"),
    "scores": _("scores"),
    "predictions": _("predictions"),
    "probe": _("a way to try it"),
    "framework": _("framework of what is taught"),
    "har": _("capture of traffic"),
    "table": _("published table"),
    "policy": _("privacy policy"),
    "contract": _("contract"),
    "code": _("code"),
    "other": _("other"),
    "dossier": _("dossier"),
    "findings": _("findings"),
    "report": _("report"),
    "ratings": _("ratings of experts"),
    "exhibit": _("handed over, in the dossier"),
    "source": _("source"),
    "left out": _("not in the dossier"),
    "confidential": _("handed over, left out of the dossier as confidential"),
    "too large": _("handed over, left out of the dossier as too large"),
}
DIGITS = 3
SHARES = ("share", "probability")
USUAL_LEVEL = 0.95


def both(say: Callable[[], object]) -> Words:
    """A word of ours in both languages."""
    with override("en"):
        en = str(say())
    with override("es"):
        return Words(en=en, es=str(say()))


def answer(row: Row, mark: Mark) -> str:
    """The word for a mark, as an answer to the row's question."""
    return str(ANSWERS.get((row, mark), MARKS[mark]))


def answers(row: Row) -> list[tuple[Mark, str]]:
    """All that a row may be answered with."""
    return [(mark, answer(row, mark)) for mark in Mark]


def over_claims(page: Page) -> str:
    if page.claims and not any(one.is_quoted for one in page.claims):
        return str(_("What we asked, and what we found"))
    return str(_("What the vendor says, and what we found"))


def no_reply(page: Page) -> str:
    if page.was_shown:
        return str(_("The vendor was shown this page before it was published, and has not replied."))
    return str(
        _(
            "All of this was public before, so nobody was shown this page first. Whoever makes the product"
            " may reply whenever they wish: the reply will stand here."
        )
    )


def amount_of(one: Effect) -> str:
    """ "4", "0.36"."""
    return "–" if one.value is None else _as_told(one.value, one.unit)


def unit_of(one: Effect) -> tuple[str, bool]:
    """ "in 100"; and whether that is a word of ours. Other units stand in the core's own English."""
    if one.value is None:
        return "", True
    return (str(_("in 100")), True) if one.unit in SHARES else (one.unit, False)


def range_of(one: Effect) -> str:
    """ "2 to 6", and the level where it is not the usual one; or nothing."""
    if one.low is None or one.high is None:
        return ""
    ends = {"low": _as_told(one.low, one.unit), "high": _as_told(one.high, one.unit)}
    level = "" if one.level in (None, USUAL_LEVEL) else f" ({100 * one.level:g} %)"
    return str(_("%(low)s to %(high)s") % ends) + level


def resting_on(one: Effect) -> str:
    return "" if one.n is None else f"{one.n:,} {one.of}".strip()


def cell(value: Cell) -> str:
    if value is None:
        return "–"
    return plain(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def plain(value: float) -> str:
    """Three digits that say something; whole numbers whole; a minus sign that is one."""
    if float(value).is_integer() and abs(value) < 1e15:
        text = f"{int(value):,}"
    elif abs(value) >= 10**DIGITS:
        text = f"{value:,.0f}"
    else:
        text = f"{value:.2g}" if abs(value) < 1e-4 else f"{value:.{DIGITS}g}"
    return text.replace("-", "\N{MINUS SIGN}", 1) if text.startswith("-") else text


def _as_told(value: float, unit: str) -> str:
    return plain(100 * value if unit in SHARES else value)
