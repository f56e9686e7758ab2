"""Before all are in and the chair has opened them, no address of the desk tells anyone of a rating."""

import io
import re
import zipfile
from collections.abc import Iterator

from django.db import transaction
from django.urls import get_resolver, reverse
from tests.desk.experts.conftest import PANEL

from plainview.desk.experts import rate
from plainview.desk.experts.models import Rating

EVERYONE = ["cora", "ed", "flo", "sten", "olu", "vic"]
# The classroom never meets a desk: these rooms can hold no rating. Signing out would end the walk.
NOT_WALKED = ("/guidance/", "/plans/", "/evidence/", "/learn/", "/account/", "/demo/", "/language/")
NAMES = {"slug": "fractal", "about": "data", "identifier": "adapts"}
HOLE = re.compile(r"<(?:(\w+):)?(\w+)>")
TOKENS = re.compile(rb'csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"|&quot;X-CSRFToken&quot;[^}]+}')


def every_address() -> list[str]:
    found = sorted(set(_walk(get_resolver().url_patterns, "/")))
    return [one for one in found if not one.startswith(NOT_WALKED) and "sign-out" not in one]


def _walk(patterns, before: str) -> Iterator[str]:
    """Every hole filled; a number with each of the first three, for what belongs to this room."""
    for one in patterns:
        route = before + str(one.pattern).lstrip("^").rstrip("$")
        if hasattr(one, "url_patterns"):
            yield from _walk(one.url_patterns, route)
        elif not re.search(r"[\\()?*]", route):
            for number in "123" if route.startswith("/desk/ratings/") else "1":
                yield HOLE.sub(lambda hole, n=number: n if hole[1] == "int" else _name(hole[2]), route)


def _name(hole: str) -> str:
    return NAMES.get(hole, "1")


def body_of(client, address: str) -> bytes:
    """What comes back, without its tokens. Archives are unpacked: what is inside counts too."""
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    return TOKENS.sub(b"", body)


def fill(rating, levels: dict, words: dict) -> None:
    """Ed and Flo hand in, Gus has a draft; each note is a word that stands nowhere else."""
    for who in PANEL:
        ballot = rating.fill(who, levels[who])
        Rating.objects.filter(ballot=ballot).update(note=words[who])
        if who != "gus":
            rate.hand_in(ballot, by=rating.person(who), at=rating.at)


def seen_by(who: str, rating, signed_in_as, addresses: list[str]) -> dict[str, bytes]:
    client = signed_in_as(rating.person(who))
    client.raise_request_exception = False
    return {address: body_of(client, address) for address in addresses}


def test_the_walk_goes_through_every_room_of_the_desk(rating):
    addresses = every_address()
    asked = rating.invitation("ed").pk
    for name, arguments in (
        ("experts:together", [rating.round.pk]),
        ("experts:question", [1, 1]),
        ("experts:part", [asked, "data"]),
        ("experts:panel", [rating.review.pk]),
        ("reviews:review", [rating.review.pk]),
        ("reviews:dossier", [rating.review.pk]),
    ):
        assert reverse(name, args=arguments) in addresses
    assert len([one for one in addresses if one.startswith("/desk/")]) > 60


def test_no_address_shows_anyone_the_rating_of_another(rating, signed_in_as):
    words = {who: f"wordof{who}" for who in PANEL}
    fill(rating, dict.fromkeys(PANEL, lambda n: n % 5), words)
    addresses = every_address()
    hers = reverse("experts:ballot", args=[rating.invitation("ed").pk])
    for who in EVERYONE:
        bodies = seen_by(who, rating, signed_in_as, addresses)
        for address, body in bodies.items():
            found = {one for one in PANEL if words[one].encode() in body}
            assert found <= {who}, f"{who} finds {found} at {address}"
        assert (words["ed"].encode() in bodies[hers]) == (who == "ed"), "and she finds her own"


def test_nor_does_any_page_change_by_a_byte_when_others_rate_otherwise(rating, signed_in_as):
    """So no count, no mean and no colour tells of them. Ed rates alike both times, Flo and Gus do not."""
    addresses, words = every_address(), dict.fromkeys(PANEL, "x")
    worlds = []
    for other in (0, 4):
        begun = transaction.savepoint()
        levels = {"ed": lambda n: n % 5, "flo": lambda n, a=other: a, "gus": lambda n, a=other: a}
        fill(rating, levels, words)
        worlds.append({who: seen_by(who, rating, signed_in_as, addresses) for who in ("cora", "ed", "vic")})
        transaction.savepoint_rollback(begun)
    one, another = worlds
    for who, bodies in one.items():
        differ = [address for address in addresses if bodies[address] != another[who][address]]
        assert not differ, f"{who} can tell at {differ}"
