"""Everything that a page says, gathered: the format is published.page, and nothing is said here by hand.

In:   a review: findings, verdicts, gateways, conditions, ratings, refusals, reply; counts of stories; what is
      known of money.
Out:  a page, not frozen yet.
Not here: who may publish (publish), the label's rule (label), the files (bundle).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import zip_longest
from pathlib import PurePosixPath
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plainview.desk.background import conflicts, money
from plainview.desk.experts import agree, declare
from plainview.desk.published import freeze
from plainview.desk.published import page as format
from plainview.desk.published.page import Page, Words
from plainview.desk.reviews import notice, sheets
from plainview.desk.reviews.models import Answered, Review
from plainview.desk.stories import counts
from plainview.desk.verdicts import beside, clock, conclude, condition, gateway, label, reply
from plainview.desk.verdicts.clock import Status
from plainview.desk.verdicts.found import CANNOT_SAY, Found, found
from plainview.desk.verdicts.label import words
from plainview.desk.verdicts.models import Condition, Gate, Passing, Verdict, Word
from plainview.desk.verdicts.office import is_made_up, office
from plainview.desk.verdicts.tongues import NOTHING, Both, said
from plainview.lobby.people.policy import Denied

KIND_OF = {
    "adaptivity": "adapts",
    "fairness": "fair",
    "soundness": "sound",
    "efficacy": "works",
    "exposure": "safe",
}
PASSED = {Passing.PASSED: True, Passing.NOT_PASSED: False, Passing.CANNOT_SAY: None}


def page(
    review: Review,
    *,
    at: datetime,
    changelog: Both | None = None,
    documents: Sequence[format.Document] = (),
    left_out: Sequence[str] = (),
    was_public: bool = False,
) -> Page:
    """The page as it would stand on that day. ``left_out`` are exhibits that are not handed on.

    ``was_public``: the vendor was asked for nothing; what people wrote beside the data stands on the page.
    """
    what = found(review)
    if what is None:
        raise Denied(_("No checks have run. There is nothing to publish yet."))
    on, product = timezone.localdate(at), review.product
    verdicts = conclude.verdicts_of(review)
    experts, stories = _experts(review), format.Stories.model_validate(counts.for_product(product.slug))
    paid = _money(product.slug)
    number, quoted = freeze.next_number(product.slug), beside.quoted(review)
    heard = label.Heard(
        levels=gateway.levels(review),
        standing=experts.standing if experts else "",
        verdicts=tuple(verdicts.values()),
        money=paid,
        stories=stories,
    )
    return Page(
        product=_product(review),
        number=number,
        published_on=on,
        expires_on=min((one.holds_until for one in verdicts.values()), default=None),
        office=office(),
        was_shown=not was_public,
        opening=_opening(verdicts.values(), whose=_whose(review) if was_public else NOTHING),
        label=label.rows(what, heard),
        claims=tuple(
            _claim(verdicts[one.id], is_quoted=one.id in quoted) for one in what.claims if one.id in verdicts
        ),
        not_tested=(*_not_tested(what, verdicts), *(_not_shown(review) if was_public else ())),
        findings=_findings(review),
        gateways=tuple(_gateway(one) for one in gateway.standings(review)),
        experts=experts,
        conditions=tuple(_condition(one) for one in conditions_shown(review, on=on)),
        refusals=refusals(review, on=on),
        reply=_reply(review),
        stories=stories,
        money=paid,
        conflicts=_conflicts(review),
        documents=(*documents, *(beside.sources(review) if was_public else ())),
        changelog=(format.Change(number=number, on=on, words=words(changelog or _first_words(number))),),
        repeat=_repeat(what, left_out, beside.how_to_get(review) if was_public else {}),
        methods=_methods(what),
    )


def _product(review: Review) -> format.Product:
    product = review.product
    return format.Product(
        slug=product.slug,
        name=product.name,
        vendor=product.vendor.name,
        version=review.version,
        homepage=product.homepage,
        one_line=product.one_line or sheets.read(review, sheets.PRODUCT).get("about", ""),
    )


# --- claims ---------------------------------------------------------------------------------------------
def _claim(verdict: Verdict, *, is_quoted: bool) -> format.Claim:
    sentence = Both(en=verdict.sentence_en, es=verdict.sentence_es)
    if verdict.is_more_careful:
        sentence += _more_careful(verdict)
    return format.Claim(
        id=_slug(verdict.claim),
        says=verdict.says,
        is_quoted=is_quoted,
        kind=kind_of(verdict.checks),
        verdict=verdict.word,
        mark=verdict.mark.value,
        sentence=words(sentence),
        checks=tuple(verdict.checks),
    )


def _more_careful(verdict: Verdict) -> Both:
    """What the checks alone say stands beside the word that people chose."""
    return said(
        lambda: (
            _("The checks alone say: %(word)s. Why we say less: %(why)s")
            % {"word": Word(verdict.proposed).label, "why": verdict.why}
        )
    )


def kind_of(checks: Sequence[str]) -> str:
    """What a claim is about, by the question that most of its checks belong to."""
    questions = Counter(name.partition(".")[0] for name in checks)
    return KIND_OF.get(questions.most_common(1)[0][0], "other") if questions else "other"


def _slug(name: str) -> str:
    return slugify(name).replace("_", "-").strip("-") or "claim"


def _opening(verdicts: Iterable[Verdict], *, whose: Both) -> Words:
    n = Counter(Word(one.word) for one in verdicts)
    return words(said(lambda: _counted(n)) + whose)


def _whose(review: Review) -> Both:
    if review.product.is_ours:
        whose = said(lambda: _("Plainview looks at itself here."))
    else:
        whose = said(
            lambda: _("Made of published data. The vendor was asked for nothing, and refused nothing.")
        )
    return whose + beside.about(review) + _whose_office(review)


def _whose_office(review: Review) -> Both:
    if review.product.is_ours or not is_made_up():
        return NOTHING
    return said(
        lambda: _(
            "This office and its people are made up for a demonstration; the product, the exhibits and the"
            " numbers are real."
        )
    )


def _counted(n: Counter[Word]) -> str:
    of = ngettext("%(n)d claim was looked at.", "%(n)d claims were looked at.", n.total()) % {"n": n.total()}
    parts = [f"{word.label}: {n[word]}" for word in Word if n[word]]
    return f"{of} {'; '.join(map(str, parts)).capitalize()}." if parts else of


# --- what was not tested --------------------------------------------------------------------------------
def _not_tested(what: Found, verdicts: dict[str, Verdict]) -> tuple[format.NotTested, ...]:
    untested = [one for one in verdicts.values() if one.word in (Word.NOT_TESTED, Word.REFUSED)]
    of_claims = [
        format.NotTested(
            what=words(Both(en=f"“{one.says}”", es=f"«{one.says}»")),
            why=words(Both(en=one.sentence_en, es=one.sentence_es)),
        )
        for one in untested
    ]
    return (
        *of_claims,
        *(_unanswered(question, what) for question in KIND_OF if _is_unanswered(question, what)),
    )


def _not_shown(review: Review) -> Iterator[format.NotTested]:
    if told := beside.cannot_show(review):
        what = said(lambda: _("What these data cannot show"))
        yield format.NotTested(what=words(what), why=Words(en=told["en"], es=told["es"]))


def _is_unanswered(question: str, what: Found) -> bool:
    return not any(one.findings for one in what.of([question]))


def _unanswered(question: str, what: Found) -> format.NotTested:
    n = len(what.of([question]))
    return format.NotTested(
        what=words(said(lambda: _questions()[question])), why=words(said(lambda: _why_unanswered(n)))
    )


def _questions() -> dict[str, str]:
    return {
        "adaptivity": _("Whether it adapts"),
        "fairness": _("Whether it is fair to every group"),
        "soundness": _("Whether its tests are sound"),
        "efficacy": _("Whether it works"),
        "exposure": _("What leaves a child’s device"),
    }


def _why_unanswered(n: int) -> str:
    if not n:
        return _("The test plan did not ask for it.")
    return ngettext(
        "The one check could not be answered; it says below what it would need.",
        "None of the %(n)d checks could be answered; each says below what it would need.",
        n,
    ) % {"n": n}


# --- findings -------------------------------------------------------------------------------------------
def _findings(review: Review) -> tuple[format.Finding, ...]:
    return tuple(
        _finding(row.check_name, row.question, row.asks, answer, chart)
        for row in review.run.answered.all()
        for answer, chart in _with_charts(row)
    )


def _with_charts(row: Answered) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Each answer with its picture, where it has one."""
    return zip_longest(row.answers, row.charts[: len(row.answers)])


