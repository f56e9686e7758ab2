"""How each check is done: the pages of docs/methods, shown as they are kept.

In:   the name of a page.
Out:  its title and its HTML; of each of the five questions, what its checks do, in a few words.
Not here: the pages. They lie beside the code that they describe, and come with the package, in English.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt

import plainview
from plainview.desk.published import words

PACKAGE = Path(plainview.__file__).parent
# In the wheel they lie in the package; in the repository beside it.
PLACES = (PACKAGE / "docs" / "methods", PACKAGE.parents[1] / "docs" / "methods")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

# In the reader's language: the pages themselves are in English.
ABOUT = {
    "adaptivity": _(
        "To adapt means that what comes next depends on what a student has just answered. These checks"
        " compare what followed a right answer with what followed a wrong one. That students saw"
        " different things is not enough."
    ),
    "fairness": _(
        "These checks ask whether groups of students are treated alike: whether the product errs as often for"
        " each, and whether students who did as well get the same. A difference is a reason to look closer,"
        " and not yet its cause."
    ),
    "soundness": _(
        "These checks ask whether a score can be relied on: whether students would come out alike on another"
        " day, whether each item does its work, and whether each use of the score is argued for."
    ),
    "efficacy": _(
        "These checks ask whether students who got the product learned more than students like them who did"
        " not. How the two groups came about decides how far the answer can be trusted."
    ),
    "exposure": _(
        "These checks read what a browser sent while somebody used the product: who got it, what it told,"
        " and whether the contract and the policy say so. They see what was recorded, and nothing else."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    name: str
    title: str
    checks: tuple[str, ...]
    html: str

    @property
    def question(self) -> str:
        """Of the five, the one that its checks belong to; none for what they rest on."""
        found = self.checks[0].partition(".")[0] if self.checks else ""
        return found if found in ABOUT else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One of the five questions, and the pages of its checks."""

    key: str
    title: str
    about: str
    methods: tuple[Method, ...]


@cache
def folder() -> Path | None:
    return next((one for one in PLACES if one.is_dir()), None)


def names() -> list[str]:
    found = folder()
    return sorted(one.stem for one in found.glob("*.md")) if found else []


def groups() -> tuple[Group, ...]:
    """The five questions in the order of the label; then, without a question, what they rest on."""
    found = [one for one in map(method, names()) if one]
    return tuple(
        Group(
            key=key,
            title=str(words.QUESTIONS.get(key, "")),
            about=str(ABOUT.get(key, "")),
            methods=tuple(one for one in found if one.question == key),
        )
        for key in (*words.QUESTIONS, "")
    )


@lru_cache(maxsize=128)
def method(name: str) -> Method | None:
    found = folder()
    if found is None or not NAME.fullmatch(name) or not (found / f"{name}.md").is_file():
        return None
    text = (found / f"{name}.md").read_text(encoding="utf-8")
    first, _newline, rest = text.partition("\n")
    title = re.sub(r"`[^`]+`,? ?", "", first.lstrip("# ")).strip()
    return Method(
        name=name,
        title=title,
        checks=tuple(re.findall(r"`(\w+\.\w+/\d+)`", first)),
        html=_html(rest),
    )


def _html(text: str) -> str:
    """Links from page to page lead to the pages here; those into the repository are words only."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    for block in tokens:
        for token in block.children or []:
            if token.type == "link_open":
                token.attrs["href"] = _address(str(token.attrs.get("href", "")))
            if token.type == "image":
                token.type, token.children = "text", None
    html = markdown.renderer.render(tokens, markdown.options, {})
    html = re.sub(r'<a href="">(.*?)</a>', r"\1", html, flags=re.DOTALL)
    # Whoever goes by keyboard can reach a wide table and move it.
    html = html.replace("<table>", '<div class="scroll" role="group" tabindex="0" aria-label="Table"><table>')
    return html.replace("</table>", "</table></div>")


def _address(href: str) -> str:
    page = re.fullmatch(r"([a-z0-9-]+)\.md(#[\w-]+)?", href)
    if page:
        return f"../{page[1]}/{page[2] or ''}"
    return href if href.startswith("https://") else ""
