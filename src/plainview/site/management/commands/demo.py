"""`plainview demo`: a made-up school and desk, served on this machine only, with a link for each role."""

import socket
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from plainview.site.demo import build, links
from plainview.site.prepare import prepare
from plainview.site.server import serve

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Build a demonstration, a school and a desk, and serve it on 127.0.0.1."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--only-build", action="store_true", help="build it and stop")

    def handle(self, *, port, only_build, **options) -> None:
        if not settings.DEMO:
            raise CommandError(
                "The demonstration runs with PLAINVIEW_DEMO=yes only; 'plainview demo' sets it."
            )
        if not only_build:
            _check_free(port)
        began = time.monotonic()
        self.stdout.write("== Plainview, the demonstration")
        prepare(say=self._say)
        try:
            build.build(say=self._say)
        except build.AnotherSchool as fault:
            raise CommandError(str(fault)) from fault
        if only_build:
            return
        self._say(f"ready after {time.monotonic() - began:.0f} s")
        serve(host=HOST, port=port, ready=lambda: self._show_links(port))

    def _say(self, words: str) -> None:
        self.stdout.write(f"   {words}")
        self.stdout.flush()

    def _show_links(self, port: int) -> None:
        self.stdout.write("\nOpen one of these in a browser on this machine. All people are made up.\n")
        for role, url in links.links(f"http://{HOST}:{port}"):
            self.stdout.write(f"  {role:<11} {url}")
        if "desk" in settings.FACES:
            self.stdout.write(f"  {'anyone':<11} http://{HOST}:{port}/products/")
        again = f"rm -r {_from_here(settings.HOME)}"
        self.stdout.write(f"\nStop it with Ctrl-C. To begin again from nothing: {again}\n")
        self.stdout.flush()


def _from_here(home: Path) -> Path:
    here = Path.cwd()
    return home.relative_to(here) if home.is_relative_to(here) else home


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as fault:
            raise CommandError(
                f"Port {port} on {HOST} is taken ({fault.strerror}). Say 'make demo PORT={port + 1}'."
            ) from fault
