"""Red, amber or green: what the evidence of all the checks comes to, for what was tried.

In:   what was seen, and the three records held against each other.
Out:  a colour with every reason for it; or why none can be given.
Not here: the evidence itself (leaks, parties, identifiers, scripts, reconcile).

Red: a child's or teacher's identifier reaches advertising, analytics or a broker; or anything names her
across sites (a cookie that others hold, or the value by which one of these tells her browser again, as its
own pages say: Meta's fbp, Google Analytics' cid); or her visit is filmed. Amber: a recipient that nobody
declared, or a request that was not encrypted. Green only for what was tried: every made-up value that was
typed and seen to leave went to the product, or to whom it was declared.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from plainview.core.audit.exposure.parties import RED, Side
from plainview.core.audit.exposure.reconcile import Kind, Records, mismatches
from plainview.core.audit.exposure.seen import Seen
from plainview.core.plural import counted

GREEN = "green for what was tried"
Reason = tuple[str, str, str]  # light, why, evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    colour: str  # "red", "amber", GREEN
    sentence: str
    reasons: tuple[Reason, ...]

    @property
    def red(self) -> tuple[Reason, ...]:
        return tuple(reason for reason in self.reasons if reason[0] == "red")

    @property
    def amber(self) -> tuple[Reason, ...]:
        return tuple(reason for reason in self.reasons if reason[0] == "amber")


def light(found: Seen, records: Records) -> Light | str:
    """The colour; or, where neither red nor amber shows and too little was tried for green, what lacks."""
    reasons = tuple(dict.fromkeys((*_red(found), *_amber(found, records))))
    colours = {reason[0] for reason in reasons}
    if "red" in colours:
        why = next(reason[1] for reason in reasons if reason[0] == "red")
        return Light(colour="red", sentence=f"Red: {why}.{_more(reasons, 'red')}", reasons=reasons)
    if "amber" in colours:
        why = next(reason[1] for reason in reasons if reason[0] == "amber")
        return Light(colour="amber", sentence=f"Amber: {why}.{_more(reasons, 'amber')}", reasons=reasons)
    if lacking := _lacking(found):
        return lacking
    n = len(found.exercised)
    sentence = (
        f"Green, for what was tried: {counted(n, 'made-up value', 'were')} sent to the product, and to "
        "nobody who was not named."
    )
    if found.cookies.lacking:
        sentence += f" Whether a cookie names the browser of {found.who} could not be seen."
    return Light(colour=GREEN, sentence=sentence, reasons=reasons)


def _more(reasons: tuple[Reason, ...], colour: str) -> str:
    n = sum(reason[0] == colour for reason in reasons) - 1
    return "" if n == 0 else f" There {'is 1 more reason' if n == 1 else f'are {n} more reasons'}."


def _lacking(found: Seen) -> str:
    if not found.canaries:
        return "nothing red or amber was seen, but nobody says what was typed (no canaries)"
    if not found.exercised:
        return "nothing red or amber was seen, but no made-up value was seen to leave the browser either"
    if len(found.students) < 2:
        return "nothing red or amber was seen, but only one student was tried"
    return ""


def _red(found: Seen) -> Iterator[Reason]:
    if found.canaries:
        for leak, party in found.reached:
            if party.role in RED:
                canary = found.canaries[leak.canary]
                whose = "the teacher's" if canary.role == "teacher" else f"{found.who}'s"
                why = f"{whose} {canary.element} reached {party.owner or party.domain} ({party.role})"
                yield "red", why, found.evidence(leak.entry)
    for one in found.cross_site:
        where = one.sent_to[0] if one.sent_to and not found.is_others(one.domain) else one.domain
        why = f"a cookie names {found.who}'s browser to {where} for {one.days:,.0f} days"
        yield "red", why, f"cookie {one.name}, {one.file}, request {one.entry}"
    for n, event in found.events:
        to = found.party_of.get(n)
        if event.names and to is not None and to.side is Side.THIRD and to.role in RED:
            why = f"{', '.join(event.names)}, by which {event.pixel} tells a browser again, reached "
            yield "red", f"{why}{to.owner or to.domain} ({to.role})", found.evidence(n)
    for ability in found.abilities:
        shown = f"{ability.file}, request {ability.entry}"
        if ability.what == "recording" and ability.was_seen:
            yield "red", f"the visit of {found.who} was filmed for {ability.domain}", shown
        elif ability.was_seen and found.is_others(ability.domain):
            yield "red", f"a script of {ability.domain} told this browser from others by its looks", shown


def _amber(found: Seen, records: Records) -> Iterator[Reason]:
    for one in mismatches(records):
        if one.kind in (Kind.UNDECLARED, Kind.PLAIN):
            yield "amber", one.says.rstrip("."), one.evidence
    if records.declared is None:
        for party in found.third:
            says = (
                f"{party.owner or party.domain} was sent requests, and no list of "
                "sub-processors was handed over"
            )
            yield "amber", says, found.evidence(party.entries[0])
