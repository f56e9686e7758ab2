"""The report as Markdown: the same words, for whoever reads or quotes it as text.

In:   a page.
Out:  Markdown.
Not here: pictures. Each is told by its sentence.
"""

from collections.abc import Iterable, Iterator

from plainview.core.audit.claims import Judged
from plainview.core.audit.experts import Experts
from plainview.core.audit.report import method, numbers
from plainview.core.audit.report.page import ASKS, MOST_OTHERS, Page, Section, beyond_told, bounds_told
from plainview.core.cannot_say import CannotSay
from plainview.core.finding import Finding, Number

_SIGNS = "\\`*_[]<>|#"


def markdown(page: Page) -> str:
    """The whole file."""
    parts = [*_first(page), *_untested(page), *_others(page), "## The evidence", *_evidence(page)]
    parts += [*_experts(page.review.experts), *_method(page)]
    return "\n\n".join(parts) + "\n"


def _first(page: Page) -> Iterator[str]:
    yield f"# {_plain(page.title)}"
    yield _plain(page.product + (f" · {page.at}" if page.at else ""))
    yield f"**{_plain(page.opening)}**"
    if page.about:
        yield _plain(page.about)
    yield from map(_claim, page.claims)
    if not page.claims and page.review.findings:
        yield "\n".join(f"- {_plain(one.sentence)}" for one in page.review.findings)


def _claim(one: Judged) -> str:
    return f"**{str(one.verdict).capitalize()}.** “{_plain(one.claim.says)}” {_plain(one.sentence)}"


def _untested(page: Page) -> Iterator[str]:
    yield "## What was not tested, and why"
    yield from map(_plain, page.refused)
    for one in page.untested:
        reasons = "".join(f"\n  - {_plain(reason)}" for reason in one.reasons)
        yield f"- **{ASKS[one.question]}** {one.sentence}{reasons}"
    if not page.untested and not page.refused:
        yield "Every check could be answered."


def _others(page: Page) -> Iterator[str]:
    if page.others:
        yield "## What else was found"
        yield "\n".join(f"- {_plain(one.sentence)}" for one in page.others[:MOST_OTHERS])
        yield from filter(None, [beyond_told(page)])


def _evidence(page: Page) -> Iterator[str]:
    for section in page.sections:
        yield f"### {section.title}"
        for one in section.answered:
            yield f"#### {_plain(one.check.asks)}"
            for finding in one.findings:
                yield from _finding(finding)
            yield f"{_plain(one.check.name)}: {one.check.page}"
        yield from _unanswered(section)


def _finding(finding: Finding) -> Iterator[str]:
    yield f"**{_plain(finding.answer)}.** {_plain(finding.sentence)}"
    yield from (f"*Picture: {_plain(chart.sentence)}*" for chart in finding.charts)
    told = [*([finding.effect] if finding.effect else []), *finding.numbers]
    if told:
        yield _table(("Number", "Value", "Range", "Rests on"), map(_number, told))
    for table in finding.tables:
        yield f"{_plain(table.title)}:"
        yield _table(table.columns, ([numbers.cell(cell) for cell in row] for row in table.rows))
    facts = [
        ("Where nothing is there", finding.noise_floor),
        ("What could have been seen", finding.power),
        ("What this cannot see", finding.not_seen),
        ("Chance", "no chance was used" if finding.seed is None else f"seed {finding.seed}"),
        *(("Decided on the way", one) for one in finding.said),
    ]
    yield "\n".join(f"- {name}: {_plain(words)}" for name, words in facts if words)


def _number(one: Number) -> tuple[str, ...]:
    return one.name, numbers.value_of(one), numbers.range_of(one), numbers.resting_on(one)


def _unanswered(section: Section) -> Iterator[str]:
    if section.unanswered:
        yield "Not answered:"
        yield _table(
            ("What was asked", "Why it cannot be said", "What it would need", "Check"),
            ((one.check.asks, a.reason, a.would_need, one.check.name) for one, a in section.unanswered),
        )


def _experts(found: Experts | None) -> Iterator[str]:
    if found is None:
        return
    yield "## What experts said"
    yield _plain(found.sentence)
    if not isinstance(found.agreement, CannotSay):
        yield _plain(found.agreement.sentence)
    yield _table(method.RATED_COLUMNS, method.rated_told(found))


def _method(page: Page) -> Iterator[str]:
    plan = page.review.dossier.plan
    yield "## How this was done, and how to repeat it"
    yield _plain(" ".join(page.plan))
    yield method.chance_told(plan)
    if bounds := bounds_told(plan):
        yield _table(("Check", "Bound", "Value"), bounds)
    yield _table(method.EXHIBIT_COLUMNS, method.exhibits_told(page.review.dossier))
    for held, told in method.logs_told(page.review.logs):
        yield "\n".join((_plain(held), "", *(f"- {_plain(one)}" for one in told)))
    yield method.REPEAT
    yield f"```\n{method.commands(page.made_with)}\n```"
    yield _table(("Made with", "Version"), page.made_with.items())
    if page.told:
        yield "What was decided on the way:"
        yield "\n".join(f"- {_plain(one)}" for one in page.told)
    yield method.RULES


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = [_plain(name) or " " for name in columns]
    lines = [head, ["---"] * len(head), *([_plain(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _plain(text: str) -> str:
    """One line of words; a sign that Markdown would read as its own is a sign."""
    joined = " ".join(text.split())
    return "".join(f"\\{sign}" if sign in _SIGNS else sign for sign in joined)
