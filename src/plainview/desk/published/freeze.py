"""Freeze a page for everyone, and write down what happens to it later.

In:   a page that was composed, the files that go with it, when.
Out:  a publication whose every byte stays; an event.
Not here: who may (verdicts asks its policy first and writes the ledger), how a page looks (render).
"""

import gzip
import re
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from plainview.desk.published import cards, chain, read, render
from plainview.desk.published.models import Event, File, Publication
from plainview.desk.published.page import Change, Page, Words, canonical

# What the page itself is made of: nobody may bring a file of these names.
OURS = {"page.json", "page.css", "page.txt", "page.es.txt", "page.en.html", "page.es.html", "chain.json"}
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,118}")
MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".zip": "application/zip",
    ".pdf": "application/pdf",
}
PACKS_WELL = {".html", ".css", ".json", ".txt", ".md", ".csv"}


class NotFrozen(ValueError):
    """The page cannot be frozen as it is; the sentence says what to mend."""


def next_number(product: str) -> int:
    before = read.newest(product)
    return before.number + 1 if before else 1


@transaction.atomic
def freeze(page: Page, *, files: Mapping[str, bytes], at: datetime) -> Publication:
    """Keep the page in every language, its data and its files, and hang it on the one before.

    The page brings its own line of the changelog (the last one); the lines before it are taken from the
    publication before, with the hashes that they have by now.
    """
    at = at.replace(microsecond=0)
    before = read.newest(page.product.slug)
    _check(page, files, before)
    page = page.model_copy(update={"changelog": (*_changes_before(before), _own_change(page))})
    bodies = {**files, **_made(page, files, at)}
    hashes = {name: sha256(body).hexdigest() for name, body in bodies.items()}
    told = {
        "product": page.product.slug,
        "number": page.number,
        "published_at": at,
        "previous_hash": before.hash if before else "",
    }
    publication = Publication.objects.create(
        **told,
        page_sha256=hashes["page.json"],
        hash=chain.hash_of(**told, files=hashes),
        card=cards.card_of(page).model_dump(mode="json"),
    )
    File.objects.bulk_create(_file(publication, name, body, hashes[name]) for name, body in bodies.items())
    note_event(
        product=page.product.slug,
        kind=Event.Kind.PUBLISHED,
        at=at,
        words=page.changelog[-1].words,
    )
    return publication


def note_event(
    *, product: str, kind: Event.Kind, at: datetime, words: Words | Mapping[str, str], condition: str = ""
) -> Event:
    """What happened since: a condition was met, an owner changed. It stands above the page from now."""
    said = words if isinstance(words, Words) else Words.model_validate(dict(words))
    return Event.objects.create(
        product=product, kind=kind, at=at, condition=condition, words=said.model_dump(mode="json")
    )


def media_type(name: str) -> str:
    return MEDIA_TYPES.get(_ending(name), "application/octet-stream")


# --- what is checked ------------------------------------------------------------------------------------
def _check(page: Page, files: Mapping[str, bytes], before: Publication | None) -> None:
    number = before.number + 1 if before else 1
    if page.number != number:
        raise NotFrozen(f"This is publication {page.number} of {page.product.slug}: {number} comes next.")
    for name in files:
        if name in OURS or not NAME.fullmatch(name):
            raise NotFrozen(
                f"A file cannot be called {name!r}: expected small letters, digits, dots, hyphens."
            )
    for document in page.documents:
        _check_document(document.file, document.sha256, files)


def _check_document(name: str, said: str, files: Mapping[str, bytes]) -> None:
    if not name:
        return
    if name not in files:
        raise NotFrozen(f"The page names {name}, and it was not handed over.")
    found = sha256(files[name]).hexdigest()
    if said and said != found:
        raise NotFrozen(f"{name} has the hash {found}; the page says {said}.")


# --- what is made ---------------------------------------------------------------------------------------
def _changes_before(before: Publication | None) -> tuple[Change, ...]:
    if before is None:
        return ()
    changes = read.page_of(before).changelog
    return (*changes[:-1], changes[-1].model_copy(update={"hash": before.hash}))


def _own_change(page: Page) -> Change:
    words = page.changelog[-1].words if page.changelog else Words(en="Published.", es="Publicado.")
    return Change(number=page.number, on=page.published_on, words=words)


def _made(page: Page, files: Mapping[str, bytes], at: datetime) -> dict[str, bytes]:
    """The page as data, as a page and as plain text, and how it looks."""
    as_data = canonical(page)
    kept = [
        render.Kept(name=name, n_bytes=len(body), sha256=sha256(body).hexdigest())
        for name, body in {"page.json": as_data, **files}.items()
    ]
    return {
        "page.json": as_data,
        "page.css": render.css(),
        "page.txt": render.text(page, "en"),
        "page.es.txt": render.text(page, "es"),
        **{f"page.{tongue}.html": render.html(page, tongue, kept=kept, at=at) for tongue in page.languages},
    }


def _file(publication: Publication, name: str, body: bytes, digest: str) -> File:
    """Packed where packing pays, and always to the same bytes: no time stands in it."""
    packs = _ending(name) in PACKS_WELL
    return File(
        publication=publication,
        name=name,
        language=_language(name),
        media_type=media_type(name),
        sha256=digest,
        n_bytes=len(body),
        body=body,
        packed=gzip.compress(body, 9, mtime=0) if packs else None,
    )


def _language(name: str) -> str:
    found = re.fullmatch(r"page\.(en|es)\.\w+", name)
    return found[1] if found else ("en" if name == "page.txt" else "")


def _ending(name: str) -> str:
    return f".{name.rsplit('.', 1)[-1]}" if "." in name else ""
