"""Ask the site's WSGI application as gunicorn does, and read the CPU's own clock around it.

In:   who asks, for which page; a form, if something is sent.
Out:  status, body, CPU milliseconds of this process: the whole middleware stack, the view, the database.
Not here: sockets. What HTTP itself costs is in the figures of the server under load.
"""

import gzip
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from urllib.parse import urlencode

from django.conf import settings

from plainview.site.server import read_whole

HOST = "127.0.0.1"
ORIGIN = f"https://{HOST}"
CSRF = "b" * 32  # a secret may be its own token


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    status: int
    body: bytes
    headers: Mapping[str, str]
    cpu_ms: float

    def unpacked(self) -> bytes:
        is_packed = self.headers.get("Content-Encoding") == "gzip"
        return gzip.decompress(self.body) if is_packed else self.body


# At the first question, not before: it looks once which static files there are.
the_application = cache(read_whole)


class Refused(Exception):
    """A page did not answer as it should: then its time says nothing."""


def ask(
    path: str,
    *,
    by: int | None,
    form: Mapping[str, object] | None = None,
    htmx: bool = False,
    address: str = HOST,
    packed: bool = False,
    etag: str = "",
    expect: int = 200,
) -> Answered:
    environ = environ_of(path, by=by, form=form, htmx=htmx, address=address)
    environ |= {"HTTP_ACCEPT_ENCODING": "gzip"} if packed else {}
    environ |= {"HTTP_IF_NONE_MATCH": etag} if etag else {}
    said: list = []
    application = the_application()
    began = time.process_time_ns()
    response = application(environ, lambda status, headers: said.extend((status, dict(headers))))
    body = b"".join(response)
    response.close()
    cpu_ms = (time.process_time_ns() - began) / 1e6
    status = int(said[0].split()[0])
    if status != expect:
        raise Refused(f"{path}: found {status}, expected {expect}.\n{body[:2000].decode(errors='replace')}")
    return Answered(status=status, body=body, headers=said[1], cpu_ms=cpu_ms)


def cookies(by: int | None) -> str:
    csrf = f"{settings.CSRF_COOKIE_NAME}={CSRF}"
    if by is None:
        return csrf
    # The school of the bench is of the classroom; a desk alone has none, and its readers are nobody.
    from plainview.site.bench.school import session_key

    return f"{settings.SESSION_COOKIE_NAME}={session_key(by)}; {csrf}"


def environ_of(
    path: str, *, by: int | None, form: Mapping[str, object] | None, htmx: bool, address: str
) -> dict:
    path, _, query = path.partition("?")
    body = urlencode({"csrfmiddlewaretoken": CSRF, **form}).encode() if form is not None else b""
    environ = {
        "REQUEST_METHOD": "GET" if form is None else "POST",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": HOST,
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": HOST,
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_HOST": HOST,
        "HTTP_ORIGIN": ORIGIN,
        "HTTP_ACCEPT_LANGUAGE": "en",
        "HTTP_COOKIE": cookies(by),
        "HTTP_X_FORWARDED_PROTO": "https",  # as the school's proxy says it
        "HTTP_X_FORWARDED_FOR": address,
        "wsgi.url_scheme": "https",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": BytesIO(),
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if htmx:
        environ["HTTP_HX_REQUEST"] = "true"
    return environ