def _finding(
    check: str, question: str, asks: str, answer: dict[str, Any], chart: dict[str, Any] | None
) -> format.Finding:
    if answer["kind"] == CANNOT_SAY:
        return format.Finding(
            check=check,
            question=question,
            asks=asks,
            answer=CANNOT_SAY,
            sentence=f"Cannot say: {answer['reason']}.",
            would_need=answer["would_need"],
        )
    chart = chart or {}
    return format.Finding(
        check=check,
        question=question,
        asks=answer["question"],
        answer=answer["answer"],
        sentence=answer["sentence"],
        effect=_effect(answer["effect"]) if answer["effect"] else None,
        numbers=tuple(_effect(one) for one in answer["numbers"]),
        chart_svg=chart.get("svg", ""),
        chart_says=chart.get("sentence", ""),
        chart_rows=tuple(tuple(map(str, row)) for row in chart.get("rows", ())),
        tables=tuple(format.Table.model_validate(one) for one in answer["tables"]),
        said=tuple(answer["said"]),
        not_seen=answer["not_seen"],
        noise_floor=answer["noise_floor"],
        power=answer["power"],
        seed=answer["seed"],
    )


def _effect(one: dict[str, Any]) -> format.Effect:
    interval = one["interval"] or {"low": None, "high": None, "level": None}
    return format.Effect(
        name=one["name"],
        value=one["value"],
        unit=one["unit"],
        low=interval["low"],
        high=interval["high"],
        level=interval["level"],
        n=one["n"],
        of=one["of"],
    )


