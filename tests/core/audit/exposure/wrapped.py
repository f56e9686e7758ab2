"""Every place and every wrapping that METHODS names, to plant a canary in. Not a test."""

import base64
import gzip
import hashlib
import html
import json
import zlib
from urllib.parse import quote, quote_plus

import pyarrow as pa


def brotli(content: bytes) -> bytes:
    return pa.compress(content, codec="brotli", asbytes=True)


def zstd(content: bytes) -> bytes:
    return pa.compress(content, codec="zstd", asbytes=True)


def raw_deflate(content: bytes) -> bytes:
    made = zlib.compressobj(wbits=-15)
    return made.compress(content) + made.flush()


def escaped(text: str) -> str:
    return "".join(f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else letter for letter in text)


FORMS = {
    "raw": lambda value: value,
    "lower": str.lower,
    "trimmed": str.strip,
    "trimmed and lower": lambda value: value.strip().lower(),
    "upper": str.upper,
}
HASHES = {
    "plain": lambda text: text,
    **{
        f"{kind} {name}": (lambda text, kind=kind, show=show: show(hashlib.new(kind, text.encode()).digest()))
        for kind in ("md5", "sha1", "sha256", "sha512")
        for name, show in {
            "hex": lambda digest: digest.hex(),
            "HEX": lambda digest: digest.hex().upper(),
            "base64": lambda digest: base64.b64encode(digest).decode(),
            "base64url": lambda digest: base64.urlsafe_b64encode(digest).decode().rstrip("="),
        }.items()
    },
}


def _b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


# Text in, text out: what may stand anywhere.
TEXT = {
    "as it is": lambda text: text,
    "JSON": lambda text: json.dumps({"user": {"mail": text}, "n": 3}),
    "JSON in JSON in JSON": lambda text: json.dumps({"a": json.dumps({"b": json.dumps({"c": text})})}),
    "JSON escapes": lambda text: '{"a": "' + escaped(text) + '"}',
    "percent": lambda text: quote(text, safe=""),
    "percent twice": lambda text: quote(quote(text, safe=""), safe=""),
    "percent, all of it": lambda text: "".join(f"%{byte:02x}" for byte in text.encode()),
    "form": lambda text: f"name={quote_plus(text)}&n=3",
    "HTML names": html.escape,
    "HTML numbers": lambda text: "".join(f"&#{ord(letter)};" for letter in text),
    "base64": lambda text: _b64(text.encode()),
    "base64url": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "base64 of JSON": lambda text: _b64(json.dumps({"m": text}).encode()),
    "base64 twice": lambda text: _b64(_b64(text.encode()).encode()),
    "hex": lambda text: text.encode().hex(),
    "HEX": lambda text: text.encode().hex().upper(),
    "base64 of gzip": lambda text: _b64(gzip.compress(json.dumps({"m": text}).encode())),
    "base64 of zlib": lambda text: _b64(zlib.compress(text.encode())),
    "base64 of raw deflate": lambda text: _b64(raw_deflate(json.dumps({"m": text}).encode())),
    "base64 of brotli": lambda text: _b64(brotli(json.dumps({"m": text}).encode())),
    "base64 of zstd": lambda text: _b64(zstd(json.dumps({"m": text}).encode())),
    "base64 of percent of JSON": lambda text: _b64(quote(json.dumps({"m": text})).encode()),
    "hex of base64 of JSON": lambda text: _b64(json.dumps({"m": text}).encode()).encode().hex(),
    "a JWT": lambda text: ".".join(
        base64.urlsafe_b64encode(part).decode().rstrip("=")
        for part in (b'{"alg":"none"}', json.dumps({"sub": text}).encode(), b"signature-of-it")
    ),
    "base64 behind letters": lambda text: "v1_" + _b64(json.dumps({"m": text}).encode()),
}

