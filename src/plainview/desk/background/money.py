"""What is known of the money behind a product, and behind everyone here.

In:   grants, ties, who pays.
Out:  plain values in the shape that a page keeps; tables with totals.
Not here: the picture (flow), any judgement.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from plainview.desk.background.models import Body, Grant, Payer, Tie


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """All that one organisation gave another, in one currency."""

    giver: str
    receiver: str
    amount: Decimal
    currency: str
    n_grants: int
    first_year: int
    last_year: int

    @property
    def years(self) -> str:
        same = self.first_year == self.last_year
        return str(self.first_year) if same else f"{self.first_year}–{self.last_year}"


def for_product(slug: str) -> dict:
    """Who pays, who owns, who funds: as the page keeps it. Empty lists where nothing is known."""
    ties = list(
        Tie.objects.filter(vendor__products__slug=slug, kind__in=Tie.OF_A_VENDOR)
        .select_related("body")
        .order_by("body__name")
    )
    grants = (
        Grant.objects.that_hold()
        .filter(receiver__in={tie.body_id for tie in ties})
        .select_related("giver", "receiver", "source")
        .order_by("-year", "giver__name", "pk")
    )
    payers = Payer.objects.filter(product__slug=slug).order_by("pk")
    return {
        "who_pays": [{"en": payer.words, "es": payer.words_es} for payer in payers],
        "owner": ", ".join(tie.body.name for tie in ties if tie.kind == Tie.Kind.OWNS_VENDOR),
        "funders": [_funder(grant) for grant in grants],
    }


def _funder(grant: Grant) -> dict:
    """A page keeps US dollars; an amount of another currency stands with its source, in words."""
    source = grant.source.address or f"{grant.source.name} (SHA-256 {grant.source.sha256})"
    in_dollars = grant.currency == "USD"
    return {
        "from": grant.giver.name,
        "to": grant.receiver.name,
        "amount": int(grant.amount) if in_dollars else None,
        "year": grant.year,
        "source": source if in_dollars else f"{grant.currency} {grant.amount:,.2f}; {source}",
    }


def flows(grants: Iterable[Grant]) -> list[Flow]:
    """Pairs of giver and receiver, the largest first. Currencies are never added to each other."""
    by_pair: dict[tuple[str, str, str], list[Grant]] = defaultdict(list)
    for grant in grants:
        by_pair[grant.giver.name, grant.receiver.name, grant.currency].append(grant)
    found = [_flow(*pair, some) for pair, some in by_pair.items()]
    return sorted(found, key=lambda flow: (flow.currency, -flow.amount, flow.giver, flow.receiver))


def _flow(giver: str, receiver: str, currency: str, grants: list[Grant]) -> Flow:
    years = [grant.year for grant in grants]
    return Flow(
        giver=giver,
        receiver=receiver,
        amount=sum((grant.amount for grant in grants), Decimal(0)),
        currency=currency,
        n_grants=len(grants),
        first_year=min(years),
        last_year=max(years),
    )


def tied_grants():
    """The grants that lead to someone with a tie here: a return names thousands of others."""
    tied = Tie.objects.values("body")
    return Grant.objects.that_hold().filter(receiver__in=tied).select_related("giver", "receiver", "source")


def who_gives_to_both(vendor_bodies: Iterable[int]) -> list[Body]:
    """Organisations that gave to a vendor and to this desk: an interest nobody needs to declare."""
    desk = Tie.objects.filter(kind=Tie.Kind.RUNS_THE_DESK).values("body")
    to_desk = Grant.objects.that_hold().filter(receiver__in=desk).values("giver")
    to_vendor = Grant.objects.that_hold().filter(receiver__in=list(vendor_bodies)).values("giver")
    return list(Body.objects.filter(pk__in=to_desk).filter(pk__in=to_vendor).order_by("name"))
