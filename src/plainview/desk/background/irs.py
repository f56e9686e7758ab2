"""A tax return of a foundation or a charity (IRS forms 990 and 990-PF, e-file XML): to whom it gave what.

In:   the XML as the IRS publishes it, of any schema version since 2009.
Out:  the filer, the period, its grants to organisations; how many rows were left out, and why.
Not here: grants to persons: they are counted, and nobody is named. Schedule F (abroad) is not read.

The names of the elements changed in 2013; each is looked for under its new and its old name.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

from plainview.desk.background.table import Unreadable

NAMESPACE = "http://www.irs.gov/efile"
MOST_BYTES = 60_000_000
SCHEDULE_I = "RecipientTable"
FORM_PF = ("GrantOrContributionPdDurYrGrp", "GrantOrContriPaidDuringYear")
BUSINESS = ("RecipientBusinessName", "RecipientNameBusiness")
PERSON = ("RecipientPersonNm", "RecipientPerson", "RecipientNamePerson")
LINE_1, LINE_2 = ("BusinessNameLine1Txt", "BusinessNameLine1"), ("BusinessNameLine2Txt", "BusinessNameLine2")
EIN = ("RecipientEIN", "EINOfRecipient")
CASH = ("CashGrantAmt", "AmountOfCashGrant", "Amt", "Amount")
IN_KIND = ("NonCashAssistanceAmt", "AmountOfNonCashAssistance")
PURPOSE = (
    "PurposeOfGrantTxt",
    "PurposeOfGrant",
    "GrantOrContributionPurposeTxt",
    "PurposeOfGrantOrContribution",
)
ENDS = ("TaxPeriodEndDt", "TaxPeriodEndDate")
YEAR = ("TaxYr", "TaxYear")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    place: int  # the how many-th row of the return
    to: str
    ein: str
    cash: Decimal
    in_kind: Decimal
    purpose: str


@dataclass(slots=True, kw_only=True)
class Return:
    version: str = ""
    filer: str = ""
    ein: str = ""
    ends: str = ""  # the period's last day
    year: int = 0
    given: list[Given] = field(default_factory=list)
    n_to_persons: int = 0
    n_without_amount: int = 0


def read(raw: bytes, *, called: str) -> Return:
    """The return, or why it cannot be read.

    Raises
    ------
    Unreadable
        If it is no return, too large, broken, or holds what an honest return never does (entities, a DTD).
    """
    if len(raw) > MOST_BYTES:
        raise Unreadable(_("%(file)s is larger than a tax return.") % {"file": called})
    try:
        found = _return(iterparse(BytesIO(raw), events=("start", "end"), forbid_dtd=True), called)
    except DefusedXmlException as fault:
        raise Unreadable(
            _("%(file)s declares entities or a document type, which no tax return does. It was not read.")
            % {"file": called}
        ) from fault
    except (ParseError, ValueError, LookupError) as fault:
        raise Unreadable(
            _("%(file)s is not whole: its XML breaks off or is broken.") % {"file": called}
        ) from fault
    if not (found.filer and found.year):
        raise Unreadable(_("%(file)s does not say who filed it, or for which year.") % {"file": called})
    return found


def _return(events: Iterator[tuple[str, Element]], called: str) -> Return:
    found, depth, n_rows = Return(), 0, 0
    for event, element in events:
        name = _name(element)
        if event == "start":
            if depth == 0:
                _check_is_return(element, called)
                found.version = element.get("returnVersion", "")
            depth += 1
            continue
        depth -= 1
        if name == "ReturnHeader":
            _read_header(element, found)
        elif name == SCHEDULE_I or name in FORM_PF:
            n_rows += 1
            _read_row(element, n_rows, found)
        else:
            continue
        element.clear()  # a foundation's return names ten thousand recipients
    return found


def _check_is_return(root: Element, called: str) -> None:
    if root.tag not in ("Return", f"{{{NAMESPACE}}}Return"):
        raise Unreadable(
            _("%(file)s is XML, but not a tax return of the IRS: it begins with “%(found)s”.")
            % {"file": called, "found": _name(root)[:60]}
        )


def _read_header(header: Element, found: Return) -> None:
    filer = _child(header, "Filer")
    if filer is not None:
        name = _child(filer, "BusinessName", "Name")
        found.filer = _business(name)
        found.ein = _nine_digits(_text(filer, "EIN"))
    found.ends = _text(header, *ENDS)[:10]
    year = _text(header, *YEAR) or found.ends[:4]
    found.year = int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else 0


def _read_row(row: Element, place: int, found: Return) -> None:
    name = _business(_child(row, *BUSINESS))
    cash, in_kind = _amount(_text(row, *CASH)), _amount(_text(row, *IN_KIND))
    if not name:
        found.n_to_persons += _child(row, *PERSON) is not None
        found.n_without_amount += _child(row, *PERSON) is None
    elif not (cash or in_kind):
        found.n_without_amount += 1
    else:
        found.given.append(
            Given(
                place=place,
                to=name,
                ein=_nine_digits(_text(row, *EIN)),
                cash=cash,
                in_kind=in_kind,
                purpose=_text(row, *PURPOSE)[:300],
            )
        )


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _child(element: Element, *names: str) -> Element | None:
    return next((child for child in element if _name(child) in names), None)


def _text(element: Element, *names: str) -> str:
    child = _child(element, *names)
    return " ".join((child.text or "").split()) if child is not None else ""


def _business(name: Element | None) -> str:
    if name is None:
        return ""
    return f"{_text(name, *LINE_1)} {_text(name, *LINE_2)}".strip()[:200]


def _nine_digits(ein: str) -> str:
    digits = ein.replace("-", "")
    return digits if digits.isascii() and digits.isdecimal() and len(digits) == 9 else ""


def _amount(text: str) -> Decimal:
    """Returns hold whole dollars. A negative amount is a grant taken back: no money went that way."""
    try:
        found = Decimal(text) if text else Decimal(0)
    except InvalidOperation:
        return Decimal(0)
    return found if found.is_finite() and 0 < found < Decimal(10) ** 13 else Decimal(0)
