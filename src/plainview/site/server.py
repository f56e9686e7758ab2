"""The server: gunicorn with two processes of four threads each, in this process' place.

In:   an address and a port.
Out:  a site that answers until it is stopped; with the desk, one worker beside it.
Not here: TLS. A school puts its own proxy in front; see docs/settings.md.
"""

import gc
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext, override
from gunicorn.app.base import BaseApplication

from plainview.site.beside import Beside, worker_beside


class Server(BaseApplication):
    def __init__(
        self,
        *,
        bind: str,
        workers: int = 2,
        threads: int = 4,
        ready: Callable[[], None],
        beside: Beside | None = None,
    ) -> None:
        self.chosen = {
            "bind": bind,
            "workers": workers,
            "threads": threads,
            "worker_class": "gthread",
            "worker_connections": 2000,  # a school's browsers keep their connection open
            "keepalive": 30,
            "graceful_timeout": 10,  # no open connection holds up for long whoever stops it
            "backlog": 4096,
            "preload_app": True,  # one copy of the code in memory for both processes
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": lambda server: self._opened(ready, beside),
            "on_exit": lambda server: beside.stop() if beside else None,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.chosen.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    @staticmethod
    def _opened(ready: Callable[[], None], beside: Beside | None) -> None:
        if beside:
            beside.start()
        ready()

    def load(self):
        return read_whole()


def read_whole():
    """What every process needs is read before the fork, and kept from the collector: it stays one copy."""
    from plainview.site.wsgi import application

    reverse("people:sign_in")  # to find one address, the pages of every room are read
    for template in our_templates():
        get_template(template)
    for language, _name in settings.LANGUAGES:
        with override(language):
            gettext("Morning")  # the first sentence reads the whole language
    gc.collect()
    gc.freeze()
    return application


def our_templates() -> Iterator[str]:
    """Of the rooms that are open: a face that is off has none."""
    ours = (Path(room.path) for room in apps.get_app_configs() if room.name.startswith("plainview."))
    for folder in (room / "templates" for room in ours):
        yield from (str(page.relative_to(folder)) for page in folder.rglob("*.html"))


# A class page that reads new answers computes for a tenth of a second. At Python's own 5 ms a turn, an answer
# beside it would wait 5 ms at each of its twenty words with the database.
SECONDS_A_TURN = 0.0005


def serve(*, host: str, port: int, ready: Callable[[], None]) -> None:
    # What prepared the house leaves its connection here. SQLite must not be carried through a fork, not even
    # to be closed on the other side: each process opens its own.
    connections.close_all()
    sys.setswitchinterval(SECONDS_A_TURN)
    Server(bind=f"{host}:{port}", ready=ready, beside=worker_beside()).run()
