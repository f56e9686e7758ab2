"""Fill a text from a frozen page.

In:   a kind of kit, a publication with its page, the address under which it stays.
Out:  plain text in the language that is set: facts with where they stand, blanks in square brackets.
Not here: what the reader makes of it. It is edited in her browser and comes back to nobody's disk.
"""

from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from plainview.desk.kits.kinds import Kind
from plainview.desk.published import clocks, read, words
from plainview.desk.published.clauses import clauses
from plainview.desk.published.models import Publication
from plainview.desk.published.page import Claim, Condition, LabelRow, Mark, Page, Row

# Questions of the bank that anyone can ask a principal; a test holds their words to the bank’s.
ASKED_OF_A_PRINCIPAL = {
    5: _("Which decisions about a child does it make, and who can see, change or refuse each of them?"),
    10: _("What happens to a child whom it cannot help?"),
    20: _("Are data about the teacher collected, or turned into a score?"),
    21: _("Did teachers take part in choosing it?"),
    22: _("Can a class go on if it is off for a week?"),
    34: _("Which data does it keep, what for, how long, and on which day are they destroyed?"),
    38: _("Can all data be taken out, whole, in a form that another system can use?"),
    40: _("What happens to the data when the company is sold or closes?"),
    44: _("Where does a child or a family complain and appeal, and who answers by when?"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a text may say of the product: words of the frozen page, and what followed from the day."""

    page: Page
    hash: str
    address: str  # of this version, which never changes
    rows: tuple[LabelRow, ...]  # those that were looked at
    open_rows: tuple[LabelRow, ...]  # those of which it was not shown
    claims: tuple[Claim, ...]
    overdue: tuple[Condition, ...]
    conditions: tuple[Condition, ...]  # open or overdue


def facts(publication: Publication, *, address: str, on: date) -> Facts:
    page = read.page_of(publication)
    standings = clocks.standings(page.conditions, read.events(publication.product), on=on)
    binding = [one for one in standings if one.status in (clocks.Status.OPEN, clocks.Status.OVERDUE)]
    tested = [row for row in page.label if row.row != Row.TEACHERS and row.mark != Mark.NOT_TESTED]
    return Facts(
        page=page,
        hash=publication.hash,
        address=address,
        rows=tuple(tested),
        open_rows=tuple(row for row in tested if row.mark != Mark.SHOWN),
        claims=page.claims,
        overdue=tuple(one.condition for one in binding if one.status == clocks.Status.OVERDUE),
        conditions=tuple(one.condition for one in binding),
    )


def write(kind: Kind, found: Facts) -> str:
    told = {
        "kind": kind,
        "f": found,
        "page": found.page,
        "product": found.page.product,
        "marks": words.MARKS,
        "questions": ASKED_OF_A_PRINCIPAL,
        "clauses": clauses(),
    }
    return _tidy(render_to_string(f"kits/texts/{kind.name}.txt", told))


def _tidy(text: str) -> str:
    """One empty line between paragraphs, whatever a template left."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip() + "\n"
