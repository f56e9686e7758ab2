"""What advertising and analytics were told the child did: which event, on which page, which button's text.

In:   the requests of a capture.
Out:  each event that went to a pixel we can read.
Not here: events in a form of somebody's own. A pixel that we cannot read is a recipient all the same.

Read: Meta's (facebook.com/tr), Google Analytics' (collect), TikTok's, LinkedIn's, Microsoft's (bat.bing.com),
Snap's, Pinterest's, Reddit's, X's, and Google's for advertisements. The names of their parameters are as
their own pages for site owners give them; so are the parameters that name a browser for longer than a visit:
Meta's fbp, Google Analytics' cid, Microsoft's vid, TikTok's user.anonymous_id and user.ttp.

Source: The Markup (2023), meta-pixel-edtech, for what Meta's pixel sends from sites of schools.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from plainview.core.audit.exposure.parties import host_of
from plainview.core.formats.har import Capture, Entry

Told = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    pixel: str  # "Meta pixel"
    account: str  # whose pixel: the id that the site was given
    event: str  # "SubscribedButtonClick", "page_view"
    button: str  # the text of what was pressed; "" where none was sent
    page: str  # the page's address, without its query
    fields: tuple[str, ...]  # names of form fields that were described, and of personal parameters
    names: tuple[str, ...]  # parameters by which the company tells this browser again, by its own pages
    entry: int
    file: str


def events(capture: Capture) -> tuple[Event, ...]:
    """Every event, in the order in which they were sent."""
    return tuple(event for entry in capture.entries for event in events_of(entry, capture.file))


def events_of(entry: Entry, file: str) -> Iterator[Event]:
    """The events of one request."""
    host, path = host_of(entry.url), entry.url.partition("://")[2].partition("/")[2].partition("?")[0]
    for ends, begins, pixel, read in _PIXELS:
        if (host == ends or host.endswith(f".{ends}")) and path.startswith(begins):
            for told in read(entry):
                yield Event(
                    pixel=pixel,
                    account=told.get("account", ""),
                    event=told.get("event", "") or "not named",
                    button=told.get("button", ""),
                    page=told.get("page", "").partition("?")[0].partition("#")[0],
                    fields=tuple(filter(None, told.get("fields", "").split("\n"))),
                    names=tuple(filter(None, told.get("names", "").split("\n"))),
                    entry=entry.number,
                    file=file,
                )
            return


def _query(entry: Entry) -> dict[str, str]:
    said = dict(parse_qsl(entry.url.partition("?")[2].partition("#")[0], keep_blank_values=True))
    if entry.body.lstrip()[:1] not in (b"{", b"["):
        said |= dict(parse_qsl(entry.body[:65536].decode("utf-8", "replace"), keep_blank_values=True))
    return said


def _meta(entry: Entry) -> Iterator[Told]:
    said = _query(entry)
    if not said.get("ev"):
        return
    button = _json(said.get("cd[buttonFeatures]", ""))
    fields = [_field(one) for one in _rows(_json(said.get("cd[formFeatures]", "")))]
    personal = [name for name in said if name.startswith(("ud[", "udff[")) and said[name]]
    yield {
        "account": said.get("id", ""),
        "event": said["ev"],
        "button": said.get("cd[buttonText]", "")
        or str(button.get("innerText", "") if isinstance(button, dict) else ""),
        "page": said.get("dl", ""),
        "fields": "\n".join(filter(None, [*fields, *personal])),
        "names": _names(said, "fbp"),
    }


def _field(one: Any) -> str:
    if not isinstance(one, dict):
        return ""
    return str(one.get("name") or one.get("id") or one.get("placeholder") or one.get("inputType") or "")


def _google(entry: Entry) -> Iterator[Told]:
    said = dict(parse_qsl(entry.url.partition("?")[2], keep_blank_values=True))
    lines = entry.body[:65536].decode("utf-8", "replace").splitlines() or [""]
    for line in lines:
        one = said | dict(parse_qsl(line, keep_blank_values=True))
        if not (name := one.get("en") or one.get("ea") or one.get("t")):
            continue
        yield {
            "account": one.get("tid", ""),
            "event": name,
            "button": one.get("ep.link_text") or one.get("el") or one.get("ep.button_text") or "",
            "page": one.get("dl", ""),
            "fields": "\n".join(
                key for key in one if key in ("uid", "up.user_id", "ep.user_id") and one[key]
            ),
            "names": _names(one, "cid"),
        }


def _tiktok(entry: Entry) -> Iterator[Told]:
    for one in _rows(_json(entry.body.decode("utf-8", "replace"))) or _rows(
        [_json(entry.body.decode("utf-8", "replace"))]
    ):
        for said in _rows(one.get("batch")) if isinstance(one, dict) and "batch" in one else [one]:
            if not isinstance(said, dict):
                continue
            context = said.get("context") if isinstance(said.get("context"), dict) else {}
            page, pixel, user = (_table(context, name) for name in ("page", "pixel", "user"))
            told = _table(said, "properties") or _table(context, "properties")
            yield {
                "account": str(pixel.get("code") or pixel.get("codes") or ""),
                "event": str(said.get("event") or said.get("type") or said.get("action") or ""),
                "button": str(told.get("button_text") or told.get("innerText") or ""),
                "page": str(page.get("url", "")),
                "fields": "\n".join(key for key in ("email", "phone_number", "external_id") if user.get(key)),
                "names": "\n".join(f"user.{key}" for key in ("anonymous_id", "ttp") if user.get(key)),
            }


def _by_names(
    event: Sequence[str], account: Sequence[str], page: Sequence[str], *, names: Sequence[str] = ()
) -> Callable[[Entry], Iterator[Told]]:
    def read(entry: Entry) -> Iterator[Told]:
        said = _query(entry)
        yield {
            "account": _first(said, account),
            "event": _first(said, event),
            "button": _first(said, ("el", "button_text", "bt")),
            "page": _first(said, page),
            "names": _names(said, *names),
        }

    return read


def _names(said: Told, *names: str) -> str:
    return "\n".join(name for name in names if said.get(name))


def _first(said: Told, names: Sequence[str]) -> str:
    return next((said[name] for name in names if said.get(name)), "")


# Host, path, name, how it is read.
_PIXELS: tuple[tuple[str, str, str, Callable[[Entry], Iterator[Told]]], ...] = (
    ("facebook.com", "tr", "Meta pixel", _meta),
    ("google-analytics.com", "g/collect", "Google Analytics", _google),
    ("google-analytics.com", "collect", "Google Analytics", _google),
    ("google-analytics.com", "j/collect", "Google Analytics", _google),
    ("analytics.google.com", "g/collect", "Google Analytics", _google),
    ("analytics.tiktok.com", "api/", "TikTok pixel", _tiktok),
    ("ads.linkedin.com", "", "LinkedIn insight", _by_names(("conversionId", "fmt"), ("pid",), ("url",))),
    (
        "bat.bing.com",
        "action",
        "Microsoft advertising",
        _by_names(("ea", "evt"), ("ti",), ("p",), names=("vid",)),
    ),
    ("tr.snapchat.com", "", "Snap pixel", _by_names(("ev",), ("pid",), ("pl",))),
    ("ct.pinterest.com", "", "Pinterest tag", _by_names(("event",), ("tid",), ("dl",))),
    ("alb.reddit.com", "", "Reddit pixel", _by_names(("event",), ("id",), ("dl",))),
    (
        "analytics.twitter.com",
        "",
        "X pixel",
        _by_names(("event", "events"), ("txn_id",), ("tw_document_href",)),
    ),
    ("t.co", "i/adsct", "X pixel", _by_names(("event", "events"), ("txn_id",), ("tw_document_href",))),
    (
        "doubleclick.net",
        "",
        "Google advertising",
        _by_names(("label", "en", "type"), ("tid", "src"), ("url", "dl")),
    ),
    ("googleadservices.com", "pagead", "Google advertising", _by_names(("label", "en"), ("tid",), ("url",))),
)


def _json(text: str) -> Any:
    try:
        return json.loads(text) if text.strip() else {}
    except (ValueError, RecursionError):
        return {}


def _rows(said: Any) -> list[Any]:
    return said if isinstance(said, list) else []


def _table(said: Any, name: str) -> dict[str, Any]:
    value = said.get(name) if isinstance(said, dict) else None
    return value if isinstance(value, dict) else {}
