"""From the text that an author writes to the HTML that a page shows.

In:   Markdown with {sums}, {3/4}, {blank}, [new page] and fenced figures.
Out:  cleaned HTML; raw HTML of the author never gets through.
Not here: the pictures themselves (figures.py), the sums themselves (expressions.py).
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from fractions import Fraction

import nh3
from markdown_it import MarkdownIt
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from . import figures
from .amounts import Amount, amount
from .expressions import CannotWorkOut, work_out
from .vocabulary import NEW_PAGE

TAGS = {
    *("p", "br", "hr", "strong", "em", "ul", "ol", "li", "h1", "h2", "h3", "h4", "blockquote", "code"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
SUM = re.compile(r"\{([^{}]*)\}")
BLANK = re.compile(r"blank(?:\s+(\d{1,2}))?")
NEW_PAGE_LINE = re.compile(r"^\[new page\][ \t]*$", re.MULTILINE)
FIGURE = re.compile(r"^```figure[ \t]*\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
# Private-use characters: no author writes them, Markdown and the cleaner leave them alone.
KEPT = re.compile("\ue000(\\d+)\ue001")

_markdown = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
_markdown.disable(["image", "html_block", "html_inline", "link", "autolink"])


def block(text: str, names: Mapping[str, object] | None = None) -> str:
    """Paragraphs, lists, headings, tables and pictures."""
    keep = _Keep()
    text = FIGURE.sub(lambda found: f"\n{keep(_figure(found[1], names or {}))}\n", text)
    text = NEW_PAGE_LINE.sub(lambda _: "\n" + keep(NEW_PAGE) + "\n", text)
    text = _sums(text, names or {}, keep)
    return keep.put_back(_tidy(_clean(_markdown.render(text))))


def inline(text: str, names: Mapping[str, object] | None = None) -> str:
    """One line: the words of a choice, of a hint's sentence."""
    keep = _Keep()
    text = _sums(text.strip(), names or {}, keep)
    return keep.put_back(_clean(_markdown.renderInline(text)))


def plain(text: str, names: Mapping[str, object] | None = None) -> str:
    """The words alone: for titles, for a reader's ear, for telling two texts apart."""
    return SUM.sub(lambda found: _value_text(found[1], names or {}), text).replace("**", "").strip()


def value_html(value: object) -> str:
    """How a value of an expression looks on a page."""
    if isinstance(value, str):
        return html.escape(value)
    return amount(value).html


def value_text(value: object) -> str:
    return value if isinstance(value, str) else amount(value).text


class _Keep:
    """Holds our own HTML aside while the author's text goes through Markdown and the cleaner."""

    def __init__(self) -> None:
        self.held: list[str] = []

    def __call__(self, fragment: str) -> str:
        self.held.append(fragment)
        return f"\ue000{len(self.held) - 1}\ue001"

    def put_back(self, cleaned: str) -> str:
        cleaned = re.sub(r"<p>\s*(\ue000\d+\ue001)\s*</p>", self._unless_words, cleaned)
        return KEPT.sub(lambda found: self.held[int(found[1])], cleaned).strip()

    def _unless_words(self, found: re.Match) -> str:
        """A picture or a new page stands by itself; a fraction keeps its paragraph."""
        fragment = self.held[int(KEPT.search(found[1])[1])]
        return found[1] if fragment.startswith(("<figure", "<hr")) else found[0]


def _sums(text: str, names: Mapping[str, object], keep: _Keep) -> str:
    return SUM.sub(lambda found: keep(_value(found[1], names)), text)


def _value(expression: str, names: Mapping[str, object]) -> str:
    if found := BLANK.fullmatch(expression.strip()):
        line = "_" * int(found[1] or 10)
        return f'<span class="blank" role="img" aria-label="blank">{line}</span>'
    return value_html(_shown(expression, names))


def _value_text(expression: str, names: Mapping[str, object]) -> str:
    if BLANK.fullmatch(expression.strip()):
        return "____"
    return value_text(_shown(expression, names))


def _shown(expression: str, names: Mapping[str, object]) -> object:
    value = work_out(expression, names)
    if isinstance(value, bool) or not isinstance(value, (str, int, Fraction, Amount)):
        raise CannotWorkOut(f"something that can be shown, not {value!r}")
    return value


def _figure(source: str, names: Mapping[str, object]) -> str:
    try:
        spec = YAML(typ="safe", pure=True).load(source)
    except YAMLError as problem:
        raise CannotWorkOut("a figure as docs/content.md describes it") from problem
    return figures.draw(spec, names)


def _clean(rendered: str) -> str:
    return nh3.clean(rendered, tags=TAGS, attributes={"ol": {"start"}}, link_rel=None)


def _tidy(cleaned: str) -> str:
    """One title a page is the page's own; and an empty heading of a column heads nothing."""
    cleaned = re.sub(r"<(/?)h1>", r"<\1h2>", cleaned)
    return re.sub(r"<th>\s*</th>", "<td></td>", cleaned)
