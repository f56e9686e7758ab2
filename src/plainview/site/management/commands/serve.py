"""`plainview serve`: prepare the house and open its door."""

from django.core.management.base import BaseCommand

from plainview.site.prepare import prepare
from plainview.site.server import serve


class Command(BaseCommand):
    help = "Serve the faces that are on: a classroom, a desk, or both."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, host, port, **options) -> None:
        prepare(say=lambda words: self.stdout.write(f"   {words} ..."))
        serve(host=host, port=port, ready=lambda: self.stdout.write(f"Plainview is on http://{host}:{port}/"))
