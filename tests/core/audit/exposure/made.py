"""Small dossiers with captures, for tests. Not a test."""

import hashlib
import json
from pathlib import Path

from tests.core.audit.exposure.wrapped import entry, har

from plainview.core.dossier.dossier import Dossier, Exhibit, Kind, Plan, Product

CAPTURE = """
first_party = ["school.example"]
owner = "School Ltd"
exercised = ["signed in", "answered three questions"]
not_exercised = ["messages"]
[[person]]
name = "student 1"
role = "student"
canary = [
  {field = "e-mail", element = "e-mail address", value = "zofia.q7f3@canary.example"},
  {field = "name", element = "name", value = "Zofia Quillfeather"},
]
capture = [{file = "s1-1.har", pass = 1}, {file = "s1-2.har", pass = 2}]
[[person]]
name = "student 2"
role = "student"
canary = [{field = "e-mail", element = "e-mail address", value = "bram.k2x9@canary.example"}]
capture = [{file = "s2-1.har", pass = 1}, {file = "s2-2.har", pass = 2}]
[[person]]
name = "teacher"
role = "teacher"
canary = [{field = "e-mail", element = "work e-mail", value = "ms.thornapple.88@canary.example"}]
capture = [{file = "t-1.har", pass = 1}]
"""
TYPED = {
    "s1": "zofia.q7f3@canary.example Zofia Quillfeather",
    "s2": "bram.k2x9@canary.example",
    "t-": "ms.thornapple.88@canary.example",
}
FILES = ("s1-1.har", "s1-2.har", "s2-1.har", "s2-2.har", "t-1.har")


def signed_in(file):
    """What every capture holds: the page, and what was typed, sent to the product."""
    text = json.dumps({"typed": TYPED[file[:2]]})
    return [
        entry("https://app.school.example/"),
        entry("https://app.school.example/login", method="POST", postData={"mimeType": "x", "text": text}),
    ]


def dossier(
    folder: Path, *, more=lambda file: [], files=None, said=None, capture=CAPTURE, settings=None, bounds=None
):
    """``more`` are the entries that a capture holds besides; ``files`` are exhibits besides the captures."""
    root = folder / "exhibits"
    root.mkdir(parents=True, exist_ok=True)
    contents = {name: har(*signed_in(name), *more(name)) for name in FILES}
    if capture:
        contents["capture.toml"] = capture.encode()
    contents |= files or {}
    exhibits = []
    for name, content in contents.items():
        (root / name).write_bytes(content)
        exhibits.append(
            Exhibit(
                file=f"exhibits/{name}",
                path=root / name,
                kind=_kind(name),
                sha256=hashlib.sha256(content).hexdigest(),
                n_bytes=len(content),
                settings=(settings or {}).get(name, {}),
            )
        )
    product = {"name": "Lessons", "vendor": "School Ltd", "version": "1", **(said or {})}
    return Dossier(
        folder=folder,
        product=Product(name="Lessons", vendor="School Ltd", version="1", claims=(), said=product),
        plan=Plan(seed=1, draws=999, checks=(), bounds=bounds or {}, frozen_sha256=None, is_as_frozen=False),
        exhibits=tuple(exhibits),
        aside=folder / "aside",
    )


def _kind(name):
    if name.endswith(".har"):
        return Kind.HAR
    if name == "capture.toml":
        return Kind.CAPTURE
    kinds = {"policy": Kind.POLICY, "table": Kind.TABLE, "respons": Kind.RESPONSES, "item": Kind.ITEMS,
             "score": Kind.SCORES, "framewo": Kind.FRAMEWORK, "log": Kind.LOG}  # fmt: skip
    return next((kind for begins, kind in kinds.items() if name.startswith(begins)), Kind.OTHER)
