"""A canary: a made-up value, found nowhere else, in whatever clothes it may leave in.

In:   the value that was typed; whose it is; which field it stood in.
Out:  every form that is sought: as typed, trimmed, small, capital; as trackers bring an address or a
      telephone number into one form; each in base64 and hex at any offset; each hashed four ways.
Not here: undoing what a text is wrapped in (unwrap), finding forms in it (find).

A hash of a canary gives the child away as the canary does: whoever holds her e-mail address can make it too.
"""

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

HASHES = ("md5", "sha1", "sha256", "sha512")
SHORTEST = 5  # letters and digits: what is shorter stands in any text by chance
FREE_FROM = 8  # from here on a form counts wherever it stands; a shorter one must stand apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Canary:
    name: str  # "student 1, e-mail address": what a report calls it
    person: str
    role: str  # "student" or "teacher"
    field: str
    element: str  # what the contract's schedule calls such data
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One thing to look for."""

    needle: bytes
    canary: int  # its place in the row of canaries
    clothes: str  # "as typed", "small letters, sha256", "base64"
    any_case: bool  # sought among small letters; base64 is not
    alone: bool  # too short to count inside a longer run of letters and digits
    n_shared: int = 0  # how many bytes of the needle are the canary's own


def too_plain(canary: Canary) -> str:
    """Why a canary cannot be told from chance; "" where it can."""
    own = [letter for letter in canary.value if letter.isalnum()]
    if len(own) < SHORTEST:
        return f"found {len(own)} letters and digits in {canary.name}, expected at least {SHORTEST}"
    if len(set(own)) < 3:
        return f"found {len(set(own))} different letters in {canary.name}, expected at least 3"
    return ""


def forms(canaries: Sequence[Canary]) -> tuple[Form, ...]:
    """Every form of every canary, each once; of two that look alike the plainer is kept."""
    found: dict[tuple[bytes, bool, int], Form] = {}
    for number, canary in enumerate(canaries):
        if too_plain(canary):
            continue
        for form in _forms(number, canary.value):
            found.setdefault((form.needle, form.any_case, form.canary), form)
    return tuple(found.values())


def texts(value: str) -> Iterator[tuple[str, str]]:
    """The value and how it is brought into one form, each with its name."""
    trimmed = value.strip()
    yield "as typed", value
    yield "trimmed", trimmed
    yield "small letters", value.lower()
    yield "trimmed, small letters", trimmed.lower()
    yield "capital letters", value.upper()
    yield "trimmed, capital letters", trimmed.upper()
    for form in ("NFC", "NFD"):
        yield f"in {form}", unicodedata.normalize(form, trimmed)
        yield f"in {form}, small letters", unicodedata.normalize(form, trimmed.lower())
    # As Meta and Google ask for names, places and telephone numbers before hashing.
    letters = "".join(letter for letter in trimmed.lower() if letter.isalnum())
    yield "letters and digits only", letters
    digits = re.sub(r"\D", "", trimmed)
    if len(digits) >= 7:
        yield "digits only", digits


def _forms(number: int, value: str) -> Iterator[Form]:
    plainest = {text: name for name, text in reversed(list(texts(value)))}
    for text, name in plainest.items():
        yield from _clothed(number, text=text, clothes=name)


def _clothed(number: int, *, text: str, clothes: str) -> Iterator[Form]:
    if not text.strip():
        return
    plain = text.encode()
    # A bare run of digits or of joined letters is looked for hashed only: bare, it is found by chance.
    is_bare_sought = not clothes.endswith("only") or len(text) >= 12
    if is_bare_sought:
        yield _form(plain.lower(), number, clothes, own=len(text), any_case=True)
        if " " in text.strip():  # as a form sends it
            spaced = plain.lower().replace(b" ", b"+")
            yield _form(spaced, number, f"{clothes}, + for spaces", own=len(text), any_case=True)
        if not text.isascii():  # in UTF-16 it has few of the zeros by which that shows
            wide = text.encode("utf-16-le", "surrogatepass").lower()
            yield _form(wide, number, f"{clothes}, UTF-16", own=len(text), any_case=True)
        yield _form(plain.hex().encode(), number, f"{clothes}, hex", own=len(text), any_case=True)
        yield from _in_base64(plain, number, clothes)
    for kind in HASHES:
        yield from _hashed(plain, kind, number, clothes)


def _form(needle: bytes, number: int, clothes: str, *, own: int, any_case: bool) -> Form:
    return Form(
        needle=needle,
        canary=number,
        clothes=clothes,
        any_case=any_case,
        alone=own < FREE_FROM and len(needle) < 12,
        n_shared=own,
    )


def _in_base64(plain: bytes, number: int, clothes: str) -> Iterator[Form]:
    """What of it shows in base64 whatever stands before and behind: one form for each of three offsets."""
    for offset in range(3):
        whole = base64.b64encode(b"\0" * offset + plain).rstrip(b"=")
        start = (offset * 8 + 5) // 6  # the first sign that only the canary's bits make
        end = (offset + len(plain)) * 8 // 6
        core = whole[start:end]
        if len(core) < FREE_FROM:
            if offset == 0:  # of a short value only the whole can be known
                yield _form(whole, number, f"{clothes}, base64", own=len(whole), any_case=False)
            continue
        for alphabet, signs in (("base64", core), ("base64url", core.translate(_TO_URL))):
            yield _form(signs, number, f"{clothes}, {alphabet}", own=len(core), any_case=False)


_TO_URL = bytes.maketrans(b"+/", b"-_")


def _hashed(plain: bytes, kind: str, number: int, clothes: str) -> Iterator[Form]:
    digest = hashlib.new(kind, plain, usedforsecurity=False).digest()
    name = f"{clothes}, {kind}"
    yield _form(digest.hex().encode(), number, name, own=len(digest), any_case=True)
    yield _form(digest, number, f"{name}, bytes", own=len(digest), any_case=False)
    signs = base64.b64encode(digest).rstrip(b"=")
    yield _form(signs, number, f"{name}, base64", own=len(signs), any_case=False)
    yield _form(signs.translate(_TO_URL), number, f"{name}, base64url", own=len(signs), any_case=False)