def _methods(what: Found) -> tuple[format.Method, ...]:
    return tuple(
        format.Method(check=one.check, page=PurePosixPath(one.page).stem) for one in what.checks if one.page
    )


# --- gateways, experts, conditions ----------------------------------------------------------------------
def _gateway(one: gateway.Standing) -> format.Gateway:
    row = one.recorded
    why = Both(en=row.why_en, es=row.why_es) if row else said(lambda: _("Nobody has looked at this yet."))
    if row and one.counts != row.passing and one.held_by:
        why = _held(one.held_by) + why
    return format.Gateway(
        id=one.gate.value, name=words(said(lambda: one.gate.label)), passed=PASSED[one.counts], why=words(why)
    )


def _held(by: Gate) -> Both:
    return said(
        lambda: (
            _("This does not count as passed: %(gate)s before it was not passed.")
            % {"gate": f"{by.value} ({by.label})"}
        )
    )


def _experts(review: Review) -> format.Experts | None:
    told = agree.for_page(review)
    return format.Experts.model_validate(told) if told else None


def conditions_shown(review: Review, *, on: date) -> list[Condition]:
    """All of the product, but those that were withdrawn before anyone could read them."""
    return [one for one in condition.beside(review) if not _never_seen(one, review, on=on)]


def _never_seen(one: Condition, review: Review, *, on: date) -> bool:
    is_of_this = one.review_id == review.pk
    return is_of_this and clock.status(one, on=on) == Status.WITHDRAWN


def _condition(one: Condition) -> format.Condition:
    return format.Condition(
        id=one.code,
        words=Words(en=one.words_en, es=one.words_es),
        owner=one.owner,
        deadline=one.deadline,
        proves=Words(en=one.proves_en, es=one.proves_es),
        claim=_slug(one.claim) if one.claim else "",
        check=one.check_name,
    )


# --- what the vendor says and refuses -------------------------------------------------------------------
def refusals(review: Review, *, on: date) -> tuple[format.Refusal, ...]:
    """What was refused, and where a vendor is silent, each with its days."""
    return tuple(format.Refusal.model_validate(one) for one in notice.refusals(review, on=on))


def _reply(review: Review) -> format.Reply | None:
    newest = reply.newest(review)
    if newest is None:
        return None
    return format.Reply(words=newest.words, on=timezone.localdate(newest.at), by=review.product.vendor.name)


# --- money, interests, repeating -------------------------------------------------------------------------
def _conflicts(review: Review) -> tuple[format.Conflict, ...]:
    told = conflicts.of_review(review, experts=declare.conflict_lines(review))
    return tuple(format.Conflict.model_validate(one) for one in told)


def _money(slug: str) -> format.Money:
    told = money.for_product(slug)
    funders = [
        {"giver": one.get("giver", one.get("from")), "taker": one.get("taker", one.get("to"))}
        | {name: one.get(name) for name in ("amount", "year", "source")}
        for one in told["funders"]
    ]
    return format.Money.model_validate(told | {"funders": funders})


def _repeat(
    what: Found, left_out: Sequence[str], how_to_get: Mapping[str, Mapping[str, str]]
) -> format.Repeat:
    plan = what.told["plan"]
    return format.Repeat(
        steps=tuple(words(one) for one in _steps(what, left_out, how_to_get)),
        seed=plan["seed"],
        draws=plan["draws"],
        versions=what.told["made_with"],
    )


def _steps(what: Found, left_out: Sequence[str], how_to_get: Mapping[str, Mapping[str, str]]) -> list[Both]:
    version = what.told["made_with"]["plainview"]
    steps = [
        said(lambda: _("Take dossier.zip from this page, and unpack it.")),
        said(
            lambda: (
                _("Install Plainview %(version)s: it is free, and needs no account.") % {"version": version}
            )
        ),
        said(lambda: _("Run: plainview verify dossier. It names every number that comes out otherwise.")),
    ]
    published = [how_to_get[one] for one in left_out if one in how_to_get]
    steps += [Both(en=one["en"], es=one["es"]) for one in published]
    if published:
        steps.append(said(lambda: _("Without it the command names the checks that cannot be repeated.")))
    kept_back = [one for one in left_out if one not in how_to_get]
    return steps + ([_step_left_out(kept_back)] if kept_back else [])


def _step_left_out(left_out: Sequence[str]) -> Both:
    files = ", ".join(left_out)
    return said(
        lambda: (
            _(
                "Left out of the dossier, as confidential or too large: %(files)s. Hashes stand among the"
                " documents. What rests on these files cannot be repeated without them, and the command"
                " names those checks."
            )
            % {"files": files}
        )
    )


def _first_words(number: int) -> Both:
    if number == 1:
        return said(lambda: _("Published for the first time."))
    return said(lambda: _("Published again."))
