"""How each check is done: the pages of docs/methods, shown as they are kept.

In:   the name of a page.
Out:  its title and its HTML.
Not here: the pages. They lie beside the code that they describe, and come with the package.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from markdown_it import MarkdownIt

import plainview

PACKAGE = Path(plainview.__file__).parent
# In the wheel they lie in the package; in the repository beside it.
PLACES = (PACKAGE / "docs" / "methods", PACKAGE.parents[1] / "docs" / "methods")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NOT_A_METHOD = {"validation", "choosing"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    name: str
    title: str
    checks: tuple[str, ...]
    html: str


@cache
def folder() -> Path | None:
    return next((one for one in PLACES if one.is_dir()), None)


def names() -> list[str]:
    found = folder()
    return sorted(one.stem for one in found.glob("*.md")) if found else []


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
