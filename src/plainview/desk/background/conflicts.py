"""Which interests of ours stand beside a review. Shown on every page of it, with offices and no names.

In:   a review.
Out:  who (an office, as its key) and words in English and in Spanish: the shape that a page keeps.
Not here: whether an interest is too large. The reader judges.
"""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from plainview.desk.background import money
from plainview.desk.background.models import Declaration, Tie
from plainview.desk.reviews.models import Review

LANGUAGES = ("en", "es")
EXPERT = "expert"


def of_review(review: Review, *, experts: Sequence[dict] = ()) -> list[dict]:
    """Ours first, then what money says, then what each office declared.

    ``experts`` are the lines of those who rated, as their own room says them.
    """
    rows = [_is_ours()] if review.product.is_ours else []
    rows += [_gives_to_both(body.name) for body in _both(review)]
    rows += [_same_vendor(tie) for tie in _ties_of_the_desk(review)]
    return [*rows, *_declared(review), *(experts or [_said(EXPERT, lambda: _("No expert has declared."))])]


def _is_ours() -> dict:
    return _said(
        Declaration.Office.DESK,
        lambda: _(
            "This product is made by the people who run this desk, or who wrote its software. Read it"
            " with that in mind."
        ),
    )


def _gives_to_both(name: str) -> dict:
    return _said(
        Declaration.Office.DESK,
        lambda: _("%(name)s has given money to the vendor and to this desk.") % {"name": name},
    )


def _same_vendor(tie: Tie) -> dict:
    return _said(
        Declaration.Office.DESK,
        lambda: _("%(name)s is tied to the vendor and to this desk.") % {"name": tie.body.name},
    )


def _both(review: Review):
    ties = Tie.objects.filter(vendor=review.product.vendor).values_list("body", flat=True)
    return money.who_gives_to_both(ties)


def _ties_of_the_desk(review: Review):
    of_vendor = Tie.objects.filter(vendor=review.product.vendor).values("body")
    ours = (Tie.Kind.RUNS_THE_DESK, Tie.Kind.EXPERTS_WORK_THERE)
    return Tie.objects.filter(kind__in=ours, body__in=of_vendor).select_related("body").order_by("pk")


def _declared(review: Review) -> list[dict]:
    """Of each office: every interest in words, then how many declared none; or that nobody has declared."""
    standing = Declaration.objects.filter(taken_back_at=None).order_by("pk")
    here = [*standing.filter(review=None), *standing.filter(review=review)]
    rows = []
    for office in (Declaration.Office.DESK, Declaration.Office.CHAIR):
        rows += _of_office(office, [one for one in here if one.office == office])
    steward = [one for one in here if one.office == Declaration.Office.STEWARD]
    return rows + (_of_office(Declaration.Office.STEWARD, steward) if steward else [])


def _of_office(office: Declaration.Office, declared: list[Declaration]) -> list[dict]:
    if not declared:
        return [_said(office, lambda: _("No declaration has been handed in."))]
    rows = [
        {"who": office.value, "words": {"en": one.words, "es": one.words_es}}
        for one in declared
        if not one.has_none
    ]
    n = sum(one.has_none for one in declared)
    return [*rows, _said(office, lambda: _none(n))] if n else rows


def _none(n: int) -> str:
    said = ngettext(
        "One person declared to have no interest.", "%(n)s people declared to have no interest.", n
    )
    return said % {"n": n}


def _said(office: str, say: Callable[[], str]) -> dict:
    return {"who": str(office), "words": _in_each_language(say)}


def _in_each_language(say: Callable[[], str]) -> dict:
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = say()
    return said
