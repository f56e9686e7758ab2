"""A suggestion as a file, and the same suggestion computed again from that file alone.

In:   a card and its snapshot; or the bytes that were made of them, on any machine that has only the core.
Out:  canonical bytes; whether they come out the same, and a sentence where they do not.
Not here: who may have the file. It holds a child's work, though no name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from plainview.core.learner.estimate import MODEL
from plainview.core.rules import card as cards
from plainview.core.rules import form_1, read
from plainview.core.rules import snapshot as snapshots
from plainview.core.rules.canonical import as_bytes, plain
from plainview.core.rules.card import Card
from plainview.core.rules.catalogue import RULES, written
from plainview.core.rules.snapshot import Snapshot, pruned
from plainview.core.version import VERSION


class DoesNotFollow(ValueError):
    """A card that its own inputs do not give: the estimates that were handed in are not of these pieces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputed:
    """What came of computing it again."""

    same: bool  # byte for byte
    was: bytes
    now: bytes  # empty if the rule makes no such card of these inputs
    difference: str  # a sentence for a person; empty if the same
    key: str
    rule: str
    made_by: str
    here: str


def export(card: Card, snapshot: Snapshot) -> bytes:
    """The suggestion with all it was made from and nothing else; recomputed once before it leaves.

    Raises ``DoesNotFollow`` if the snapshot was handed estimates of other pieces than it holds.
    """
    kept = pruned(snapshot, students=card.students, competencies=card.needs, activities=card.activities)
    raw = _document(card, kept, made_by=VERSION, form=read.FORMAT)
    again = recompute(raw)
    if not again.same:
        raise DoesNotFollow(f"{card.key} does not follow from its own inputs. {again.difference}")
    return raw


def recompute(raw: bytes, *, file: str = "suggestion.json") -> Recomputed:
    """Make the card again from the file's inputs, and compare every byte.

    Raises ``Mendable`` with all faults if the file is no suggestion.
    """
    given = read.suggestion(raw, file=file, rules=tuple(RULES))
    card = next((c for c in written(RULES[given.rule], given.snapshot) if c.key == given.key), None)
    now = _document(card, given.snapshot, made_by=given.made_by, form=given.format) if card else b""
    return Recomputed(
        same=now == raw,
        was=raw,
        now=now,
        difference="" if now == raw else _difference(given, card),
        key=given.key,
        rule=f"{given.rule}/{given.rule_version}",
        made_by=given.made_by,
        here=VERSION,
    )


def _document(card: Card, snapshot: Snapshot, *, made_by: str, form: str) -> bytes:
    return as_bytes(_as_object(card, snapshot, made_by=made_by, form=form))


def _as_object(card: Card, snapshot: Snapshot, *, made_by: str, form: str) -> dict[str, Any]:
    is_first = form == read.FORMAT_1
    return {
        "format": form,
        "made_by": {"plainview": made_by},
        "rule": {"name": card.provenance.rule, "version": card.provenance.version},
        "model": MODEL,
        "seed": None,  # no chance is used
        "inputs": form_1.inputs(snapshot) if is_first else snapshots.as_json(snapshot),
        "output": form_1.card(card, snapshot) if is_first else cards.as_json(card),
    }


def _difference(given: read.Suggestion, card: Card | None) -> str:
    """What differs, in a sentence or three: the versions first, since they would explain the rest."""
    said = list(_versions(given))
    if card is None:
        said.append(f"From these inputs the rule {given.rule} makes no card '{given.key}' here.")
        return " ".join(said)
    now = plain(_as_object(card, given.snapshot, made_by=given.made_by, form=given.format))
    places = list(_places(given.written, now))
    if not places:
        return "Every value is the same; only the way it is written differs (spaces, line ends, order)."
    said.append(f"{places[0]}.")
    if len(places) > 1:
        said.append(
            "One more place differs." if len(places) == 2 else f"{len(places) - 1} more places differ."
        )
    return " ".join(said)


def _versions(given: read.Suggestion) -> Iterator[str]:
    version = RULES[given.rule].version
    if given.rule_version != version:
        yield f"The file was made by {given.rule}, version {given.rule_version}; here is version {version}."
    if given.model != MODEL:
        yield f"The file was made with the model {given.model}; here is {MODEL}."
    if given.made_by != VERSION:
        yield f"The file was made by Plainview {given.made_by}; this is {VERSION}."


def _places(was: Any, now: Any, path: str = "") -> Iterator[str]:
    """Where two written things differ, each as words; the deepest place that differs."""
    if isinstance(was, dict) and isinstance(now, dict):
        for name in sorted(set(was) | set(now)):
            yield from _places(was.get(name, ...), now.get(name, ...), f"{path}.{name}".lstrip("."))
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for i, (one, other) in enumerate(zip(was, now, strict=True)):
            yield from _places(one, other, f"{path}[{i}]")
    elif was != now:
        yield f"{path}: the file has {_said(was)}, computed here {_said(now)}"


def _said(value: Any) -> str:
    if value is ...:
        return "nothing"
    text = as_bytes(value).decode().strip() if isinstance(value, dict | list) else repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
