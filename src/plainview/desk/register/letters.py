"""A letter that asks a vendor to pause, and clauses for a contract, filled from a frozen page.

In:   the newest frozen page of a product, its conditions as they stand today, the contract.
Out:  a text of paragraphs, in the language that is set. Whoever sends it edits it first.
Not here: sending; letters that anyone may use (kits).
"""
# ruff: noqa: E501 - a clause is easier to read on one line

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plainview.desk.published import addresses
from plainview.desk.published.clauses import clauses as of_every_contract
from plainview.desk.published.clocks import Standing, Status
from plainview.desk.published.models import Publication
from plainview.desk.published.page import Mark, Page, Words
from plainview.desk.register.models import Contract

ANSWER_WITHIN = 30  # days; edited like every other word
# The rows of the label that speak for a pause. What cannot be said is no finding against anyone.
SPEAK = (Mark.SHOWN_NOT_TO, Mark.NOT_SHOWN, Mark.REFUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    title: str
    paragraphs: tuple[str, ...]

    @property
    def plain(self) -> str:
        return "\n\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a letter may rest on: one frozen page, and its conditions today."""

    page: Page
    publication: Publication
    standings: Sequence[Standing]
    site: str

    @property
    def address(self) -> str:
        return self.site.rstrip("/") + addresses.publication(self.page.product.slug, self.page.number)


def pause(contract: Contract, evidence: Evidence, *, on: date) -> Text:
    """Asks the vendor to stop until what the page names is mended. Every sentence stands on the page."""
    page = evidence.page
    told = _told(contract, evidence) | {"until": _day(on + timedelta(days=ANSWER_WITHIN))}
    found = [
        f"– {_said(row.question)} {_said(row.sentence)} {_said(row.doubt)}".strip()
        for row in page.label
        if row.mark in SPEAK
    ]
    paragraphs = [
        _day(on),
        _("To %(vendor)s") % told,
        _(
            "%(district)s uses %(product)s. An independent review of it was published on %(published)s by %(office)s."
        )
        % told,
        *_list(_("It says:"), found),
        *_list(_("These conditions stand open or are overdue today:"), _conditions(evidence, _open)),
        *_list(_("You were asked for this, and it was not handed over:"), _refusals(page)),
        _(
            "We ask you to pause its use with our students until these are settled, and to answer by %(until)s."
        )
        % told,
        _(
            "Until then, teachers here go on without it. Nothing that students did in it may be deleted meanwhile."
        )
        % told,
        _source(evidence),
        told["district"],
    ]
    return Text(title=_("Pause: %(product)s") % told, paragraphs=tuple(paragraphs))


def clauses(contract: Contract, evidence: Evidence | None, *, on: date) -> Text:
    """Clauses to paste into a contract: what is handed over for a review, audit, versions, the way out."""
    paragraphs = [" ".join([one.heading, "\n".join(one.paragraphs)]) for one in of_every_contract()]
    if evidence:
        conditions = _conditions(evidence, lambda standing: standing.status != Status.WITHDRAWN)
        paragraphs += _list(
            _(
                "7. Conditions of the review. The vendor meets these, each by its day; until then the district may pause."
            ),
            conditions,
        )
        paragraphs.append(_source(evidence))
    return Text(title=_("Clauses: %(product)s") % {"product": contract.name}, paragraphs=tuple(paragraphs))


def _told(contract: Contract, evidence: Evidence) -> dict:
    page = evidence.page
    return {
        "district": contract.district.name,
        "vendor": page.product.vendor,
        "product": f"{page.product.name} {page.product.version}".strip(),
        "office": page.office,
        "published": _day(page.published_on),
    }


def _source(evidence: Evidence) -> str:
    return _("The page, as it was frozen: %(address)s (SHA-256 %(hash)s).") % {
        "address": evidence.address,
        "hash": evidence.publication.page_sha256,
    }


def _list(opening: str, lines: Sequence[str]) -> list[str]:
    """Nothing at all where there is nothing to list."""
    return ["\n".join([opening, *lines])] if lines else []


def _open(standing: Standing) -> bool:
    return standing.status in (Status.OPEN, Status.OVERDUE, Status.BREACHED)


def _conditions(evidence: Evidence, wanted: Callable[[Standing], bool]) -> list[str]:
    return [_condition(one) for one in evidence.standings if wanted(one)]


def _condition(standing: Standing) -> str:
    condition = standing.condition
    told = {"words": _said(condition.words), "day": _day(condition.deadline)}
    told |= {"proves": _said(condition.proves), "status": _status(standing.status)}
    return "– " + _("%(words)s By %(day)s (%(status)s). What shows it: %(proves)s") % told


def _status(status: Status) -> str:
    return {
        Status.OPEN: _("open"),
        Status.MET: _("met"),
        Status.OVERDUE: _("overdue"),
        Status.BREACHED: _("breached"),
        Status.WITHDRAWN: _("withdrawn"),
    }[status]


def _refusals(page: Page) -> list[str]:
    lines = []
    for refusal in page.refusals:
        told = {"kind": refusal.kind, "asked": _day(refusal.asked_on)}
        if refusal.refused_on:
            said = _("%(kind)s: asked for on %(asked)s, refused on %(day)s.")
            lines.append("– " + said % (told | {"day": _day(refusal.refused_on)}))
        else:
            lines.append("– " + _("%(kind)s: asked for on %(asked)s, no answer.") % told)
    return lines


def _said(words: Words) -> str:
    return (words.es if (get_language() or "").startswith("es") else "") or words.en


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
