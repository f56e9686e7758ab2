"""Canaries in every place, every wrapping and every hash; and none where there is none."""

import base64
import json
import random
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.audit.exposure.wrapped import (
    BODIES,
    BYTE_PLACES,
    CODINGS,
    FORMS,
    HASHES,
    IN_AN_ADDRESS,
    PLACES,
    TEXT,
    entry,
    har,
)

from plainview.core.audit.exposure.canary import Canary, forms, too_plain
from plainview.core.audit.exposure.find import Finder
from plainview.core.audit.exposure.leaks import Search
from plainview.core.formats.har import parsed


def canary(value):
    return Canary(name="c", person="p", role="student", field="f", element="e", value=value)


def found_in(value, entries):
    capture = parsed(har(*entries), name="x.har")
    leaks = Search([canary(value)]).sent(enumerate(capture.entries))
    return {leak.entry for leak in leaks.found}, leaks


def planted(value, rng, n):
    """One of everything, at random: form, hash, wrapping, place."""
    made, told = [], []
    for _ in range(n):
        form, kind = rng.choice(list(FORMS)), rng.choice(list(HASHES))
        text = HASHES[kind](FORMS[form](value))
        if rng.random() < 0.25:
            wrapping, place = rng.choice(list(BODIES)), rng.choice(list(BYTE_PLACES))
            made.append(BYTE_PLACES[place](BODIES[wrapping](text)))
        else:
            wrapping, place = rng.choice(list(TEXT)), rng.choice(list(PLACES))
            wrapped = TEXT[wrapping](text)
            if place in IN_AN_ADDRESS:
                wrapped = quote(wrapped, safe="%" if "percent" in wrapping else "")
            made.append(PLACES[place](wrapped))
        told.append((form, kind, wrapping, place))
    return made, told


def test_every_place_and_wrapping_gives_a_canary_up():
    made = [
        (wrapping, place, PLACES[place](quote(TEXT[wrapping](value), safe="%") if place in IN_AN_ADDRESS else
                                        TEXT[wrapping](value)))
        for value in ("zofia.q7f3@canary.example",) for wrapping in TEXT for place in PLACES
    ]  # fmt: skip
    made += [
        (wrapping, place, BYTE_PLACES[place](BODIES[wrapping]("zofia.q7f3@canary.example")))
        for wrapping in BODIES
        for place in BYTE_PLACES
    ]
    found, _ = found_in("zofia.q7f3@canary.example", [one for *_, one in made])
    assert [(w, p) for n, (w, p, _) in enumerate(made) if n not in found] == []


@pytest.mark.parametrize("kind", HASHES)
def test_every_hash_of_every_form_is_known(kind):
    value = " Zofia Quillfeather "
    made = [PLACES["query"](quote(HASHES[kind](form(value)), safe="")) for form in FORMS.values()]
    found, leaks = found_in(value, made)
    assert found == set(range(len(made)))
    assert kind == "plain" or all(kind.split()[0] in leak.clothes for leak in leaks.found)


@pytest.mark.parametrize("coding", CODINGS)
def test_a_body_packed_as_its_header_says_is_unpacked(coding):
    body = CODINGS[coding](b'{"mail": "zofia.q7f3@canary.example"}')
    post = {"mimeType": "x", "text": base64.b64encode(body).decode(), "encoding": "base64"}
    one = entry(method="POST", postData=post, headers=[{"name": "Content-Encoding", "value": coding}])
    assert found_in("zofia.q7f3@canary.example", [one])[0] == {0}


letters = st.characters(whitelist_categories=("Lu", "Ll", "Nd"), whitelist_characters=" .-@+'")


@settings(max_examples=10, deadline=None)
@given(value=st.text(letters, min_size=6, max_size=30).map(str.strip), seed=st.integers(0, 9999))
def test_whatever_the_canary_every_plant_is_found(value, seed):
    if len(value) < 6 or too_plain(canary(value)):
        return
    made, told = planted(value, random.Random(seed), 24)
    found, _ = found_in(value, made)
    assert [one for n, one in enumerate(told) if n not in found] == []


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 9999))
def test_a_capture_without_a_canary_raises_no_alarm(seed):
    """Noise in base64 and hex, hashes of others' addresses, words, numbers and times."""
    rng = random.Random(seed)
    made = []
    for n in range(40):
        noise = rng.randbytes(rng.randrange(1, 4000))
        texts = [
            base64.b64encode(noise).decode(), base64.urlsafe_b64encode(noise).decode(), noise.hex(),
            json.dumps({"student": "somebody else", "time": rng.random(), "school": "North Hill", "n": n}),
            HASHES["sha256 hex"](f"someone{n}@else.example"), str(rng.randrange(10**16)),
        ]  # fmt: skip
        made.append(PLACES["body"](rng.choice(texts)))
        made.append(PLACES["query"](quote(rng.choice(texts)[:1500])))
    values = [
        "Zofia",
        "Quillfeather",
        "zofia.q7f3@canary.example",
        "2014-03-09",
        "4700812",
        "SID-88412",
        "Hill Top",
    ]
    capture = parsed(har(*made), name="x.har")
    assert Search([canary(value) for value in values]).sent(enumerate(capture.entries)).found == ()


def test_a_short_canary_counts_where_it_stands_apart_and_not_in_noise():
    finder = Finder(forms([canary("Zofia")]))
    assert list(finder.hits(b"hello Zofia!"))
    assert not list(finder.hits(b"xKzofiaQ8vbnm2Pq77LkzofiaTTx"))


def test_what_is_too_short_or_too_plain_is_not_sought():
    assert too_plain(canary("Bo 7")) and too_plain(canary("aaaaaa")) and not too_plain(canary("Zofia"))
    assert forms([canary("Bo")]) == ()


def test_a_date_inside_a_longer_number_is_no_date():
    assert found_in("20140309", [PLACES["query"]("120140309155")])[0] == set()
    assert found_in("20140309", [PLACES["query"]("20140309")])[0] == {0}


def test_a_leak_says_where_and_in_what_clothes():
    _, leaks = found_in(
        "zofia.q7f3@canary.example", [PLACES["cookie"](TEXT["base64 of JSON"]("zofia.q7f3@canary.example"))]
    )
    assert [(leak.place, leak.name, leak.form) for leak in leaks.found] == [
        ("cookie", "c", "as typed, base64")
    ]
