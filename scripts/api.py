"""Makes docs/core/api.md, the reference of the open core, from its docstrings.

In:   the modules of src/plainview/core, read as text: nothing is imported or run.
Out:  one page: what one may want to do, then every room with its functions and results.
Not here: choosing a method (docs/methods), first steps (docs/core/tutorial.md).

Run from the project's root: python scripts/api.py
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORE = ROOT / "src" / "plainview" / "core"
PAGE = ROOT / "docs" / "core" / "api.md"
LIST = ROOT / "scripts" / "api.toml"

HEAD = """\
# The open core: a reference

Made from the docstrings by `python scripts/api.py`; change it there. First steps: [tutorial.md](tutorial.md).
What a method assumes and when it misleads: the pages of [index.md](index.md).

Everywhere: rows are students, columns are items, NaN means "not answered"; a share is 0 to 1; chance has a
`seed` without a default; what comes out is frozen, and carries its interval or standard error and its n.
Where the data cannot carry an answer, a [`CannotSay`](#{cannot}) comes back: look for it first.
A wrong shape raises a `ValueError`. Names stand below `plainview.core`: `from plainview.core.logs.door import
open_log`.

## I want to ...

| I want to ... | call | page |
|---|---|---|
"""


@dataclass(frozen=True, kw_only=True)
class Thing:
    """A function or a class that a reader may call, with where it stands."""

    module: str  # "logs.door"
    node: ast.FunctionDef | ast.ClassDef
    lines: tuple[str, ...]  # of its module

    @property
    def title(self) -> str:
        kind = "()" if isinstance(self.node, ast.FunctionDef) else ""
        return f"{self.module}.{self.node.name}{kind}"

    @property
    def anchor(self) -> str:
        """As the pages of a repository make it from the heading."""
        return re.sub(r"[^\w\- ]", "", self.title.lower()).replace(" ", "-")


# ---- From text to things --------------------------------------------------------------------------------


@cache
def read(module: str) -> tuple[ast.Module, tuple[str, ...]]:
    text = CORE.joinpath(*module.split(".")).with_suffix(".py").read_text(encoding="utf-8")
    return ast.parse(text), tuple(text.splitlines())


def things(module: str, names: list[str]) -> Iterator[Thing]:
    """The named functions and classes, in the order of the list; an unknown name is refused."""
    tree, lines = read(module)
    found = {n.name: n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    for name in names:
        if name not in found:
            raise SystemExit(
                f"scripts/api.toml: found {name!r} under {module!r}, expected a name of that module."
            )
        yield Thing(module=module, node=found[name], lines=lines)


# ---- From things to words -------------------------------------------------------------------------------


def sections(doc: str) -> dict[str, str]:
    """A docstring in numpy's style: "" is what stands before the first heading."""
    parts = re.split(r"^(\w+)\n-{3,}\n", doc, flags=re.MULTILINE)
    return {"": parts[0].strip()} | dict(zip(parts[1::2], (p.strip("\n") for p in parts[2::2]), strict=True))


def entries(section: str) -> Iterator[str]:
    """Each name with its kind, and what is said below it, as one line of a list."""
    lines = section.splitlines()
    starts = [k for k, line in enumerate(lines) if line and not line[0].isspace()]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        said = " ".join(line.strip() for line in lines[start + 1 : end]).strip()
        name, _, kind = lines[start].partition(" : ")
        kind = f" ({kind})" if kind else ""
        yield f"- **{name}**{kind}{': ' if said else ''}{said}"


def plain(text: str) -> str:
    """Double backticks are one here."""
    return text.replace("``", "`")


def signature(node: ast.FunctionDef, name: str | None = None) -> str:
    arguments = ast.unparse(node.args).removeprefix("self, ").removeprefix("cls, ")
    arguments = "" if arguments in ("self", "cls") else arguments
    gives = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    short = f"{name or node.name}({arguments}){gives}"
    if len(short) <= 100:
        return short
    each = ",\n    ".join(_arguments(node))
    return f"{name or node.name}(\n    {each},\n){gives}"


def _arguments(node: ast.FunctionDef) -> list[str]:
    split, depth, parts = ast.unparse(node.args), 0, [""]
    for sign in split:
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip() not in ("self", "cls")]


def fields(thing: Thing) -> list[str]:
    """The fields of a result as they stand in the code: with what is said beside them."""
    named = [n for n in thing.node.body if isinstance(n, ast.AnnAssign | ast.Assign)]
    shown = [n for n in named if not _target(n).startswith("_")]
    return [
        line.removeprefix("    ")
        for n in shown
        for line in thing.lines[n.lineno - 1 : (n.end_lineno or n.lineno)]
    ]


def _target(node: ast.AnnAssign | ast.Assign) -> str:
    return ast.unparse(node.target if isinstance(node, ast.AnnAssign) else node.targets[0])


def methods(thing: Thing) -> Iterator[str]:
    """What one may ask of a result, a line each."""
    for node in thing.node.body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        is_property = any("property" in ast.unparse(d) for d in node.decorator_list)
        called = node.name if is_property else " ".join(signature(node).split())
        first = plain(" ".join(sections(ast.get_docstring(node) or "")[""].split("\n\n")[0].split()))
        yield f"- `.{called}`{': ' if first else ''}{first}"


def told(thing: Thing) -> list[str]:
    """One thing: its heading, how it is called, what it says of itself."""
    doc = sections(ast.get_docstring(thing.node) or "")
    code = [signature(thing.node)] if isinstance(thing.node, ast.FunctionDef) else fields(thing)
    said = [f"### {thing.title}", "", plain(doc[""]), ""]
    if code:
        said += ["```python", *code, "```", ""]
    for heading in ("Parameters", "Returns", "Raises", "Source"):
        if heading in doc:
            listed = [doc[heading].strip()] if heading == "Source" else list(entries(doc[heading]))
            said += [f"*{heading}*", "", *(plain(line) for line in listed), ""]
    if isinstance(thing.node, ast.ClassDef) and (asked := list(methods(thing))):
        said += [*asked, ""]
    return said


def about(module: str) -> str:
    """The first line of a module: which question it answers."""
    return (ast.get_docstring(read(module)[0]) or "").split("\n\n")[0].replace("\n", " ")


# ---- The page -------------------------------------------------------------------------------------------


def listed() -> dict:
    import tomllib

    return tomllib.loads(LIST.read_text(encoding="utf-8"))


def page() -> str:
    """The whole page, as it should stand."""
    choice = listed()
    made = {
        t.title.removesuffix("()"): t
        for room in choice["rooms"]
        for m, ns in room["modules"].items()
        for t in things(m, ns)
    }
    lines = [HEAD.format(cannot=made["cannot_say.CannotSay"].anchor).rstrip("\n")]
    lines += [_wanted(want, made) for want in choice["wants"]]
    for room in choice["rooms"]:
        lines += ["", f"## {room['title']}", "", room["said"], ""]
        for module, names in room["modules"].items():
            lines += [f"**`plainview.core.{module}`**: {plain(about(module))}", ""]
            lines += [line for thing in things(module, names) for line in told(thing)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def _wanted(want: dict, made: dict[str, Thing]) -> str:
    called = ", ".join(f"[`{made[name].title}`](#{made[name].anchor})" for name in want["call"])
    at = f"[{Path(want['page']).stem}]({want['page']})" if "page" in want else ""
    return f"| {want['to']} | {called} | {at} |"


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
