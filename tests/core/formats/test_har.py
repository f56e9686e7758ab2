"""Captures: what browsers write, and what is left of a file that broke."""

import base64
import gzip
import json
from pathlib import Path

import pytest
from tests.core.audit.exposure.wrapped import brotli, entry, har, raw_deflate, zstd

from plainview.core.formats.decompress import unpacked
from plainview.core.formats.har import parsed, read_har
from plainview.core.mendable import Mendable

REAL = Path(__file__).parents[3].parent / "shared" / "data" / "har"


def log(*entries, **more):
    return json.dumps({"log": {"entries": list(entries), **more}}).encode()


def test_a_request_is_read_with_everything_in_it():
    made = entry(
        "https://a.example/p?q=1",
        method="POST",
        headers=[{"name": "X-A", "value": "b"}],
        cookies=[{"name": "c", "value": "d", "expires": "2027-01-01T00:00:00Z"}],
        postData={
            "mimeType": "text/plain",
            "text": "hello",
            "params": [{"name": "f", "value": "v", "fileName": "n"}],
        },
        frames=[
            {"type": "send", "opcode": 1, "data": "hi", "time": 1.5},
            {"type": "receive", "opcode": 2, "data": "aGk="},
        ],
    )
    (one,) = parsed(log(made), name="x").entries
    assert (one.number, one.method, one.url, one.body, one.headers[0].value) == (
        1, "POST", "https://a.example/p?q=1", b"hello", "b",
    )  # fmt: skip
    assert (one.cookies[0].expires, one.params[0].value) == ("2027-01-01T00:00:00Z", "v n")
    assert [(frame.is_sent, frame.content) for frame in one.frames] == [(True, b"hi"), (False, b"hi")]


def test_a_body_in_base64_is_taken_back_to_bytes():
    made = entry(postData={"text": base64.b64encode(b"\x00\xff").decode(), "encoding": "base64"})
    assert parsed(log(made), name="x").entries[0].body == b"\x00\xff"


def test_a_packed_body_written_letter_by_letter_is_taken_back_to_bytes():
    made = entry(postData={"text": gzip.compress(b"hello").decode("latin-1")})
    assert gzip.decompress(parsed(log(made), name="x").entries[0].body) == b"hello"


def test_a_file_cut_short_gives_up_what_came_before():
    whole = har(*[entry(f"https://a.example/{n}") for n in range(5)])
    cut = whole[: whole.index(b"a.example/3") + 5]
    found = parsed(cut, name="cut.har")
    assert [one.url[-1] for one in found.entries] == ["0", "1", "2"]
    assert found.faults[0].startswith("cut.har, line 1, column") and "broken JSON" in found.faults[0]


def test_a_broken_request_in_the_middle_costs_that_request_only():
    whole = har(*[entry(f"https://a.example/{n}") for n in range(5)]).replace(b'a.example/2"', b"a.example/2")
    found = parsed(whole, name="x")
    assert [one.url[-1] for one in found.entries] == ["0", "1", "3", "4"]


@pytest.mark.parametrize(
    "content, told",
    [
        (b"", "broken JSON"),
        (b"[]", "found a list without a table 'log'"),
        (b'{"log": 3}', "without a table 'log'"),
        (b'{"log": {"entries": {}}}', "found a table as log.entries"),
        (b'{"log": {"entries": []}}', "found no requests"),
        (b'{"log": {"entries": [3]}}', "entry 1: found a number"),
        (b'{"log": {"entries": [{"request": {"url": 3}}]}}', "entry 1: found no address"),
        (b"[" * 200_000, "x"),
        (b"\x89PNG\r\n\x1a\n", "x"),
    ],
)
def test_what_is_no_capture_is_told_with_its_place(content, told):
    with pytest.raises(Mendable, match=r"x") as fault:
        parsed(content, name="x")
    assert told in str(fault.value)


def test_fields_that_are_not_there_or_of_another_kind_are_nothing():
    said = {"request": {"url": "https://a.example/", "headers": {"A": "b"}, "cookies": 3, "postData": []},
            "response": None, "startedDateTime": 7, "_webSocketMessages": [3, {}]}  # fmt: skip
    (one,) = parsed(log(said), name="x").entries
    assert (one.headers[0].value, one.cookies, one.body, one.response.status) == ("b", (), b"", 0)


def test_a_capture_in_another_coding_or_packed_is_read():
    made = har(entry("https://a.example/é"))
    assert parsed(gzip.compress(made), name="x").entries
    assert parsed(made.decode().encode("utf-16"), name="x").entries
    latin = made.decode("unicode_escape").encode("latin-1") if b"\\u" in made else made
    assert parsed(latin, name="x").entries[0].url.startswith("https://a.example/")


def test_a_bomb_is_cut_short_and_the_rest_is_answered():
    bomb = gzip.compress(bytes(200 << 20), compresslevel=9)
    post = {"text": base64.b64encode(bomb).decode(), "encoding": "base64"}
    made = entry(postData=post, headers=[{"name": "content-encoding", "value": "gzip"}])
    found = parsed(log(made, entry("https://b.example/")), name="x")
    assert len(found.entries) == 2 and len(found.entries[0].body) == 64 << 20
    assert "cannot be unpacked whole" in found.faults[0]


@pytest.mark.parametrize(
    "coding, pack", [("gzip", gzip.compress), ("br", brotli), ("zstd", zstd), ("deflate", raw_deflate)]
)
def test_every_coding_is_undone_and_a_bomb_of_it_is_cut_short(coding, pack):
    assert unpacked(pack(b"hello" * 9), coding).content == b"hello" * 9
    bomb = unpacked(pack(bytes(3 << 20)), coding, most=1 << 20)
    assert (len(bomb.content), bomb.is_whole) == (1 << 20, False)
    assert not unpacked(pack(b"hello" * 99)[:-4], coding).is_whole
    assert unpacked(b"plain", "identity").content == b"plain" and not unpacked(b"x", "zip9").is_whole


@pytest.mark.skipif(not REAL.is_dir(), reason="the real captures are not there (../shared/data/har)")
@pytest.mark.parametrize(
    "file, event, button",
    [
        ("click-button-www.kidsa-z.com.har", "SubscribedButtonClick", "KIDS LOGIN"),
        ("loginpage-www.abcmouse.com.har", "PageView", ""),
        ("search-hello.students.arbitersports.com.har", "SubscribedButtonClick", "Find"),
    ],
)
def test_what_the_markup_saw_on_sites_for_children_is_seen(file, event, button):
    """The Markup (2023): Meta's pixel on learning sites, with the words of the button that was pressed."""
    from plainview.core.audit.exposure.parties import first_party_of, parties
    from plainview.core.audit.exposure.pixels import events

    capture = read_har(REAL / file)
    assert capture.faults == ()
    assert ("Meta pixel", event, button) in {(e.pixel, e.event, e.button) for e in events(capture)}
    owners = {
        p.owner for p in parties(capture.entries, first_party=first_party_of(capture.pages, capture.entries))
    }
    assert "Meta (Facebook)" in owners
