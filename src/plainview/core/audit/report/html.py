"""The report as one HTML file: no script, no outside request, everything escaped.

In:   a page.
Out:  HTML.
Not here: which words stand on it (page), how a number is told (numbers).
"""

from collections.abc import Iterable
from importlib import resources

from plainview.core.audit.catalogue import CHECKS
from plainview.core.audit.claims import Judged, Verdict
from plainview.core.audit.experts import Experts
from plainview.core.audit.report import method, numbers
from plainview.core.audit.report.markup import Markup, Part, tag
from plainview.core.audit.report.page import (
    ASKS,
    MOST_OTHERS,
    Page,
    Section,
    Untested,
    anchor,
    beyond_told,
    bounds_told,
)
from plainview.core.audit.review import Asked
from plainview.core.cannot_say import CannotSay
from plainview.core.charts.chart import Chart
from plainview.core.finding import Finding, Number, Table

_FORBIDDEN = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
)
# A shape beside each word: nobody needs to tell colours apart.
SHAPES = {
    Verdict.SUPPORTED: '<circle class="full" cx="9" cy="9" r="8"/>',
    Verdict.NOT_SUPPORTED: '<circle class="shape" cx="9" cy="9" r="7"/>',
    Verdict.CONTRADICTED: '<path class="shape" d="M3 3 15 15M15 3 3 15"/>',
    Verdict.INCONCLUSIVE: (
        '<circle class="shape" cx="9" cy="9" r="7"/><path class="full" d="M9 2a7 7 0 0 1 0 14z"/>'
    ),
    Verdict.REFUSED: '<circle class="shape" cx="9" cy="9" r="7"/><path class="shape" d="M4 14 14 4"/>',
    Verdict.NOT_TESTED: '<path class="shape" d="M3 9h12" stroke-dasharray="3 3"/>',
}


def html(page: Page) -> str:
    """The whole file."""
    body = tag(
        "main",
        _first(page),
        _untested(page),
        _others(page),
        _evidence(page),
        _experts(page.review.experts),
        _method(page),
    )
    return f"<!doctype html>\n{tag('html', _head(page), tag('body', body), lang='en')}\n"


def _head(page: Page) -> Markup:
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{_FORBIDDEN}">'),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", page.title),
        Markup(
            f"<style>{_sheet('plainview.core.charts', 'standalone.css')}"
            f"{_sheet('plainview.core.audit.report', 'report.css')}</style>"
        ),
    )


def _sheet(package: str, name: str) -> str:
    return (resources.files(package) / name).read_text(encoding="utf-8")


def _first(page: Page) -> Markup:
    day = f" · {page.at}" if page.at else ""
    return tag(
        "header",
        tag("p", f"{page.product}{day}", class_="kicker"),
        tag("h1", page.title),
        tag("p", page.opening, class_="opening"),
        tag("p", page.about, class_="quiet") if page.about else None,
        tag("ol", [_claim(one) for one in page.claims], class_="claims") if page.claims else None,
        _sentences(page) if not page.claims else None,
    )


def _claim(one: Judged) -> Markup:
    word = str(one.verdict)
    mark = tag("p", _shape(one.verdict), word.capitalize(), class_=f"mark is-{word.replace(' ', '-')}")
    return tag("li", mark, tag("blockquote", f"“{one.claim.says}”"), tag("p", one.sentence), _links(one))


def _links(one: Judged) -> Part:
    names = [borne.check for borne in one.checks if borne.bearing is not None]
    links = [
        tag("a", CHECKS[name].asks if name in CHECKS else name, href=f"#{anchor(name)}") for name in names
    ]
    parted = [part for link in links for part in (Markup(" · "), link)][1:]
    return tag("p", "Evidence: ", parted, class_="quiet screen-only") if links else None


def _shape(verdict: Verdict) -> Markup:
    return Markup(f'<svg viewBox="0 0 18 18" aria-hidden="true">{SHAPES[verdict]}</svg>')


def _sentences(page: Page) -> Markup | None:
    """Without claims, what each check found."""
    found = [tag("li", finding.sentence) for finding in page.review.findings]
    return tag("ul", found, class_="said") if found else None


def _untested(page: Page) -> Part:
    if not page.untested and not page.refused:
        return tag("section", tag("h2", "What was not tested"), tag("p", "Every check could be answered."))
    return tag(
        "section",
        tag("h2", "What was not tested, and why"),
        [tag("p", one) for one in page.refused],
        tag("dl", [_untested_line(one) for one in page.untested], class_="untested")
        if page.untested
        else None,
    )


def _untested_line(one: Untested) -> Part:
    reasons = tag("ul", [tag("li", reason) for reason in one.reasons]) if one.reasons else None
    return [tag("dt", ASKS[one.question]), tag("dd", one.sentence, reasons)]


def _others(page: Page) -> Part:
    if not page.others:
        return None
    shown = [
        tag(
            "li",
            one.sentence,
            " ",
            tag("a", "Evidence", href=f"#{anchor(one.check)}", class_="quiet screen-only"),
        )
        for one in page.others[:MOST_OTHERS]
    ]
    return tag("section", tag("h2", "What else was found"), tag("ul", shown, class_="others"), _beyond(page))