# Text in, bytes out: what may stand in a body or in a frame of bytes.
BODIES = {
    "gzip": lambda text: gzip.compress(text.encode()),
    "zlib": lambda text: zlib.compress(text.encode()),
    "raw deflate": lambda text: raw_deflate(text.encode()),
    "brotli": lambda text: brotli(text.encode()),
    "zstd": lambda text: zstd(text.encode()),
    "multipart": lambda text: (
        b'--x7\r\nContent-Disposition: form-data; name="mail"\r\n\r\n' + text.encode() + b"\r\n--x7--\r\n"
    ),
    "multipart with gzip": lambda text: (
        b'--x7\r\nContent-Disposition: form-data; name="f"\r\n\r\n'
        + gzip.compress(text.encode())
        + b"\r\n--x7--\r\n"
    ),
    "multipart with base64 in lines": lambda text: (
        b"--x7\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(b"Dear all, " * 8 + text.encode() + b" was here." * 8)
        + b"\r\n--x7--\r\n"
    ),
    "protobuf": lambda text: b"\x0a" + bytes([len(text.encode()) & 0x7F]) + text.encode() + b"\x10\x96\x01",
    "UTF-16": lambda text: text.encode("utf-16-le"),
}


def entry(url="https://t.tracker.example/p", *, method="GET", **request):
    response = request.pop("response", {"status": 200, "headers": [], "content": {}})
    frames = request.pop("frames", None)
    made = {
        "startedDateTime": "2026-03-09T09:15:00.000Z",
        "request": {"method": method, "url": url, "headers": [], "cookies": [], "queryString": [], **request},
        "response": response,
    }
    return made | ({"_webSocketMessages": frames} if frames else {})


def header(name, text):
    return {"headers": [{"name": name, "value": text}]}


# A text that may stand anywhere, planted in each place.
PLACES = {
    "host name": lambda text: entry(f"https://{text}.tracker.example/"),
    "path": lambda text: entry(f"https://t.tracker.example/a/{text}/b"),
    "query": lambda text: entry(f"https://t.tracker.example/p?v=2&q={text}&z=1"),
    "query list": lambda text: entry(queryString=[{"name": "q", "value": text}]),
    "fragment": lambda text: entry(f"https://t.tracker.example/p#{text}"),
    "referrer": lambda text: entry(**header("Referer", f"https://app.school.example/u?m={text}")),
    "cookie": lambda text: entry(cookies=[{"name": "c", "value": text}]),
    "cookie header": lambda text: entry(**header("Cookie", f"a=1; c={text}; z=2")),
    "header": lambda text: entry(**header("X-Client-Data", text)),
    "authorisation header": lambda text: entry(**header("Authorization", f"Bearer {text}")),
    "body": lambda text: entry(method="POST", postData={"mimeType": "text/plain", "text": text}),
    "body among JSON": lambda text: entry(
        method="POST",
        postData={"mimeType": "application/json", "text": json.dumps({"events": [{"data": text}]})},
    ),
    "body parameters": lambda text: entry(
        method="POST", postData={"mimeType": "x", "params": [{"name": "q", "value": text}]}
    ),
    "frame": lambda text: entry(
        "wss://t.tracker.example/s", frames=[{"type": "send", "time": 1.0, "opcode": 1, "data": text}]
    ),
}
IN_AN_ADDRESS = {"host name", "path", "query", "fragment", "referrer", "cookie header"}

# Bytes, planted where bytes may stand.
BYTE_PLACES = {
    "body as base64": lambda body: entry(
        method="POST",
        postData={"mimeType": "application/octet-stream", "text": _b64(body), "encoding": "base64"},
    ),
    "frame of bytes": lambda body: entry(
        "wss://t.tracker.example/s", frames=[{"type": "send", "time": 1.0, "opcode": 2, "data": _b64(body)}]
    ),
}
CODINGS = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli, "zstd": zstd}


def har(*entries) -> bytes:
    return json.dumps(
        {"log": {"version": "1.2", "creator": {"name": "test"}, "entries": list(entries)}}
    ).encode()
