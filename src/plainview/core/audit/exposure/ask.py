"""From a dossier to answers: each check of the catalogue, in plain words.

In:   a dossier with captures.
Out:  findings. What a child typed is named, never shown.
Not here: how anything was found (leaks, parties, identifiers, scripts, pixels, reconcile, rights, anonymity).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from plainview.core.audit.check import Progress
from plainview.core.audit.exposure import light as lights
from plainview.core.audit.exposure.checks import CHECKS
from plainview.core.audit.exposure.parties import RED, Party, Side, list_said
from plainview.core.audit.exposure.reconcile import Declared, Mismatch, Records, Sent, mismatches
from plainview.core.audit.exposure.rights import Outcome, asked
from plainview.core.audit.exposure.seen import Seen, rights_rows, seen, texts_of
from plainview.core.audit.exposure.unwrap import DEEPEST
from plainview.core.cannot_say import CannotSay
from plainview.core.charts.chart import Chart
from plainview.core.charts.went import Recipient, where_data_went
from plainview.core.dossier.dossier import Dossier, Kind
from plainview.core.finding import Answer, Finding, Number, Table
from plainview.core.plural import agreeing, counted, part_of

_ASKS = {check.name.removeprefix("exposure.").removesuffix("/1"): check for check in CHECKS}
NO_NOISE = "None: a made-up value that nobody else has stands nowhere by chance."
ONLY_TRIED = (
    "Only what was done while the capture ran. Other pages, other days and the vendor's own servers were not."
)
MOST_ROWS = 200


def light(dossier: Dossier, progress: Progress) -> Answer:
    progress(0, 1, "what was typed, in every request")
    if (found := seen(dossier)) is None:
        return _no_capture("light")
    told = lights.light(found, _records(dossier, found))
    if isinstance(told, str):
        return _cannot(
            "light", told, "captures of two made-up students with canaries that are typed and sent"
        )
    return Finding(
        check="exposure.light/1",
        question=_ASKS["light"].asks,
        answer=told.colour,
        sentence=told.sentence,
        effect=Number(name="reasons for red", value=len(told.red), n=len(found.entries), of="requests"),
        numbers=(
            Number(name="reasons for amber", value=len(told.amber)),
            Number(
                name="made-up values seen to leave the browser",
                value=len(found.exercised),
                n=len(found.canaries),
                of="made-up values",
            ),
        ),
        tables=(
            Table(
                title="Why",
                columns=("light", "reason", "evidence"),
                rows=tuple((c, why, shown) for c, why, shown in told.reasons[:MOST_ROWS]),
            ),
            coverage(found),
        ),
        charts=(_went(dossier, found),),
        said=_said(found),
        noise_floor=NO_NOISE,
        power=_power(found),
        not_seen=ONLY_TRIED,
    )


def parties(dossier: Dossier, progress: Progress) -> Answer:
    if (found := seen(dossier)) is None:
        return _no_capture("parties")
    third, n = found.third, len(found.entries)
    n_third = sum(len(party.entries) for party in third)
    n_plain = sum(party.n_plain for party in found.parties)
    sentence = (
        f"Of {counted(n, 'request')}, {n_third:,} went to "
        f"{counted(len(third), 'other company', many='other companies')}."
    )
    if not third:
        sentence = f"{'The one request' if n == 1 else f'All {n:,} requests'} went to the product itself."
    if n_plain:
        sentence += f" {n_plain:,} could be read by anybody on the way."
    return Finding(
        check="exposure.parties/1",
        question=_ASKS["parties"].asks,
        answer="others too" if third else "only the product",
        sentence=sentence,
        effect=Number(name="others that got requests", value=len(third), n=n, of="requests"),
        numbers=(
            Number(name="requests to others", value=n_third, n=n, of="requests"),
            Number(name="requests that were not encrypted", value=n_plain, n=n, of="requests"),
        ),
        tables=(_parties_table(found.parties),),
        charts=(_went(dossier, found),),
        said=_said(found),
        noise_floor="None: a request was sent or it was not.",
        power="Every request that the capture holds was looked at.",
        not_seen=f"{ONLY_TRIED} A company that hides behind one of the product's own names looks "
        "like the product.",
    )


def trackers(dossier: Dossier, progress: Progress) -> Answer:
    if (found := seen(dossier)) is None:
        return _no_capture("trackers")
    red = [party for party in found.third if party.role in RED]
    by_role = Counter(str(party.role) for party in red)
    roles = ", ".join(f"{n} for {role}" for role, n in by_role.most_common())
    sentence = "None of the companies that got requests is on a list of trackers."
    if red:
        names = _some([party.owner or party.domain for party in red])
        sentence = f"{counted(len(red), 'tracker')} got requests ({roles}): {names}."
    lists = tuple(
        f"{name}: {rules.n_rules:,} rules; {rules.n_passed_by:,} of a kind that names no request "
        "were passed by."
        for name, rules in found.lists
    )
    return Finding(
        check="exposure.trackers/1",
        question=_ASKS["trackers"].asks,
        answer="trackers seen" if red else "none seen",
        sentence=sentence,
        effect=Number(name="trackers", value=len(red), n=len(found.third), of="other companies"),
        tables=(_parties_table(red, title="Trackers"),),
        said=(*_said(found), f"Held against {list_said()}.", *lists),
        noise_floor="A list may name a company wrongly; the rule that named it stands beside it.",
        power="Only what the lists name is known: ours is "
        f"short{'' if lists else ', and no other was given'}.",
        not_seen=ONLY_TRIED,
    )


def leaks(dossier: Dossier, progress: Progress) -> Answer:
    progress(0, 2, "what was typed, in every request")
    if (found := seen(dossier)) is None:
        return _no_capture("leaks")
    if not found.canaries:
        return _cannot(
            "leaks", "nobody says what was typed (no canaries)", "capture.toml with a canary for each field"
        )
    if not found.exercised:
        why = f"{part_of(0, len(found.canaries), 'made-up value', 'were')} seen in any request"
        return _cannot("leaks", why, "captures in which the fields were filled in with them")
    progress(1, 2, "what came back")
    reached = found.reached
    fields = sorted({found.canaries[leak.canary].element for leak, _ in reached})
    to_red = {party.domain for _, party in reached if party.role in RED}
    whom = sorted({party.owner or party.domain for _, party in reached})
    sentence = (
        f"None of the {len(found.exercised)} made-up values that were sent to the product "
        "reached anybody else."
        if len(found.exercised) > 1
        else "The one made-up value that was sent to the product reached nobody else."
    )
    if reached:
        sentence = f"{_listed(fields)} reached {_some(whom)}."
    return Finding(
        check="exposure.leaks/1",
        question=_ASKS["leaks"].asks,
        answer="reaches trackers" if to_red else "reaches others" if reached else "not seen",
        sentence=_capital(sentence),
        effect=Number(
            name="made-up values that reached others",
            value=len({leak.canary for leak, _ in reached}),
            n=len(found.exercised),
            of="made-up values seen to leave the browser",
        ),
        numbers=(
            Number(name="places in which they stood", value=len(reached)),
            Number(name="companies they reached", value=len(whom)),
            Number(name="places in which others sent them back", value=len(found.came_back.found)),
        ),
        tables=(_leaks_table(found), coverage(found)),
        charts=(_went(dossier, found),),
        said=(*_said(found), *found.leaks.said, _search_said(found)),
        noise_floor=NO_NOISE,
        power=_power(found),
        not_seen=f"{ONLY_TRIED} What is encrypted with a key, or hashed with a secret, cannot be "
        "seen by anybody.",
    )


def identifiers(dossier: Dossier, progress: Progress) -> Answer:
    if (found := seen(dossier)) is None:
        return _no_capture("identifiers")
    if len(found.students) < 2:
        why = f"there are captures of {counted(len(found.students), 'student')}"
        return _cannot(
            "identifiers", why, "captures of two students: only then can a name differ between them"
        )
    if found.cookies.lacking:
        need = "captures with their cookies in them, as `plainview capture` writes them"
        return _cannot("identifiers", found.cookies.lacking, need)
    ours, others = found.identifiers, found.cross_site
    sentence = "No cookie names a student's browser for longer than 90 days."
    if ours:
        longest = max(one.days for one in ours)
        known = (
            f"{len(others)} {agreeing(len(others), 'are')} known to others"
            if others
            else "none is known to others"
        )
        names = counted(len(ours), "cookie", "name")
        sentence = f"{names} a student's browser for up to {longest:,.0f} days; {known}."
    rows = tuple(
        (
            one.name,
            one.domain,
            round(one.days),
            one.n_signs,
            "yes" if one.lasts else "until it is cleared",
            ", ".join(one.sent_to),
            f"{one.file}, request {one.entry}",
        )
        for one in ours
    )
    columns = (
        "cookie",
        "belongs to",
        "days",
        "signs",
        "same after reset",
        "its value also reached",
        "evidence",
    )
    return Finding(
        check="exposure.identifiers/1",
        question=_ASKS["identifiers"].asks,
        answer="names her to others" if others else "names her to the product" if ours else "none seen",
        sentence=sentence,
        effect=Number(
            name="cookies that name a student's browser",
            value=len(ours),
            n=len(found.students),
            of="students",
        ),
        numbers=(
            Number(name="of them known to others", value=len(others)),
            Number(name="cookies that the captures hold", value=found.cookies.n),
        ),
        tables=(Table(title="Cookies that name a browser", columns=columns, rows=rows),),
        said=(*_said(found), *_only_sent(found)),
        noise_floor="A value that two students share, or that changes by itself, is not counted.",
        power=f"{counted(len(found.students), 'student')}, {counted(len(found.sheets), 'capture')}.",
        not_seen=f"{ONLY_TRIED} Other stores of the browser are not in a capture.",
    )


def _only_sent(found: Seen) -> tuple[str, ...]:
    n = 0 if found.cookies.store_was_read else found.cookies.n_only_sent
    told = f"{part_of(n, found.cookies.n, 'cookie', 'were')} only sent"
    return (f"{told}: how long such a one lives is in no capture.",) if n else ()


def scripts(dossier: Dossier, progress: Progress) -> Answer:
    if (found := seen(dossier)) is None:
        return _no_capture("scripts")
    all_of = found.abilities
    filmed = [one for one in all_of if one.what == "recording" and one.was_seen]
    told = [one for one in all_of if one.what != "recording" and one.was_seen]
    able = [one for one in all_of if not one.was_seen]
    whose = _some(sorted({one.domain for one in (filmed or told or able)}))
    answer, sentence = "none seen", "No script was seen that films a visit or tells a browser by its looks."
    if filmed:
        answer, sentence = "filmed", f"What {found.who} did on the page was filmed and sent to {whose}."
    elif told:
        answer, sentence = (
            "told by its looks",
            f"A script of {whose} tells this browser from others by its looks.",
        )
    elif able:
        answer, sentence = (
            "able to",
            f"A script of {whose} is able to tell a browser by its looks, or to film.",
        )
    n_bodies = sum(bool(entry.response.text) for entry in found.entries)
    notes = any(sheet.capture.extra.get("calls") is not None for sheet in found.sheets)
    if not all_of and not n_bodies and not notes:
        return _cannot("scripts", "the captures hold no script's text", "captures saved with content")
    return Finding(
        check="exposure.scripts/1",
        question=_ASKS["scripts"].asks,
        answer=answer,
        sentence=sentence,
        effect=Number(
            name="scripts", value=len(all_of), n=n_bodies, of="answers whose text the capture holds"
        ),
        numbers=(
            Number(name="seen to film", value=len(filmed)),
            Number(name="seen to tell a browser by its looks", value=len(told)),
            Number(name="able to", value=len(able)),
        ),
        tables=(
            Table(
                title="Scripts",
                columns=("what", "seen to happen", "whose", "script", "shown by", "evidence"),
                rows=tuple(
                    (
                        one.what,
                        "yes" if one.was_seen else "its text is able to",
                        one.domain,
                        found.veiled(one.address),
                        one.shown_by,
                        f"{one.file}, request {one.entry}",
                    )
                    for one in all_of[:MOST_ROWS]
                ),
            ),
        ),
        said=_said(found),
        noise_floor="A drawing program reads canvases too; being able to is not doing.",
        power="The calls of scripts were noted."
        if notes
        else ("The calls of scripts were not noted: texts only."),
        not_seen=f"{ONLY_TRIED} A script whose text the capture does not hold, or that hides what "
        "it does, is not seen.",
    )


def pixels(dossier: Dossier, progress: Progress) -> Answer:
    if (found := seen(dossier)) is None:
        return _no_capture("pixels")
    all_of = [event for _, event in found.events]
    named = list(dict.fromkeys((event.pixel, name) for event in all_of for name in event.names))
    names = Counter((event.pixel, event.event) for event in all_of)
    buttons = list(dict.fromkeys(found.veiled(event.button) for event in all_of if event.button))
    sentence = "No event was sent to a pixel that we can read."
    if all_of:
        pixels_named = _some(sorted({event.pixel for event in all_of}))
        sentence = f"{counted(len(all_of), 'event', 'were')} sent to {pixels_named}."
        if buttons:
            what = f"the words of {counted(len(buttons), 'button')}"
            sentence += f" With them went {what}, such as '{buttons[0]}'."
        if named:
            whose = ", ".join(f"{name} ({pixel})" for pixel, name in named[:4])
            sentence += f" They name the browser by {whose}."
    return Finding(
        check="exposure.pixels/1",
        question=_ASKS["pixels"].asks,
        answer="events sent" if all_of else "none seen",
        sentence=sentence,
        effect=Number(name="events", value=len(all_of), n=len(found.entries), of="requests"),
        numbers=tuple(
            Number(name=f"{pixel}, {event}", value=n) for (pixel, event), n in sorted(names.items())[:40]
        ),
        tables=(
            Table(
                title="Events",
                columns=(
                    *("pixel", "account", "event", "button", "page", "fields named"),
                    *("names the browser by", "evidence"),
                ),
                rows=tuple(
                    (
                        event.pixel,
                        event.account,
                        event.event,
                        found.veiled(event.button),
                        found.veiled(event.page),
                        ", ".join(found.veiled(name) for name in event.fields),
                        ", ".join(event.names),
                        f"{event.file}, request {event.entry}",
                    )
                    for event in all_of[:MOST_ROWS]
                ),
            ),
        ),
        said=_said(found),
        noise_floor="None: an event was sent or it was not.",
        power="Pixels of Meta, Google, TikTok, LinkedIn, Microsoft, Snap, Pinterest, Reddit and X are read.",
        not_seen=f"{ONLY_TRIED} What the vendor's server passes on by itself is in no capture.",
    )


def reconcile(dossier: Dossier, progress: Progress) -> Answer:
    if (found := seen(dossier)) is None:
        return _no_capture("reconcile")
    records = _records(dossier, found)
    if records.declared is None and records.schedule is None and not records.statements:
        return _cannot(
            "reconcile",
            "there is nothing to hold the traffic against",
            "[[subprocessor]] or [[data]] in product.toml, or [[statement]] in capture.toml",
        )
    rows = mismatches(records)
    held = [
        name
        for name, there in (
            ("the list of sub-processors", records.declared is not None),
            ("the schedule of data", records.schedule is not None),
            ("the policy's statements", bool(records.statements)),
        )
        if there
    ]
    sentence = f"The traffic agrees with {_listed(held)}, for what was tried."
    if rows:
        first = rows[0].says.rstrip(".")
        sentence = f"The traffic differs from what was said in {counted(len(rows), 'point')}. First: {first}."
    return Finding(
        check="exposure.reconcile/1",
        question=_ASKS["reconcile"].asks,
        answer="they differ" if rows else "they agree",
        sentence=found.veiled(sentence),
        effect=Number(
            name="points in which they differ", value=len(rows), n=len(found.entries), of="requests"
        ),
        tables=(_mismatch_table(found, rows),),
        said=(*_said(found), f"Held against {_listed(held)}."),
        noise_floor=NO_NOISE,
        power=_power(found),
        not_seen=f"{ONLY_TRIED} What the vendor passes on from its own servers is in no capture.",
    )


def rights(dossier: Dossier, progress: Progress) -> Answer:
    rows, as_of = rights_rows(dossier)
    if not rows:
        return _cannot(
            "rights", "nobody asked", "rights.toml: what a parent asked for, when, and when it was answered"
        )
    day = _day(as_of)
    found = asked(rows, as_of=day)
    bad = [
        one
        for one in found
        if one.outcome in (Outcome.LATE, Outcome.REFUSED, Outcome.UNANSWERED, Outcome.INCOMPLETE)
    ]
    good = [one for one in found if one.outcome is Outcome.IN_TIME]
    answer = "not in time" if bad else "in time" if len(good) == len(found) else "still running"
    if not bad and any(one.outcome is Outcome.UNCLEAR for one in found):
        answer = "cannot be read"
    told = ", ".join(f"{one.right}: {one.outcome}" for one in found)
    return Finding(
        check="exposure.rights/1",
        question=_ASKS["rights"].asks,
        answer=answer,
        sentence=f"Of {counted(len(found), 'request')} as a parent, {len(good)} "
        f"{agreeing(len(good), 'were')} met in time ({told}).",
        effect=Number(name="requests met in time", value=len(good), n=len(found), of="requests"),
        tables=(
            Table(
                title="Requests",
                columns=("right", "asked on", "answered on", "days", "days allowed", "outcome", "evidence"),
                rows=tuple(
                    (
                        one.right,
                        str(one.asked_on or ""),
                        str(one.answered_on or ""),
                        one.days_taken,
                        one.days_allowed,
                        str(one.outcome),
                        one.evidence,
                    )
                    for one in found
                ),
            ),
        ),
        said=tuple(one.fault for one in found if one.fault)
        + (
            ()
            if day
            else (("No day of reading (as_of) was given, so clocks that were not answered still run."),)
        ),
        noise_floor="None: days are counted.",
        power="Each request counts once.",
        not_seen="Whether what was handed over is all there is, and whether what was deleted is "
        "gone everywhere.",
    )


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said[:10]) if said else None
    except ValueError:
        return None


def anonymity(dossier: Dossier, progress: Progress) -> Sequence[Answer]:
    from plainview.core.audit.exposure.tables import answers

    found = answers(dossier, _ASKS["anonymity"].asks)
    return found or (_cannot("anonymity", "no table was handed over", "an exhibit of the kind 'table'"),)


def coverage(found: Seen) -> Table:
    """What was tried: whatever is said holds for this, and for nothing else."""
    typed, sent = found.canaries, found.exercised
    passes = Counter(sheet.person for sheet in found.sheets)
    rows: list[tuple[str, str]] = [
        ("captures", str(len(found.sheets))),
        ("passes", ", ".join(f"{person}: {n}" for person, n in passes.items())),
        ("requests", f"{len(found.entries):,}"),
        ("made-up values typed", str(len(typed))),
        ("of them seen to leave the browser", str(len(sent))),
        ("never seen", ", ".join(c.name for n, c in enumerate(typed) if n not in sent) or "none"),
        ("tried", "; ".join(found.plan.exercised) or "not said"),
        ("not tried", "; ".join(found.plan.not_exercised) or "not said"),
    ]
    return Table(title="What was tried", columns=("what", "how much"), rows=tuple(rows))


def _records(dossier: Dossier, found: Seen) -> Records:
    said = dossier.product.said
    lines, schedule = said.get("subprocessor"), said.get("data")
    return Records(
        parties=found.parties,
        evidence={party.domain: found.evidence(party.entries[0]) for party in found.parties},
        sent=[
            Sent(
                element=found.canaries[leak.canary].element,
                domain=party.domain,
                evidence=f"{found.evidence(leak.entry)} ({found.canaries[leak.canary].name}, in "
                f"the {leak.place})",
            )
            for leak, party in found.reached
        ]
        if found.canaries
        else [],
        declared=None
        if lines is None
        else [
            Declared(
                name=str(one.get("name", "")),
                domains=tuple(one.get("domains", ())),
                elements=tuple(one.get("elements", ())),
            )
            for one in lines
        ],
        schedule=None if schedule is None else [str(one.get("element", "")) for one in schedule],
        statements=found.plan.statements,
        policy=texts_of(dossier, Kind.POLICY),
        cross_site=[
            (one.domain, f"cookie {one.name}, {one.file}, request {one.entry}") for one in found.cross_site
        ],
        recorded=[
            (one.domain, f"{one.file}, request {one.entry}")
            for one in found.abilities
            if one.what == "recording" and one.was_seen
        ],
    )


def _leaks_table(found: Seen) -> Table:
    rows = []
    for leak, party in found.reached[:MOST_ROWS]:
        canary = found.canaries[leak.canary]
        place = f"{leak.place} '{found.veiled(leak.name)}'" if leak.name else str(leak.place)
        rows.append(
            (
                canary.name,
                canary.element,
                party.domain,
                party.owner,
                str(party.role),
                place,
                leak.form,
                found.evidence(leak.entry),
            )
        )
    columns = (
        "what",
        "element",
        "reached",
        "owner",
        "in business for",
        "where",
        "how it stood there",
        "evidence",
    )
    return Table(title="What was typed and reached others", columns=columns, rows=tuple(rows))


def _parties_table(parties: Sequence[Party], title: str = "Recipients") -> Table:
    rows = tuple(
        (
            party.domain,
            str(party.side),
            party.owner,
            str(party.role) if party.side is Side.THIRD else "",
            len(party.entries),
            party.n_plain,
            party.listed,
        )
        for party in parties[:MOST_ROWS]
    )
    columns = ("domain", "side", "owner", "in business for", "requests", "not encrypted", "named by")
    return Table(title=title, columns=columns, rows=rows)


def _mismatch_table(found: Seen, rows: Iterable[Mismatch]) -> Table:
    return Table(
        title="Points in which they differ",
        columns=("no.", "what", "in words", "recipient", "evidence"),
        rows=tuple(
            (one.number, str(one.kind), found.veiled(one.says), one.recipient, found.veiled(one.evidence))
            for one in rows
        ),
    )


def _went(dossier: Dossier, found: Seen) -> Chart:
    typed = Counter(party.domain for _, party in found.reached) if found.canaries else Counter[str]()
    order = {
        role: n
        for n, role in enumerate(sorted({p.role for p in found.third}, key=lambda r: (r not in RED, r)))
    }
    third = sorted(found.third, key=lambda party: (order[party.role], -len(party.entries), party.domain))
    return where_data_went(
        dossier.product.name,
        [
            Recipient(
                name=party.domain,
                owner=party.owner,
                role=str(party.role),
                n_sent=len(party.entries),
                n_typed=typed[party.domain],
            )
            for party in third
        ],
    )


def _said(found: Seen) -> tuple[str, ...]:
    said = [f"The product's own domains: {', '.join(found.first_party) or 'none'}."]
    if found.is_guessed:
        said.append(
            "Nobody said which domains are the product's own; they were read off the page that was open."
        )
    return (*said, *found.faults[:50])


def _search_said(found: Seen) -> str:
    return (
        f"{found.leaks.n_texts:,} texts were searched, and "
        f"{found.leaks.n_pieces - found.leaks.n_texts:,} more that came "
        "out of them when percent signs, escapes, base64, hex and packing were undone, up to "
        f"{DEEPEST} deep; "
        "each value as typed, trimmed, in small and capital letters, and its md5, sha1, sha256 and sha512."
    )


def _power(found: Seen) -> str:
    n = part_of(len(found.exercised), len(found.canaries), "made-up value", "were")
    return f"{n} seen to leave the browser; each would have been found in any part of any request."


def _no_capture(name: str) -> CannotSay:
    return _cannot(name, "no capture of the browser's traffic was handed over", _ASKS[name].needs)


def _cannot(name: str, reason: str, would_need: str) -> CannotSay:
    return CannotSay(
        question=_ASKS[name].asks, reason=reason, would_need=would_need, check=f"exposure.{name}/1"
    )


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "nothing"


def _some(names: Sequence[str], most: int = 4) -> str:
    distinct = list(dict.fromkeys(names))
    if len(distinct) <= most:
        return _listed(distinct)
    return f"{', '.join(distinct[:most])} and {len(distinct) - most} more"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