def _beyond(page: Page) -> Part:
    told = beyond_told(page)
    return tag("p", told, class_="quiet") if told else None


def _evidence(page: Page) -> Part:
    shown = [_section(one) for one in page.sections]
    return tag(
        "div", tag("h2", "The evidence"), tag("p", HOW_TO_READ, class_="quiet"), shown, class_="evidence"
    )


HOW_TO_READ = (
    "Each finding is a sentence, its numbers with how far they may be off, what would be seen where nothing "
    "is there, what could have been seen, and what the check cannot see. The range beside a number holds the "
    "true value in 95 of 100 such cases."
)


def _section(section: Section) -> Part:
    return tag(
        "section",
        tag("h2", section.title, id=f"question-{section.question}"),
        [_check(one) for one in section.answered],
        _unanswered(section),
    )


def _check(one: Asked) -> Markup:
    return tag(
        "article",
        tag("h3", one.check.asks, id=anchor(one.check.name)),
        [_finding(finding) for finding in one.findings],
        tag("p", f"{one.check.name} · how it is computed: {one.check.page}", class_="quiet"),
        class_="check",
    )


def _finding(finding: Finding) -> Markup:
    numbers_told = [*([finding.effect] if finding.effect else []), *finding.numbers]
    return tag(
        "div",
        tag("p", finding.answer, class_="answer"),
        tag("p", finding.sentence, class_="sentence"),
        [_figure(chart) for chart in finding.charts],
        _numbers(numbers_told) if numbers_told else None,
        [_table(one) for one in finding.tables],
        tag(
            "dl",
            _fact("Where nothing is there", finding.noise_floor),
            _fact("What could have been seen", finding.power),
            _fact("What this cannot see", finding.not_seen),
            _fact("Chance", f"seed {finding.seed}" if finding.seed is not None else "no chance was used"),
            class_="facts",
        ),
        tag("ul", [tag("li", one) for one in finding.said], class_="said") if finding.said else None,
        class_="finding",
    )


def _fact(name: str, words: str) -> Part:
    return [tag("dt", name), tag("dd", words)] if words else None


def _figure(chart: Chart) -> Markup:
    table = _plain_table("The numbers of this picture", chart.rows[0], chart.rows[1:]) if chart.rows else None
    folded = tag("details", tag("summary", "The numbers of this picture"), table) if table else None
    return tag("figure", Markup(chart.svg), tag("figcaption", chart.sentence), folded)


def _numbers(found: Iterable[Number]) -> Markup:
    rows = [
        (one.name, numbers.value_of(one), numbers.range_of(one), numbers.resting_on(one)) for one in found
    ]
    return _plain_table("Numbers", ("", "value", "range", "rests on"), rows)


def _table(one: Table) -> Markup:
    rows = [tuple(numbers.cell(cell) for cell in row) for row in one.rows]
    return _plain_table(one.title, one.columns, rows)


def _plain_table(title: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Markup:
    head = tag("thead", tag("tr", [tag("th", name, scope="col") if name else tag("td") for name in columns]))
    body = tag("tbody", [_row(list(row)) for row in rows])
    table = tag("table", tag("caption", title), head, body)
    return tag("div", table, class_="scroll", tabindex="0", role="group", aria_label=title)


def _row(cells: list[str]) -> Markup:
    return tag("tr", tag("th", cells[0], scope="row"), [tag("td", cell) for cell in cells[1:]])


def _unanswered(section: Section) -> Part:
    if not section.unanswered:
        return None
    rows = [
        (one.check.asks, answer.reason, answer.would_need, one.check.name)
        for one, answer in section.unanswered
    ]
    return _plain_table(
        "Not answered", ("What was asked", "Why it cannot be said", "What it would need", "Check"), rows
    )


def _experts(found: Experts | None) -> Part:
    if found is None:
        return None
    agreement = "" if isinstance(found.agreement, CannotSay) else found.agreement.sentence
    return tag(
        "section",
        tag("h2", "What experts said"),
        tag("p", found.sentence),
        tag("p", agreement, class_="quiet") if agreement else None,
        _plain_table("Ratings, 0 to 4", method.RATED_COLUMNS, method.rated_told(found)),
    )


def _method(page: Page) -> Markup:
    plan = page.review.dossier.plan
    bounds = bounds_told(plan)
    return tag(
        "section",
        tag("h2", "How this was done, and how to repeat it", id="method"),
        [tag("p", one) for one in page.plan],
        tag("p", method.chance_told(plan)),
        _plain_table("Bounds of the plan", ("Check", "Bound", "Value"), bounds) if bounds else None,
        _plain_table("Exhibits", method.EXHIBIT_COLUMNS, method.exhibits_told(page.review.dossier)),
        [
            (tag("h3", held), tag("ul", [tag("li", one) for one in told], class_="said") if told else None)
            for held, told in method.logs_told(page.review.logs)
        ],
        tag("p", method.REPEAT),
        tag("pre", method.commands(page.made_with)),
        _plain_table("Made with", ("Package", "Version"), page.made_with.items()),
        tag("h3", "What was decided on the way") if page.told else None,
        tag("ul", [tag("li", one) for one in page.told], class_="said") if page.told else None,
        tag("p", method.RULES, class_="quiet"),
    )
