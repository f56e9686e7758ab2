"""What people wrote into a dossier for the page beside what was found: product.toml [other], and page.toml.

In:   a review.
Out:  its words in both languages; where the data come from.
Not here: what the checks found (found), what this desk's people conclude (conclude).
"""

from typing import Any

from plainview.desk.published import page as format
from plainview.desk.reviews import sheets
from plainview.desk.reviews.models import Review
from plainview.desk.verdicts.tongues import Both

PAGE = "page.toml"
WRITTEN_HERE = "written for this review"  # in a claim's `where`: nobody's words are quoted


def other(review: Review) -> dict[str, Any]:
    return sheets.read(review, sheets.PRODUCT).get("other", {})


def page(review: Review) -> dict[str, Any]:
    return sheets.read(review, PAGE)


def is_public(review: Review) -> bool:
    """Whether it was made of what anyone can have: nothing was asked for here, and nothing handed over."""
    told = other(review)
    says_so = told.get("vendor_was_asked") is False or told.get("is_ours") is True
    return says_so and not review.asked.exists()


def quoted(review: Review) -> set[str]:
    """The claims that are somebody's own words."""
    rows = review.claims.exclude(where=WRITTEN_HERE)
    return set(rows.values_list("identifier", flat=True))


def sources(review: Review) -> tuple[format.Document, ...]:
    told = other(review)
    if not told.get("source_url"):
        return ()
    return (format.Document(title=told.get("source", ""), kind="source", url=told["source_url"]),)


def about(review: Review) -> Both:
    told = page(review).get("about", {"en": "", "es": ""})
    return Both(en=told["en"], es=told["es"])


def cannot_show(review: Review) -> dict[str, str] | None:
    return page(review).get("cannot_show")


def how_to_get(review: Review) -> dict[str, dict[str, str]]:
    """By file that was left out: a sentence in both languages."""
    return {one["file"]: one for one in page(review).get("left_out", [])}
